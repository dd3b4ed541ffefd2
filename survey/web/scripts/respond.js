// On the pages where people answer: hides the questions that do not apply. Without this script every question is there,
// with a sentence that says when to answer it.

import { answerTo, form } from './given.js'

// As survey/questionnaire/rules.py does: numbers by what they are worth, texts and dates as texts.
const inOrder = (left, right) => {
  const numbers = [left, right].map(Number)
  return numbers.some(Number.isNaN) ? [left, right] : numbers
}

const ordered = (holds) => (left, right) => left.some((one) => holds(...inOrder(one, right)))

const compare = {
  '=': (left, right) => left.includes(right),
  '!=': (left, right) => !left.includes(right),
  '>': ordered((left, right) => left > right),
  '<': ordered((left, right) => left < right),
  '>=': ordered((left, right) => left >= right),
  '<=': ordered((left, right) => left <= right)
}

const holds = (condition) => {
  if ('settled' in condition) return condition.settled
  const left = answerTo(condition.question)
  if (condition.operator === 'exists') return left.length > 0 === (condition.answer !== false)
  const right = condition.answer_of ? answerTo(condition.answer_of)[0] : String(condition.answer)
  return left.length > 0 && right !== undefined && compare[condition.operator](left, right)
}

const showWhatApplies = () => {
  for (const block of form.querySelectorAll('[data-show-when]')) {
    const rule = JSON.parse(block.dataset.showWhen)
    const applies = rule.all ? rule.all.every(holds) : rule.any.some(holds)
    block.hidden = !applies && !block.querySelector('.nhsuk-error-message')
    const when = block.querySelector('[data-when]')
    if (when) when.hidden = applies
  }
}

if (form) {
  form.addEventListener('input', showWhatApplies)
  form.addEventListener('change', showWhatApplies)
  form.addEventListener('restored', showWhatApplies)
  form.addEventListener('worked-out', showWhatApplies)
  showWhatApplies()
}
