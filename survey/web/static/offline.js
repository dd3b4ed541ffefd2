// On the pages of a reflection: keeps them for when there is no network, and hands in what was written meanwhile.

import { sendAnswers } from './sending.js'
import { allUnsent } from './unsent.js'

const here = document.getElementById('only-here')
const { worker, whose, said } = here.dataset

document.getElementById('as-kept').hidden = !('asKept' in document.documentElement.dataset)

if ('serviceWorker' in navigator) {
  await navigator.serviceWorker.register(worker, { scope: new URL('.', new URL(worker, location.href)).pathname })
  const { active } = await navigator.serviceWorker.ready
  const sections = [...document.querySelectorAll('.nhsuk-task-list a')].map((link) => link.href.split('#')[0])
  const [language, other] = [document.documentElement.lang, document.querySelector('header a[hreflang]')?.hreflang]
  const pages = [location.href, ...sections, ...said.split(' ').map((address) => new URL(address, location.href).href)]
  const inOther = other ? pages.map((address) => address.replace(`/${language}/reflection`, `/${other}/reflection`)) : []
  active.postMessage({ pages: [...pages, ...inOther], files: here.dataset.files.split(' ').map((file) => new URL(file, location.href).href) })
}

async function handIn ({ action, ...written }) {
  const token = document.querySelector('input[name="csrf_token"]').value
  return (await sendAnswers(action, { token, whose, ...written })).status === 200
}

async function handInAll () {
  const list = here.querySelector('ul')
  list.replaceChildren()
  for (const unsent of await allUnsent(whose)) {
    if (await handIn(unsent.kept)) {
      unsent.remove()
      continue
    }
    const link = Object.assign(document.createElement('a'), {
      className: 'nhsuk-link', href: unsent.kept.action, textContent: unsent.kept.title, lang: unsent.kept.language
    })
    list.append(document.createElement('li'))
    list.lastChild.append(link)
  }
  here.hidden = !list.children.length
}

window.addEventListener('online', handInAll)
await handInAll()
