// Which words went to the service with a form, and how far they have come (handed.js): remembered by the tab.

const KEY = 'myfyrio handed'

export const read = () => {
  try {
    return JSON.parse(sessionStorage.getItem(KEY))
  } catch {
    return null
  }
}

export const write = (handed) => {
  try {
    if (handed) sessionStorage.setItem(KEY, JSON.stringify(handed))
    else sessionStorage.removeItem(KEY)
  } catch { /* nothing is kept in this browser */ }
}

// `kind` and `key`: the storage that keeps them, and where in it.
export const hand = (kind, key) => write({ kind, key, state: 'sent' })
