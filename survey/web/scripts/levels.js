// The level that the answers to the criteria point to, worked out while they are given.

// As survey/questionnaire/levels.py does: the highest level at which all that is relevant, of it and of those below, is met.
export function indicatedLevel (rule, states) {
  const criteria = rule.levels.flatMap((level) => level.criteria)
  if (!criteria.some((criterion) => criterion in states)) return ''
  let reached = rule.below
  let isReached = false
  for (const level of rule.levels) {
    const relevant = level.criteria.map((criterion) => states[criterion]).filter((state) => !rule.left_out.includes(state))
    if (!relevant.every((state) => rule.met.includes(state))) break
    if (relevant.length || isReached) [reached, isReached] = [level.level, true]
  }
  return reached
}

const form = document.querySelector('form#answers')

function stateOf (criterion) {
  return form.querySelector(`input[name$="-${CSS.escape(criterion)}"]:checked`)?.value
}

function show (shown) {
  const rule = JSON.parse(shown.dataset.levelRule)
  const states = {}
  for (const criterion of rule.levels.flatMap((level) => level.criteria)) {
    const state = stateOf(criterion)
    if (state) states[criterion] = state
  }
  const level = indicatedLevel(rule, states)
  if (level === shown.dataset.value) return
  shown.dataset.value = level
  for (const words of shown.querySelectorAll('[data-level]')) words.hidden = words.dataset.level !== level
}

for (const shown of form?.querySelectorAll('[data-level-rule]') ?? []) {
  form.addEventListener('change', () => show(shown))
  form.addEventListener('restored', () => show(shown))
  shown.querySelector('button').hidden = true
  show(shown)
}
