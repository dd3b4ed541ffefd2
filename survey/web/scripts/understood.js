// Says below a number or a date how it is read, where what was typed does not look like that, and parts a pasted date
// into its boxes. Without this script the page shows what was understood when it comes back.

import { MONTHS, dateIn, decimalIn, wholeNumberIn } from './reading.js'

// After the last key. Not when the box is left: what moves down then moves away from under a press on a button.
const PAUSE = 1000

const NUMBERS = { whole_number: wholeNumberIn, decimal: decimalIn }

const numberRead = (box) => {
  const number = NUMBERS[box.dataset.reads](box.value)
  if (number === null) return ''
  const shown = number.toLocaleString('en-GB', { maximumFractionDigits: 10 })
  return [String(number), shown].includes(box.value.trim()) ? '' : shown
}

const dateRead = (boxes) => {
  const date = dateIn(...boxes.map((box) => box.value))
  if (date === null || boxes.map((box) => box.value.trim().padStart(2, '0')).reverse().join('-') === date) return ''
  const [year, month, day] = date.split('-').map(Number)
  const name = MONTHS[month - 1].split(' ')[document.documentElement.lang === 'cy' ? 1 : 0]
  return `${day} ${name[0].toUpperCase()}${name.slice(1)} ${year}`
}

const partPasted = (boxes) => {
  const date = boxes.length ? dateIn(...boxes.map((box) => box.value)) : null
  if (date === null || boxes.every((box) => box.value.trim())) return
  date.split('-').reverse().forEach((part, place) => { boxes[place].value = part.replace(/^0/, '') })
}

for (const field of document.querySelectorAll('[data-reads]')) {
  const boxes = [...field.querySelectorAll('input')]
  const note = Object.assign(document.createElement('div'), { className: 'nhsuk-hint app-understood', role: 'status' })
  field.after(note)
  const say = () => {
    const read = boxes.length ? dateRead(boxes) : numberRead(field)
    note.textContent = read && field.dataset.understood.replace('%{answer}', read)
  }
  let pause
  field.addEventListener('input', ({ inputType }) => {
    if (inputType === 'insertFromPaste') partPasted(boxes)
    note.textContent = ''
    clearTimeout(pause)
    pause = setTimeout(say, PAUSE)
  })
  field.addEventListener('change', () => partPasted(boxes))
}
