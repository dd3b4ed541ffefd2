// What was written goes to the service with a form: it may be dropped here once a page of ours shows that it arrived.
//
// A page that carries it on (to sign in again, to choose between two answers) only passes it along; what comes after
// that form was sent shows that it arrived. The page on which it was written decides for itself (`saving.js`).

const KEY = 'myfyrio handed'
const carrying = document.querySelector('form:not([data-draft]) input[type="hidden"][name="on_page"]')?.form
const isWrittenHere = document.querySelector('form#answers[data-draft]')

const read = () => {
  try {
    return JSON.parse(sessionStorage.getItem(KEY))
  } catch {
    return null
  }
}

const write = (handed) => {
  try {
    if (handed) sessionStorage.setItem(KEY, JSON.stringify(handed))
    else sessionStorage.removeItem(KEY)
  } catch { /* nothing is kept in this browser */ }
}

export const hand = (kind, key) => write({ kind, key, hasArrived: false })

const handed = read()
if (handed && carrying) {
  write({ ...handed, hasArrived: false })
  carrying.addEventListener('submit', () => write({ ...handed, hasArrived: true }))
} else if (handed && (handed.hasArrived || !isWrittenHere)) {
  window[`${handed.kind}Storage`].removeItem(handed.key)
  write(null)
}
