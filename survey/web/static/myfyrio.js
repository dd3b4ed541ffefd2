// Starts the design system's components. Without this script every page still works.
const here = document.querySelector('script[data-design-system]')
document.body.classList.add('js-enabled', 'nhsuk-frontend-supported')

const { initAll } = await import(new URL(here.dataset.designSystem, location.href))
initAll()
