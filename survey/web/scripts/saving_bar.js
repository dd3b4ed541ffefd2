// The bar that says how the saving stands never covers what has the focus, however many lines it has (WCAG 2.4.11).

const bar = document.getElementById('saving-state')

function clear () {
  const focused = document.activeElement
  const { height, bottom } = focused.getBoundingClientRect()
  const top = bar.getBoundingClientRect().top
  if (!bar.hidden && focused !== document.body && bottom > top && height < top) focused.scrollIntoView({ block: 'nearest' })
}

if (bar) {
  new ResizeObserver(() => {
    document.documentElement.style.setProperty('--app-saving-bar', `${bar.offsetHeight}px`)
    clear()
  }).observe(bar)
  document.addEventListener('focusin', clear)
  document.addEventListener('input', clear)
}
