// What was written goes to the service with a form: it may be dropped here once a page of ours shows that it arrived.
//
// That is a page to which one of ours led without a fault: after a connection that failed, nobody is led anywhere. A page
// that carries it on (to sign in again, to choose between two answers) only passes it along until its own form is sent.
// The page on which it was written decides for itself (`saving.js`).

import { read, write } from './handing.js'

const carrying = document.querySelector('form:not([data-draft]) input[type="hidden"][name="on_page"]')?.form
const isWrittenHere = document.querySelector('form#answers[data-draft]')

const [{ responseStatus = 200 } = {}] = performance.getEntriesByType('navigation')
const isLedHere = document.referrer !== '' && responseStatus < 400
const handed = read()
if (handed && carrying) {
  write({ ...handed, state: 'carried' })
  carrying.addEventListener('submit', () => write({ ...handed, state: 'sent on' }))
} else if (handed && handed.state !== 'carried') {
  if (isLedHere && (handed.state === 'sent on' || !isWrittenHere)) window[`${handed.kind}Storage`].removeItem(handed.key)
  write(null)
}
