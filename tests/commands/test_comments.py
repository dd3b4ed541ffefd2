"""`flask comments …`: what people wrote is read, and released in somebody's name; nothing else lets it out."""

import json
import zipfile
from pathlib import Path

import pytest

from survey.collection.people.accounts import add_account
from survey.collection.reading.decisions import released_texts
from survey.collection.reading.texts import written_texts
from survey.collection.rounds.round import close_round
from survey.collection.rounds.snapshot import load_snapshot
from survey.reporting.files.formats import FORMATS
from tests.collection import example
from tests.collection.anonymous_example import NOW, ROUND, opened_round, submitted
from tests.reporting.files.read_back import READERS

LIST = ("comments", "list", ROUND, "--account", "eira")
SECRETS = ("Zebra", "Quagga", "Okapi")


@pytest.fixture
def closed(desk):
    snapshot = opened_round(desk.kept)
    for number, word in enumerate(SECRETS):
        answers = {"role": {"job": "lead", "why_lead": f"The {word} team"}, "rest": {"comment": f"{word} shouts."}}
        submitted(desk.kept, snapshot, number, answers=answers, language="en")
    close_round(desk.kept, ROUND, NOW)
    add_account(desk.kept, "eira", "national", None, "llyfr gwyrdd ar y bwrdd", NOW)
    return desk


def text_with(desk, words):
    return next(text for text in written_texts(desk.kept, load_snapshot(desk.kept, ROUND)) if words in text.text)


def released(desk):
    return released_texts(desk.kept, load_snapshot(desk.kept, ROUND))


def test_they_are_listed_with_their_ids_and_the_log_says_who_read_them(closed):
    text = text_with(closed, "Zebra shouts.")
    said = closed.done(*LIST)
    assert f"{text.key}  en  waiting\n    Zebra shouts.\n" in said
    assert said.endswith("6 texts\n")
    assert closed.log[-1] == ("eira", "comments_viewed")


def test_one_is_released_in_other_words_and_withheld_again(closed):
    key = text_with(closed, "Zebra shouts.").key
    words = closed.root / "words.txt"
    words.write_text("Somebody shouts.\n", "utf-8")
    closed.done("comments", "release", ROUND, key, "--account", "eira", "--words", words)
    assert released(closed) == ("Somebody shouts.",)
    (listed,) = json.loads(closed.done(*LIST, "--state", "released", "--format", "json"))
    assert (listed["text"], listed["goes_out"], listed["by"]) == ("Zebra shouts.", "Somebody shouts.", "eira")
    assert "As it goes out:\n    Somebody shouts." in closed.done(*LIST, "--state", "released")
    closed.done("comments", "withhold", ROUND, key, "--account", "eira")
    assert released(closed) == ()
    assert closed.log[-1] == ("eira", "comment_withheld")


def test_what_changes_a_terminal_is_shown_and_not_sent(desk):
    snapshot = opened_round(desk.kept)
    submitted(desk.kept, snapshot, 1, answers={"role": {"job": "nurse"}, "rest": {"comment": "\u202egnihton"}})
    close_round(desk.kept, ROUND, NOW)
    add_account(desk.kept, "eira", "national", None, "llyfr gwyrdd ar y bwrdd", NOW)
    assert "\\u202egnihton" in desk.done(*LIST)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("list", ROUND, "--account", "nobody"), "Name the account"),
        (("release", ROUND, "abc", "--account", "eira"), "There is no such text"),
        (("withhold", ROUND, "abc", "--account", "eira"), "There is no such text"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(closed, arguments, said):
    assert closed.refused("comments", *arguments).startswith(said)


def test_words_that_say_nothing_release_nothing(closed):
    words = closed.root / "words.txt"
    words.write_text(" \n", "utf-8")
    key = text_with(closed, "Zebra shouts.").key
    said = closed.refused("comments", "release", ROUND, key, "--account", "eira", "--words", words)
    assert said.startswith("Nothing would be left")


def test_texts_of_clusters_do_not_wait(desk):
    example.opened_round(desk.kept)
    assert desk.refused("comments", "list", example.ROUND, "--account", "eira").startswith("Clusters answer")


def test_nothing_that_any_export_makes_and_no_log_holds_what_has_not_been_released(closed, tmp_path):
    words = closed.root / "words.txt"
    words.write_text("Somebody shouts.", "utf-8")
    closed.done("comments", "release", ROUND, text_with(closed, "Quagga shouts.").key, "--account", "eira")
    key = text_with(closed, "Okapi shouts.").key
    closed.done("comments", "release", ROUND, key, "--account", "eira", "--words", words)
    closed.done("comments", "withhold", ROUND, text_with(closed, "Zebra shouts.").key, "--account", "eira")
    for number, name in enumerate(FORMATS):
        folder = tmp_path / f"made-{number}"
        folder.mkdir()
        allowed = ("--account", "eira", "--reason", "why", "--comments", "--output", folder)
        closed.done("export", "data", ROUND, "--format", name, *allowed)
    folder = tmp_path / "made-workbooks"
    folder.mkdir()
    closed.done("export", "workbook", ROUND, "--output", folder)
    made = list(tmp_path.glob("made-*/*"))
    kept_elsewhere = [path for path in closed.data.rglob("*") if path.is_file() and "responses" not in path.parts]
    assert len(made) >= 2 * len(FORMATS) + 2
    assert any(path.name == "reading.tinydb" for path in kept_elsewhere)
    contents = {path: content_of(path, tmp_path) for path in (*made, *kept_elsewhere)}
    found = {word: [path for path, content in contents.items() if word in content] for word in SECRETS}
    assert found["Zebra"] == found["Okapi"] == []
    assert {path.name.split("-")[0] for path in found["Quagga"]} == {"released"}
    assert {path.suffix[1:] for path in found["Quagga"]} == {form.ending for form in FORMATS.values()}


def content_of(path: Path, folder: Path) -> str:
    """What is in a file, and in those that it packs."""
    if path.suffix in (".parquet", ".sav"):
        return str(READERS[path.suffix[1:]](path.read_bytes(), folder))
    if not zipfile.is_zipfile(path):
        return path.read_bytes().decode("utf-8", "replace")
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
