"""Spelling is advice: what the dictionary does not know, less what is allowed, each with where it stands."""

from collections.abc import Callable
from pathlib import Path

import polib
import pytest

from survey.catalogues import vocabulary
from survey.catalogues.glossary import NoSpeller, read_allowed_words, unknown_words

Read = Callable[..., polib.POFile]
ENTRY = 'msgctxt "c"\nmsgid "x"\nmsgstr "Mae’r clwstwrr yn %(enw)s <b>da</b>"\n'


@pytest.fixture
def dictionary(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A dictionary that knows only the word “clwstwr”; returns what it was asked."""
    asked: list[str] = []

    def unknown(words: list[str]) -> list[str]:
        asked.extend(words)
        return [word for word in words if word != "clwstwr"]

    monkeypatch.setattr(vocabulary, "_unknown", unknown)
    return asked


def test_doubtful_words_come_with_their_place(catalogue: Read, dictionary: list[str]) -> None:
    found = unknown_words([catalogue(ENTRY)], frozenset({"mae"}))
    assert {word: [entry.msgctxt for entry in entries] for word, entries in found.items()} == {"clwstwrr": ["c"]}


def test_placeholders_tags_and_endings_are_no_words(catalogue: Read, dictionary: list[str]) -> None:
    unknown_words([catalogue(ENTRY)], frozenset())
    assert dictionary == ["Mae", "clwstwrr"]


def test_without_a_dictionary_it_says_so(catalogue: Read, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoSpeller):
        unknown_words([catalogue(ENTRY)], frozenset())


def test_allowed_words_are_read_in_any_case(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("Ŵyn\nMGSiG\n", encoding="utf-8")
    assert read_allowed_words(path) == {"ŵyn", "mgsig"}
    assert read_allowed_words(tmp_path / "none.txt") == frozenset()
