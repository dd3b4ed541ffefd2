// The number of characters of a text as LongText in survey/questionnaire/types/inputs.py counts them: composed, with
// ends of lines of one kind, without what cannot be seen and without blanks at its ends, each code point once.

const LINE_END = /\r\n|[\r\v\f\u0085\u2028\u2029]/g
const UNSEEN = /[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/g
const BLANKS = '[\\t\\n \\xa0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000]+'
const AROUND = new RegExp(`^${BLANKS}|${BLANKS}$`, 'g')

export const countedLength = (text) => {
  const answer = text.replace(UNSEEN, '').replace(LINE_END, '\n').normalize('NFC').replace(AROUND, '')
  return [...answer].length
}
