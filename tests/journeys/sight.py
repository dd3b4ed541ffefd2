"""What axe sees of a page: its shape, the colours of its texts, and where each element is."""

from tests.journeys.shape import READ_SHAPE

# In what colours, sizes and weights the texts of a page stand, on which grounds: all that contrast depends on.
READ_COLOURS = """
() => {
  const grounds = new Map()
  const ground = (element) => {
    if (!element) return ''
    if (!grounds.has(element)) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(element)
      const own = /, 0\\)$/.test(backgroundColor) && backgroundImage === 'none' && opacity === '1'
        ? '' : `/${backgroundColor} ${backgroundImage} ${opacity}`
      grounds.set(element, ground(element.parentElement) + own)
    }
    return grounds.get(element)
  }
  // Of a link among words also what tells it from them.
  const among = (element) => element.matches('a') && element.parentElement.innerText.trim() !== element.innerText.trim()
    ? [getComputedStyle(element).textDecorationLine, getComputedStyle(element.parentElement).color] : []
  const hasText = (element) => element.matches('input, select, textarea') ||
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())
  return [...new Set([...document.body.querySelectorAll('*')].filter(hasText).map((element) => {
    const { color, fontSize, fontWeight, position } = getComputedStyle(element)
    return [color, fontSize, fontWeight, position, ground(element), ...among(element)].join(' ')
  }))]
}
"""

READ_PLACES = """
() => JSON.stringify([...document.querySelectorAll('body, body *')].map((element) => {
  const { left, top, width, height } = element.getBoundingClientRect()
  return [left, top, width, height].map(Math.round)
}))
"""

READ_SIGHT = f"""
() => ({{width: innerWidth, shape: ({READ_SHAPE})(), colours: ({READ_COLOURS})(), places: ({READ_PLACES})()}})
"""
