"""Responses out and in again, and everything that keeps a file out."""

import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey.collection.responses.lifecycle import reopen, submit
from survey.collection.responses.response import read_response
from survey.collection.responses.transfer import LONGEST_LINE, Rejected, describe_fault, export_lines, import_lines
from survey.languages import language
from survey.questionnaire.walk import read_page
from survey.storage.repository import StorageFull
from survey.storage.tinydb_files.repository import FileRepository
from tests.collection.example import CLUSTERS, COMPLETE, LATER, NOW, ROUND, opened_round, save, save_all

REFLECTION = ("rounds", ROUND, "reflection")
AT = "2026-09-30T10:00:00+00:00"


def line(cluster="arfon", **changes):
    pages = {key: {"answers": answers} for key, answers in COMPLETE.items()}
    found = {"cluster": cluster, "submitted_at": AT, "submitted_in": "cy", "pages": pages} | changes
    return json.dumps({name: value for name, value in found.items() if value is not None}).encode()


def with_page(key, page):
    pages = {name: {"answers": answers} for name, answers in COMPLETE.items()}
    return line(pages={**pages, key: page})


def with_answer(key, question, answer):
    return with_page(key, {"answers": COMPLETE[key] | {question: answer}})


def south_line():
    pages = {key: {"answers": answers} for key, answers in COMPLETE.items()}
    second = {"criteria": {"m-02.f1": "in_place", "m-02.f2": "in_place"}, "level": "foundation"}
    return line("bro-morgannwg", pages={**pages, "outcome/m-02": {"answers": second}})


def faults_of(repository, snapshot, *lines, now=NOW):
    """The faults of a file as (line, place, code); nothing may have been kept."""
    before = {key: repository.read(REFLECTION, key) for key in repository.keys(REFLECTION)}
    with pytest.raises(Rejected) as rejected:
        import_lines(repository, snapshot, lines, now)
    assert {key: repository.read(REFLECTION, key) for key in repository.keys(REFLECTION)} == before
    for fault in rejected.value.faults:
        for code in ("en", "cy"):
            assert str(fault.line) in describe_fault(fault, language(code))
    return [
        (fault.line, fault.where, fault.problem.code if fault.problem else fault.code)
        for fault in rejected.value.faults
    ]


# In


def test_every_line_becomes_a_submitted_response(repository, snapshot):
    assert import_lines(repository, snapshot, [line(), b"\n", south_line()], NOW) == 2
    response = read_response(repository, ROUND, "arfon")
    assert response.status == "submitted"
    counted = response.counted
    assert counted is not None
    assert counted.answers == COMPLETE == response.answers
    assert (counted.submitted_at.isoformat(), counted.submitted_in, counted.snapshot_digest) == (
        AT,
        "cy",
        snapshot.round.snapshot_digest,
    )
    assert response.history == ({"at": AT, "what": "imported", "number": 1},)
    assert read_response(repository, ROUND, "bro-morgannwg").status == "submitted"


def test_free_text_without_a_mark_was_written_in_the_language_of_the_submission(repository, snapshot):
    marked = with_page("about", {"answers": COMPLETE["about"], "written_in": {"change": "en"}})
    import_lines(repository, snapshot, [marked], NOW)
    counted = read_response(repository, ROUND, "arfon").counted
    assert counted is not None
    assert counted.written_in == {
        "about": {"how_other": "cy", "change": "en"},
        "outcome/m-01": {"difference": "cy"},
        "practice": {"stories/a1/title": "cy"},
    }


def test_a_time_is_kept_in_utc(repository, snapshot):
    import_lines(repository, snapshot, [line(submitted_at="2026-06-30T10:00:00+01:00")], NOW)
    kept = repository.read(REFLECTION, "arfon")
    assert kept["submissions"][0]["submitted_at"] == "2026-06-30T09:00:00+00:00"


def test_importing_the_same_file_again_changes_nothing(repository, snapshot):
    import_lines(repository, snapshot, [line()], NOW)
    before = repository.read(REFLECTION, "arfon")
    assert import_lines(repository, snapshot, [line(), south_line()], LATER) == 2
    assert repository.read(REFLECTION, "arfon") == before


def test_a_file_from_windows_with_a_byte_order_mark_is_read(repository, snapshot):
    assert import_lines(repository, snapshot, [b"\xef\xbb\xbf" + line() + b"\r\n", b"\r\n"], NOW) == 1


