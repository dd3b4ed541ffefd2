"""The page for translators explains every rule of the gate in both languages, and names what there is."""

import re

import pytest

from survey.catalogues.files import Places
from survey.catalogues.rules import PAIR_RULES
from survey.catalogues.wording import WORDING
from survey.commands.translations import translations
from survey.config import ROOT

GUIDE = (ROOT / "docs" / "translators.md").read_text("utf-8")
WELSH, ENGLISH = re.split(r"^## English$", GUIDE, flags=re.MULTILINE)
RULES = {*WORDING, "bad-file"}


def explained(part: str) -> dict[str, str]:
    """What the table of a part says of each rule."""
    (table,) = re.findall(r"^\| (?:rheol y porth|rule of the gate) .*\n\| --- .*\n((?:\|.*\n)+)", part, re.MULTILINE)
    rows = [row.split(" | ", 1) for row in table.splitlines()]
    return {rule: words.strip(" |") for names, words in rows for rule in re.findall(r"`([^`]+)`", names)}


@pytest.mark.parametrize("part", [WELSH, ENGLISH], ids=["cy", "en"])
def test_every_rule_is_explained_and_no_other(part: str) -> None:
    assert explained(part).keys() == RULES >= PAIR_RULES.keys()
    assert all(explained(part).values())


@pytest.mark.parametrize("part", [WELSH, ENGLISH], ids=["cy", "en"])
def test_every_catalogue_is_named(part: str) -> None:
    named = set(re.findall(r"^\| `([a-z-]+)\.po` \|", part, re.MULTILINE))
    assert named == set(Places().names())


def test_every_command_is_explained() -> None:
    assert set(translations.commands) <= set(re.findall(r"\b[a-z]+\b", " ".join(re.findall(r"`[^`]+`", ENGLISH))))


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`(translations/[^`]+)`", GUIDE))))
def test_every_file_that_is_named_is_there(path: str) -> None:
    assert (ROOT / path).exists()


def test_the_welsh_keeps_to_its_own_rules() -> None:
    prose = re.sub(r"`[^`]*`", "", WELSH)
    assert not re.search(r"['&\"]", prose)
