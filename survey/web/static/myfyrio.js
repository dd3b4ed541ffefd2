// Starts the design system's components. Without this script every page still works: everything is shown.

import { countedLength } from './counting.js'
import './growing.js'
import './going_back.js'
import './handed.js'
import './staying.js'

const designSystem = document.querySelector('script[data-design-system]').dataset.designSystem
document.body.classList.add('js-enabled', 'nhsuk-frontend-supported')

const { CharacterCount, initAll } = await import(new URL(designSystem, location.href))

// Welsh writes numbers as English does, but a browser that does not know Welsh would leave out the comma.
const inWords = CharacterCount.prototype.formatCountMessage
CharacterCount.prototype.formatCountMessage = function (...counted) {
  return inWords.apply(this, counted).replace(/\d{4,}/, (digits) => Number(digits).toLocaleString('en-GB'))
}
initAll({ characterCount: { countFunction: countedLength } })

// A radio button may not say aria-expanded (ARIA 1.2), but the design system gives it one at the start and at every click.
function keepToAria () {
  for (const radio of document.querySelectorAll('input[type="radio"][aria-expanded]')) {
    radio.removeAttribute('aria-expanded')
  }
}

document.addEventListener('click', keepToAria)
keepToAria()

if (document.querySelector('[data-reads]')) await import('./understood.js')
