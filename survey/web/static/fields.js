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

// Bring the controls of some questions to these fields. What is not among the fields is empty.
export function putBack (form, fields, questions) {
  const values = new Map()
  for (const [name, value] of fields) values.set(name, [...(values.get(name) ?? []), value])
  for (const control of form.elements) {
    if (!questions.has(questionOf(control.name ?? ''))) continue
    const given = values.get(control.name) ?? []
    if (['radio', 'checkbox'].includes(control.type)) control.checked = given.includes(control.value)
    else control.value = given.shift() ?? ''
  }
}

// A base is a list of "<part>:<fingerprint>", where the first name of a part is its question.
const isOf = (part, questions) => questions.has(part.split(':')[0].split('/')[0])

export const baseOf = (base, questions) => base.split(' ').filter((part) => isOf(part, questions)).join(' ')

export const baseWith = (base, questions, fresh) =>
  [...base.split(' ').filter((part) => part && !isOf(part, questions)), fresh].filter(Boolean).join(' ')
