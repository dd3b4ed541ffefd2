// Notes to colleagues: sent without leaving the page, kept in this browser until they are, and shown as they come.
//
// Each form goes where it goes without this script; of the page that answers, the list of notes is taken over. Whatever
// needs a page of its own, such as signing in again, gets it: the form is then sent as it is.

const notes = document.getElementById('notes')
const said = document.getElementById('notes-said')
const list = document.getElementById('notes-list')
const box = notes?.querySelector('textarea')
const KEY = `myfyrio note ${notes?.dataset.draft}`
const UNDERSTOOD = [200, 422]

let waiting // what is to be sent once there is a connection

const keep = () => {
  try {
    if (box.value) localStorage.setItem(KEY, box.value)
    else localStorage.removeItem(KEY)
  } catch { /* nothing is kept in this browser */ }
}

const kept = () => {
  try {
    return localStorage.getItem(KEY) ?? ''
  } catch {
    return ''
  }
}

const write = (text) => {
  box.value = text
  box.dispatchEvent(new Event('input', { bubbles: true }))
}

const say = (words, isFault = false) => {
  said.textContent = words
  said.classList.toggle('nhsuk-error-message', isFault)
}

const ids = () => [...list.querySelectorAll('[data-note]')].map((note) => note.dataset.note)

function show (page) {
  const fresh = page.getElementById('notes-list')
  if (!fresh) return
  const { name, value } = list.contains(document.activeElement) ? document.activeElement : {}
  const isOpen = list.querySelector('details')?.open
  list.dataset.state = fresh.dataset.state
  list.replaceChildren(...fresh.childNodes)
  if (isOpen) list.querySelector('details')?.setAttribute('open', '')
  if (name) list.querySelector(`button[name="${name}"][value="${CSS.escape(value)}"]`)?.focus()
}

const pageIn = async (response) => new DOMParser().parseFromString(await response.text(), 'text/html')

async function send (form, button) {
  waiting = undefined
  const body = new URLSearchParams(new FormData(form))
  if (button?.name) body.set(button.name, button.value)
  let response
  try {
    response = await fetch(form.action, { method: 'POST', body })
  } catch {
    waiting = () => send(form, button)
    return say(said.dataset.offline, true)
  }
  if (response.status >= 500) return say(said.dataset.problem, true)
  if (!UNDERSTOOD.includes(response.status)) return sendAsIs(form, button)
  const page = await pageIn(response)
  show(page)
  const fault = page.querySelector('#note-error')
  if (fault) {
    say(fault.lastChild.textContent, true)
    return box.focus()
  }
  say(said.dataset[button?.name || 'sent'])
  if (button?.name) return said.focus()
  if (box.value === body.get('note')) write('')
  box.focus()
}

function sendAsIs (form, button) {
  if (button?.name) form.append(Object.assign(document.createElement('input'), { type: 'hidden', name: button.name, value: button.value }))
  form.submit()
}

if (notes) {
  notes.addEventListener('submit', (event) => {
    event.preventDefault()
    send(event.target, event.submitter)
  })

  window.addEventListener('online', () => waiting?.())

  document.addEventListener('notes', async ({ detail: state }) => {
    if (!state || state === list.dataset.state) return
    const response = await fetch(notes.dataset.address, { redirect: 'manual' }) // not to where one signs in
    if (!response.ok) return
    const before = ids()
    show(await pageIn(response))
    const come = [...list.querySelectorAll('[data-note]')].filter((note) => !before.includes(note.dataset.note))
    if (come.length) say(`${said.dataset.new} ${come.map((note) => note.querySelector('.app-notes__text').innerText).join(' – ')}`)
  })

  if (box) {
    if (!box.value && kept()) write(kept())
    box.addEventListener('input', keep)
  }
  for (const form of notes.querySelectorAll('form')) form.hidden = false
  document.querySelector('[data-without-script]')?.remove()
}
