// While a page is open: who else of the cluster is on it, and what they save, shown where it is not being written about.

import { baseOf, baseWith, typedOn } from './fields.js'

const EVERY = 15000 // milliseconds

export class Colleagues {
  constructor (form, saver) {
    this.form = form
    this.saver = saver
    this.present = document.getElementById('colleagues')
  }

  start () {
    this.form.addEventListener('othersaved', () => this.refresh())
    document.addEventListener('visibilitychange', () => this.look())
    setInterval(() => this.look(), EVERY)
    this.look()
  }

  async look () {
    if (document.hidden) return
    const { csrf_token: token, whose } = this.form.elements
    try {
      const body = new URLSearchParams({ csrf_token: token.value, whose: whose.value })
      const response = await fetch(this.present.dataset.address, { method: 'POST', body })
      if (!response.ok) return
      const { said, revision, notes } = await response.json()
      if (this.present.textContent !== said) this.present.textContent = said
      document.dispatchEvent(new CustomEvent('notes', { detail: notes }))
      if (revision > this.saver.revision && !this.saver.saving) await this.refresh()
    } catch { /* without a connection nobody is seen */ }
  }

  // Take over from the page as it is now whatever has not been changed here.
  async refresh () {
    const address = new URL(location.href)
    address.searchParams.delete('unfinished')
    const response = await fetch(address, { redirect: 'manual' }) // not to where one signs in
    if (!response.ok) return
    const fresh = new DOMParser().parseFromString(await response.text(), 'text/html')
    const theirs = fresh.querySelector('form#answers')
    if (!theirs) return
    const changedHere = this.saver.changedQuestions
    for (const block of this.form.querySelectorAll('[data-question]')) {
      const question = new Set(block.dataset.question.split(' '))
      const [before, now] = [this.saver.base, theirs.elements.base.value].map((base) => baseOf(base, question))
      const isHere = block.contains(document.activeElement) || [...question].some((one) => changedHere.has(one))
      if (before === now || isHere) continue
      const isOwn = [...question].every((one) => (theirs.dataset.own ?? '').split(' ').includes(one))
      this.replace(block, isOwn ? 'ownWindow' : 'colleague', theirs.querySelector(`[data-question="${CSS.escape(block.dataset.question)}"]`))
      this.saver.base = baseWith(this.saver.base, question, now)
    }
    this.saver.revision = Number(theirs.dataset.revision)
    this.saver.acknowledgeShown(typedOn(this.form), changedHere)
    this.form.dispatchEvent(new Event('restored', { bubbles: true }))
  }

  replace (block, words, fresh) {
    if (!fresh) return
    block.replaceChildren(...fresh.cloneNode(true).childNodes)
    const note = Object.assign(document.createElement('p'), {
      className: 'nhsuk-hint app-colleague', textContent: this.saver.state.dataset[words]
    })
    note.setAttribute('role', 'status')
    block.prepend(note)
  }
}
