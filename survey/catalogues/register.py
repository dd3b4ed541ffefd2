"""Readers are addressed as *chi*: the forms of *ti*, which a translator may slip into."""

import re

from survey.catalogues.pairs import Pair

_FAMILIAR = """
ti di thi dy wyt rwyt dwyt ydwyt oeddet roeddet fyddi byddi gelli galli elli alli wnei gwnei gei cei ddylet dylet
hoffet fedri medri arnat atat gennyt iti ohonot ynot drosot hebot amdanat wrthyt paid cer tyrd dyro gest wnest gwnest
fuost buost welaist gwelaist roist rhoist ddewisaist dewisaist wyddost gwyddost dewisa clicia teipia gwiria ysgrifenna
dwed cofia edrycha parha rho
"""
FAMILIAR = frozenset(_FAMILIAR.split())


def familiar_form(pair: Pair) -> str | None:
    """Words that only *ti* has."""
    if FAMILIAR.isdisjoint(re.findall(r"\w+", pair.spoken_welsh.lower())):
        return None
    words = re.findall(r"(?<![\w-])[^\W\d_]+(?![\w-])", pair.spoken_welsh)
    english = set(re.findall(r"[^\W\d_]+", pair.spoken_english.lower()))
    found = [word for word in words if word.lower() in FAMILIAR and word.lower() not in english]
    return " ".join(dict.fromkeys(found)) or None
