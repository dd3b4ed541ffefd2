"""Where a place lies and how it is kept; which names may be, and what is said of one that may not."""

from pathlib import Path

import pytest

from survey.storage import places
from survey.storage.places import (
    LONGEST,
    Keeping,
    database_path,
    file_path,
    files_at_hand,
    folder_of,
    is_file_name,
    is_name,
    keeping,
    log_path,
    record_path,
    tables_below,
)
from survey.storage.repository import BadKey

ROOT = Path("/data")
PLACE = ("rounds", "sr-2026", "reflection")
ACCESS = ("rounds", "sr-2026", "access")
DRAFTS = ("rounds", "ws-2026", "skills", "drafts")
FROZEN = ("rounds", "sr-2026", "frozen")


def test_files_at_hand_are_those_of_the_folder_or_were_brought_there_from_the_database():
    assert files_at_hand(ROOT, None, ("translations",)) == ROOT / "translations"
    brought = files_at_hand(ROOT, "postgresql:///", ("translations",))
    assert brought == ROOT / places.BROUGHT / "translations"
    assert brought != ROOT / "translations"


def test_a_name_has_a_length_and_the_name_of_a_file_has_none():
    assert is_name("a" * LONGEST)
    assert not is_name("a" * (LONGEST + 1))
    assert is_file_name("a" * (LONGEST + 1))


@pytest.mark.parametrize("text", ["a", "A-1", "_", "-", "0", "a.b", "a."])
def test_what_may_be_a_name(text):
    assert is_name(text)


@pytest.mark.parametrize(
    ("place", "how"),
    [
        (("accounts",), Keeping(database="accounts")),
        (("accounts", "more"), Keeping()),
        (("rounds",), Keeping()),
        (("rounds", "access"), Keeping()),
        (("rounds", "sr-2026"), Keeping()),
        (PLACE, Keeping()),
        (ACCESS, Keeping(database="people")),
        ((*ACCESS, "more"), Keeping()),
        (("rounds", "sr-2026", "links"), Keeping(database="people")),
        (DRAFTS, Keeping(spread=True)),
        (("rounds", "ws-2026", "skills", "resume"), Keeping(spread=True)),
        (("rounds", "ws-2026", "skills", "responses"), Keeping(spread=True)),
        (("rounds", "ws-2026", "other", "responses"), Keeping()),
        (FROZEN, Keeping(files_only=True)),
        ((*FROZEN, "translations", "cy"), Keeping(files_only=True)),
        (("rounds", "sr-2026", "releases"), Keeping()),
        (("rounds", "sr-2026", "releases", "1"), Keeping(files_only=True)),
        (("translations", "cy"), Keeping(files_only=True)),
        (("limits",), Keeping(passing=True)),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else "",
)
def test_how_a_place_is_kept(place, how):
    keeping.cache_clear()
    assert keeping(place) == how


def test_the_tables_of_a_round_and_of_the_data_folder():
    assert tables_below(("rounds", "sr-2026")) == [
        ("access", "people.tinydb"),
        ("links", "people.tinydb"),
        ("sign_in_links", "people.tinydb"),
        ("reading", "reading.tinydb"),
        ("themes", "reading.tinydb"),
    ]
    names = (
        "accounts",
        "account_links",
        "provider_accounts",
        "second_factors",
        "feed_keys",
        "account_emails",
        "account_resets",
    )
    assert tables_below(()) == [*((name, "accounts.tinydb") for name in names), ("contacts", "contacts.tinydb")]
    assert tables_below(("rounds",)) == tables_below(("other", "sr-2026")) == tables_below(ACCESS) == []


def test_a_table_lies_below_all_of_its_place(monkeypatch):
    monkeypatch.setattr(places, "KEPT", ((("a", "b", "c"), Keeping(database="d")),))
    assert tables_below(("a", "b")) == [("c", "d.tinydb")]
    assert tables_below(("a", "x")) == tables_below(("x", "b")) == tables_below(("a",)) == []


def test_where_things_lie():
    assert folder_of(ROOT, ()) == ROOT
    assert folder_of(ROOT, PLACE) == Path("/data/rounds/sr-2026/reflection")
    assert record_path(ROOT, PLACE, "arfon") == Path("/data/rounds/sr-2026/reflection/arfon.json")
    assert record_path(ROOT, ACCESS, "arfon") == Path("/data/rounds/sr-2026/people.tinydb")
    assert record_path(ROOT, ("accounts",), "eira") == Path("/data/accounts.tinydb")
    assert record_path(ROOT, DRAFTS, "3f9a") == Path("/data/rounds/ws-2026/skills/drafts/3f/3f9a.json")
    assert database_path(ROOT, ACCESS) == Path("/data/rounds/sr-2026/people.tinydb")
    assert file_path(ROOT, FROZEN, "definition.json") == Path("/data/rounds/sr-2026/frozen/definition.json")
    assert file_path(ROOT, FROZEN, "old.tinydb") == Path("/data/rounds/sr-2026/frozen/old.tinydb")
    assert file_path(ROOT, PLACE, "notes.txt") == Path("/data/rounds/sr-2026/reflection/notes.txt")
    assert log_path(ROOT, ("log",), "events") == Path("/data/log/events.log")


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda: folder_of(ROOT, ("a b",)), "'a b' cannot be a part of a place."),
        (lambda: folder_of(ROOT, (7,)), "'7' cannot be a part of a place."),  # type: ignore[arg-type]
        (lambda: folder_of(ROOT, ("é" * 60,)), f"'{'é' * 50}' cannot be a part of a place."),
        (lambda: folder_of(ROOT, ("locks", "a")), "“locks” is kept for the data folder’s own use."),
        (lambda: folder_of(ROOT, ("set-aside",)), "“set-aside” is kept for the data folder’s own use."),
        (lambda: record_path(ROOT, PLACE, ".a"), "'.a' cannot be a key."),
        (lambda: record_path(ROOT, (), "a"), "Records, files and logs need a place."),
        (lambda: record_path(ROOT, FROZEN, "a"), "“rounds/sr-2026/frozen” keeps files, not records."),
        (
            lambda: record_path(ROOT, DRAFTS, "north"),
            "“north” does not begin with two hexadecimal digits, as keys in this place do.",
        ),
        (lambda: file_path(ROOT, PLACE, "a/b"), "'a/b' cannot be a name."),
        (lambda: file_path(ROOT, (), "a"), "Records, files and logs need a place."),
        *(
            (
                lambda name=name: file_path(ROOT, PLACE, name),
                f"“{name}” cannot be the name of a file in “rounds/sr-2026/reflection”.",
            )
            for name in ("a.json", "a.tinydb", "a.log")
        ),
        (
            lambda: file_path(ROOT, FROZEN, "a.log"),
            "“a.log” cannot be the name of a file in “rounds/sr-2026/frozen”.",
        ),
        (lambda: log_path(ROOT, ("log",), "a\n"), r"'a\n' cannot be a name."),
        (lambda: log_path(ROOT, (), "a"), "Records, files and logs need a place."),
    ],
)
def test_what_is_said_of_a_name_that_cannot_be(act, message):
    with pytest.raises(BadKey) as raised:
        act()
    assert str(raised.value) == message
