"""The shape of a page as the browser shows it: all that the rules of axe look at, without the words and the measures.

Two pages of one shape have the same elements with the same attributes, shown or not, named or not; names and references
differ at most in their words, and where one page names two things alike the other does. So what axe finds on one it
finds on the other, but for what hangs on colours (`READ_COLOURS` of `sight.py`) and on the room that there is
(`OF_ROOM` of `axe.py`).
"""

READ_SHAPE = """
() => {
  const REFERENCES = ['id', 'for', 'name', 'form', 'list', 'headers', 'popovertarget', 'aria-labelledby', 'aria-owns',
    'aria-describedby', 'aria-controls', 'aria-details', 'aria-errormessage', 'aria-activedescendant']
  const NAMES = ['aria-label', 'aria-description', 'aria-roledescription', 'title', 'alt', 'placeholder']
  const UNSEEN = /^(class|data-.*|translate|action|method|novalidate)$/ // nothing of axe looks at them
  const LANGUAGES = ['cy', 'en', 'en-XA'] // which of them is right is for the rules of our own to say
  const numbers = new Map()
  const number = (text) => {
    if (!numbers.has(text)) numbers.set(text, numbers.size)
    return numbers.get(text)
  }
  const attribute = ({ name, value }) => {
    if (REFERENCES.includes(name)) return value.split(/\\s+/).map(number)
    if (NAMES.includes(name)) return value.trim() && number(value.trim())
    if (/^(href)?lang$/.test(name)) return LANGUAGES.includes(value) || value
    if (name === 'style') return value.replace(/--[^;]*(;|$)/g, '').trim()
    if (name === 'href') return value.startsWith('#') ? ['#', number(value.slice(1))] : value !== ''
    if (/^(value|src|datetime|d|points|x|y|width|height)$/.test(name)) return value.trim() !== ''
    return value
  }
  const shape = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data.trim() ? 1 : 0
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches('script, style')) return 0
    const state = [node.checkVisibility({ visibilityProperty: true }), node.checked, node.disabled, !!node.value]
    const attributes = [...node.attributes].filter(({ name }) => !UNSEEN.test(name))
      .map((given) => [given.name, attribute(given)])
    return [node.localName, state, attributes, [...node.childNodes].map(shape).filter(Boolean)]
  }
  return JSON.stringify(shape(document.documentElement))
}
"""
