// Lists in which options are ranked: what is chosen in one cannot be chosen in the others. The service checks it too.

const disableWhatIsChosen = (lists) => {
  const chosen = lists.map((list) => list.value)
  for (const option of lists.flatMap((list) => [...list.options])) {
    // One that is chosen twice stays, to be sent and named: a browser sends nothing of a disabled one.
    option.disabled = option.value !== '' && !option.selected && chosen.includes(option.value)
  }
}

for (const ranking of document.querySelectorAll('[data-ranking]')) {
  const lists = [...ranking.querySelectorAll('select')]
  ranking.addEventListener('change', () => disableWhatIsChosen(lists))
  disableWhatIsChosen(lists)
}
