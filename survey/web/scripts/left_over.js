// Words that the service takes no more, as for a question that is not on its page any longer or after somebody has
// submitted: shown to be copied, until whoever wrote them lets them go.

import { Unsent } from './unsent.js'

// The texts among what was kept, each with the words of its question.
export const textsIn = ({ fields, labels = {} }) => fields
  .filter(([name, value]) => labels[name] && value.trim())
  .map(([name, value]) => [labels[name], value])

// The texts as terms and their descriptions, in the language in which they were written.
export function listed (texts, language) {
  const list = Object.assign(document.createElement('dl'), { lang: language })
  for (const [label, text] of texts) {
    const term = document.createElement('dt')
    term.append(Object.assign(document.createElement('strong'), { textContent: label }))
    list.append(term, Object.assign(document.createElement('dd'), { className: 'app-verbatim', textContent: text }))
  }
  return list
}

// On the page that is answered. They are kept apart from what is still to be saved there.
export class LeftOver {
  constructor (form) {
    this.box = document.getElementById('left-over')
    this.unsent = new Unsent(form.dataset.keepIn, form.dataset.draft)
    this.kept = []
    this.box.querySelector('button').addEventListener('click', () => {
      this.unsent.clear()
      this.kept = []
      this.box.hidden = true
    })
  }

  show (kept) {
    if (!textsIn(kept).length) return
    this.kept.push(kept)
    const [first] = this.kept
    this.unsent.keep({
      ...first,
      fields: this.kept.flatMap(({ fields }) => fields),
      labels: Object.assign({}, ...this.kept.map(({ labels }) => labels)),
      questions: [...new Set(this.kept.flatMap(({ questions }) => questions))]
    })
    this.box.querySelector('dl').replaceWith(listed(this.kept.flatMap(textsIn), first.language))
    this.box.hidden = false
  }
}
