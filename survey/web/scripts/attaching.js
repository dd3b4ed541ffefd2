// Sends a file from its page, and says how far it has come. Without this script the form is sent as it is.

const form = document.querySelector('form#attach')
const state = form?.querySelector('[role="status"]')
let isSending = false

function say (words, isHeld) {
  state.hidden = false
  state.classList.toggle('app-saving-state--held', isHeld)
  if (state.textContent !== words) state.textContent = words
}

// The answer of the service, with its status; 0 where there was none.
function send () {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open('POST', form.action)
    request.setRequestHeader('Accept', 'application/json')
    request.responseType = 'json'
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      // Few steps, so that a screen reader is not talked over.
      const percent = Math.floor((loaded / total) * 4) * 25
      say(form.dataset.sending.replace('%{percent}', percent), false)
    })
    request.addEventListener('load', () => resolve({ status: request.status, ...request.response }))
    request.addEventListener('error', () => resolve({ status: 0 }))
    request.addEventListener('abort', () => resolve({ status: 0 }))
    request.send(new FormData(form))
  })
}

form?.addEventListener('submit', async (event) => {
  event.preventDefault()
  if (isSending) return
  document.querySelector('.nhsuk-notification-banner')?.remove() // of the file before
  const [file] = form.elements.file.files
  if (file && file.size > Number(form.dataset.largest)) return say(form.dataset.tooLarge, true)
  isSending = true
  const answer = await send()
  isSending = false
  if (answer.next) location.assign(answer.next)
  else if (answer.said) say(answer.said, true)
  else if (answer.status === 0) say(form.dataset.offline, true)
  else form.submit() // whatever needs a page of its own, as to sign in again
})
