// A form that is sent without a connection stays where it is, with all that is on it, and says so. Pages that save
// themselves see to their own (saving.js).

import { isReachable } from './reachable.js'

let going // the form that the service is there for
let isAsking = false

function say (words) {
  const state = document.getElementById('not-sent') ?? document.createElement('p')
  Object.assign(state, { id: 'not-sent', className: 'app-saving-state app-saving-state--held' })
  state.setAttribute('role', 'status')
  document.querySelector('main').append(state)
  setTimeout(() => { state.textContent = words }) // a screen reader hears what comes into an element that is there
}

document.querySelector('main').addEventListener('submit', async (event) => {
  const form = event.target
  if (event.defaultPrevented || form === going || form.method !== 'post' || form.dataset.draft) return
  event.preventDefault()
  if (isAsking) return
  isAsking = true
  const { submitter } = event
  const isThere = await isReachable()
  isAsking = false
  if (!isThere) return say(document.body.dataset.notSent)
  going = form
  form.requestSubmit(submitter)
  going = undefined
})
