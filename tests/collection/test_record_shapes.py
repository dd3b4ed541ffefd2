"""What does not have the shape of its kind is unreadable; what is kept has it."""

import pytest

from survey.collection.people.access import AccessGrant, issue_code, open_with
from survey.collection.people.accounts import EVENTS, LOG, add_account, note, read_account, sign_in
from survey.collection.record_shapes import SHAPES, misfit
from survey.collection.responses.lifecycle import submit
from survey.collection.rounds.releases import releases_of
from survey.storage.repository import Unreadable
from survey.storage.tinydb_files.repository import FileRepository
from survey.storage.verification import all_places, verify
from tests.collection.example import NOW, ROUND, opened_round, save_all

SECRET = b"s" * 40
ACCESS = ("rounds", ROUND, "access")
CODE, OTHER = "K7QT-9WXM-3FBD", "44KT-9WXM-3FBD"


@pytest.fixture
def kept(tmp_path):
    """A round in which one cluster has submitted and two have codes."""
    repository = FileRepository(tmp_path / "data", misfit)
    snapshot = opened_round(repository)
    save_all(repository, snapshot, "arfon")
    submit(repository, snapshot, "arfon", language="en", now=NOW)
    issue_code(repository, SECRET, ROUND, "arfon", CODE, NOW)
    issue_code(repository, SECRET, ROUND, "conwy-west", OTHER, NOW)
    return repository


def test_what_the_service_keeps_has_the_shape_of_its_kind(kept):
    places = list(all_places(kept))
    read = [record for place in places for _, record in kept.read_all(place)]
    assert len(read) >= 4
    assert not any(isinstance(record, Unreadable) for record in read)


def test_a_malformed_access_record_keeps_nobody_out_but_its_owner(kept):
    for spoilt in ({"hash": 7}, {"issued": "2"}, {"issued": None}, {"issued": True}, {"cluster": []}):
        whole = FileRepository(kept.root).read(ACCESS, "arfon")
        FileRepository(kept.root).write(ACCESS, "arfon", {**whole, **spoilt})
        assert open_with(kept, SECRET, OTHER, demonstration=False) == AccessGrant(ROUND, "conwy-west", 1)
        with pytest.raises(Unreadable):
            open_with(kept, SECRET, CODE, demonstration=False)
        FileRepository(kept.root).write(ACCESS, "arfon", whole)


def test_a_malformed_account_is_unreadable_for_its_owner_alone(kept):
    for name in ("eira", "gwyn"):
        add_account(kept, name, "national", None, "llyfr gwyrdd ar y bwrdd", NOW)
    record = kept.read(("accounts",), "eira")
    for spoilt in ({"password_hash": None}, {"role": "queen"}, {"generation": "1"}, {"unknown": 1}):
        FileRepository(kept.root).write(("accounts",), "eira", {**record, **spoilt})
        with pytest.raises(Unreadable):
            read_account(kept, "eira")
        assert sign_in(kept, "gwyn", "llyfr gwyrdd ar y bwrdd", demonstration=False).name == "gwyn"


@pytest.mark.parametrize(("place", "key", "shape"), SHAPES, ids=lambda part: "-".join(part) if part is tuple else None)
def test_no_field_may_be_missing_and_the_fault_names_it_without_what_is_in_it(place, key, shape):
    where, name = tuple(ROUND if part == "*" else part for part in place), "arfon" if key == "*" else key
    needed = [field for field in shape if field is not ... and not field.endswith("?")]
    for field in needed:
        record = {other: None for other in needed if other != field}
        assert f"“{field}”" in misfit(where, name, record)


@pytest.mark.parametrize(
    ("where", "spoil"),
    [
        ("pages.about.revision", lambda record: record["pages"]["about"].update(revision="1")),
        ("pages.about.written_in.x", lambda record: record["pages"]["about"]["written_in"].update(x=7)),
        ("submissions[0].submitted_at", lambda record: record["submissions"][0].update(submitted_at="today")),
        ("submissions[0]", lambda record: record.update(submissions=[None])),
        ("pages", lambda record: record.update(pages=[])),
    ],
)
def test_a_fault_is_named_by_the_way_to_it(kept, where, spoil):
    place = ("rounds", ROUND, "reflection")
    record = kept.read(place, "arfon")
    assert misfit(place, "arfon", record) == ""
    spoil(record)
    assert misfit(place, "arfon", record).endswith(f"look at “{where}”")


def test_an_entry_of_the_log_that_says_nothing_of_who_and_what_is_left_out_and_found_by_verify(kept):
    note(kept, NOW, "eira", "signed_in")
    kept.append(LOG, EVENTS, {"what": "loss_accepted"})
    note(kept, NOW, "gwyn", "signed_in")
    assert [entry["who"] for entry in kept.entries(LOG, EVENTS)] == ["eira", "gwyn"]
    assert [fault.key for fault in verify(kept).unreadable_log_lines] == ["events.log line 2"]


def test_what_has_no_shape_here_is_left_to_those_who_read_it(kept):
    assert misfit(releases_of(ROUND), "1", {"anything": 1}) == ""
