"""The pseudo-language: English with accents, in brackets, 40 % longer. What shows without them is not translated."""

import math
import re
from itertools import cycle

import polib

from survey.catalogues.compilation import write_generation
from survey.catalogues.extraction import limit_of
from survey.catalogues.files import Places, compiled_form, read_catalogue, replace_file
from survey.catalogues.rules import NOT_PROSE
from survey.languages import PSEUDO

OPEN, CLOSE = "⟦", "⟧"
GROWTH = 0.4
PLURAL_FORMS = "nplurals=2; plural=(n != 1);"

_ACCENTS = str.maketrans(
    "ABCDEGHIJKLNOPRSTUWYZabcdeghijklnoprstuwyz",
    "ÂƁÇĎÉĜĤÎĴĶĻŇÔÞŘŠŢÛŴŶŽâƀçďéĝĥîĵķļňôþřšţûŵŷž",
)
_PADDING = ("ŵŷ", "êîô", "ŷŵâê", "ûî")


def pseudo(text: str, limit: int | None = None) -> str:
    """Return `text` as the pseudo-language has it; placeholders, tags and entities stay as they are.

    The text grows by 40 %, in words that may wrap, but never beyond `limit` characters.
    """
    parts = re.split(f"({NOT_PROSE.pattern})", text)
    dressed = "".join(part if place % 2 else part.translate(_ACCENTS) for place, part in enumerate(parts))
    room = math.ceil(len(text) * GROWTH)
    if limit is not None:
        room = min(room, limit - len(text) - len(OPEN + CLOSE))
    padding = ""
    for word in cycle(_PADDING):
        if len(padding) + 1 >= room:
            break
        padding += " " + word
    stripped = dressed.strip()
    return dressed.replace(stripped, f"{OPEN}{stripped}{padding[: max(room, 0)]}{CLOSE}", 1) if stripped else dressed


def build_pseudo(places: Places) -> list[str]:
    """Build the pseudo-language from every template and return the catalogues that changed. Raises BadCatalogue."""
    folder = places.translations / PSEUDO.replace("-", "_") / "LC_MESSAGES"
    changed = []
    for name in places.names():
        catalogue = _dressed(read_catalogue(places.template(name)))
        if replace_file(folder / f"{name}.mo", compiled_form(catalogue)):
            changed.append(name)
    write_generation(places.translations)
    return changed


def _dressed(catalogue: polib.POFile) -> polib.POFile:
    catalogue.metadata["Language"] = PSEUDO
    catalogue.metadata["Plural-Forms"] = PLURAL_FORMS
    for entry in catalogue:
        limit = limit_of(entry)
        if entry.msgid_plural:
            entry.msgstr_plural = {0: pseudo(entry.msgid, limit), 1: pseudo(entry.msgid_plural, limit)}
        else:
            entry.msgstr = pseudo(entry.msgid, limit)
    return catalogue
