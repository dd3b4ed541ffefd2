"""`flask rounds …`"""

import json
import shutil
import stat
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest

from survey.collection.errors import DomainError
from survey.collection.people.access import has_code, open_with
from survey.collection.people.accounts import EVENTS, LOG
from survey.collection.people.begun_acts import BEGUN_ACTS
from survey.collection.people.sign_in_links import known_link, refuse_spent
from survey.collection.responses.lifecycle import submit
from survey.collection.responses.response import read_response
from survey.collection.rounds.round import read_round
from survey.commands import rewording, rounds
from survey.languages import REPOSITORY_CATALOGUES
from survey.storage.repository import StorageFull
from survey.storage.tinydb_files.data_format import secret_of
from tests.catalogues_in_use import use_catalogues
from tests.collection.catalogue import write_welsh_of
from tests.collection.example import DEFINITION, NORTH, NOW, ROUND, SOUTH, load_snapshot, opened_round, save, save_all
from tests.commands.conftest import CREATE, folder_state


def opens(desk, code):
    try:
        return open_with(desk.kept, secret_of(desk.data).encode(), code, demonstration=False).cluster
    except DomainError:
        return None


def codes_in(path):
    """Access codes by cluster code, as the list has them."""
    (sheet,) = openpyxl.load_workbook(path).worksheets
    heads, *rows = sheet.values
    code = next(number for number, head in enumerate(heads) if "Access code" in head)
    return {row[0]: row[code] for row in rows}


# Creating


def test_create_keeps_a_draft_and_notes_it(desk):
    assert desk.done(*CREATE) == f"Created in draft: {ROUND}\n"
    made = read_round(desk.kept, ROUND)
    assert (made.status, made.edition, made.reporting_year, made.cluster_list, made.demonstration) == (
        "draft",
        "2026",
        "2026-27",
        "clusters-small",
        False,
    )
    assert desk.log == [("command line", "round_created")]


def test_show_tells_of_a_later_years_round_that_is_open(desk):
    desk.done(*CREATE)
    assert "is open with the same questionnaire" not in desk.done("rounds", "show", ROUND)
    opened_round(desk.kept, "later", reporting_year="2028-29")
    assert "The round of 2028-29 is open with the same questionnaire: later" in desk.done("rounds", "show", ROUND)


def test_times_are_those_of_the_united_kingdom(desk):
    desk.done(*CREATE, "--opens", "2026-09-01 09:00", "--closes", "2026-12-01 09:00")
    made = read_round(desk.kept, ROUND)
    assert made.opens == datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
    assert made.closes == datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
    assert "1 September 2026 at 09:00" in desk.done("rounds", "list")


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("2026-03-29 01:30", "the clocks go forward that night, so there is no 2026-03-29 01:30"),
        ("2026-10-25 01:30", "the clocks go back that night, so 2026-10-25 01:30 comes twice"),
        ("2026-02-30 09:00", "has to be a time like"),
        ("2026-9-1 9:00", "has to be a time like"),
        ("tomorrow", "has to be a time like"),
        ("", "has to be a time like"),
        ("0001-01-01 00:00", "has to be a time like"),
    ],
)
def test_times_that_are_not_there_or_twice_are_refused(desk, given, why):
    assert why in desk.refused(*CREATE, "--opens", given, code=2)


@pytest.mark.parametrize("given", ["2026-03-29 00:59", "2026-03-29 02:00", "2026-10-25 00:59", "2026-10-25 02:00"])
def test_times_around_a_change_of_the_clocks_are_taken(desk, given):
    desk.done(*CREATE, "--opens", given)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"--questionnaire": "large"}, "There is no questionnaire large with the edition 2026."),
        ({"--questionnaire": "../small"}, "There is no questionnaire ../small with the edition 2026."),
        ({"--edition": "1926"}, "There is no questionnaire small with the edition 1926."),
        ({"--year": "2026"}, "A reporting year is written like 2026-27. This is not one: 2026."),
        ({"--clusters": "clusters-1926"}, "There is no cluster list with this id: clusters-1926."),
    ],
)
def test_what_a_round_cannot_be_made_from_is_refused(desk, changes, fault):
    options = {"--questionnaire": "small", "--edition": "2026", "--year": "2026-27"} | changes
    assert desk.refused("rounds", "create", ROUND, *(part for pair in options.items() for part in pair)) == fault


def test_a_round_is_not_created_twice_over_another(desk):
    desk.done(*CREATE)
    desk.refused(*CREATE, "--closes", "2027-01-01 00:00")


