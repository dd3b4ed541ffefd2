"""Catalogues made ready for reading: the `.mo` of the Welsh and of the pseudo-language, and their generation.

The pseudo-language is English with accents, in brackets, 40 % longer. What shows without them is not translated.
"""

import gettext
import hashlib
import io
import math
import re
from collections.abc import Collection
from functools import cache
from itertools import cycle
from pathlib import Path

import polib

from survey.catalogues.extraction import limit_of
from survey.catalogues.files import (
    LOST,
    WELSH,
    BadCatalogue,
    Places,
    compiled_form,
    new_catalogue,
    read_catalogue,
    replace_file,
)
from survey.catalogues.finding import GateFinding
from survey.catalogues.gate import breaking_findings
from survey.catalogues.pairs import NOT_PROSE
from survey.languages import GENERATION_FILE, PSEUDO, Language

OPEN, CLOSE = "⟦", "⟧"
GROWTH = 0.4
LEAST = 0.5
"""Which part of the Welsh in use a catalogue has at least, unless somebody says that it may lose more."""
PSEUDO_PLURALS = "nplurals=2; plural=(n != 1);"

_ACCENTS = str.maketrans(
    "ABCDEGHIJKLNOPRSTUWYZabcdeghijklnoprstuwyz",
    "ÂƁÇĎÉĜĤÎĴĶĻŇÔÞŘŠŢÛŴŶŽâƀçďéĝĥîĵķļňôþřšţûŵŷž",
)
_PADDING = ("ŵŷ", "êîô", "ŷŵâê", "ûî")


class Breaking(ValueError):
    """A catalogue has messages that would break a page. Attribute: findings."""

    def __init__(self, findings: list[GateFinding]) -> None:
        super().__init__(f"{len(findings)} messages would break a page")
        self.findings = findings


def compile_catalogues(places: Places, may_lose: Collection[str] = ()) -> list[str]:
    """Compile every Welsh catalogue, all or none, and return the names of those that changed.

    What is not translated, or fuzzy, is left out, so that it shows as missing. The catalogues that `may_lose` names may
    have lost most of their Welsh.

    Raises:
        BadCatalogue: a file cannot be read, or has lost most of the Welsh that is in use.
        Breaking: messages have placeholders or tags that would break a page.
    """
    compiled: dict[str, bytes] = {}
    findings: list[GateFinding] = []
    for path in sorted(places.welsh("*").parent.glob("*.po")):
        catalogue = read_catalogue(path)
        findings += breaking_findings(catalogue, path.stem, path.name)
        before, now = _in_use(places.compiled(path.stem)), len(catalogue.translated_entries())
        if now < before * LEAST and path.stem not in may_lose:
            raise BadCatalogue(path.name, LOST, before=before, now=now, catalogue=path.stem)
        compiled[path.stem] = compiled_form(catalogue)
    if findings:
        raise Breaking(findings)
    changed = [name for name, content in compiled.items() if replace_file(places.compiled(name), content)]
    write_generation(places.translations)
    return changed


def _in_use(path: Path) -> int:
    """How many texts of a compiled catalogue have Welsh."""
    return len(polib.mofile(str(path)).translated_entries()) if path.is_file() else 0


def write_generation(translations: Path) -> bool:
    """Write down what is compiled now; every process that sees another generation reads its catalogues anew."""
    digest = hashlib.sha256()
    for path in sorted(translations.glob("*/LC_MESSAGES/*.mo")):
        digest.update(path.relative_to(translations).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return replace_file(translations / GENERATION_FILE, digest.hexdigest().encode("ascii") + b"\n")


@cache
def uncompiled_welsh(places: Places) -> Language:
    """Return Welsh straight from the `.po` files, for commands that have to speak before anything is compiled.

    A catalogue that cannot be read counts as empty. Each is read once in the life of the process.
    """

    def catalogue(domain: str) -> gettext.NullTranslations:
        try:
            welsh = read_catalogue(places.welsh(domain))
        except (BadCatalogue, OSError):
            welsh = new_catalogue(WELSH)
        return gettext.GNUTranslations(io.BytesIO(compiled_form(welsh)))

    return Language(WELSH, catalogue)


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
    catalogue.metadata["Plural-Forms"] = PSEUDO_PLURALS
    for entry in catalogue:
        limit = limit_of(entry)
        if entry.msgid_plural:
            entry.msgstr_plural = {0: pseudo(entry.msgid, limit), 1: pseudo(entry.msgid_plural, limit)}
        else:
            entry.msgstr = pseudo(entry.msgid, limit)
    return catalogue
