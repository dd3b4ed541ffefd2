// On the pages of a reflection: keeps them for when there is no network, and hands in what was written meanwhile.

import { sendAnswers } from './sending.js'
import { listed, textsIn } from './left_over.js'
import { allUnsent } from './unsent.js'

const here = document.getElementById('only-here')
const { worker, whose, said } = here.dataset

document.getElementById('as-kept').hidden = !('asKept' in document.documentElement.dataset)

async function keepPages () {
  await navigator.serviceWorker.register(worker, { scope: new URL('.', new URL(worker, location.href)).pathname })
  const { active } = await navigator.serviceWorker.ready
  const sections = [...document.querySelectorAll('.nhsuk-task-list a')].map((link) => link.href.split('#')[0])
  const [language, other] = [document.documentElement.lang, document.querySelector('header a[hreflang]')?.hreflang]
  const pages = [location.href, ...sections, ...said.split(' ').map((address) => new URL(address, location.href).href)]
  const inOther = other ? pages.map((address) => address.replace(`/${language}/reflection`, `/${other}/reflection`)) : []
  active.postMessage({ pages: [...new Set([...pages, ...inOther])], files: here.dataset.files.split(' ').map((file) => new URL(file, location.href).href) })
}

const TAKEN_NO_MORE = [404, 410]

async function handIn ({ action, ...written }) {
  const token = document.querySelector('input[name="csrf_token"]').value
  return (await sendAnswers(action, { token, whose, ...written })).status
}

// The way to a page on which to go on; or, where its answers are taken no more, what was written, to be copied.
function itemOf ({ kept, remove }, status) {
  const item = document.createElement('li')
  if (!TAKEN_NO_MORE.includes(status)) {
    item.append(Object.assign(document.createElement('a'), {
      className: 'nhsuk-link', href: kept.action, textContent: kept.title, lang: kept.language
    }))
    return item
  }
  const button = Object.assign(document.createElement('button'), {
    className: 'nhsuk-button nhsuk-button--secondary nhsuk-button--small', type: 'button', textContent: here.dataset.letGo
  })
  button.addEventListener('click', () => {
    remove()
    handInAll()
  })
  item.append(
    Object.assign(document.createElement('strong'), { textContent: kept.title, lang: kept.language }),
    Object.assign(document.createElement('p'), { textContent: here.dataset.takenNoMore }),
    listed(textsIn(kept), kept.language),
    button
  )
  return item
}

async function handInAll () {
  const list = here.querySelector('ul')
  list.replaceChildren()
  for (const unsent of await allUnsent(whose)) {
    const status = await handIn(unsent.kept)
    if (status === 200) unsent.remove()
    else list.append(itemOf(unsent, status))
  }
  here.hidden = !list.children.length
}

async function begin () {
  if ('serviceWorker' in navigator) await keepPages()
  window.addEventListener('online', handInAll)
  await handInAll()
}

begin()
