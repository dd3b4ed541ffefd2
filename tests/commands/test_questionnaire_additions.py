"""`flask questionnaires add`, `added`, `withdraw` and `export`: an edition kept with the data, and given back."""

import json

import pytest

from survey.authoring.book import book_of
from survey.languages import language
from survey.questionnaire.editions import next_edition
from survey.questionnaire.json_writer import json_of
from tests.collection.example import DEFINITION

NEXT = next_edition(DEFINITION, "2027")
CREATE = ("rounds", "create", "next", "--questionnaire", "small", "--edition", "2027", "--year", "2027-28")


@pytest.fixture
def given(desk, tmp_path):
    """A file that an author has written."""
    path = tmp_path / "given.json"
    path.write_bytes(json_of(NEXT))
    return path


def test_an_edition_is_kept_a_round_is_made_of_it_and_it_is_given_back(desk, given):
    assert "small 2027 is kept" in desk.done("questionnaires", "add", given, "--by", "ann")
    assert desk.log[-1] == ("ann (command line)", "edition_changed")
    assert "small 2027: added or changed by ann" in desk.done("questionnaires", "added")
    desk.done(*CREATE)
    assert "is planned or open" in desk.refused("questionnaires", "withdraw", "small", "2027", "--yes")
    assert not desk.definition("small/2027").exists()
    assert "1 file written" in desk.done("questionnaires", "export")
    assert desk.definition("small/2027").read_bytes() == json_of(NEXT)
    assert "as its file has it" in desk.done("questionnaires", "added")


def test_welsh_of_a_file_that_an_error_holds_back_is_told(desk, tmp_path):
    book, source = tmp_path / "given.xlsx", json.loads(json.dumps(NEXT))
    source["sections"][0]["questions"][1]["label"] = "How many came?"
    book.write_bytes(book_of(source, lambda *_: "Faint oedd “yno?", language("en")))
    assert "held back by" in desk.done("questionnaires", "add", book)


def test_a_faulty_file_is_told_and_nothing_is_kept(desk, given):
    given.write_text(json.dumps({**NEXT, "framework": "another"}), "utf-8")
    assert f"{given}:1:" in desk.refused("questionnaires", "add", given)
    assert "as its file has it" in desk.done("questionnaires", "added")


def test_what_was_added_is_taken_away_once_somebody_says_so(desk, given):
    desk.done("questionnaires", "add", given)
    assert "add --yes" in desk.refused("questionnaires", "withdraw", "small", "2027")
    desk.done("questionnaires", "withdraw", "small", "2027", "--yes", "--by", "ann")
    assert desk.log[-1] == ("ann (command line)", "edition_withdrawn")
    assert "There is no questionnaire small" in desk.refused(*CREATE)


def test_an_added_edition_that_has_faults_by_now_is_told_before_an_upgrade_and_by_check(desk, given):
    desk.done("questionnaires", "add", given)
    assert "small 2027" not in desk.done("data", "check")
    desk.definition("frameworks/small-framework").unlink()
    said = desk.done("data", "check")
    assert "small 2027:" in said
    assert "have faults by the checks of this release" in said
