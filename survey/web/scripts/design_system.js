// Starts the components of the design system that our pages have. Without this script every page still works:
// everything is shown.

import {
  Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, Radios, SkipLink, createAll
} from 'nhsuk-frontend'
import { countedLength } from './counting.js'

document.body.classList.add('js-enabled', 'nhsuk-frontend-supported')

// Welsh writes numbers as English does, but a browser that does not know Welsh would leave out the comma.
const inWords = CharacterCount.prototype.formatCountMessage
CharacterCount.prototype.formatCountMessage = function (...counted) {
  return inWords.apply(this, counted).replace(/\d{4,}/, (digits) => Number(digits).toLocaleString('en-GB'))
}
createAll(CharacterCount, { countFunction: countedLength })
for (const component of [Button, Checkboxes, ErrorSummary, NotificationBanner, Radios, SkipLink]) createAll(component)

// A radio button may not say aria-expanded (ARIA 1.2), but the design system gives it one at the start, at every click and
// whenever a page is shown.
function keepToAria () {
  for (const radio of document.querySelectorAll('input[type="radio"][aria-expanded]')) {
    radio.removeAttribute('aria-expanded')
  }
}

document.addEventListener('click', keepToAria)
window.addEventListener('pageshow', keepToAria)
keepToAria()

// What comes back into the page from what was kept (saving.js) is shown as what the browser itself puts back.
document.addEventListener('restored', () => window.dispatchEvent(new Event('pageshow')))
