// Saves the answers of a page while they are written, and lets go of no word before the service has acknowledged it.
//
// Only the questions that were changed are sent, each with what it is based on, so that the service can merge them with
// what colleagues wrote. What is not acknowledged is kept in this browser and comes back after a lost connection, a
// crash, a reload or the end of a sign-in. Without this script the buttons save the page.

import { answersOf, baseOf, baseWith, labelsOf, putBack, questionOf, typedOn } from './fields.js'
import { hand } from './handing.js'
import { LeftOver } from './left_over.js'
import { isReachable } from './reachable.js'
import { sendAnswers } from './sending.js'
import { Unsent } from './unsent.js'

const PAUSE = 2500 // milliseconds after the last change
const RETRIES = [2000, 5000, 15000, 30000]
const WHILE_A_PAGE_CLOSES = 2000 // milliseconds

// What the service sent, without what was typed before this script ran and what the browser put back.
const typedOnSent = (form) => {
  const copy = form.cloneNode(true)
  copy.reset()
  return typedOn(copy)
}

// Browsers fill in what they remember after Back when the page is there.
const filledIn = () => new Promise((resolve) => {
  if (document.readyState === 'complete') setTimeout(resolve)
  else window.addEventListener('load', () => setTimeout(resolve))
})

export class Saver {
  constructor (form) {
    this.form = form
    this.state = document.getElementById('saving-state')
    this.unsent = new Unsent(form.dataset.keepIn, form.dataset.draft)
    this.leftOver = new LeftOver(form)
    this.base = form.elements.base.value
    this.acknowledged = typedOnSent(form)
    this.revision = Number(form.dataset.revision)
    this.left = new Set() // questions that wait for a person
    this.failures = 0
  }

  async start () {
    this.form.addEventListener('input', (event) => this.changed(event.target))
    this.form.addEventListener('change', (event) => this.changed(event.target))
    this.form.addEventListener('submit', (event) => this.press(event))
    this.form.addEventListener('formdata', ({ formData }) => formData.set('base', this.base))
    document.addEventListener('submit', (event) => this.leaveBy(event))
    document.addEventListener('visibilitychange', () => { if (document.hidden) this.save({ keepalive: true }) })
    window.addEventListener('online', () => this.again())
    window.addEventListener('beforeunload', (event) => {
      if (!this.changedQuestions.size || this.isLeaving) return
      this.keep()
      if (!this.isKept) event.preventDefault()
    })
    if (performance.getEntriesByType('navigation')[0]?.type === 'back_forward') {
      await filledIn()
      this.putUnder()
    }
    if (this.changedQuestions.size) this.keep()
    await this.takeOver()
    setTimeout(() => this.takeOver(), WHILE_A_PAGE_CLOSES)
    if (this.changedQuestions.size) this.later(PAUSE)
    for (const question of this.form.dataset.unsaved?.split(' ') ?? []) this.acknowledged.set(question, '')
    if (this.changedQuestions.size) this.keep()
  }

  // When somebody comes back, the browser fills in what stood there when she left: older than what the service sent now.
  putUnder () {
    const [remembered, questions] = [answersOf(this.form), this.changedQuestions]
    this.form.reset()
    putBack(this.form, remembered, questions, questions)
    this.form.dispatchEvent(new Event('restored', { bubbles: true }))
    this.form.dispatchEvent(new Event('input', { bubbles: true }))
  }

  get changedQuestions () {
    const typed = [...typedOn(this.form)].filter(([question, text]) => this.acknowledged.get(question) !== text)
    return new Set(typed.map(([question]) => question))
  }

  async takeOver () {
    for (const left of await this.unsent.takeOver()) this.restore(left)
  }

  restore (kept) {
    const { base, fields, questions: written } = kept
    const gone = written.filter((question) => !this.acknowledged.has(question))
    this.leftOver.show({ ...kept, questions: gone, fields: fields.filter(([name]) => gone.includes(questionOf(name))) })
    const typed = new Map(written.map((question) => [question, []]))
    for (const [name, value] of fields) typed.get(questionOf(name))?.push([name, value])
    const changedHere = this.changedQuestions
    const questions = new Set([...typed].filter(([question, those]) => {
      return this.acknowledged.has(question) && this.acknowledged.get(question) !== JSON.stringify(those)
    }).map(([question]) => question))
    if (!questions.size) return
    putBack(this.form, fields, questions, changedHere)
    const only = new Set([...questions].filter((question) => !changedHere.has(question)))
    this.base = baseWith(this.base, only, baseOf(base, only))
    this.say(this.state.dataset.restored, 'held')
    this.form.dispatchEvent(new Event('restored', { bubbles: true }))
    this.form.dispatchEvent(new Event('input', { bubbles: true }))
  }

  changed (control) {
    this.wanted = undefined
    this.left.delete(questionOf(control.name ?? ''))
    this.isLeaving = false
    if (!this.changedQuestions.size) return
    this.keep()
    this.later(PAUSE)
  }

  keep () {
    const questions = this.changedQuestions
    const fields = answersOf(this.form).filter(([name]) => questions.has(questionOf(name)))
    this.isKept = this.unsent.keep({
      base: baseOf(this.base, questions),
      fields,
      questions: [...questions],
      labels: labelsOf(this.form),
      action: this.form.action,
      title: document.querySelector('h1').textContent,
      language: document.documentElement.lang
    })
  }

