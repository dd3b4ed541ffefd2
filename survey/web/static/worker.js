// Opens the pages of a cluster's reflection without a network, as they were last seen on this device.
//
// Served as /service-worker.js?v=<version of the static files> (survey/web/respond/offline.py). What is written without
// a network is kept by the pages themselves (unsent.js). Signing in and out forgets the pages that were kept.

const VERSION = new URL(location.href).searchParams.get('v')
const PAGES = 'myfyrio pages'
const FILES = `myfyrio files ${VERSION}`
const base = new URL('.', location.href).pathname

const isPage = (path) => /^[^/]+\/reflection(\/|$)/.test(path) && !/\/(presence|versions)\//.test(path)
const isFile = (path) => path.startsWith('static/')
const isDoor = (path) => /^[^/]+\/(manage\/)?sign-(in|out)$/.test(path)

self.addEventListener('install', () => self.skipWaiting())

self.addEventListener('activate', (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) {
    if (name.startsWith('myfyrio files') && name !== FILES) await caches.delete(name)
  }
  await self.clients.claim()
})()))

// What a page asks to be kept: its own address, those of the sections that it lists, and what they all need.
self.addEventListener('message', (event) => event.waitUntil(Promise.all([
  ...event.data.files.map((address) => fetchFile(new Request(address))),
  ...event.data.pages.map((address) => fetchPage(new Request(address, { redirect: 'manual' })).catch(() => {})) // not to where one signs in
])))

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (url.origin !== location.origin || !url.pathname.startsWith(base)) return
  const path = url.pathname.slice(base.length)
  if (request.method === 'POST' && isDoor(path)) event.respondWith(throughDoor(request))
  if (request.method !== 'GET') return
  if (isPage(path)) event.respondWith(fetchPage(request).catch(() => kept(PAGES, request)))
  if (isFile(path)) event.respondWith(fetchFile(request))
})

const withoutQuery = (request) => request.url.split(/[?#]/)[0]

async function fetchPage (request) {
  const response = await fetch(request)
  const isReflection = response.ok && !response.redirected && response.headers.get('Content-Type')?.startsWith('text/html')
  if (isReflection) await (await caches.open(PAGES)).put(withoutQuery(request), response.clone())
  return response
}

async function fetchFile (request) {
  const files = await caches.open(FILES)
  const unchanging = new URL(request.url).searchParams.has('v') && await files.match(request)
  if (unchanging) return unchanging
  try {
    const response = await fetch(request)
    if (response.ok) await files.put(request, response.clone())
    return response
  } catch {
    return await files.match(request, { ignoreSearch: true }) ?? Response.error()
  }
}

// Nothing of a cluster stays behind a door. One that does not open, because there is no network, says so.
async function throughDoor (request) {
  const closed = await (await caches.open(PAGES)).match(`${base}no-door-without-a-connection`)
  await caches.delete(PAGES)
  return await fetch(request).catch(() => closed ?? Response.error())
}

async function kept (name, request) {
  const pages = await caches.open(name)
  const page = await pages.match(withoutQuery(request))
  return page ? await asKept(page) : await pages.match(`${base}not-on-this-device`) ?? Response.error()
}

// A page that is shown without a network knows it, so that it can say from when it is.
async function asKept (page) {
  const markup = (await page.text()).replace('<html ', '<html data-as-kept ')
  return new Response(markup, { headers: page.headers })
}
