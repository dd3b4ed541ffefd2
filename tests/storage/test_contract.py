"""What `repository.Repository` promises is held by files and by a database alike."""

import pickle
import threading
from collections import Counter
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from survey.storage.places import LONGEST
from survey.storage.repository import SET_ASIDE_REASON, BadKey, BadRecord, Unreadable, anything_fits
from survey.storage.verification import all_places

PLACE = ("rounds", "sr-2026", "reflection")
ACCESS = ("rounds", "sr-2026", "access")
ANONYMOUS = ("rounds", "ws-2026", "skills", "responses")
SNAPSHOT = ("rounds", "sr-2026", "frozen")
LOG = ("log",)
NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)

BAD_NAMES = [
    "", ".", "..", ".hidden", "a..b", "a/b", "/etc", "a\\b", "a\x00b", "a\n", "ŵ", "a b", "a" * (LONGEST + 1), "a:b",
]  # fmt: skip


def at_once(*acts):
    """Let threads do these, and wait for them."""
    threads = [threading.Thread(target=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def needs_an_n(_place, _key, record):
    """A misfit: a record has to have an n."""
    return "" if "n" in record else "n is missing"


def named(place, key, _record):
    """A misfit: nothing has the shape of what has this place and key."""
    return f"{'/'.join((*place, key))} is none"


def test_nothing_is_found_where_nothing_is(kept):
    assert hash(kept)
    assert kept.read(PLACE, "a") is None
    assert kept.keys(PLACE) == kept.keys(()) == kept.places(()) == kept.logs(LOG) == []
    assert list(kept.read_all(PLACE)) == list(kept.read_all(())) == list(kept.entries(LOG, "events")) == []
    assert kept.delete(PLACE, "a") is False
    with pytest.raises(Unreadable) as raised:
        kept.read_bytes(SNAPSHOT, "definition.json")
    assert str(raised.value) == "rounds/sr-2026/frozen/definition.json: No such file or directory"


def test_writing_replaces_the_whole_record(kept):
    kept.write(PLACE, "a", {"a": 1, "b": 2})
    kept.write(PLACE, "a", {"b": 3})
    assert kept.read(PLACE, "a") == {"b": 3}


def test_creating_the_same_again_is_a_success_and_makes_one(kept):
    assert kept.create(PLACE, "a", {"answers": {"q": "yes"}}) is True
    assert kept.create(PLACE, "a", {"answers": {"q": "yes"}}) is True
    assert kept.create(PLACE, "a", {"answers": {"q": "no"}}) is False
    assert dict(kept.read_all(PLACE)) == {"a": {"answers": {"q": "yes"}}}


def test_updating_returns_what_is_kept(kept):
    assert kept.update(PLACE, "a", lambda record: {"before": record, "b": 1}) == {"before": None, "b": 1}
    assert kept.update(PLACE, "a", lambda record: {"b": record["b"]}) == {"b": 1}
    assert kept.read(PLACE, "a") == {"b": 1}


@pytest.mark.parametrize("error", [ValueError, OSError, KeyboardInterrupt])
def test_an_update_that_raises_writes_nothing_and_raises_the_same(kept, error):
    kept.write(PLACE, "a", {"a": 1})

    def spoil(record):
        record["a"] = 2
        raise error("no")

    for key in ("a", "new"):
        with pytest.raises(error):
            kept.update(PLACE, key, lambda record: spoil(record or {}))
    assert dict(kept.read_all(PLACE)) == {"a": {"a": 1}}


def test_a_change_cannot_write_another_record_and_may_read_one(kept):
    kept.write(PLACE, "b", {"b": 1})
    for act in (
        lambda: kept.write(PLACE, "c", {}),
        lambda: kept.delete(PLACE, "b"),
        lambda: kept.append(LOG, "events", {}),
        lambda: kept.remove(PLACE),
    ):
        with pytest.raises(RuntimeError, match="before or after"):
            kept.update(PLACE, "a", lambda _, act=act: act() or {})
    assert kept.keys(PLACE) == ["b"]
    assert kept.update(PLACE, "a", lambda _: {"copy": kept.read(PLACE, "b")}) == {"copy": {"b": 1}}


def test_nobody_writes_a_record_between_its_reading_and_its_writing(opening):
    def count_up():
        repository = opening(anything_fits)
        for _ in range(25):
            repository.update(PLACE, "a", lambda record: {"count": (record or {"count": 0})["count"] + 1})

    at_once(*[count_up] * 4)
    assert opening(anything_fits).read(PLACE, "a") == {"count": 100}


def test_of_several_that_create_one_key_exactly_one_wins(opening):
    won = Counter()

    def claim(name):
        repository = opening(anything_fits)
        won.update(key for key in map(str, range(15)) if repository.create(PLACE, key, {"by": name}))

    at_once(*[lambda name=name: claim(name) for name in range(4)])
    assert won == Counter(map(str, range(15)))


def test_what_is_read_ahead_is_what_would_be_read(opening):
    kept = opening(needs_an_n)
    presence = (*PLACE[:2], "presence")
    kept.write(PLACE, "a", {"n": 1})
    kept.write(ACCESS, "a", {"n": 2})
    for place, key in ((PLACE, "odd"), (PLACE, "gone"), (presence, "gone")):
        opening(anything_fits).write(place, key, {})
    kept.quarantine.add(PLACE, "gone")
    kept.quarantine.add(presence, "gone")
    names = [(place, key) for place in (PLACE, ACCESS, presence) for key in ("a", "odd", "gone", "b")]
    names = [name for name in names if name != (presence, "odd")]

    def read(place, key):
        try:
            return kept.read(place, key)
        except Unreadable as error:
            return str(error)

    ahead = kept.read_ahead(names)
    said = {name: str(found) if isinstance(found, Unreadable) else found for name, found in ahead.items()}
    assert said in ({}, {name: read(*name) for name in names})
    assert kept.read_ahead([]) == {}
    assert read(PLACE, "odd").endswith("n is missing"), "nothing was unreadable, and so this shows nothing"


def test_many_are_written_and_many_entries_appended_in_their_order(kept):
    kept.write(PLACE, "b", {"old": True})
    kept.append(LOG, "events", {"n": 0})
    kept.write_all(PLACE, [(key, {"text": f"100 % of '{key}' \\"}) for key in ("c", "a", "b")])
    kept.append_all(LOG, "events", [{"n": number} for number in range(1, 12)])
    kept.append(LOG, "events", {"n": 12})
    assert dict(kept.read_all(PLACE)) == {key: {"text": f"100 % of '{key}' \\"} for key in ("a", "b", "c")}
    assert [entry["n"] for entry in kept.entries(LOG, "events")] == list(range(13))
    kept.write_all(PLACE, [])
    kept.append_all(LOG, "none", [])
    assert kept.logs(LOG) == ["events"]


def test_of_many_none_takes_the_place_of_what_cannot_be_read(opening):
    kept = opening(needs_an_n)
    opening(anything_fits).write(PLACE, "odd", {})
    with pytest.raises(Unreadable, match="n is missing"):
        kept.write_all(PLACE, [("odd", {"n": 1}), ("other", {"n": 2})])
    assert opening(anything_fits).read(PLACE, "odd") == {}
    kept.quarantine.add(PLACE, "odd")
    with pytest.raises(Unreadable, match="set aside"):
        kept.write_all(PLACE, [("odd", {"n": 1})])


def test_deleting(kept):
    kept.write(PLACE, "a", {})
    assert kept.delete(PLACE, "a") is True
    assert kept.delete(PLACE, "a") is False
    assert kept.read(PLACE, "a") is None


def test_keys_places_and_logs_are_sorted_and_hide_what_is_not_theirs(kept):
    for key in ("b", "a-1", "a", "B", "a" * LONGEST):
        kept.write(PLACE, key, {})
    kept.write(PLACE[:2], "round", {})
    kept.write(("rounds", "sr-2026-b"), "round", {})
    kept.write(("rounds", "sr"), "round", {})
    kept.write((*PLACE, "deeper"), "a", {})
    kept.write_bytes(PLACE, "notes.txt", b"")
    for name in ("events", "access"):
        kept.append(PLACE, name, {})
    assert kept.keys(PLACE) == [key for key, _ in kept.read_all(PLACE)] == ["B", "a", "a-1", "a" * LONGEST, "b"]
    assert kept.places(()) == ["rounds"]
    assert kept.places(("rounds",)) == ["sr", "sr-2026", "sr-2026-b"]
    assert kept.places(PLACE[:2]) == ["reflection"]
    assert kept.places(PLACE) == ["deeper"]
    assert kept.logs(PLACE) == ["access", "events"]


@pytest.mark.parametrize("bad", BAD_NAMES)
def test_names_that_could_lead_elsewhere_are_refused_everywhere(kept, bad):
    acts = [
        kept.read,
        lambda place, name: kept.write(place, name, {}),
        lambda place, name: kept.create(place, name, {}),
        lambda place, name: kept.update(place, name, lambda _: {}),
        kept.delete,
        kept.read_bytes,
        lambda place, name: kept.write_bytes(place, name, b""),
        lambda place, name: kept.append(place, name, {}),
        lambda place, name: list(kept.entries(place, name)),
        kept.quarantine.add,
    ]
    for act in acts:
        for place, name in ((PLACE, bad), (("rounds", bad), "a"), ((bad,), "a")):
            with pytest.raises(BadKey):
                act(place, name)
    for act in (kept.keys, kept.places, lambda place: list(kept.read_all(place))):
        with pytest.raises(BadKey):
            act((bad,))
    assert kept.places(()) == []


@pytest.mark.parametrize("place", [(), ("locks",), ("set-aside", "rounds")])
def test_the_storage_s_own_corners_are_no_places(kept, place):
    with pytest.raises(BadKey):
        kept.write(place, "a", {})
    with pytest.raises(BadKey):
        kept.write_bytes(place, "a", b"")


def test_records_and_files_never_meet(kept):
    for act in (
        lambda: kept.write_bytes(PLACE, "a.json", b""),
        lambda: kept.write_bytes(PLACE, "a.log", b""),
        lambda: kept.write(SNAPSHOT, "definition", {}),
        lambda: kept.create(ANONYMOUS, "north", {}),
    ):
        with pytest.raises(BadKey):
            act()
    kept.write_bytes(SNAPSHOT, "definition.json", b"{}")
    assert kept.keys(SNAPSHOT) == list(kept.read_all(SNAPSHOT)) == []
    assert kept.read_bytes(SNAPSHOT, "definition.json") == b"{}"


@pytest.mark.parametrize("size", [0, 1, 256 * 1024, 600_000])
def test_a_file_is_replaced_as_a_whole(kept, size):
    kept.write_bytes(SNAPSHOT, "definition.json", b"before" * 100_000)
    content = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    kept.write_bytes(SNAPSHOT, "definition.json", content)
    assert kept.read_bytes(SNAPSHOT, "definition.json") == content


@pytest.mark.parametrize("record", [{"n": float("nan")}, {"t": "\udcff"}, {"t": {"a"}}], ids=("NaN", "Unicode", "set"))
def test_a_record_that_would_not_come_back_is_refused(kept, record):
    kept.write(PLACE, "a", {"a": 1})
    for act in (
        lambda: kept.write(PLACE, "a", record),
        lambda: kept.create(PLACE, "b", record),
        lambda: kept.update(PLACE, "a", lambda _: record),
        lambda: kept.append(PLACE, "events", record),
    ):
        with pytest.raises(BadRecord):
            act()
    assert dict(kept.read_all(PLACE)) == {"a": {"a": 1}}
    assert list(kept.entries(PLACE, "events")) == []


def test_more_than_is_fetched_at_once_is_read_in_order(kept, monkeypatch):
    monkeypatch.setattr("survey.storage.postgresql.repository.AT_ONCE", 3)
    for number in range(7):
        kept.create(ANONYMOUS, f"{number:02x}", {"n": number})
        kept.append(LOG, "events", {"n": number})
    assert [record["n"] for _, record in kept.read_all(ANONYMOUS)] == list(range(7))
    assert [entry["n"] for entry in kept.entries(LOG, "events")] == list(range(7))
    assert kept.places(ANONYMOUS) == []
    assert kept.places(ANONYMOUS[:3]) == ["responses"]


def test_writing_at_once_to_one_log_loses_and_mixes_nothing(opening):
    def write(writer):
        repository = opening(anything_fits)
        for number in range(15):
            repository.append(LOG, "events", {"writer": writer, "number": number, "text": "x" * 500})

    at_once(*[lambda writer=writer: write(writer) for writer in range(4)])
    entries = list(opening(anything_fits).entries(LOG, "events"))
    for writer in range(4):
        assert [entry["number"] for entry in entries if entry["writer"] == writer] == list(range(15))


def test_a_look_up_finds_those_with_these_values_and_those_that_cannot_be_read(opening):
    free = opening(anything_fits)
    for place in (ACCESS, PLACE):
        free.write(place, "arfon", {"n": 1, "hash": "one"})
        free.write(place, "conwy", {"n": 1, "hash": "two"})
        free.write(place, "dwyfor", {"hash": "three"})
        found = dict(opening(needs_an_n).find(place, hash="two"))
        assert found["conwy"] == {"n": 1, "hash": "two"}
        assert found["dwyfor"].reason == "n is missing"
        assert found.keys() == {"conwy", "dwyfor"}


@pytest.mark.parametrize("place", [PLACE, ACCESS, ANONYMOUS])
def test_a_misfit_harms_no_other_and_is_set_aside_until_it_is_settled(opening, place):
    free, strict = opening(anything_fits), opening(needs_an_n)
    free.write(place, "0a", {"no": "n"})
    free.write(place, "0b", {"n": 1})
    assert dict(strict.read_all(place))["0b"] == {"n": 1}
    for act in (strict.read, lambda place, key: strict.write(place, key, {"n": 2})):
        with pytest.raises(Unreadable, match="n is missing"):
            act(place, "0a")
    assert strict.quarantine.add(place, "0b") is None
    assert strict.quarantine.add(place, "0a").name == "0a.json"
    found = dict(strict.read_all(place))
    assert strict.keys(place) == list(found) == ["0a", "0b"]
    assert found["0a"].reason == SET_ASIDE_REASON
    for act in (
        lambda: strict.read(place, "0a"),
        lambda: strict.create(place, "0a", {"n": 2}),
        lambda: strict.quarantine.put_back(place, "0a"),
    ):
        with pytest.raises(Unreadable):
            act()
    assert opening(anything_fits).quarantine.put_back(place, "0a")
    assert not free.quarantine.put_back(place, "0a")
    assert free.read(place, "0a") == {"no": "n"}


@pytest.mark.parametrize("place", [PLACE, ACCESS, ANONYMOUS])
def test_what_is_kept_is_held_against_the_shape_of_its_own_place_and_key_and_named_by_them(opening, place):
    opening(anything_fits).write(place, "0a", {"n": 1})
    strict = opening(named)
    with pytest.raises(Unreadable) as raised:
        strict.read(place, "0a")
    ((key, listed),) = strict.read_all(place)
    for fault in (raised.value, listed):
        assert (key, fault.place, fault.key) == ("0a", place, "0a")
        assert fault.reason == f"{'/'.join(place)}/0a is none"


def test_a_line_of_a_log_is_held_against_the_shape_of_its_log_and_named_by_its_number(opening):
    opening(anything_fits).append(LOG, "events", {"n": 1})
    (fault,) = opening(named).log_lines(LOG, "events")
    assert (fault.place, fault.key, fault.reason) == (LOG, "events.log line 1", "log/events.log is none")


def test_a_loss_that_is_accepted_frees_the_place(opening):
    free, strict = opening(anything_fits), opening(needs_an_n)
    for _ in range(2):
        free.write(PLACE, "a", {"no": "n"})
        assert strict.quarantine.add(PLACE, "a")
        before = strict.revision(PLACE)
        assert strict.quarantine.accept_loss(PLACE, "a").name.startswith("a.json.")
        assert strict.revision(PLACE) != before
        assert strict.quarantine.accept_loss(PLACE, "a") is None
        assert strict.read(PLACE, "a") is None
        assert strict.keys(PLACE) == []
    assert strict.delete(PLACE, "a")
    assert not strict.delete(PLACE, "a")


def test_what_is_worth_nothing_after_a_day_is_not_missed(opening):
    opening(anything_fits).write(("limits",), "a", {"no": "n"})
    strict = opening(needs_an_n)
    strict.quarantine.add(("limits",), "a")
    assert strict.read(("limits",), "a") is None
    strict.write(("limits",), "a", {"n": 2})
    assert dict(strict.read_all(("limits",))) == {"a": {"n": 2}}


def test_a_line_of_a_log_that_does_not_fit_is_named_and_left_out(opening):
    opening(anything_fits).append(LOG, "events", {"no": "n"})
    strict = opening(needs_an_n)
    strict.append(LOG, "events", {"n": 1})
    assert list(strict.entries(LOG, "events")) == [{"n": 1}]
    [fault] = [line for line in strict.log_lines(LOG, "events") if isinstance(line, Unreadable)]
    assert str(fault) == "log/events.log line 1: n is missing"


def test_a_place_is_removed_with_all_below_and_nothing_beside(opening):
    kept, strict = opening(anything_fits), opening(needs_an_n)
    kept.write(("rounds", "sr-2026-b"), "round", {"n": 1})
    kept.write(PLACE, "a", {"no": "n"})
    strict.quarantine.add(PLACE, "a")
    kept.write(ACCESS, "a", {})
    kept.write_bytes(SNAPSHOT, "definition.json", b"{}")
    kept.append(PLACE, "events", {})
    for _ in range(2):
        kept.remove(("rounds", "sr-2026"))
        assert kept.places(("rounds",)) == ["sr-2026-b"]
    assert kept.read(PLACE, "a") is None
    assert kept.read(ACCESS, "a") is None
    assert kept.logs(PLACE) == []
    assert kept.read(("rounds", "sr-2026-b"), "round") == {"n": 1}


def test_what_was_set_aside_of_another_place_stays_when_one_is_removed(opening):
    strict, kept = opening(needs_an_n), opening(anything_fits)
    other = ("rounds", "sr-2027", "reflection")
    for place in (PLACE, other):
        kept.write(place, "a", {})
        assert strict.quarantine.add(place, "a")
    kept.remove(("rounds", "sr-2026"))
    assert [[key for key, *_ in kept.quarantine.held(place)] for place in (PLACE, other)] == [[], ["a"]]


def test_a_reason_why_something_is_unreadable_is_the_same_in_another_process():
    error = pickle.loads(pickle.dumps(Unreadable(PLACE, "a", "it is torn")))
    assert (error.place, error.key, error.reason) == (PLACE, "a", "it is torn")
    assert str(error) == "rounds/sr-2026/reflection/a: it is torn"


@pytest.mark.parametrize("place", [PLACE, ACCESS, ANONYMOUS])
def test_each_change_of_a_place_gives_it_another_revision(opening, place):
    kept, strict = opening(anything_fits), opening(needs_an_n)
    seen = [kept.revision(place)]
    for change in (
        lambda: kept.write(place, "aa", {"a": 1}),
        lambda: kept.write(place, "aa", {"a": 2}),
        lambda: kept.create(place, "ab", {"a": 2}),
        lambda: kept.delete(place, "ab"),
        lambda: strict.quarantine.add(place, "aa"),
    ):
        change()
        assert strict.revision(place) == kept.revision(place) != seen[-1]
        seen.append(kept.revision(place))
    kept.write(("rounds", "other"), "round", {})
    assert kept.revision(place) == seen[-1]


def test_the_secret_is_there_and_the_same_for_all(opening):
    assert len(opening(anything_fits).key_ring().newest.text) == 64
    assert opening(anything_fits).key_ring() == opening(anything_fits).key_ring()


def test_secrets_that_several_add_at_once_are_all_kept_and_known_to_all(opening):
    first = opening(anything_fits).key_ring().newest
    at_once(*[lambda: opening(anything_fits).change_key_ring(lambda ring: ring.rotated(NOW))] * 4)
    ring = opening(anything_fits).key_ring()
    assert len(set(ring.keys)) == 5
    assert ring.secrets[0] == first
    with pytest.raises(ZeroDivisionError):
        opening(anything_fits).change_key_ring(lambda _: 1 / 0)
    assert opening(anything_fits).key_ring() == ring


KEYS = st.sampled_from(["a", "b", "00", "00ff", "ff-1"])
HEX_KEYS = st.sampled_from(["00", "00ff", "0a-1", "ff-1"])
TABLES = [("accounts",), ACCESS, ("rounds", "sr-2026", "links")]
PLACES = st.sampled_from([PLACE, *TABLES, (*PLACE, "deeper")])
RECORDS = st.dictionaries(
    st.text(max_size=5),
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(2**63), 2**63 - 1)
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(max_size=20)
        | st.text(alphabet='\0\uffff\\u0"', max_size=9),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
        max_leaves=5,
    ),
    max_size=4,
)


