// Text boxes as tall as their text, in browsers that do not know `field-sizing` (styles/_fields.scss). They only grow, so
// that nothing on the page jumps.

const grow = (box) => {
  if (box.scrollHeight > box.clientHeight) box.style.height = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`
}

const all = () => document.querySelectorAll('textarea')

if (!CSS.supports('field-sizing', 'content')) {
  document.addEventListener('input', ({ target }) => (target.matches('textarea') ? [target] : all()).forEach(grow))
  all().forEach(grow)
}
