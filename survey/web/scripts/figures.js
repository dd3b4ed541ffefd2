// Figures that other answers come to, worked out while those are given. Without this script they are as they were saved.

import { answerTo, form, isLeftOut } from './given.js'

// After the last key, so that what is read out is the number and not every step to it.
const PAUSE = 500
const DAY = 24 * 60 * 60 * 1000
const DECIMALS = 1e6

// Of 1 January 1970, counted from the first day of the calendar.
const EPOCH = 719163

// As survey/questionnaire/figures.py does; a day is how many days the calendar has up to it.
const asNumber = (answer) => /^\d{4}-\d{2}-\d{2}$/.test(answer) ? Date.parse(answer) / DAY + EPOCH : Number(answer)

const operations = {
  sum: (numbers) => numbers.reduce((sum, number) => sum + number, 0),
  mean: (numbers) => operations.sum(numbers) / numbers.length,
  difference: ([first, second]) => first - second
}

// What the answers come to, or null where there is nothing to work it out from. Each source is what answers of other
// pages come to, or a question of this one.
const workedOut = ({ operation, sources }) => {
  const given = sources.map((source) => {
    if (!('question' in source)) return source
    const answers = isLeftOut(source.question) ? [] : answerTo(source.question)
    return { count: answers.length ? 1 : 0, numbers: answers.slice(0, 1).map(asNumber).filter(Number.isFinite) }
  })
  if (operation === 'count') return operations.sum(given.map(({ count }) => count))
  const numbers = given.flatMap((one) => one.numbers)
  if (!numbers.length || (operation === 'difference' && numbers.length !== 2)) return null
  return Math.round(operations[operation](numbers) * DECIMALS) / DECIMALS
}

const show = (shown) => {
  const number = workedOut(JSON.parse(shown.dataset.figure))
  const value = number === null ? '' : String(number)
  if (value === shown.dataset.value) return
  shown.dataset.value = value
  if (value) {
    shown.querySelector('[data-number]').textContent =
      number.toLocaleString('en-GB', { maximumFractionDigits: 3, roundingMode: 'halfEven' })
  }
  shown.querySelector('[data-there]').hidden = !value
  shown.querySelector('[data-not-yet]').hidden = Boolean(value)
}

// In the order of the page, as a figure may be worked out from one before it.
const showAll = () => {
  for (const shown of form.querySelectorAll('[data-figure]')) show(shown)
  form.dispatchEvent(new Event('worked-out'))
}

if (form) {
  let pause
  const soon = () => {
    clearTimeout(pause)
    pause = setTimeout(showAll, PAUSE)
  }
  for (const type of ['input', 'change', 'restored']) form.addEventListener(type, soon)
  for (const button of form.querySelectorAll('[data-figure] button')) button.hidden = true
  soon()
}
