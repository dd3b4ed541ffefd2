// Numbers and dates as people type them, read as the service reads them: survey/questionnaire/types/typed_numbers.py and
// typed_dates.py, which say what is taken. tests/questionnaire/typed.json holds both to it.

const LONGEST = 60
const FULL_WIDTH = 0xFEE0

const ABOUT = /^(?:approx(?:imately|\.)?|about|around|roughly|circa|ca?\.?|tua|oddeutu|rhyw|o gwmpas|[~≈∼]) ?/i
const DIGITS = '[0-9]{1,15}|[1-9][0-9]{0,2}(?: [0-9]{3}){1,4}'
const WITH_COMMAS = '[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4}'
const WHOLE = new RegExp(`^[+-]?(?:${DIGITS}|${WITH_COMMAS})(?:\\.00?)?$`)
const WITH_POINT = new RegExp(`^[+-]?(?:(?:${DIGITS}|${WITH_COMMAS})(?:\\.[0-9]{1,10})?|\\.[0-9]{1,10})$`)
const WITH_COMMA = new RegExp(`^[+-]?(?:${DIGITS}),[0-9]{1,10}$`)

export const MONTHS = [
  'january ionawr',
  'february chwefror',
  'march mawrth fawrth',
  'april ebrill',
  'may mai fai',
  'june mehefin fehefin',
  'july gorffennaf orffennaf ngorffennaf',
  'august awst',
  'september medi fedi',
  'october hydref',
  'november tachwedd dachwedd nhachwedd thachwedd',
  'december rhagfyr ragfyr'
]
const EARLIEST_YEAR = 1900
const LATEST_YEAR = 2200
const TWO_DIGITS_FROM = 1970

export const plain = (text) => text
  .replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Zs}]/gu, ' ')
  .replace(/\p{Cf}/gu, '')
  .replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - FULL_WIDTH))
  .replace(/[‐‑‒–—−]/g, '-')
  .replace(/ +/g, ' ')
  .trim()

const typedNumber = (text) => {
  const typed = plain(text)
  return typed.length > LONGEST ? '' : typed.replace(ABOUT, '')
}

const joined = (number) => Number(number.replace(/[ ,]/g, ''))

// A whole number, or null.
export function wholeNumberIn (text) {
  const number = typedNumber(text)
  return WHOLE.test(number) ? Math.trunc(joined(number)) : null
}

// A number that may have decimals, or null.
export function decimalIn (text) {
  const number = typedNumber(text)
  if (WITH_POINT.test(number)) return joined(number)
  return WITH_COMMA.test(number) ? Number(number.replace(/ /g, '').replace(',', '.')) : null
}

const words = (text) => {
  if (text.length > LONGEST) return [text]
  return plain(text).toLowerCase().split(/[ ,./-]+/)
    .map((word) => word.replace(/^['’]+/, ''))
    .filter((word) => !['', 'o', 'of', 'mis'].includes(word))
}

const inOrder = (given) => {
  const all = /^[0-9]{4}$/.test(given[0]) ? [...given].reverse() : given
  const [first, second, third] = all
  if (!third && /^[0-9]{4}$/.test(second)) return ['', first, second]
  return /^[0-9]/.test(first) ? [first, second, third ?? ''] : [second, first, third ?? '']
}

const dayIn = (word) => Number(/^([0-9]{1,2})(?:st|nd|rd|th|af|il|ydd|edd|ed|fed|eg|ain)?$/.exec(word)?.[1] ?? 0)

const monthIn = (word) => {
  if (/^[0-9]{1,2}$/.test(word)) return Number(word) <= MONTHS.length ? Number(word) : 0
  return word.length < 3 ? 0 : MONTHS.findIndex((names) => ` ${names}`.includes(` ${word}`)) + 1
}

const yearIn = (word) => {
  if (/^[0-9]{4}$/.test(word)) return Number(word)
  if (!/^[0-9]{2}$/.test(word)) return 0
  return TWO_DIGITS_FROM + (Number(word) - TWO_DIGITS_FROM % 100 + 100) % 100
}

// YYYY-MM-DD from what stands in the boxes for day, month and year, or in one of them; null for no date.
export function dateIn (...boxes) {
  const parts = boxes.map(words)
  const all = parts.flat()
  if (all.length < 2 || all.length > 3) return null
  const isMixed = parts.some((part) => part.length > 1)
  const [day, month, year] = isMixed ? inOrder(all) : parts.map((part) => part[0] ?? '')
  const [dayNumber, monthNumber, yearNumber] = [dayIn(day), monthIn(month), yearIn(year)]
  const lastDay = monthNumber && new Date(Date.UTC(yearNumber, monthNumber, 0)).getUTCDate()
  const isDate = dayNumber >= 1 && dayNumber <= lastDay && yearNumber >= EARLIEST_YEAR && yearNumber <= LATEST_YEAR
  return isDate ? [yearNumber, ...[monthNumber, dayNumber].map((part) => String(part).padStart(2, '0'))].join('-') : null
}
