// A page that is being answered: it saves itself, and shows what colleagues save.

import { Colleagues } from './colleagues.js'
import { Saver } from './saving.js'

const form = document.querySelector('form#answers[data-draft]')
if (form) {
  const saver = new Saver(form)
  for (const button of form.querySelectorAll('[data-by-itself]')) button.textContent = button.dataset.byItself
  saver.start().then(() => {
    if (document.getElementById('colleagues')) new Colleagues(form, saver).start()
  })
}
