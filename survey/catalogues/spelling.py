"""The spelling of the Welsh, as advice: words that a Welsh dictionary does not know."""

import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import polib

from survey.catalogues.patterns import prose


class NoSpeller(RuntimeError):
    """aspell, or its Welsh dictionary, is not there."""


def unknown_words(catalogues: Iterable[polib.POFile], allowed: frozenset[str]) -> dict[str, list[polib.POEntry]]:
    """Return the words that neither the dictionary nor `allowed` (lower case) has, each with where it stands.

    Raises:
        NoSpeller: there is no aspell with a Welsh dictionary on this machine.
    """
    places: dict[str, list[polib.POEntry]] = {}
    for catalogue in catalogues:
        for entry in catalogue:
            if not entry.obsolete:
                for word in _words(entry):
                    places.setdefault(word, []).append(entry)
    doubtful = [word for word in _unknown(sorted(places)) if word.lower() not in allowed]
    return {word: places[word] for word in doubtful if word in places}


def read_allowed_words(path: Path) -> frozenset[str]:
    """The words of a file, one a line, that are right whatever the dictionary says."""
    return frozenset(path.read_text("utf-8").lower().split()) if path.is_file() else frozenset()


def _words(entry: polib.POEntry) -> set[str]:
    texts = [entry.msgstr, *entry.msgstr_plural.values()]
    # An ending after an apostrophe (’r, ’n, ’u) is a word of its own and right.
    return {
        word
        for text in texts
        for word in re.findall(r"[^\W\d_]{3,}(?:-[^\W\d_]+)*", re.sub(r"’\w{1,2}\b", "", prose(text)))
    }


def _unknown(words: list[str]) -> list[str]:
    program = shutil.which("aspell")
    if program is None:
        raise NoSpeller
    command = [program, "--lang=cy", "--encoding=utf-8", "list"]
    result = subprocess.run(command, input="\n".join(words).encode(), capture_output=True, check=False)  # noqa: S603
    if result.returncode:
        raise NoSpeller
    return result.stdout.decode("utf-8").split()
