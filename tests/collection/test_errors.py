"""Every refusal has words, and the words have what they need."""

import re
from pathlib import Path

import pytest

from survey.collection.errors import LEFT_EMPTY, NOTHING, WORDINGS, DomainError
from survey.collection.people.accounts import EVENTS, LOG, note
from survey.collection.responses.transfer import ImportFault, describe_fault
from survey.languages import MISSING_MARK, language
from tests.collection.example import LATER, NOW

ROOM = Path("survey/collection")
RAISED = re.compile(r'DomainError\(\s*"([a-z_]+)"((?:,\s*[a-z]+=)?)')
FAULTS = re.compile(r'(?:_Stop|_fault|Fault)\([^()]*?"([a-z_]+)"\)')


def raised_codes():
    return {code for path in Path("survey").rglob("*.py") for code, _ in RAISED.findall(path.read_text("utf-8"))}


def test_every_refusal_that_is_raised_has_a_wording_and_none_is_left_over():
    assert len(raised_codes()) > 15
    assert raised_codes() == set(WORDINGS)


@pytest.mark.parametrize("code", sorted(WORDINGS))
def test_every_wording_can_be_said(code):
    names = "round questionnaire edition year board cluster outcome finding account role record email threshold found"
    names = (*names.split(), "number", "comment", "names", "place", "near", "given", "reason", "right", "why")
    values = {name: f"<{name}>" for name in (*names, "before", "example", "clusters", "cy", "en")} | {
        "seconds": "7",
        "least": "12",
        "most": "200",
    }
    said = DomainError(code, **values).say(language("en"))
    assert MISSING_MARK not in said
    assert "%" not in said
    nothing = {name: "" if name not in ("seconds", "least", "most") else text for name, text in values.items()}
    assert not re.search(r": ?(\.( |$)|$)", DomainError(code, **nothing).say(language("en"))), "it ends in nothing"


def test_every_fault_of_an_import_has_a_wording():
    texts = (ROOM / "responses" / "transfer.py").read_text("utf-8")
    codes = set(FAULTS.findall(texts)) - {"problem"}
    assert len(codes) > 8
    for code in codes:
        assert describe_fault(ImportFault(4, "about.how", code), language("en")).startswith("Line 4, about.how: ")


def test_the_log_keeps_who_did_what_in_order(repository):
    assert list(repository.entries(LOG, EVENTS)) == []
    note(repository, NOW, "command line", "round_opened", round="sr-2026")
    note(repository, LATER, "eira", "workbook_downloaded", round="sr-2026", language="cy")
    assert list(repository.entries(LOG, EVENTS)) == [
        {"at": NOW.isoformat(), "who": "command line", "what": "round_opened", "round": "sr-2026"},
        {
            "at": LATER.isoformat(),
            "who": "eira",
            "what": "workbook_downloaded",
            "round": "sr-2026",
            "language": "cy",
        },
    ]


@pytest.mark.parametrize("code", sorted(LEFT_EMPTY))
@pytest.mark.parametrize("reader", ["cy", "en"])
def test_of_a_field_that_was_left_empty_is_said_what_to_write_there(code, reader):
    names = ("round", "year", "given", "account", "role", "questionnaire", "edition")
    values = {**dict.fromkeys(names, " "), "before": "2026-27", "example": "2027-28", "why": "–"}
    said = DomainError(code, **values).say(language(reader))
    assert language(reader).say(NOTHING) not in said
    assert said != DomainError(code, **values | dict.fromkeys(names, "x")).say(language(reader))
