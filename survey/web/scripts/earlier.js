// What was answered before: open beside its question where there is room for two columns, and put into the field at one
// press. Without this script it is folded, and the press sends the form to have it put there.

import { put } from './fields.js'

const form = document.querySelector('form#answers')
const boxes = [...document.querySelectorAll('.app-earlier')]
const isWide = matchMedia('(min-width: 61.875em)')

const controlsOf = (name) => [...form.elements].filter((control) => control.name === name)
const isChosen = (control) => control.type === 'radio' || control.type === 'checkbox'
const valuesOf = (name) => controlsOf(name)
  .filter((control) => !isChosen(control) || control.checked)
  .map((control) => control.value.trim())

const isUnchanged = (earlier) => Object.entries(earlier)
  .every(([name, values]) => valuesOf(name).join('\n') === values.join('\n'))

// A list that is searched, or ranked by taps, has its own control in the place of the one that is sent.
const seen = (control) => {
  if (control.checkVisibility()) return control
  const around = control.closest('[data-list], [data-ranking]')
  return [...around?.querySelectorAll('input, button') ?? []].find((one) => one.checkVisibility()) ?? control
}

const show = (box) => {
  if (!box.dataset.earlier) return
  if ('start' in box.dataset) {
    box.hidden = Object.keys(JSON.parse(box.dataset.earlier)).some((name) => valuesOf(name).join(''))
    return
  }
  const unchanged = isUnchanged(JSON.parse(box.dataset.earlier))
  box.querySelector('.app-earlier__mark').hidden = !unchanged
  box.querySelector('.app-earlier__take').hidden = unchanged
}

const takeOver = (box) => {
  const earlier = Object.entries(JSON.parse(box.dataset.earlier))
  for (const [name, values] of earlier) {
    for (const control of controlsOf(name)) {
      put(control, values, box.dataset.between)
      for (const type of ['input', 'change']) control.dispatchEvent(new Event(type, { bubbles: true }))
    }
  }
  const [[first, values]] = earlier
  const filled = controlsOf(first)
  const focused = filled.find((control) => isChosen(control) && values.includes(control.value)) ?? filled[0]
  seen(focused).focus()
}

const openWhereWide = () => {
  for (const box of boxes) {
    const details = box.querySelector('details')
    if (details) details.open = isWide.matches
  }
}

if (boxes.length) {
  form.addEventListener('input', () => boxes.forEach(show))
  form.addEventListener('change', () => boxes.forEach(show))
  form.addEventListener('click', (event) => {
    const button = event.target.closest('.app-earlier__take')
    if (!button) return
    event.preventDefault()
    takeOver(button.closest('.app-earlier'))
  })
  isWide.addEventListener('change', openWhereWide)
  openWhereWide()
}
