"""What was found in messages, kept between processes: looking at all of them takes seconds, and few change meanwhile.

The file is beside the catalogues and holds for the rules and words that it was made with; with any other it is empty.
It may be deleted at any time.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import polib

from survey.catalogues.files import Places, replace_file

Fault = tuple[str, str, int | None]
"""Rule, detail and plural form."""
MOST = 20_000
"""Of how many messages a process remembers what it found."""


class FindingsCache:
    """The faults of messages by what the messages say. `sign` names the rules and words that they were found with."""

    def __init__(self, path: Path, sign: str) -> None:
        self._path = path
        self._sign = sign
        self._kept = _read(path, sign)
        self._asked: dict[str, tuple[Fault, ...]] = {}

    def faults(self, entry: polib.POEntry, name: str, look: Callable[[], Iterable[Fault]]) -> tuple[Fault, ...]:
        """The faults of a message of the catalogue `name`; `look` finds them where nobody has looked yet."""
        key = _digest(entry, name)
        if key in self._asked:
            return self._asked[key]
        faults = self._kept[key] if key in self._kept else tuple(look())
        if len(self._asked) < MOST:
            self._asked[key] = faults
        return faults

    def keep(self) -> None:
        """Keep what was asked for, and nothing else, for other processes; where nothing can be written, nothing is."""
        content = {"sign": self._sign, "found": dict(sorted(self._asked.items()))}
        with suppress(OSError):
            replace_file(self._path, json.dumps(content, ensure_ascii=False).encode("utf-8"))


def found_path(places: Places) -> Path:
    """Where what was found is kept."""
    return places.translations / "found.json"


def sign_of(*words: Iterable[str]) -> str:
    """What tells the rules of today, held against some lists of words, from any others."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    for some in words:
        digest.update("\n".join(some).encode("utf-8") + b"\0")
    return digest.hexdigest()


def _read(path: Path, sign: str) -> dict[str, tuple[Fault, ...]]:
    try:
        content = json.loads(path.read_bytes())
        if content["sign"] != sign:
            return {}
        return {
            str(key): tuple((str(rule), str(detail), form) for rule, detail, form in faults)
            for key, faults in content["found"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _digest(entry: polib.POEntry, name: str) -> str:
    forms = tuple(sorted(entry.msgstr_plural.items())) if entry.msgid_plural else entry.msgstr
    said = (name, entry.msgctxt, entry.msgid, entry.msgid_plural, entry.previous_msgid, entry.comment, entry.tcomment)
    return hashlib.sha256(repr((said, forms, entry.fuzzy)).encode("utf-8")).hexdigest()[:32]
