"""`flask responses …`"""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from survey.collection.people.accounts import EVENTS, LOG
from survey.collection.responses.attachments import files_of
from survey.collection.responses.lifecycle import submit
from survey.collection.responses.response import read_response
from survey.collection.responses.transfer import LONGEST_LINE
from tests.collection.example import COMPLETE, NOW, ROUND, load_snapshot, save, save_all

AT = "2026-09-30T10:00:00+00:00"


def line(cluster="arfon", **changes):
    pages = {key: {"answers": answers} for key, answers in COMPLETE.items()}
    return json.dumps({"cluster": cluster, "submitted_at": AT, "submitted_in": "cy", "pages": pages} | changes) + "\n"


@pytest.fixture
def file(desk):
    desk.opened()
    return desk.root / "responses.jsonl"


def test_import_keeps_every_line_and_notes_it(desk, file):
    file.write_text(line() + "\n" + line("conwy-west"))
    assert desk.done("responses", "import", ROUND, file) == "2 responses are in the round\n"
    assert read_response(desk.kept, ROUND, "conwy-west").status == "submitted"
    assert desk.log[-1] == ("command line", "responses_imported")


def test_import_names_every_fault_by_line_and_keeps_nothing(desk, file):
    about = {"about": {"answers": {"how": "dancing", "people": "many"}}}
    file.write_text(line() + "{\n" + line("conwy-west", pages=about))
    assert desk.refused("responses", "import", ROUND, file).splitlines() == [
        "Line 2, column 1: The bracket { that opens here is never closed. Close it.",
        "Line 3, about.how: Choose one of the answers shown",
        "Line 3, about.people: Enter a whole number, like 45000",
        "Nothing was kept.",
    ]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"", "–"),
        (b"\n\n", "–"),
        (b"\xff\xfe", "–"),
        (b"\x00" * 100, "column 1"),
        (b"PK\x03\x04", "–"),
        (b"[]", "–"),
    ],
)
def test_import_refuses_a_file_that_is_something_else(desk, file, content, place):
    file.write_bytes(content)
    assert desk.refused("responses", "import", ROUND, file).startswith(f"Line 1, {place}: ")


def test_import_shows_no_control_characters_of_the_file(desk, file):
    file.write_text(line(**{"\u001b[31mred": 1}))
    assert "\u001b" not in desk.refused("responses", "import", ROUND, file)


def test_import_does_not_read_a_line_without_end_into_memory(desk, file):
    file.write_bytes(b'"' + b"x" * (3 * LONGEST_LINE) + b'"\n' + line().encode())
    assert desk.refused("responses", "import", ROUND, file).splitlines() == [
        "Line 1, –: The line is too long to be a response.",
        "Nothing was kept.",
    ]


def test_import_refuses_a_file_that_is_not_there_and_a_folder(desk, file):
    assert "cannot be read" in desk.refused("responses", "import", ROUND, file)
    assert "cannot be read" in desk.refused("responses", "import", ROUND, desk.root)
    assert "There is no round" in desk.refused("responses", "import", "nothing", file)


def test_export_and_import_are_each_others_way_back(desk, file):
    snapshot = load_snapshot(desk.kept, ROUND)
    save_all(desk.kept, snapshot)
    submit(desk.kept, snapshot, "arfon", language="cy", now=NOW)
    assert desk.done("responses", "export", ROUND, "--output", file) == "1 response written\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    printed = desk.done("responses", "export", ROUND)
    assert printed.encode() == file.read_bytes()
    before = read_response(desk.kept, ROUND, "arfon").counted
    desk.kept.delete(("rounds", ROUND, "reflection"), "arfon")
    desk.done("responses", "import", ROUND, file)
    assert read_response(desk.kept, ROUND, "arfon").counted == before
    assert desk.log.count(("command line", "responses_exported")) == 2


def test_a_full_disk_behind_standard_output_is_said_in_words(desk, file):
    snapshot = load_snapshot(desk.kept, ROUND)
    save_all(desk.kept, snapshot)
    submit(desk.kept, snapshot, "arfon", language="cy", now=NOW)
    program = (sys.executable, "-m", "flask", "--app", "wsgi", "responses", "export", ROUND, "--language", "en")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            program, stdout=full, stderr=subprocess.PIPE, env={**os.environ, "SURVEY_DATA": str(desk.data)}, check=False
        )
    assert done.returncode == 1
    assert b"no room left on the disk" in done.stderr
    assert b"Traceback" not in done.stderr
    assert ("command line", "responses_exported") not in desk.log


