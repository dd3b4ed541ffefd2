"""Fields drawn once and kept, because most of a page looks the same for everybody who sees it.

Drawing is most of what a page costs. What a field looks like depends on the round and the language, on which of
a few options is chosen, and on nothing else as long as nothing is wrong with it. What people wrote is never kept:
it is put into a pattern drawn around `SLOT`.
"""

from collections.abc import Callable, Hashable
from functools import lru_cache

from markupsafe import Markup

from survey.languages import Language
from survey.questionnaire.texts import Texts

# A character that has no meaning to anybody, in the place of a text.
SLOT = "\ue000"


def drawn_once(texts: Texts, language: Language, look: Hashable, draw: Callable[[], Markup]) -> Markup:
    """What `draw` gives, which may depend only on `look`, the texts and the language; drawn the first time."""
    markup = _kept(texts, language)
    if look not in markup:
        markup[look] = draw()
    return markup[look]


@lru_cache(maxsize=32)
def _kept(_texts: Texts, _language: Language) -> dict[Hashable, Markup]:
    # Both are new objects when their words change, so nothing here outlives the words it was drawn with.
    return {}
