// What this tab keeps of a survey that has not reached the service goes when the survey is over here, and when somebody
// begins: the next person may use the same tab.

const forget = () => {
  try {
    sessionStorage.clear()
  } catch { /* nothing is kept in this browser */ }
}

if (document.querySelector('[data-forget]')) forget()
document.querySelector('form[data-forget-when-sent]')?.addEventListener('submit', forget)