def test_create_says_every_fault_of_the_definition(desk):
    path = desk.definition("small/2026")
    path.write_text(path.read_text().replace('"single_choice"', '"song"').replace('"About you"', '""'))
    named = [line for line in desk.refused(*CREATE).splitlines() if line.startswith(f"{path}:1:")]
    assert len(named) == 2
    assert all(" /sections/0/" in line for line in named)


def test_create_refuses_a_definition_that_is_not_json(desk):
    path = desk.definition("small/2026")
    path.write_text("{")
    assert desk.refused(*CREATE).startswith(f"{path}:1:1: The bracket {{ that opens here is never closed.")


# Assigning


def test_assign_gives_outcomes_to_several_boards(desk):
    desk.done(*CREATE)
    said = desk.done("rounds", "assign", ROUND, "--health-board", "north", "--health-board", SOUTH, "--outcome", "m-02")
    assert said == "2 health boards have outcomes in this round now\n"
    assert read_round(desk.kept, ROUND).assignments == {NORTH: ("m-02",), SOUTH: ("m-02",)}


def test_assign_refuses_what_is_not_there(desk):
    desk.done(*CREATE)
    assign = ("rounds", "assign", ROUND, "--health-board")
    assert desk.refused(*assign, "east", "--outcome", "m-01") == (
        "There is no health board with this code or name: east. Perhaps you mean: north, south."
    )
    assert "m-09" in desk.refused(*assign, "north", "--outcome", "m-09")
    assert "--outcome has to be given" in desk.refused(*assign, "north", code=2)
    assert "nothing" in desk.refused("rounds", "assign", "nothing", "--health-board", "north", "--outcome", "m-01")


# Opening, closing


WALKED = {"outcome": "", "year": "2025-26", "words": "We walked", "written_in": "en"}


def test_open_freezes_and_notes(desk):
    desk.opened()
    assert read_round(desk.kept, ROUND).status == "open"
    assert desk.log[-1] == ("command line", "round_opened")
    snapshot = load_snapshot(desk.kept, ROUND)
    assert snapshot.texts["cy"](snapshot.questionnaire.title) == "Cymraeg: Small questionnaire"
    assert sorted(one.code for one in snapshot.clusters.clusters) == ["arfon", "bro-morgannwg", "conwy-west"]


def test_open_keeps_what_is_asked_about_of_the_year_before(desk, monkeypatch):
    monkeypatch.setattr(rounds.round_plans, "gather", lambda _kept, *_: {"arfon": {"about.story": [WALKED]}})
    desk.opened()
    (answer,) = load_snapshot(desk.kept, ROUND).followed["arfon"]["about.story"]
    assert answer.words == "We walked"


def test_open_names_everything_that_stands_in_the_way(desk, monkeypatch):
    desk.done(*CREATE)
    monkeypatch.setattr(rounds.round_plans, "gate_of_readers", lambda *_: lambda _names: ["small.po:7: no Welsh"])
    assert desk.refused("rounds", "open", ROUND).splitlines() == [
        f"No outcome has been assigned to this health board yet: Board north (en) ({NORTH}).",
        f"No outcome has been assigned to this health board yet: Board south (en) ({SOUTH}).",
        "The Welsh or English text is not ready: small.po:7: no Welsh",
    ]
    assert read_round(desk.kept, ROUND).status == "draft"


def test_who_opens_or_closes_before_the_opening_time_is_told_from_when_answers_are_taken(desk):
    desk.done(*CREATE, "--opens", "2099-01-12 09:00")
    for board in ("north", "south"):
        desk.done("rounds", "assign", ROUND, "--health-board", board, "--outcome", "m-01")
    assert "takes answers from 12 January 2099" in desk.refused("rounds", "open", ROUND)
    desk.done("rounds", "open", ROUND, "--yes")
    said = desk.refused("rounds", "close", ROUND)
    assert "takes answers from 12 January 2099" in said
    assert "have not begun" not in said


def test_close_and_reschedule(desk):
    desk.opened()
    desk.done("rounds", "reschedule", ROUND, "--opens", "2026-09-01 09:00", "--closes", "2026-11-01 00:00", "--yes")
    assert read_round(desk.kept, ROUND).closes == datetime(2026, 11, 1, tzinfo=UTC)
    reversed_times = ("--opens", "2026-09-01 09:00", "--closes", "2026-08-01 00:00")
    assert "must come after" in desk.refused("rounds", "reschedule", ROUND, *reversed_times)
    said = desk.refused("rounds", "close", ROUND)
    assert "have not begun" in said
    assert "unnamed" not in said
    desk.done("rounds", "close", ROUND, "--yes")
    assert read_round(desk.kept, ROUND).status == "closed"
    assert desk.refused("rounds", "close", ROUND, "--yes") == f"This round is not open: {ROUND}."
    assert "can no longer be changed" in desk.refused("rounds", "open", ROUND)


