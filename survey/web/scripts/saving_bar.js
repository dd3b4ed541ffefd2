// The bar that says how the saving stands never covers what has the focus, however many lines it has (WCAG 2.4.11).

const bar = document.getElementById('saving-state')

function clear () {
  const focused = document.activeElement
  if (bar.hidden || focused === document.body) return // asking where they are has the page laid out anew
  const { height, bottom } = focused.getBoundingClientRect()
  const top = bar.getBoundingClientRect().top
  if (bottom > top && height < top) focused.scrollIntoView({ block: 'nearest' })
}

if (bar) {
  new ResizeObserver(() => {
    const height = `${bar.offsetHeight}px`
    for (const one of [document.documentElement, document.body]) one.style.setProperty('--app-saving-bar', height)
    clear()
  }).observe(bar)
  document.addEventListener('focusin', clear)
  document.addEventListener('input', clear)
}
