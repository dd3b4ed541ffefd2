// What is answered on a page as it stands in its form: for rules (respond.js) and for figures (figures.js).

import { answersOf } from './fields.js'
import { dateIn, decimalIn, wholeNumberIn } from './reading.js'

const NUMBERS = { whole_number: wholeNumberIn, decimal: decimalIn }

export const form = document.querySelector('form#answers')

// The answer to a question as texts: none, one, or each of several that are chosen; days as YYYY-MM-DD.
export function answerTo (question) {
  const calculated = document.querySelector(`[data-calculated="${question}"]`)
  if (calculated) return calculated.dataset.value ? [calculated.dataset.value] : []
  const name = `q-${question}`
  const { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year, [name]: box } = form.elements
  if (day && month && year) return [dateIn(day.value, month.value, year.value)].filter(Boolean)
  if (box?.dataset?.reads) return [NUMBERS[box.dataset.reads](box.value)].filter((number) => number !== null).map(String)
  const sent = answersOf(form).map(([key, text]) => [key, text.trim()]).filter(([, text]) => text)
  const part = Object.fromEntries(sent.filter(([key]) => key.startsWith(`${name}-`)))
  return [...sent.filter(([key]) => key === name).map(([, text]) => text), ...Object.values(part)]
}

// Whether a rule leaves a question out, so that what stands in its boxes is no answer.
export const isLeftOut = (question) =>
  Boolean(form.querySelector(`[data-question~="${question}"] > [data-show-when][hidden]`))