def test_less_time_is_asked_about_with_the_clusters_that_have_not_submitted_and_the_log_has_the_times(desk):
    desk.opened()
    shorter = ("rounds", "reschedule", ROUND, "--closes", "2026-11-01 00:00")
    said = desk.refused(*shorter)
    assert "less time" in said
    assert "Clusters that have not submitted: arfon, conwy-west, bro-morgannwg" in said
    assert read_round(desk.kept, ROUND).closes is None
    desk.done(*shorter, "--yes")
    desk.done("rounds", "reschedule", ROUND, "--closes", "2026-11-08 00:00")
    assert "so already" in desk.done("rounds", "reschedule", ROUND, "--closes", "2026-11-08 00:00")
    closes = [one["closes"] for one in desk.kept.entries(LOG, EVENTS) if one["what"] == "round_rescheduled"]
    assert closes == ["2026-11-01T00:00:00+00:00", "2026-11-08T00:00:00+00:00"]


def test_a_copy_asks_the_newest_edition_of_its_year_and_says_so_and_an_older_one_is_named(desk):
    desk.opened()
    path = desk.places.questionnaires / "small" / "2027.json"
    path.write_text(json.dumps(DEFINITION | {"edition": "2027"}), encoding="utf-8")
    said = desk.done("rounds", "copy", ROUND, "after", "--year", "2027-28")
    assert "It asks the edition of 2027; the other round asked that of 2026." in said
    assert read_round(desk.kept, "after").edition == "2027"
    said = desk.done("rounds", "copy", ROUND, "older", "--year", "2027-28", "--edition", "2026")
    assert "there is a newer one for its year: 2027" in said
    assert read_round(desk.kept, "older").edition == "2026"
    wrong = desk.refused("rounds", "copy", ROUND, "Not An Id", "--year", "2027")
    assert "cannot be the id of a round" in wrong
    assert "written like 2026-27" in wrong


def test_a_command_that_is_stopped_before_its_line_in_the_log_is_kept_as_begun(desk, monkeypatch):
    desk.opened()
    with monkeypatch.context() as stopped:
        # A process that is killed comes to no end of its own.
        stopped.setattr("survey.commands.environment.end_act", lambda *_: None)
        desk.done("rounds", "reschedule", ROUND, "--by", "Nia", "--closes", "2026-11-08 00:00", "--yes")
    ((_, begun),) = desk.kept.read_all(BEGUN_ACTS)
    assert (begun["who"], begun["act"].split()[-2:], begun["round"]) == (
        "Nia (command line)",
        ["rounds", "reschedule"],
        ROUND,
    )
    desk.done("rounds", "reschedule", ROUND, "--by", "Nia", "--closes", "2026-11-09 00:00")
    desk.refused("rounds", "extend", ROUND, "--until", "2026-11-01 00:00", "--reason", "")
    assert len(desk.kept.keys(BEGUN_ACTS)) == 1


def test_list_says_what_each_round_does_now(desk):
    assert desk.done("rounds", "list") == "There are no rounds yet\n"
    desk.opened()
    desk.done(
        *("rounds", "reschedule", ROUND, "--yes"),
        *("--opens", "1 Tachwedd 2026 am 00:00", "--closes", "1 December 2026 at 00:00"),
    )
    states = []
    for now in (NOW, NOW + timedelta(days=45), NOW + timedelta(days=90)):
        desk.now = now
        (line,) = desk.done("rounds", "list").splitlines()[1:]
        states.append([column for column in line.split("  ") if column.strip()][3].strip())
    assert states == ["Opens later", "Open", "Past its closing time"]


