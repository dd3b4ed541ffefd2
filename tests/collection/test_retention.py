"""Until when a round is kept, its removal once that is over, and everything that is held about a cluster."""

import io
import zipfile
from datetime import date, timedelta

import pytest

from survey.collection.data_protection import STORED
from survey.collection.errors import DomainError
from survey.collection.missing_records import missing_records
from survey.collection.people.access import issue_code, store_link
from survey.collection.people.accounts import EVENTS, LOG, note
from survey.collection.people.contact_checks import Contact
from survey.collection.people.contacts import take_in
from survey.collection.purge import held_of_round, purge_round
from survey.collection.record_shapes import SHAPES
from survey.collection.responses.lifecycle import submit
from survey.collection.rounds.retention import keep_until, read_retention, refuse_undue, suggested_day
from survey.collection.rounds.round import close_round, read_round, round_ids
from survey.collection.subject_access import held_file, held_of_cluster
from survey.storage.data_folder import sweep
from survey.storage.places import KEPT
from survey.storage.tinydb_files import removal
from tests.collection.example import CLUSTERS, LATER, NOW, ROUND, Round, save, save_all

DAY = date(2033, 10, 1)
TOLD_WITH = {
    "account_links": "accounts",
    "account_emails": "accounts",
    "account_resets": "accounts",
    "feed_keys": "accounts",
    "feed_limits": "accounts",
    "provider_accounts": "accounts",
    "second_factors": "accounts",
    "uploads": "translators",
    "held_editions": "editions",
    "translations": "translators",
    "begun_acts": "log",
    "clock": "log",
    **{f"rounds/*/{name}": "rounds/*" for name in ("frozen", "graces", "texts", "revisions")},
    **{f"rounds/*/{name}": "rounds/*" for name in ("contributions", "report-files")},
    "backups": "log",
    "rounds/*/links": "rounds/*/access",
    "rounds/*/queries": "rounds/*/reflection",
    "rounds/*/files": "rounds/*/reflection",
    "rounds/*/unfinished": "rounds/*/presence",
    "rounds/*/sign_in_links": "rounds/*/messages",
    "rounds/*/themes": "rounds/*/reading",
    "rounds/*/published": "rounds/*/releases",
}
"""Places of which nothing is said apart, with the one that they are told of with."""
OVER = LATER.replace(year=2033) + timedelta(days=1)


def code_of(work, *arguments, **options):
    with pytest.raises(DomainError) as refused:
        work(*arguments, **options)
    return refused.value.code


def keep(repository, until=DAY, reason="", now=LATER, suggested=DAY):
    return keep_until(repository, ROUND, until, suggested=suggested, by="eira", reason=reason, now=now)


@pytest.fixture
def closed(repository, snapshot):
    note(repository, NOW, "eira", "round_created", round=ROUND)
    save_all(repository, snapshot)
    submit(repository, snapshot, "arfon", language="en", now=NOW)
    note(repository, NOW, "cluster arfon", "submitted", round=ROUND)
    close_round(repository, ROUND, LATER)
    return repository


@pytest.mark.parametrize(
    ("closes", "respondent", "day"),
    [
        (LATER, "cluster", DAY),
        (LATER, "anonymous", date(2029, 10, 1)),
        (LATER.replace(year=2028, month=2, day=29), "anonymous", date(2031, 2, 28)),
    ],
)
def test_the_day_that_is_suggested_is_years_after_the_close_by_local_clocks(closes, respondent, day):
    current = Round(ROUND, "small", "2026", "2026-27", "small", status="closed", closes=closes)
    assert suggested_day(current, respondent) == day
    assert suggested_day(Round(ROUND, "small", "2026", "2026-27", "small", closes=closes), respondent) is None


def test_another_day_needs_a_reason_and_no_day_may_have_passed(closed):
    assert keep(closed).until == DAY
    assert code_of(keep, closed, DAY + timedelta(days=1)) == "retention_reason"
    assert code_of(keep, closed, date(2020, 1, 1), "Why not") == "retention_past"
    assert keep(closed, LATER.date(), "Asked for").reason == "Asked for"