class AgainstADict(RuleBasedStateMachine):
    """Whatever is done, in whatever order, what is kept is what a dict would hold."""

    repository = None

    @initialize()
    def begin(self):
        for place in all_places(self.repository):
            for key in self.repository.keys(place):
                self.repository.delete(place, key)
        self.repository.remove(LOG)
        self.model = {}
        self.log = []

    @rule(place=PLACES, key=KEYS, record=RECORDS)
    def write(self, place, key, record):
        self.repository.write(place, key, record)
        self.model[place, key] = record

    @rule(place=PLACES, key=KEYS, record=RECORDS)
    def create(self, place, key, record):
        made = self.repository.create(place, key, record)
        assert made == (self.model.setdefault((place, key), record) == record)

    @rule(key=HEX_KEYS, record=RECORDS)
    def create_anonymous(self, key, record):
        made = self.repository.create(ANONYMOUS, key, record)
        assert made == (self.model.setdefault((ANONYMOUS, key), record) == record)

    @rule(place=PLACES, key=KEYS, name=st.text(max_size=3), record=RECORDS)
    def update(self, place, key, name, record):
        after = self.repository.update(place, key, lambda before: {**(before or {}), name: record})
        self.model[place, key] = {**self.model.get((place, key), {}), name: record}
        assert after == self.model[place, key]

    @rule(place=PLACES, key=KEYS)
    def fail(self, place, key):
        with pytest.raises(ZeroDivisionError):
            self.repository.update(place, key, lambda before: {"never": 1 // 0})

    @rule(place=PLACES, key=KEYS)
    def delete(self, place, key):
        assert self.repository.delete(place, key) == (self.model.pop((place, key), None) is not None)

    @rule(entry=RECORDS)
    def append(self, entry):
        self.repository.append(LOG, "events", entry)
        self.log.append(entry)

    @invariant()
    def same(self):
        for place in {PLACE, *TABLES, (*PLACE, "deeper"), ANONYMOUS}:
            expected = {key: record for (where, key), record in self.model.items() if where == place}
            assert self.repository.keys(place) == sorted(expected)
            assert dict(self.repository.read_all(place)) == expected
            for key, record in expected.items():
                assert self.repository.read(place, key) == record
        assert list(self.repository.entries(LOG, "events")) == self.log


def test_whatever_is_done_it_holds_what_a_dict_would(kept, quick_disk, monkeypatch):
    # What flushing does is tested elsewhere; here it would only cost time.
    monkeypatch.setattr("os.fsync", lambda descriptor: None)
    monkeypatch.setattr(AgainstADict, "repository", kept)
    AgainstADict.TestCase.settings = settings(
        max_examples=8,
        stateful_step_count=25,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    AgainstADict.TestCase().runTest()
