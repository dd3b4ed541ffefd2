// Makes a long list one to search: a box to type some of the words in, and what is found below it (the combobox of the
// ARIA Authoring Practices). The list itself stays, unseen, and is what is sent. Without this script it is chosen from.

import { answersOf } from './fields.js'

const MOST = 100
const MARKS = /\p{M}/gu

// As survey/alphabet.py does: ŵ and w, Â and a are the same letter.
const folded = (text) => text.normalize('NFD').replace(MARKS, '').toLowerCase().replace(/[’'.,-]/g, ' ').replace(/\s+/g, ' ').trim()

const isFound = (words, typed) => typed.every((part) => words.some((word) => word.startsWith(part)))

const element = (name, properties, attributes = {}) => {
  const made = Object.assign(document.createElement(name), properties)
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value)
  return made
}

class SearchedList {
  constructor (group) {
    this.group = group
    this.select = group.querySelector('select')
    this.form = group.closest('form')
    this.active = -1
    this.shown = []
    this.read()
    this.build()
    this.sync()
  }

  read () {
    this.options = [...this.select.options].filter((option) => option.value).map((option) => {
      const within = option.parentElement.matches('optgroup') ? option.parentElement : undefined
      return { code: option.value, text: option.text, answer: within?.dataset.answer, under: within?.label ?? '', words: folded(`${option.text} ${within?.label ?? ''}`).split(' ') }
    })
  }

  build () {
    const { id } = this.select
    this.list = element('ul', { className: 'app-list__found', id: `${id}-found`, hidden: true }, { role: 'listbox', 'aria-label': this.select.labels[0].textContent })
    this.state = element('p', { className: 'nhsuk-hint app-list__state', id: `${id}-state` }, { role: 'status' })
    this.how = element('div', { className: 'nhsuk-hint', id: `${id}-how`, textContent: this.group.dataset.how })
    const described = [this.select.getAttribute('aria-describedby'), this.how.id].filter(Boolean).join(' ')
    this.box = element('input', { className: 'nhsuk-input', type: 'text', id, autocomplete: 'off', spellcheck: false }, {
      role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': this.list.id, 'aria-describedby': described, translate: 'no'
    })
    if (this.select.matches('.nhsuk-select--error')) this.box.classList.add('nhsuk-input--error')
    this.select.id = `${id}-list`
    this.select.hidden = true
    this.select.setAttribute('aria-label', this.list.getAttribute('aria-label'))
    this.select.removeAttribute('aria-describedby')
    this.select.before(this.how, this.box, this.list, this.state)
    this.box.addEventListener('input', () => this.typed())
    this.box.addEventListener('keydown', (event) => this.pressed(event))
    this.box.addEventListener('blur', () => this.left())
    // Pressing on an option would take the focus from the box first, and close the list.
    this.list.addEventListener('mousedown', (event) => event.preventDefault())
    this.list.addEventListener('click', (event) => this.choose(this.shown[[...this.list.children].indexOf(event.target.closest('li'))]))
    this.select.addEventListener('change', () => this.sync())
    this.form.addEventListener('restored', () => this.sync())
    this.form.addEventListener('reset', () => setTimeout(() => this.sync()))
    if (location.hash === `#${id}`) this.box.focus()
  }

  // The answers that may be given now: those that belong to what is answered on this page, and those of any answer.
  get offered () {
    const name = this.group.dataset.filter && `q-${this.group.dataset.filter}`
    const [, answer] = (name && answersOf(this.form).find(([of]) => of === name)) || []
    return this.options.filter((option) => !answer || option.answer === undefined || option.answer === answer)
  }

  sync () {
    if (document.activeElement === this.box) return
    this.box.value = this.select.value ? this.select.selectedOptions[0].text : ''
    this.say('')
  }

  typed () {
    if (!this.box.value.trim()) this.put('')
    this.open()
  }

  open () {
    const typed = folded(this.box.value).split(' ').filter(Boolean)
    const isChosen = this.select.value && this.box.value === this.select.selectedOptions[0].text
    const found = this.offered.filter((option) => isChosen || isFound(option.words, typed))
    this.shown = found.slice(0, MOST)
    const several = new Set(this.shown.map((option) => option.answer)).size > 1
    this.list.replaceChildren(...this.shown.map((option, place) => {
      const item = element('li', { id: `${this.list.id}-${place}`, textContent: option.text }, { role: 'option', 'aria-selected': 'false' })
      if (several && option.under) item.append(element('span', { textContent: ` ${option.under}` }))
      return item
    }))
    this.list.hidden = !this.shown.length
    this.box.setAttribute('aria-expanded', String(this.shown.length > 0))
    this.go(-1)
    this.say(found.length > MOST ? this.group.dataset.more : this.group.dataset.found.replace('%{number}', found.length.toLocaleString('en-GB')))
  }

  close () {
    this.list.hidden = true
    this.box.setAttribute('aria-expanded', 'false')
    this.go(-1)
  }

  go (place) {
    this.list.children[this.active]?.setAttribute('aria-selected', 'false')
    this.active = place
    const item = this.list.children[place]
    item?.setAttribute('aria-selected', 'true')
    item?.scrollIntoView({ block: 'nearest' })
    if (item) this.box.setAttribute('aria-activedescendant', item.id)
    else this.box.removeAttribute('aria-activedescendant')
  }

  pressed (event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) {
      event.preventDefault()
      if (this.list.hidden) this.open()
      const count = this.shown.length
      if (count) this.go(this.active < 0 && step < 0 ? count - 1 : (this.active + step + count) % count)
    } else if (event.key === 'Enter' && !this.list.hidden) {
      event.preventDefault()
      this.choose(this.shown[this.active] ?? (this.shown.length === 1 ? this.shown[0] : undefined))
    } else if (event.key === 'Escape' && !this.list.hidden) {
      this.close()
    }
  }

  choose (option) {
    if (!option) return
    this.put(option.code)
    this.box.value = option.text
    this.say('')
    this.close()
  }

  put (code) {
    if (this.select.value === code) return
    this.select.value = code
    for (const type of ['input', 'change']) this.select.dispatchEvent(new Event(type, { bubbles: true }))
  }

  // What was typed in full counts as chosen; what is no answer is said to be none, and the last choice is taken back.
  left () {
    this.close()
    const typed = folded(this.box.value)
    if (this.select.value && typed === folded(this.select.selectedOptions[0].text)) return this.say('')
    const same = this.offered.filter((option) => folded(option.text) === typed)
    if (same.length === 1) return this.choose(same[0])
    this.put('')
    this.say(typed ? this.group.dataset.noSuch : '')
  }

  say (words) {
    this.state.textContent = words
    this.state.classList.toggle('nhsuk-error-message', words === this.group.dataset.noSuch)
  }
}

for (const group of document.querySelectorAll('[data-list]')) new SearchedList(group)
