// What has been written on a page and not yet acknowledged, kept in this browser: for good, or for its session only.
//
// Every open page keeps its own, under the draft it belongs to. A lock shows that the page is still open; what a page
// left behind is taken over by the next one of the same draft.

const PREFIX = 'myfyrio'

const openPages = async () => new Set((await navigator.locks?.query())?.held?.map((lock) => lock.name) ?? [])

// What pages that are no longer open have left of the drafts of one cluster, each with what removes it.
export async function allUnsent (whose) {
  try {
    const open = await openPages()
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(`${PREFIX} ${whose}/`) && !open.has(key))
    return keys.map((key) => ({
      kept: JSON.parse(localStorage.getItem(key)),
      remove: () => localStorage.removeItem(key)
    }))
  } catch {
    return []
  }
}

export class Unsent {
  constructor (kind, draft) {
    this.prefix = `${PREFIX} ${draft} `
    this.key = this.prefix + crypto.getRandomValues(new Uint32Array(2)).join('')
    try {
      this.storage = window[`${kind}Storage`]
    } catch {
      this.storage = undefined // forbidden, as in some private windows: then what is written is in the page only
    }
    navigator.locks?.request(this.key, () => new Promise(() => {}))
  }

  // What pages that are no longer open have left, the oldest first, each {base, fields, questions, …}.
  async takeOver () {
    const open = await openPages()
    const left = []
    for (const key of this.#keys()) {
      if (open.has(key) || key === this.key) continue
      const kept = this.#read(key)
      if (kept) left.push(kept)
      this.#remove(key)
    }
    return left.sort((one, other) => one.at - other.at)
  }

  // Whether it could be kept: storage may be full or forbidden.
  keep (written) {
    try {
      this.storage.setItem(this.key, JSON.stringify({ ...written, at: Date.now() }))
      return true
    } catch {
      return false
    }
  }

  clear () { this.#remove(this.key) }

  #keys () {
    try {
      return Object.keys(this.storage).filter((key) => key.startsWith(this.prefix))
    } catch {
      return []
    }
  }

  #read (key) {
    try {
      return JSON.parse(this.storage.getItem(key))
    } catch {
      return null
    }
  }

  #remove (key) {
    try {
      this.storage.removeItem(key)
    } catch { /* there is none */ }
  }
}