def test_an_answer_that_is_not_asked_is_told_and_nothing_is_lost_in_silence(repository, snapshot):
    about = {"how": "meeting", "how_other": "Dros ginio"}
    with pytest.raises(Rejected) as rejected:
        import_lines(repository, snapshot, [with_page("about", {"answers": about})], NOW)
    assert [(fault.where, fault.code) for fault in rejected.value.faults] == [("about.how_other", "not_asked")]
    assert read_response(repository, ROUND, "arfon").counted is None


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04\n\x00\xff\n\xfe", "packed"),
        (b"\x00\xff\n\x00\xff\n", "no_text"),
        (line().decode().encode("utf-16"), "utf_16"),
    ],
)
def test_of_a_file_that_is_no_text_one_thing_is_said(repository, snapshot, content, code):
    with pytest.raises(Rejected) as rejected:
        import_lines(repository, snapshot, content.splitlines(keepends=True), NOW)
    assert [(fault.line, fault.code) for fault in rejected.value.faults] == [(1, code)]


def test_answers_come_in_canonical_form(repository, snapshot):
    import_lines(repository, snapshot, [with_answer("about", "change", "  ty\u0302\r\nmawr ")], NOW)
    counted = read_response(repository, ROUND, "arfon").counted
    assert counted is not None
    assert counted.answers["about"]["change"] == "tŷ\nmawr"


