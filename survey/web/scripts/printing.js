// Offers to print, on the pages that are made to be printed.

for (const offer of document.querySelectorAll('[data-print]')) {
  offer.hidden = false
  offer.querySelector('button').addEventListener('click', () => window.print())
}
