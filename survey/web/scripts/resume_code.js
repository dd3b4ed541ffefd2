// Where a resume code is shown: offers to copy it and to share it, as far as the browser can. Without this script it is
// read, and written down.

const kept = document.querySelector('[data-keep]')
const said = document.querySelector('[data-copied]')

const offer = (name, act) => {
  const button = kept.querySelector(`[data-${name}]`)
  button.hidden = false
  button.addEventListener('click', act)
}

if (kept && navigator.clipboard) {
  offer('copy', async () => {
    await navigator.clipboard.writeText(kept.dataset.keep)
    said.textContent = said.dataset.copied
  })
}

if (kept && navigator.share) {
  offer('share', () => navigator.share({ text: kept.dataset.keep }).catch(() => {}))
}