FAULTY = {
    "nothing at all": (b"", "", "nothing"),
    "not JSON": (b"{", "", "unclosed_bracket"),
    "not UTF-8": (b'{"cluster": "\xff"}', "", "not_utf8"),
    "not a number": (b'{"cluster": NaN}', "", "bad_number"),
    "a name twice": (b'{"cluster": "arfon", "cluster": "arfon"}', "/cluster", "repeated_key"),
    "half a character": (b'{"cluster": "\\ud800"}', "/cluster", "bad_character"),
    "too deep": (b"[" * 100_000, "", "too_deep"),
    "a list": (b"[]", "", "not_an_object"),
    "too long": (b'"' + b"x" * LONGEST_LINE + b'"', "", "line_too_long"),
    "another name": (line(status="draft"), "status", "unknown_name"),
    "no cluster": (line(None), "cluster", "unknown_cluster"),
    "unknown cluster": (line("nowhere"), "cluster", "unknown_cluster"),
    "ended cluster": (line("../arfon"), "cluster", "unknown_cluster"),
    "a number for a cluster": (line(7), "cluster", "unknown_cluster"),
    "no time": (line(submitted_at=None), "submitted_at", "not_a_time"),
    "a day": (line(submitted_at="yesterday"), "submitted_at", "not_a_time"),
    "a number": (line(submitted_at=7), "submitted_at", "not_a_time"),
    "no zone": (line(submitted_at="2026-09-30T10:00:00"), "submitted_at", "not_a_time"),
    "to come": (line(submitted_at=LATER.isoformat()), "submitted_at", "not_a_time"),
    "long ago": (line(submitted_at="0001-01-01T00:00:00+23:59"), "submitted_at", "not_a_time"),
    "no language": (line(submitted_in=None), "submitted_in", "not_a_language"),
    "unknown language": (line(submitted_in="fr"), "submitted_in", "not_a_language"),
    "a list of languages": (line(submitted_in=["cy"]), "submitted_in", "not_a_language"),
    "no pages": (line(pages=None), "pages", "wrong_shape"),
    "a list of pages": (line(pages=[]), "pages", "wrong_shape"),
    "a page that is not asked": (with_page("outcome/m-02", {}), "outcome/m-02", "unknown_page"),
    "a page that is nothing": (with_page("about", None), "about", "wrong_shape"),
    "answers in a list": (with_page("about", {"answers": []}), "about", "wrong_shape"),
    "marks in a list": (with_page("practice", {"written_in": []}), "practice", "wrong_shape"),
    "another name in a page": (with_page("practice", {"saved_by": "x"}), "practice.saved_by", "unknown_name"),
    "a mark of no language": (
        with_page("about", {"answers": COMPLETE["about"], "written_in": {"change": "fr"}}),
        "about.written_in.change",
        "not_a_language",
    ),
    "a mark of no text": (
        with_page("about", {"answers": COMPLETE["about"], "written_in": {"people": "cy"}}),
        "about.written_in.people",
        "unknown_name",
    ),
    "an unknown question": (with_answer("about", "shoe_size", 44), "about.shoe_size", "unknown_part"),
    "an unknown option": (with_answer("about", "how", "dancing"), "about.how", "not_an_option"),
    "a number for an option": (with_answer("about", "how", 1), "about.how", "wrong_shape"),
    "a number that is too large": (with_answer("about", "people", 1001), "about.people", "too_large"),
    "a number that is not whole": (with_answer("about", "people", 4.5), "about.people", "not_whole"),
    "true for a number": (with_answer("about", "people", True), "about.people", "not_whole"),
    "a text that is too long": (with_answer("about", "change", "ŵ" * 101), "about.change", "too_long"),
    "two lines where one is asked": (with_answer("about", "how_other", "a\nb"), "about.how_other", "one_line"),
    "an unknown state": (
        with_answer("outcome/m-01", "criteria", {"m-01.f1": "in_place", "m-01.f2": "perhaps"}),
        "outcome/m-01.criteria.m-01.f2",
        "not_an_option",
    ),
    "a criterion of another outcome": (
        with_answer("outcome/m-01", "criteria", COMPLETE["outcome/m-01"]["criteria"] | {"m-02.f1": "in_place"}),
        "outcome/m-01.criteria.m-02.f1",
        "unknown_part",
    ),
    "a gap": (with_answer("outcome/m-01", "level", ""), "outcome/m-01.level", "missing"),
    "a gap in a group": (
        with_answer("practice", "stories", [{"id": "a1"}]),
        "practice.stories.a1.title",
        "missing",
    ),
    "an item without an id": (with_answer("practice", "stories", [{"title": "x"}]), "practice.stories", "wrong_shape"),
    "a missing page": (
        line(pages={key: {"answers": COMPLETE[key]} for key in ("outcome/m-01", "practice")}),
        "about.how",
        "missing",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTY)
def test_a_fault_is_named_with_its_line_and_place_and_keeps_the_whole_file_out(repository, snapshot, name):
    faulty, where, code = FAULTY[name]
    if code == "nothing":
        assert faults_of(repository, snapshot, faulty, b"  \n") == [(1, "", "nothing")]
        return
    expected = (3, where, code)
    assert faults_of(repository, snapshot, south_line(), b"", faulty) == [expected]


def test_all_faults_of_all_lines_are_named_at_once(repository, snapshot):
    two = line(submitted_in="fr", pages={"about": {"answers": {"how": "dancing", "people": -1}}})
    assert faults_of(repository, snapshot, b"{", two, south_line()) == [
        (1, "", "unclosed_bracket"),
        (2, "submitted_in", "not_a_language"),
        (2, "about.how", "not_an_option"),
        (2, "about.people", "too_small"),
    ]


def test_a_cluster_has_one_line(repository, snapshot):
    assert faults_of(repository, snapshot, line(), line()) == [(2, "cluster", "cluster_twice")]


def test_what_a_cluster_has_answered_is_never_replaced(repository, snapshot):
    save(repository, snapshot, "about", {"how": "meeting"})
    assert faults_of(repository, snapshot, south_line(), line()) == [(2, "cluster", "response_there")]


def test_a_response_that_begins_during_the_import_keeps_everything_out(repository, snapshot, monkeypatch):
    create = repository.create

    def somebody_is_quicker(place, key, record):
        if key == "bro-morgannwg":
            save(repository, snapshot, "about", {"how": "meeting"}, cluster=key)
        return create(place, key, record)

    monkeypatch.setattr(repository, "create", somebody_is_quicker)
    with pytest.raises(Rejected) as rejected:
        import_lines(repository, snapshot, [line(), south_line()], NOW)
    assert [fault.code for fault in rejected.value.faults] == ["response_there"]
    assert repository.keys(REFLECTION) == ["bro-morgannwg"]
    assert read_response(repository, ROUND, "bro-morgannwg").status == "in_progress"


def test_a_full_disk_leaves_nothing_of_the_file(repository, snapshot, monkeypatch):
    create = repository.create

    def full(place, key, record):
        if key == "bro-morgannwg":
            raise StorageFull("no room")
        return create(place, key, record)

    monkeypatch.setattr(repository, "create", full)
    with pytest.raises(StorageFull):
        import_lines(repository, snapshot, [line(), south_line()], NOW)
    assert repository.keys(REFLECTION) == []
    monkeypatch.undo()
    assert import_lines(repository, snapshot, [line(), south_line()], NOW) == 2


# Out, and in elsewhere


def test_only_what_counts_is_exported_in_the_order_of_cluster_codes(repository, snapshot):
    save_all(repository, snapshot, "conwy-west")
    submit(repository, snapshot, "conwy-west", language="en", now=NOW)
    save_all(repository, snapshot, "arfon")
    submit(repository, snapshot, "arfon", language="en", now=NOW)
    reopen(repository, snapshot, "arfon", reason="r", by="e", now=NOW)
    save(repository, snapshot, "about", {"how": "meeting"})
    save(repository, snapshot, "about", {"how": "meeting"}, cluster="bro-morgannwg")
    exported = [json.loads(one) for one in export_lines(repository, snapshot)]
    assert [one["cluster"] for one in exported] == ["arfon", "conwy-west"]
    assert exported[0]["pages"]["about"]["answers"] == COMPLETE["about"]


def test_an_empty_round_exports_nothing(repository, snapshot):
    assert list(export_lines(repository, snapshot)) == []


def test_what_is_exported_comes_in_elsewhere_as_it_was(repository, snapshot, tmp_path):
    save_all(repository, snapshot, "arfon", language="cy")
    save(repository, snapshot, "about", COMPLETE["about"] | {"how": "meeting", "change": "Changed"}, language="en")
    submit(repository, snapshot, "arfon", language="cy", now=NOW)
    save_all(repository, snapshot, "conwy-west", language="en")
    submit(repository, snapshot, "conwy-west", language="en", now=NOW + timedelta(seconds=1, microseconds=7))
    exported = list(export_lines(repository, snapshot))
    assert all(one.endswith(b"\n") and one.count(b"\n") == 1 for one in exported)

    elsewhere = FileRepository(tmp_path / "elsewhere")
    there = opened_round(elsewhere)
    assert import_lines(elsewhere, there, exported, LATER) == 2
    for cluster in CLUSTERS:
        assert read_response(elsewhere, ROUND, cluster).counted == read_response(repository, ROUND, cluster).counted
    assert list(export_lines(elsewhere, there)) == exported


# Anything at all

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=12,
)
NAMES = ["how", "how_other", "people", "change", "criteria", "indicated", "level", "difference", "stories", "x"]
FITTING = ["meeting", "other", "foundation", 5, "45", "text", "", None, {"m-01.f1": "in_place"}, [{"id": "b"}]]
ANSWERS = st.dictionaries(st.sampled_from(NAMES), JSON | st.sampled_from(FITTING), max_size=1)
PAGES = st.dictionaries(
    st.sampled_from(["about", "outcome/m-01", "outcome/m-02", "practice", "x"]),
    JSON | st.fixed_dictionaries({"answers": ANSWERS | JSON}, optional={"written_in": JSON}),
    max_size=4,
)
LINES = st.fixed_dictionaries(
    {},
    optional={
        "cluster": st.sampled_from([*CLUSTERS, "merged-away", "../x"]) | JSON,
        "submitted_at": st.just(AT) | st.text(max_size=30) | JSON | st.datetimes().map(lambda t: t.isoformat() + "Z"),
        "submitted_in": st.sampled_from(["cy", "en"]) | JSON,
        "pages": PAGES | JSON,
        "x": JSON,
    },
).map(lambda found: json.dumps(found).encode())


