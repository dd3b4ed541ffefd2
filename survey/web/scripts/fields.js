// The answers on a form as pairs of control name and value, question by question.

const PREFIX = 'q-'

export const questionOf = (name) => name.startsWith(PREFIX) ? name.slice(PREFIX.length).split('-')[0] : ''

const isChoice = ({ type }) => ['radio', 'checkbox'].includes(type)

const isSent = (control) => !control.matches('button, fieldset, [type="file"], :disabled')

const valuesOf = (control) => {
  if (control.options) return [...control.selectedOptions].filter((option) => !option.disabled).map(({ value }) => value)
  return isChoice(control) && !control.checked ? [] : [control.value]
}

// As a form sends them. FormData says the same, and has styles and layout of the whole page worked out for each text box:
// too much at every key, and as the page is left.
export const answersOf = (form) => [...form.elements]
  .filter((control) => control.name?.startsWith(PREFIX) && isSent(control))
  .flatMap((control) => valuesOf(control).map((value) => [control.name, value]))

// The questions that the form answers, and of each what is typed, as a text to compare.
export function typedOn (form) {
  const typed = new Map((form.elements.on_page?.value ?? '').split(' ').filter(Boolean).map((question) => [question, []]))
  for (const [name, value] of answersOf(form)) typed.get(questionOf(name))?.push([name, value])
  return new Map([...typed].map(([question, fields]) => [question, JSON.stringify(fields)]))
}

const isText = ({ type, dataset }) => ['text', 'textarea'].includes(type) && !dataset.reads

const joined = (here, left, between) =>
  here.includes(left) ? here : left.includes(here) ? left : here + between + left

// Put an answer into a control. `values` are those of its name; where `between` is given, a text that is there already
// stays, with that between the two.
export function put (control, values, between) {
  if (isChoice(control)) control.checked = values.includes(control.value)
  else if (between === undefined) control.value = values[0] ?? ''
  else control.value = joined(control.value.trim(), values[0] ?? '', between)
}

// The words of the questions that texts answer, by the names of their controls.
export const labelsOf = (form) => Object.fromEntries([...form.elements]
  .filter((control) => isText(control) && control.labels?.length)
  .map((control) => [control.name, control.labels[0].textContent.trim()]))

// Bring the controls of some questions to these fields. What is not among the fields is empty. Where something else was
// answered here since, texts get both, one after the other, and choices stay.
export function putBack (form, fields, questions, answeredHere) {
  const values = new Map()
  for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value])
  for (const control of form.elements) {
    const question = questionOf(control.name ?? '')
    if (!questions.has(question)) continue
    const given = values.get(control.name) ?? []
    if (!answeredHere.has(question)) put(control, given)
    else if (isText(control)) put(control, given, control.type === 'textarea' ? '\n\n' : ' ')
    if (!isChoice(control)) given.shift()
  }
}

// A base is a list of "<part>:<fingerprint>", where the first name of a part is its question.
const isOf = (part, questions) => questions.has(part.split(':')[0].split('/')[0])

export const baseOf = (base, questions) => base.split(' ').filter((part) => isOf(part, questions)).join(' ')

export const baseWith = (base, questions, fresh) =>
  [...base.split(' ').filter((part) => part && !isOf(part, questions)), fresh].filter(Boolean).join(' ')