  later (milliseconds) {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.again(), milliseconds)
  }

  // Whoever pressed a button without a connection, and has written nothing since, is taken on once there is one.
  again () {
    if (!this.wanted) return this.save()
    this.form.requestSubmit(this.wanted)
  }

  // One save at a time; what is typed meanwhile goes with the next.
  async save ({ keepalive = false } = {}) {
    clearTimeout(this.timer)
    while (this.saving) await this.saving
    const questions = new Set([...this.changedQuestions].filter((question) => !this.left.has(question)))
    if (!questions.size) return
    this.saving = this.post('', questions, keepalive)
    await this.saving
    this.saving = undefined
    if (this.changedQuestions.size) this.keep()
    else this.unsent.clear()
  }

  async post (then, questions, keepalive = false) {
    const sent = typedOn(this.form)
    const answer = await this.request(then, questions, keepalive)
    if (answer.base !== undefined) this.acknowledge(answer, sent, questions)
    if (answer.status === 0 || answer.status >= 500) {
      this.say(answer.said ?? this.state.dataset.offline, 'held')
      const pause = Math.max(RETRIES[Math.min(this.failures++, RETRIES.length - 1)], answer.retryAfter ?? 0)
      this.later(pause * (1 + Math.random() / 2)) // or all who were refused together would come again together
    } else {
      this.failures = 0
      this.say(answer.said ?? this.state.dataset.signedOut, answer.status === 200 ? '' : 'held')
    }
    return answer
  }

  // The answer of the service, with its status; 0 where there was none. A token that has expired is renewed.
  async request (then, questions, keepalive) {
    const answer = await this.send(then, questions, keepalive)
    if (answer.status !== 400 || !await this.renewToken()) return answer
    return this.send(then, questions, keepalive)
  }

  async renewToken () {
    try {
      const response = await fetch(location.href, { redirect: 'manual' }) // not to where one signs in
      const page = new DOMParser().parseFromString(await response.text(), 'text/html')
      const fresh = page.querySelector('form#answers')?.elements.csrf_token
      if (fresh) this.form.elements.csrf_token.value = fresh.value
      return Boolean(fresh)
    } catch {
      return false
    }
  }

  send (then, questions, keepalive) {
    const { csrf_token: token, whose } = this.form.elements
    return sendAnswers(this.form.action, {
      token: token.value,
      whose: whose.value,
      questions,
      base: baseOf(this.base, questions),
      fields: answersOf(this.form).filter(([name]) => questions.has(questionOf(name))),
      then,
      keepalive
    })
  }

  acknowledge (answer, sent, questions) {
    this.left = new Set(answer.left)
    const kept = new Set([...questions].filter((question) => !this.left.has(question)))
    for (const question of kept) this.acknowledged.set(question, sent.get(question))
    this.base = baseWith(this.base, kept, answer.base)
    const others = answer.revision > this.revision + 1
    this.revision = answer.revision
    if (others) this.form.dispatchEvent(new Event('othersaved', { bubbles: true }))
  }

  // What a colleague saved is shown here now, and acknowledged as much as one's own.
  acknowledgeShown (typed, changedHere) {
    for (const [question, text] of typed) if (!changedHere.has(question)) this.acknowledged.set(question, text)
  }

  say (words, how = '') {
    this.state.hidden = false
    this.state.classList.toggle('app-saving-state--held', how === 'held')
    if (this.state.textContent !== words) this.state.textContent = words
  }

  // A button: where the service cannot be reached, the page and what is on it stay. Whatever needs a page of its own
  // gets it: the form is sent as it is without this script.
  async press (event) {
    const button = event.submitter
    if (button?.name && button.name !== 'then') return this.pressOther(event)
    event.preventDefault()
    this.wanted = undefined
    clearTimeout(this.timer)
    while (this.saving) await this.saving
    this.keep()
    this.saving = this.post(button?.value || 'stay', new Set(typedOn(this.form).keys()))
    const answer = await this.saving
    this.saving = undefined
    if (answer.status === 0 || answer.status >= 500) {
      this.wanted = button
      if (answer.status === 0) this.say(this.state.dataset.goesOn, 'held')
      return
    }
    this.leave()
    if (answer.next) {
      if (!this.changedQuestions.size) this.unsent.clear()
      location.assign(answer.next)
    } else {
      hand(this.form.dataset.keepIn, this.unsent.key)
      const then = Object.assign(document.createElement('input'), { type: 'hidden', name: 'then', value: button?.value || 'stay' })
      this.form.append(then)
      this.form.submit()
    }
  }

  // A button that leads to a page of its own, as the switch of language.
  async pressOther (event) {
    if (this.goes) {
      hand(this.form.dataset.keepIn, this.unsent.key)
      return this.leave()
    }
    event.preventDefault()
    if (!await isReachable()) return this.say(this.state.dataset.offline, 'held')
    this.goes = true
    this.form.requestSubmit(event.submitter)
    this.goes = false
  }

  // Another form of the page, as that to sign out: what was written is saved first. Where it cannot be, a second press
  // goes all the same.
  async leaveBy (event) {
    const form = event.target
    if (event.defaultPrevented || form === this.form || !this.changedQuestions.size || this.isLeaving) return
    event.preventDefault()
    await this.save()
    this.isLeaving = true
    if (!this.changedQuestions.size) return form.submit()
  }

  leave () {
    this.isLeaving = true
    this.keep()
  }
}