@pytest.fixture(scope="module")
def one_round(tmp_path_factory):
    repository = FileRepository(tmp_path_factory.mktemp("hostile") / "data")
    return repository, opened_round(repository)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.binary(max_size=60) | LINES, max_size=3))
def test_whatever_a_file_holds_it_is_rejected_in_words_or_kept(one_round, lines):
    repository, snapshot = one_round
    faults = []
    try:
        assert import_lines(repository, snapshot, lines, NOW) == len(repository.keys(REFLECTION))
    except Rejected as rejected:
        faults = rejected.faults
    assert bool(faults) != bool(repository.keys(REFLECTION))
    assert all(describe_fault(fault, language("en")) for fault in faults)
    for key in repository.keys(REFLECTION):
        repository.delete(REFLECTION, key)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.fixed_dictionaries({key: ANSWERS.map(lambda some, key=key: COMPLETE[key] | some) for key in COMPLETE}))
def test_an_import_takes_exactly_what_the_pages_take(one_round, answers):
    repository, snapshot = one_round
    instrument = snapshot.instrument("arfon")
    read = {page.key: read_page(page, answers[page.key]) for page in instrument.pages}
    path = instrument.walk({key: kept for key, (kept, _) in read.items()})
    on_pages = not any(problems for _, problems in read.values()) and not path.gaps()
    on_pages = on_pages and all(path.answers.get(key, {}) == kept for key, (kept, _) in read.items())
    pages = {key: {"answers": page} for key, page in answers.items()}
    try:
        import_lines(repository, snapshot, [line(pages=pages)], NOW)
    except Rejected:
        assert not on_pages
    else:
        assert on_pages
        counted = read_response(repository, ROUND, "arfon").counted
        assert counted is not None
        assert counted.answers == path.answers
        repository.delete(REFLECTION, "arfon")
