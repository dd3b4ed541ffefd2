// Starts the design system's components, and shows what an answer on the same page asks for.
// Without this script every page still works: everything is shown.

const designSystem = document.querySelector('script[data-design-system]').dataset.designSystem
document.body.classList.add('js-enabled', 'nhsuk-frontend-supported')

// <div data-show-when="name:code code">: shown while a control of that name has one of the codes.
const blocks = [...document.querySelectorAll('[data-show-when]')].map((block) => {
  const [name, codes] = block.dataset.showWhen.split(':')
  return { block, name, codes: codes.split(' ') }
})

function chosen (name) {
  const controls = [...document.getElementsByName(name)]
  return controls
    .filter(({ type, checked }) => (type !== 'radio' && type !== 'checkbox') || checked)
    .map(({ value }) => value)
}

function showWhatIsAskedFor () {
  for (const { block, name, codes } of blocks) {
    block.hidden = !chosen(name).some((code) => codes.includes(code))
  }
}

document.addEventListener('change', showWhatIsAskedFor)
showWhatIsAskedFor()

const { initAll } = await import(new URL(designSystem, location.href))
initAll()

// A radio button may not say aria-expanded (ARIA 1.2), but the design system gives it one at the start and at every click.
function keepToAria () {
  for (const radio of document.querySelectorAll('input[type="radio"][aria-expanded]')) {
    radio.removeAttribute('aria-expanded')
  }
}

document.addEventListener('click', keepToAria)
keepToAria()
