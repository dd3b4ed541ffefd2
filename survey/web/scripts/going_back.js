// No browser keeps a page that answers a form: going Back to one of faults would show that it is not there. So whoever
// leaves it finds in its place, on the way Back, the page as it is when it is looked at. Reloading sends it again, as ever.

if (document.querySelector('.nhsuk-error-summary, main [role="alert"]:not(.app-poster__note)')) {
  addEventListener('pagehide', () => history.replaceState(history.state, '', location.href))
}
