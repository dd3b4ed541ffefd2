"""`flask export meeting-pack` and `flask responses take-in`"""

import pytest

from survey.collection.responses.response import read_response
from tests.collection.example import ROUND, load_snapshot, save
from tests.packs import filled_in

OVERRIDE = "\N{RIGHT-TO-LEFT OVERRIDE}"


@pytest.fixture
def snapshot(desk):
    desk.opened()
    return load_snapshot(desk.kept, ROUND)


@pytest.fixture
def pack(desk, snapshot):
    """A pack of a cluster that has said how many it is."""
    save(desk.kept, snapshot, "about", {"people": 5})
    path = desk.root / "pack.xlsx"
    desk.done("export", "meeting-pack", ROUND, "--cluster", "arfon", "--language", "en", "--output", path)
    return path


def answers(desk):
    return {key: page for key, page in read_response(desk.kept, ROUND, "arfon").answers.items() if page}


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("cy", f"pecyn-cyfarfod-{ROUND}-arfon.cy"),
        ("en", f"meeting-pack-{ROUND}-arfon.en"),
        ("both", f"pecyn-cyfarfod-meeting-pack-{ROUND}-arfon"),
    ],
)
def test_a_pack_is_written_under_its_own_name_and_noted(desk, snapshot, ending, language, name):
    arguments = ("--cluster", "arfon", "--language", language, "--format", ending, "--output", desk.root)
    assert desk.done("export", "meeting-pack", ROUND, *arguments) == f"{desk.root / name}.{ending}\n"
    first = (desk.root / f"{name}.{ending}").read_bytes()
    desk.done("export", "meeting-pack", ROUND, *arguments)
    assert (desk.root / f"{name}.{ending}").read_bytes() == first
    assert desk.log[-1] == ("command line", "exported")


@pytest.mark.parametrize(
    ("cluster", "said"), [("nowhere", "There is no cluster with this code in the round: nowhere.")]
)
def test_a_cluster_that_is_not_there_is_said_in_plain_words(desk, snapshot, cluster, said):
    result = desk.run("export", "meeting-pack", ROUND, "--cluster", cluster, "--language", "en")
    assert (result.exit_code, result.stderr.strip()) == (1, said)


def test_what_a_pack_changes_is_shown_and_only_taken_in_when_that_is_said(desk, pack):
    pack.write_bytes(filled_in(pack.read_bytes(), {"How many people?": 7, "What has changed?": "=1+1"}))
    shown = desk.done("responses", "take-in", pack)
    assert shown.splitlines()[-1] == "Nothing was taken in. To take this in, say so with --yes."
    assert "How many people?\n    Now: 5\n    In the pack: 7\n" in shown
    assert "This is a formula. Type the answer itself." in shown
    assert answers(desk) == {"about": {"people": 5}}
    assert desk.done("responses", "take-in", pack, "--yes").endswith("Taken in.\n")
    assert answers(desk) == {"about": {"people": 7}}
    assert desk.log[-1] == ("command line", "pack_taken_in")
    assert read_response(desk.kept, ROUND, "arfon").pages["about"].saves[-1].by == "command line"


def test_what_was_changed_in_both_stays_and_is_named(desk, snapshot, pack):
    pack.write_bytes(filled_in(pack.read_bytes(), {"How many people?": 7, "What has changed?": "All"}))
    save(desk.kept, snapshot, "about", {"people": 9})
    result = desk.run("responses", "take-in", pack, "--yes")
    assert result.exit_code == 1
    assert "Now: 9\n    In the pack: 7\n    Changed in both since the pack was made" in result.stdout
    assert "they stay as they are" in result.stderr
    assert answers(desk) == {"about": {"people": 9, "change": "All"}}


@pytest.mark.parametrize("content", [b"", b"{}", b"PK\x03\x04"])
def test_a_file_that_is_no_pack_is_refused(desk, snapshot, content):
    path = desk.root / "pack.xlsx"
    path.write_bytes(content)
    assert "neither an Excel workbook" in desk.refused("responses", "take-in", path)


def test_a_file_that_is_not_there_is_said_in_plain_words(desk, snapshot):
    assert "cannot be read" in desk.refused("responses", "take-in", desk.root / "nothing.xlsx")


def test_no_answer_of_a_pack_changes_the_terminal(desk, pack):
    pack.write_bytes(filled_in(pack.read_bytes(), {"What has changed?": f"right{OVERRIDE}to left"}))
    assert OVERRIDE not in desk.run("responses", "take-in", pack).stdout
