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


def test_neither_language_has_less_to_say() -> None:
    headings, rows = ([len(re.findall(pattern, part, re.M)) for part in (WELSH, ENGLISH)] for pattern in (r"^###", r"^\|"))
    assert headings[0] == headings[1]
    assert rows[0] == rows[1]


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`(translations/[^`]+)`", GUIDE))))
def test_every_file_that_is_named_is_there(path: str) -> None:
    assert (ROOT / path).exists()


def test_the_welsh_keeps_to_its_own_rules() -> None:
    prose = re.sub(r"`[^`]*`", "", WELSH)
    assert "Chwe ffurf luosog" in prose
    assert not re.search(r"['&\"]", prose)
