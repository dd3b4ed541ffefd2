"""Readers are addressed as *chi*: the forms of *ti*, which a translator may slip into."""

import re
from collections.abc import Callable

from survey.catalogues.mutation import mutated
from survey.catalogues.pairs import Pair

_FAMILIAR = """
ti di thi dy wyt rwyt dwyt ydwyt oeddet roeddet fyddi byddi gelli galli elli alli wnei gwnei gei cei ddylet dylet
hoffet fedri medri arnat atat gennyt iti ohonot ynot drosot hebot amdanat wrthyt paid cer tyrd dere dyro rho gad dwed
gest wnest gwnest fuost buost welaist gwelaist roist rhoist ddewisaist dewisaist wyddost gwyddost
"""
FAMILIAR = frozenset(_FAMILIAR.split())
# Words in -a that tell nobody to do anything: nouns, and verbs that are named.
_NAMED = """
gwella atgoffa marchnata teilwra para bwyta hela pysgota mwyara cardota lloffa gwledda bara eira nesa
"""
NO_ORDERS = frozenset(form for word in _NAMED.split() for form in mutated(word))
# “Dywed” is also what something says, and then its subject follows.
_SAY = re.compile(r"\b[Dd]ywed (?!yr?\b|[A-ZÂÊÎÔÛŴŶ“‘])\w+")
_WORD = re.compile(r"(?<![\w-])[^\W\d_]+(?![\w-])")


def familiar_form(pair: Pair) -> str | None:
    """Words that only *ti* has."""
    if FAMILIAR.isdisjoint(re.findall(r"\w+", pair.spoken_welsh.lower())):
        return None
    return _said(pair, FAMILIAR.__contains__)


def familiar_order(pair: Pair, is_word: Callable[[str], bool]) -> str | None:
    """Orders to *ti*: words in -a, beside which the dictionary has the same order to *chi*, in -wch."""

    def is_order(word: str) -> bool:
        is_likely = len(word) > 3 and word.endswith("a") and word not in NO_ORDERS
        return is_likely and any(is_word(order) for order in _said_to_chi(word))

    say = _SAY.search(pair.spoken_welsh)
    return say[0] if say else _said(pair, is_order)


def _said_to_chi(order: str) -> tuple[str, ...]:
    """How an order to *ti*, in -a, may be given to *chi*: dewisa, parha, crea."""
    return f"{order[:-1]}wch", f"{order[:-1]}ewch", f"{order[:-2]}ëwch"


def _said(pair: Pair, is_familiar: Callable[[str], bool]) -> str | None:
    """Words of the Welsh that are familiar and stand in the English no more than by chance."""
    words = [word for word in _WORD.findall(pair.spoken_welsh) if is_familiar(word.lower())]
    if not words:
        return None
    english = set(re.findall(r"[^\W\d_]+", pair.spoken_english.lower()))
    return " ".join(dict.fromkeys(word for word in words if word.lower() not in english)) or None
