// Options that are ranked. On a phone they are tapped in their order, which fills the lists unseen; where there is more
// room they are chosen from the lists, and what is chosen in one cannot be chosen in the others. The service checks it
// too. Without this script there are the lists.

const PHONE = '(max-width: 40em)'

const chosenIn = (lists) => lists.map((list) => list.value).filter(Boolean)

const disableWhatIsChosen = (lists) => {
  const chosen = chosenIn(lists)
  for (const option of lists.flatMap((list) => [...list.options])) {
    // One that is chosen twice stays, to be sent and named: a browser sends nothing of a disabled one.
    option.disabled = option.value !== '' && !option.selected && chosen.includes(option.value)
  }
}

const put = (lists, chosen) => {
  for (const list of lists) for (const option of list.options) option.disabled = false
  lists.forEach((list, place) => { list.value = chosen[place] ?? '' })
  lists[0].dispatchEvent(new Event('change', { bubbles: true }))
}

const tapped = (lists, code) => {
  const chosen = chosenIn(lists)
  put(lists, chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code])
}

const showPlaces = (buttons, lists) => {
  const chosen = chosenIn(lists)
  for (const button of buttons) {
    const place = chosen.indexOf(button.value)
    button.setAttribute('aria-pressed', String(place >= 0))
    button.disabled = place < 0 && chosen.length === lists.length
    button.querySelector('span').textContent = place < 0 ? '' : lists[place].labels[0].textContent
  }
}

const offerToTap = (ranking, lists) => {
  const buttons = [...lists[0].options].filter((option) => option.value).map((option) => {
    const button = Object.assign(document.createElement('button'), { type: 'button', value: option.value })
    button.append(`${option.text} `, document.createElement('span'))
    button.addEventListener('click', () => tapped(lists, option.value))
    return button
  })
  const box = Object.assign(document.createElement('div'), { className: 'app-ranking' })
  box.append(...buttons)
  const groups = lists.map((list) => list.parentElement)
  groups[0].before(box)
  for (const group of groups) group.hidden = true
  // Also what comes back of an answer that was not saved.
  const form = ranking.closest('form')
  for (const changed of ['input', 'change']) form.addEventListener(changed, () => showPlaces(buttons, lists))
  showPlaces(buttons, lists)
  if (lists.some((list) => location.hash === `#${list.id}`)) buttons[0].focus()
}

for (const ranking of document.querySelectorAll('[data-ranking]')) {
  const lists = [...ranking.querySelectorAll('select')]
  const isWrong = ranking.querySelector('.nhsuk-error-message')
  ranking.addEventListener('change', () => disableWhatIsChosen(lists))
  disableWhatIsChosen(lists)
  if (matchMedia(PHONE).matches && !isWrong) offerToTap(ranking, lists)
}
