"""The activity log by commands: listed, looked for, and written as the page writes it."""

import csv
import json
from io import StringIO

import pytest

from survey.collection.people.accounts import note
from tests.collection.example import NOW, ROUND


@pytest.fixture
def logged(desk):
    note(desk.kept, NOW, "eira", "response_viewed", round=ROUND, cluster="arfon")
    note(desk.kept, NOW, "gwyn", "workbook_downloaded", round="sr-1", reason="=1+1")
    return desk


def test_it_is_listed_in_words_and_reading_it_is_in_it(logged):
    listed = logged.done("log", "list").splitlines()
    assert [line.split("  ")[1] for line in listed] == ["eira", "gwyn"]
    assert "A cluster’s response read" in listed[0]
    assert "cluster=arfon" in listed[0]
    assert "Darllenwyd" in logged.done("log", "list", "--who", "EIRA", "--language", "cy").splitlines()[0]
    assert logged.log[-1] == ("command line", "log_viewed")


def test_what_is_looked_for_is_found_as_on_the_page(logged):
    (one,) = json.loads(logged.done("log", "list", "--what", "taken-out", "--format", "json"))
    assert (one["who"], one["what"], one["round"]) == ("gwyn", "workbook_downloaded", "sr-1")
    assert json.loads(logged.done("log", "list", "--since", "2 January 2030", "--format", "json")) == []
    assert "Nothing in the log" in logged.done("log", "list", "--round", "nowhere")
    assert "workbook_downloaded" in logged.refused("log", "list", "--what", "downloads")
    assert "same day" in logged.refused("log", "list", "--since", "2/1/2030", "--until", "1/1/2030")
    assert "This is not a day" in logged.refused("log", "list", "--since", "some day")


def test_it_is_written_as_csv_where_nothing_is_yet(logged):
    file = logged.root / "log.csv"
    assert logged.done("log", "export", "--round", "sr-1", "--output", file) == "1 line written\n"
    (row,) = csv.DictReader(StringIO(file.read_text("utf-8-sig")))
    assert (row["who"], row["reason"]) == ("gwyn", "'=1+1")
    assert logged.log[-1] == ("command line", "log_downloaded")
    before = file.read_bytes()
    assert "There is a file already" in logged.refused("log", "export", "--output", file)
    assert file.read_bytes() == before
