// The answers on a form as pairs of control name and value, question by question.

const PREFIX = 'q-'

export const questionOf = (name) => name.startsWith(PREFIX) ? name.slice(PREFIX.length).split('-')[0] : ''

export const answersOf = (form) =>
  [...new FormData(form)].filter(([name, value]) => name.startsWith(PREFIX) && typeof value === 'string')

// The questions that the form answers, and of each what is typed, as a text to compare.
export function typedOn (form) {
  const typed = new Map((form.elements.on_page?.value ?? '').split(' ').filter(Boolean).map((question) => [question, []]))
  for (const [name, value] of answersOf(form)) typed.get(questionOf(name))?.push([name, value])
  return new Map([...typed].map(([question, fields]) => [question, JSON.stringify(fields)]))
}

const isText = ({ type, dataset }) => ['text', 'textarea'].includes(type) && !dataset.reads

const joined = (here, left, between) =>
  here.includes(left) ? here : left.includes(here) ? left : here + between + left

// Bring the controls of some questions to these fields. What is not among the fields is empty. Where something else was
// answered here since, texts get both, one after the other, and choices stay.
export function putBack (form, fields, questions, answeredHere) {
  const values = new Map()
  for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value])
  for (const control of form.elements) {
    const question = questionOf(control.name ?? '')
    if (!questions.has(question)) continue
    const given = values.get(control.name) ?? []
    const isChoice = ['radio', 'checkbox'].includes(control.type)
    if (answeredHere.has(question)) {
      if (isText(control)) control.value = joined(control.value, given.shift() ?? '', control.type === 'textarea' ? '\n\n' : ' ')
    } else if (isChoice) control.checked = given.includes(control.value)
    else control.value = given.shift() ?? ''
  }
}

// A base is a list of "<part>:<fingerprint>", where the first name of a part is its question.
const isOf = (part, questions) => questions.has(part.split(':')[0].split('/')[0])

export const baseOf = (base, questions) => base.split(' ').filter((part) => isOf(part, questions)).join(' ')

export const baseWith = (base, questions, fresh) =>
  [...base.split(' ').filter((part) => part && !isOf(part, questions)), fresh].filter(Boolean).join(' ')
