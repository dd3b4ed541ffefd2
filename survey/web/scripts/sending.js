// Sends the answers to some questions to the service, with what they are based on, and gives what it says.

const LIMIT_OF_LAST_WORDS = 60000 // bytes that a browser sends when its page is already gone

// Gives the answer of the service with its status; 0 where there was none. `retryAfter`: how many milliseconds it asks to
// be left alone for. `then` is a pressed button.
export async function sendAnswers (action, { token, whose, questions, base, fields, then = '', keepalive = false }) {
  const body = new URLSearchParams(fields)
  body.set('csrf_token', token)
  body.set('whose', whose)
  body.set('on_page', [...questions].join(' '))
  body.set('base', base)
  if (then) body.set('then', then)
  try {
    const response = await fetch(action, {
      method: 'POST',
      body,
      keepalive: keepalive && body.toString().length < LIMIT_OF_LAST_WORDS,
      headers: { Accept: 'application/json' }
    })
    const retryAfter = Number(response.headers.get('Retry-After')) * 1000 || 0
    return { status: response.status, retryAfter, ...await response.json().catch(() => ({})) }
  } catch {
    return { status: 0 }
  }
}
