"""The page for translators names what there is, in both languages."""

import re

import pytest

from survey.catalogues.files import Places
from survey.commands.translations import translations
from survey.config import ROOT

GUIDE = (ROOT / "docs" / "translators.md").read_text("utf-8")
WELSH, ENGLISH = re.split(r"^## English$", GUIDE, flags=re.MULTILINE)


@pytest.mark.parametrize("part", [WELSH, ENGLISH], ids=["cy", "en"])
def test_every_catalogue_is_named(part: str) -> None:
    named = set(re.findall(r"^\| `([a-z-]+)\.po` \|", part, re.MULTILINE))
    assert named == set(Places().names())


@pytest.mark.parametrize("part", [WELSH, ENGLISH], ids=["cy", "en"])
def test_every_command_is_explained(part: str) -> None:
    assert set(translations.commands) <= set(re.findall(r"\b[a-z]+\b", " ".join(re.findall(r"`[^`]+`", part))))


@pytest.mark.parametrize("what", [r"^###", r"^\|"], ids=["headings", "rows"])
def test_neither_language_has_less_to_say(what: str) -> None:
    in_welsh, in_english = (len(re.findall(what, part, re.MULTILINE)) for part in (WELSH, ENGLISH))
    assert in_welsh == in_english


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`(translations/[^`]+)`", GUIDE))))
def test_every_file_that_is_named_is_there(path: str) -> None:
    assert (ROOT / path).exists()


def test_the_welsh_keeps_to_its_own_rules() -> None:
    prose = re.sub(r"`[^`]*`", "", WELSH)
    assert "Chwe ffurf luosog" in prose
    assert not re.search(r"['&\"]", prose)