def test_an_open_round_has_no_day(repository, snapshot):
    assert code_of(keep, repository) == "not_closed"


def test_a_round_is_due_the_day_after_its_day_and_not_before(closed):
    assert code_of(refuse_undue, closed, ROUND, OVER) == "not_settled"
    keep(closed)
    assert code_of(purge_round, closed, ROUND, "eira", OVER - timedelta(days=1)) == "not_due"
    assert refuse_undue(closed, ROUND, OVER) == read_retention(closed, ROUND)


def test_what_is_due_is_removed_with_everything_and_nothing_misses_it(closed):
    keep(closed)
    (closed.root / "set-aside" / "rounds" / ROUND).mkdir(parents=True)
    (closed.root / "set-aside" / "rounds" / ROUND / "round.json").write_text("{")
    assert held_of_round(closed, ROUND) == {"responses": 1}
    purge_round(closed, ROUND, "eira", OVER)
    assert round_ids(closed) == []
    assert not [path for path in closed.root.rglob("*") if ROUND in path.name]
    assert missing_records(closed) == []
    assert [entry["what"] for entry in closed.entries(LOG, EVENTS)][-1] == "round_purged"
    assert code_of(read_round, closed, ROUND) == "unknown_round"


def test_a_removal_that_is_killed_is_done_by_the_next_start(closed, monkeypatch):
    keep(closed)
    monkeypatch.setattr(removal.shutil, "rmtree", lambda *_, **__: None)
    purge_round(closed, ROUND, "eira", OVER)
    assert round_ids(closed) == []
    monkeypatch.undo()
    assert list(closed.root.glob(".removed-*"))
    sweep(closed)
    assert not list(closed.root.glob(".removed-*"))


def test_everything_about_a_cluster_is_found_and_what_is_its_own_only_where_it_is_asked_for(closed, snapshot):
    held = list(held_of_cluster(closed, "arfon", with_drafts=False))
    places = {one.place[-1] for one in held}
    assert places == {"reflection", "log"}
    (response,) = (one.record for one in held if one.place[-1] == "reflection")
    assert "submissions" in response
    assert "pages" not in response
    (whole,) = (one.record for one in held_of_cluster(closed, "arfon", with_drafts=True) if "pages" in one.record)
    assert whole["pages"]
    assert list(held_of_cluster(closed, "conwy-west", with_drafts=True)) == []
    names = zipfile.ZipFile(io.BytesIO(held_file(held))).namelist()
    assert f"rounds/{ROUND}/reflection/arfon.json" in names


def test_the_contacts_of_a_cluster_are_found_with_it_and_those_of_no_other(repository, snapshot):
    people = [Contact(cluster, cluster.title(), "", f"{cluster}@example.org", "cy") for cluster in CLUSTERS]
    take_in(repository, people, NOW.date())
    found = [one.record["cluster"] for one in held_of_cluster(repository, "arfon", with_drafts=True)]
    assert found == ["arfon"]


def test_what_lets_in_is_in_no_file(repository, snapshot):
    save(repository, snapshot, "about", {"how": "meeting"})
    issue_code(repository, b"s" * 32, ROUND, "arfon", "ABCD2345", NOW)
    (access,) = (one for one in held_of_cluster(repository, "arfon", with_drafts=True) if one.place[-1] == "access")
    assert "hash" not in access.record
    assert b"ABCD2345" not in held_file([access])


def test_a_link_of_people_is_in_no_file_nor_in_the_name_of_one(repository, snapshot):
    store_link(repository, ROUND, "arfon", "abcd-efgh-jkmn")
    (link,) = (one for one in held_of_cluster(repository, "arfon", with_drafts=True) if one.place[-1] == "links")
    assert (link.key, link.record["revoked"]) == ("1", False)


def test_every_place_of_records_is_told_of():
    told = {*STORED, *TOLD_WITH}
    places = [place for place, _ in KEPT] + [place for place, _, _ in SHAPES]
    assert {"/".join(place[:3] if place[0] == "rounds" else place[:1]) for place in places} <= told
    assert set(TOLD_WITH.values()) <= set(STORED)
