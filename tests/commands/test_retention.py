"""`flask rounds due`, `releases make`, `publish`, `withdraw`, `retention` and `clusters held`."""

import hashlib
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from survey.collection.rounds.publication import read_publications
from survey.collection.rounds.releases import read_releases
from survey.collection.rounds.retention import read_retention
from survey.collection.rounds.round import read_round, round_ids
from tests.collection.example import NOW, ROUND

ACCOUNT = ("--account", "eira")
NOTES = ("--note-cy", "Nodyn", "--note-en", "A note")


@pytest.fixture
def over(desk):
    """A round that is past its time, closed by `rounds due`."""
    desk.opened()
    desk.done("accounts", "add", "eira", "--role", "national", "--password-stdin", stdin="llyfr gwyrdd ar y bwrdd\n")
    desk.done("rounds", "reschedule", ROUND, "--closes", "2026-11-01 00:00", "--yes")
    assert desk.done("rounds", "due") == "No round is past its closing time.\n"
    desk.now = NOW.replace(month=12)
    assert desk.done("rounds", "due") == f"Closed: {ROUND}\n"
    return desk


def test_a_timer_that_finds_a_round_closed_by_that_of_another_host_says_nothing_of_it(over, monkeypatch):
    as_it_was = replace(read_round(over.kept, ROUND), status="open")
    monkeypatch.setattr("survey.commands.round_times.read_rounds", lambda _: [as_it_was])
    assert over.done("rounds", "due") == "No round is past its closing time.\n"
    assert [what for _, what in over.log].count("round_closed") == 1


def test_a_timer_closes_what_is_past_its_time_as_of_that_time(over):
    closed = read_round(over.kept, ROUND)
    assert (closed.status, closed.closes) == ("closed", datetime(2026, 11, 1, tzinfo=UTC))
    assert over.done("rounds", "due") == "No round is past its closing time.\n"
    assert over.log[-1] == ("command line", "round_closed")


def test_figures_are_released_published_and_withdrawn(over):
    assert over.done("releases", "make", ROUND, *ACCOUNT) == "Release 1 is made. It is final.\n"
    assert "Nothing has changed" in over.refused("releases", "make", ROUND, *ACCOUNT, "--changed", "x")
    folder = over.root / "kept"
    folder.mkdir()
    written = over.done("releases", "files", ROUND, "1", "--output", folder).split()
    (release,) = read_releases(over.kept, ROUND)
    digests = [hashlib.sha256(Path(path).read_bytes()).hexdigest() for path in written]
    assert digests == [release.files[code].sha256 for code in ("cy", "en")]
    assert over.log[-2:] == [("command line", "exported")] * 2
    assert "no release" in over.refused("releases", "files", ROUND, "2", "--output", folder)
    publish = ("releases", "publish", ROUND, "1", *ACCOUNT)
    assert "--yes" in over.refused(*publish)
    assert read_publications(over.kept, ROUND) == {}
    over.done(*publish, "--yes")
    assert over.done("releases", "list", ROUND).endswith("final  published\n")
    assert "Write the note" in over.refused("releases", "withdraw", ROUND, "1", *ACCOUNT)
    over.done("releases", "withdraw", ROUND, "1", *ACCOUNT, *NOTES)
    assert over.done("releases", "list", ROUND).endswith("final  withdrawn\n")
    assert "national team" in over.refused("releases", "publish", ROUND, "1", "--account", "nobody", "--yes")


def test_a_round_is_kept_until_its_day_and_removed_after_it(over):
    assert over.done("retention", "list") == f"{ROUND}  1 November 2033  suggested\n"
    assert "Settle first" in over.refused("retention", "purge", ROUND, "--yes")
    over.done("retention", "keep", ROUND, "--by", "Eira")
    assert "until 1 November 2033" in over.refused("retention", "purge", ROUND, "--yes")
    assert read_retention(over.kept, ROUND).by == "Eira (command line)"
    assert over.done("retention", "list", "--due") == "There is none.\n"
    over.now = datetime(2033, 11, 1, tzinfo=UTC) + timedelta(days=1, hours=1)
    assert over.done("retention", "list", "--due") == f"{ROUND}  1 November 2033  due\n"
    assert f"Would be removed for good: {ROUND}" in over.done("retention", "purge", ROUND, "--dry-run")
    assert "--yes" in over.refused("retention", "purge", ROUND)
    assert round_ids(over.kept) == [ROUND]
    over.done("retention", "purge", ROUND, "--yes")
    assert round_ids(over.kept) == []
    over.done("data", "verify")


def test_everything_about_a_cluster_is_one_file_for_a_reason_that_is_kept(over):
    path = over.root / "arfon.zip"
    held = ("clusters", "held", "arfon", "--output", path)
    over.done("rounds", "grace", ROUND, "--cluster", "arfon", "--until", "2026-12-11 17:00", "--reason", "Flood")
    over.done(*held, "--reason", "Asked for on 3 March")
    assert f"rounds/{ROUND}/graces/arfon.json" in zipfile.ZipFile(path).namelist()
    assert over.log[-1] == ("command line", "cluster_taken_out")
    assert "no cluster" in over.refused("clusters", "held", "nowhere", "--output", path, "--reason", "x")