def test_status_shows_every_cluster_by_board_and_name(desk):
    desk.opened()
    snapshot = load_snapshot(desk.kept, ROUND)
    save(desk.kept, snapshot, "about", {"how": "meeting"}, cluster="conwy-west")
    save_all(desk.kept, snapshot)
    submit(desk.kept, snapshot, "arfon", language="en", now=NOW)
    lines = [line.split() for line in desk.done("rounds", "status", ROUND).splitlines()]
    assert [" ".join(line) for line in lines] == [
        "Health board or cluster Status Sections done Last saved",
        "Board north (en) In progress: 1, Submitted: 1",
        "Arfon (arfon) Submitted 3/3 1 October 2026 at 10:00",
        "Conwy-West (conwy-west) In progress 1/3 1 October 2026 at 10:00",
        "Board south (en) Not started: 1",
        "Bro-Morgannwg (bro-morgannwg) Not started 0/4 –",
        "Wales Not started: 1, In progress: 1, Submitted: 1",
    ]
    told = {one["cluster"]: one for one in json.loads(desk.done("rounds", "status", ROUND, "--format", "json"))}
    assert {code: one["status"] for code, one in told.items()} == {
        "arfon": "submitted",
        "conwy-west": "in_progress",
        "bro-morgannwg": "not_started",
    }
    assert told["arfon"]["submitted_at"] == "2026-10-01T10:00:00+01:00"
    assert (told["conwy-west"]["done"], told["conwy-west"]["health_board"]) == (1, "north")


def test_status_names_a_response_that_cannot_be_read(desk):
    desk.opened()
    save(desk.kept, load_snapshot(desk.kept, ROUND), "about", {"how": "meeting"})
    (desk.data / "rounds" / ROUND / "reflection" / "arfon.json").write_bytes(b"{")
    assert "Cannot be read: 1" in desk.done("rounds", "status", ROUND)


def test_a_round_in_draft_has_no_status_yet(desk):
    desk.done(*CREATE)
    assert desk.refused("rounds", "status", ROUND) == f"This round is not open: {ROUND}."


# Inviting


def test_invite_writes_codes_that_work_to_a_file_for_its_owner_only(desk):
    desk.opened()
    path = desk.root / "invitations.xlsx"
    said = desk.done("rounds", "invite", ROUND, "--all", "--output", path, "--site", "https://reflect.example")
    assert said.startswith("3 codes were issued.")
    codes = codes_in(path)
    assert {cluster: opens(desk, code) for cluster, code in codes.items()} == {
        name: name for name in ("arfon", "bro-morgannwg", "conwy-west")
    }
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not any(code in said for code in codes.values())
    kept = b"".join(found.read_bytes() for found in desk.data.rglob("*.*") if found.is_file())
    assert not any(code.encode() in kept for code in codes.values())
    assert desk.log.count(("command line", "code_issued")) == 3


def test_invite_gives_codes_only_to_those_without_one_unless_told(desk):
    desk.opened()
    first, second, third = (desk.root / f"{number}.xlsx" for number in range(3))
    desk.done("rounds", "invite", ROUND, "--cluster", "arfon", "--output", first)
    assert codes_in(first).keys() == {"arfon"}
    refused = desk.refused("rounds", "invite", ROUND, "--cluster", "arfon", "--output", second)
    assert refused == "This cluster has a code: arfon. Give it a new one with --reissue."
    assert not second.exists()
    desk.done("rounds", "invite", ROUND, "--all", "--output", second)
    assert codes_in(second).keys() == {"bro-morgannwg", "conwy-west"}
    nothing = desk.done("rounds", "invite", ROUND, "--all", "--output", third)
    assert nothing == "Every cluster has a code already. Nothing was written.\n"
    assert not third.exists()
    desk.done("rounds", "invite", ROUND, "--cluster", "arfon", "--reissue", "--output", third)
    assert opens(desk, codes_in(first)["arfon"]) is None
    assert opens(desk, codes_in(third)["arfon"]) == "arfon"


def test_invite_refuses_before_it_changes_anything(desk):
    desk.opened()
    there = desk.root / "there.xlsx"
    there.write_text("mine")
    assert "There is a file already" in desk.refused("rounds", "invite", ROUND, "--all", "--output", there)
    assert there.read_text() == "mine"
    nowhere = desk.root / "no" / "folder.xlsx"
    assert "cannot be written" in desk.refused("rounds", "invite", ROUND, "--all", "--output", nowhere)
    free = desk.root / "free.xlsx"
    assert "Give either" in desk.refused("rounds", "invite", ROUND, "--output", free)
    assert "nowhere" in desk.refused("rounds", "invite", ROUND, "--cluster", "nowhere", "--output", free)
    desk.done("rounds", "close", ROUND, "--yes")
    assert desk.refused("rounds", "invite", ROUND, "--all", "--output", free) == f"This round is not open: {ROUND}."
    assert not free.exists()