def test_export_replaces_no_file(desk, file):
    file.write_text("mine")
    assert "There is a file already" in desk.refused("responses", "export", ROUND, "--output", file)
    assert file.read_text() == "mine"
    assert "cannot be written" in desk.refused("responses", "export", ROUND, "--output", desk.root / "no" / "file")


def test_export_leaves_no_half_file_when_a_response_cannot_be_read(desk, file):
    snapshot = load_snapshot(desk.kept, ROUND)
    for cluster in ("arfon", "conwy-west"):
        save_all(desk.kept, snapshot, cluster)
        submit(desk.kept, snapshot, cluster, language="en", now=NOW)
    (desk.data / "rounds" / ROUND / "reflection" / "conwy-west.json").write_bytes(b"{")
    assert "conwy-west" in desk.refused("responses", "export", ROUND, "--output", file)
    assert not file.exists()


def test_show_reads_as_it_was_asked(desk, file):
    snapshot = load_snapshot(desk.kept, ROUND)
    save_all(desk.kept, snapshot)
    save(desk.kept, snapshot, "practice", {})
    shown = desk.done("responses", "show", ROUND, "arfon").splitlines()
    assert shown[:3] == ["Small questionnaire, 2026-27", "Arfon", "In progress"]
    assert shown[shown.index("What has changed?") + 1 :][:2] == [
        "    Tŷ newydd",
        "    =1+1 🏴󠁧󠁢󠁷󠁬󠁳󠁿",
    ]
    assert "== An outcome: Outcome 1" in shown
    assert shown[shown.index("Stories") + 1] == "    Not answered"
    assert desk.log[-1] == ("command line", "response_shown")


def test_show_speaks_welsh(desk, file):
    shown = desk.done("responses", "show", ROUND, "arfon", "--language", "cy").splitlines()
    assert shown[:2] == ["Cymraeg: Small questionnaire, 2026-27", "Arfon (cy)"]


def test_show_refuses_a_cluster_that_is_not_there(desk, file):
    assert "nowhere" in desk.refused("responses", "show", ROUND, "nowhere")
    assert "../x" in desk.refused("responses", "show", ROUND, "../x")


@pytest.fixture
def answered(desk, file):
    file.write_text(line())
    desk.done("responses", "import", ROUND, file)
    return desk


def test_a_response_is_erased_for_good_with_a_reason_on_record(answered):
    erase = ("responses", "erase", ROUND, "arfon", "--reason", "They asked")
    assert "--yes" in answered.refused(*erase)
    assert "Give the reason" in answered.refused(*erase[:4], "--reason", " ", "--yes")
    assert "--reason has to be given" in answered.refused(*erase[:4], "--yes", code=2)
    answered.kept.write(files_of(ROUND), "arfon.00", {"cluster": "arfon"})
    answered.done(*erase, "--yes")
    assert answered.kept.keys(files_of(ROUND)) == []
    assert read_response(answered.kept, ROUND, "arfon").status == "not_started"
    entry = list(answered.kept.entries(LOG, EVENTS))[-1]
    assert {name: entry[name] for name in ("what", "round", "cluster", "reason")} == {
        "what": "response_erased",
        "round": ROUND,
        "cluster": "arfon",
        "reason": "They asked",
    }
    assert answered.refused(*erase, "--yes") == "There is no response of this cluster: Arfon."
    assert "There is no cluster" in answered.refused("responses", "erase", ROUND, "nowhere", "--reason", "x", "--yes")


def test_what_was_set_aside_is_erased_too(answered):
    path = answered.data / "rounds" / ROUND / "reflection" / "arfon.json"
    path.write_bytes(b"{torn")
    answered.run("data", "verify", "--set-aside")
    answered.done("responses", "erase", ROUND, "arfon", "--reason", "They asked", "--yes")
    assert list(answered.data.rglob("arfon.json*")) == []


def test_notes_are_erased_where_nothing_has_been_answered_too(answered):
    notes = ("rounds", ROUND, "notes")
    answered.kept.write(notes, "conwy-west", {"notes": []})
    erase = ("responses", "erase", ROUND, "conwy-west", "--reason", "They asked", "--yes")
    answered.done(*erase)
    assert answered.kept.keys(notes) == []
    assert "There is no response of this cluster" in answered.refused(*erase)
