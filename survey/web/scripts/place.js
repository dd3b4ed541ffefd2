// After the switch of language the page stands where the person was: at the answer that had the focus last.

const KEY = 'myfyrio place'
const form = document.querySelector('form#answers')
const page = location.pathname.replace(/^\/[^/]+/, '')

function remembered () {
  try {
    const place = JSON.parse(sessionStorage.getItem(KEY))
    sessionStorage.removeItem(KEY)
    return place
  } catch {
    return null
  }
}

if (form) {
  let last = ''
  form.addEventListener('focusin', (event) => { last = event.target.id || last })
  form.addEventListener('submit', (event) => {
    if (event.submitter?.form !== form || event.submitter.closest('form') === form || !last) return
    try {
      sessionStorage.setItem(KEY, JSON.stringify({ page, last }))
    } catch { /* then the page begins at its top */ }
  })
  const place = remembered()
  const control = place?.page === page && document.getElementById(place.last)
  if (control) {
    control.scrollIntoView({ block: 'center' })
    control.focus({ preventScroll: true })
  }
}