def test_a_list_whose_codes_could_not_be_kept_is_not_left_behind(desk, monkeypatch):
    desk.opened()

    def full(*_given):
        raise StorageFull("There is no room left on the disk.")

    monkeypatch.setattr(rounds, "issue_code", full)
    path = desk.root / "invitations.xlsx"
    before = folder_state(desk.data)
    result = desk.run("rounds", "invite", ROUND, "--all", "--output", path)
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", "There is no room left on the disk.\n")
    assert not path.exists()
    after = folder_state(desk.data)
    (begun,) = after.keys() - before.keys()
    assert begun.startswith("begun_acts/"), "some of the codes may have been kept"
    assert {name: after[name] for name in before} == before


def test_a_link_by_hand_signs_in_without_a_code_until_it_is_revoked(desk):
    desk.opened()
    welsh, english, until = desk.done("rounds", "link", ROUND, "--cluster", "arfon").splitlines()
    token = english.rpartition("/")[2]
    assert welsh == english.replace("/en/", "/cy/")
    assert until.startswith("It signs in once, until ")
    assert not has_code(desk.kept, ROUND, "arfon")
    link = known_link(desk.kept, token, demonstration=False)
    refuse_spent(desk.kept, link, NOW)
    assert ("command line", "sign_in_link_made") in desk.log
    assert desk.done("rounds", "revoke", ROUND, "--cluster", "arfon") == "Revoked: arfon\n"
    with pytest.raises(DomainError, match="sign_in_link_ended"):
        refuse_spent(desk.kept, link, NOW)
    desk.refused("rounds", "link", ROUND, "--cluster", "nowhere")


def test_revoke(desk):
    desk.opened()
    path = desk.root / "invitations.xlsx"
    desk.done("rounds", "invite", ROUND, "--all", "--output", path)
    refused = desk.refused("rounds", "revoke", ROUND, "--cluster", "arfon", "--cluster", "nowhere")
    assert refused == "There is no cluster with this code in the round: nowhere."
    assert has_code(desk.kept, ROUND, "arfon")
    assert desk.done("rounds", "revoke", ROUND, "--cluster", "arfon") == "Revoked: arfon\n"
    assert opens(desk, codes_in(path)["arfon"]) is None
    assert desk.done("rounds", "revoke", ROUND, "--cluster", "arfon") == "There was no code: arfon\n"
    assert desk.log.count(("command line", "code_revoked")) == 1


def test_reopen_keeps_who_and_why(desk):
    desk.opened()
    snapshot = load_snapshot(desk.kept, ROUND)
    save_all(desk.kept, snapshot)
    reopen = ("rounds", "reopen", ROUND, "--cluster", "arfon", "--reason")
    assert "nothing to reopen" in desk.refused(*reopen, "A wrong number")
    submit(desk.kept, snapshot, "arfon", language="en", now=NOW)
    assert "Give the reason" in desk.refused(*reopen, " ")
    assert desk.done(*reopen, "A wrong number") == "Reopened: arfon\n"
    response = read_response(desk.kept, ROUND, "arfon")
    assert response.status == "reopened"
    assert (response.history[-1]["by"], response.history[-1]["reason"]) == ("command line", "A wrong number")


def test_a_data_folder_that_is_none_is_left_alone(desk):
    shutil.rmtree(desk.data)
    desk.data.write_text("a file")
    result = desk.run("rounds", "list")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "is a file" in result.stderr


def test_wording_is_shown_then_corrected_with_a_reason_and_logged(desk, monkeypatch):
    desk.opened()
    path = desk.definition("small/2026")
    definition = json.loads(path.read_text("utf-8"))
    definition["sections"][0]["questions"][0]["label"] = "How did you do this?"
    path.write_text(json.dumps(definition), encoding="utf-8")
    write_welsh_of(desk.places.translations, definition)
    use_catalogues(desk.places.translations, REPOSITORY_CATALOGUES)
    monkeypatch.setattr(rewording, "gate_of_readers", lambda *_: lambda _: [])
    shown = desk.done("rounds", "reword", ROUND)
    assert "+ Cymraeg: How did you do this?" in shown
    assert "2 texts would change. Nothing was changed" in shown
    assert load_snapshot(desk.kept, ROUND).round.text_revision == 0
    assert "text revision 1" in desk.done("rounds", "reword", ROUND, "--reason", "Unclear")
    assert desk.log[-1] == ("command line", "round_reworded")

    definition["sections"][0]["questions"][0]["required"] = False
    path.write_text(json.dumps(definition), encoding="utf-8")
    assert "required was true and is now false" in desk.refused("rounds", "reword", ROUND)
