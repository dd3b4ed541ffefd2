"""A response from its first save to its last submission."""

import multiprocessing
from datetime import timedelta

import pytest

from survey.collection.errors import DomainError
from survey.collection.responses.lifecycle import MOST_SAVES, STRETCH, Incomplete, reopen, save_page, submit
from survey.collection.responses.merge import whole
from survey.collection.responses.response import SavedPage, Writer, read_response
from survey.collection.responses.versions import versions
from survey.collection.rounds.round import close_round
from survey.collection.rounds.snapshot import load_snapshot
from survey.collection.soundness import sound
from survey.languages import language
from survey.storage.tinydb_files.repository import FileRepository
from tests.collection.example import COMPLETE, LATER, NOW, ROUND, opened_round, save, save_all

FIRST = {"how": "meeting", "people": 45}
SECOND = {"how": "meeting", "people": 46}


def refusal(action):
    with pytest.raises(DomainError) as refused:
        action()
    return refused.value.code


# Saving


def test_a_cluster_that_has_saved_nothing_has_not_started_and_reading_keeps_nothing(repository, snapshot):
    response = read_response(repository, ROUND, "arfon")
    assert (response.status, response.pages, response.counted, response.last_saved) == ("not_started", {}, None, None)
    assert repository.keys(("rounds", ROUND, "reflection")) == []


def test_a_page_is_read_as_it_was_saved(repository, snapshot):
    saved = save(repository, snapshot, "about", FIRST, language="cy")
    assert saved == SavedPage(1, FIRST, {}, NOW, "cy")
    response = read_response(repository, ROUND, "arfon")
    assert response.pages == {"about": saved}
    assert response.answers == {"about": FIRST}
    assert (response.status, response.id, response.last_saved) == ("in_progress", "ab" * 16, NOW)


def test_a_draft_with_gaps_is_kept(repository, snapshot):
    save(repository, snapshot, "outcome/m-01", {"criteria": {"m-01.f1": "in_place"}})
    assert read_response(repository, ROUND, "arfon").answers["outcome/m-01"] == {"criteria": {"m-01.f1": "in_place"}}


def test_a_page_takes_the_place_of_what_was_there_so_an_answer_can_be_taken_back(repository, snapshot):
    save(repository, snapshot, "about", FIRST)
    saved = save(repository, snapshot, "about", {"how": "meeting"})
    assert (saved.revision, saved.answers) == (2, {"how": "meeting"})


def test_saving_one_page_leaves_the_others_and_their_revisions(repository, snapshot):
    save(repository, snapshot, "about", FIRST)
    save(repository, snapshot, "practice", COMPLETE["practice"])
    response = read_response(repository, ROUND, "arfon")
    assert {key: page.revision for key, page in response.pages.items()} == {"about": 1, "practice": 1}


def test_what_a_save_makes_of_the_answers_is_worked_out_from_those_that_are_there(repository, snapshot):
    save(repository, snapshot, "about", FIRST)
    page = snapshot.instrument("arfon").page("about")
    seen = []

    def one_more(theirs):
        seen.append(dict(theirs))
        return {**theirs, "people": theirs["people"] + 1}

    saved = save_page(repository, snapshot, "arfon", page, one_more, writer=Writer("en"), now=LATER, new_id="b")
    assert (saved.revision, saved.answers) == (2, {"how": "meeting", "people": 46})
    assert all(answers == FIRST for answers in seen)


def test_saving_the_same_again_is_no_second_save(repository, snapshot):
    first = save(repository, snapshot, "about", FIRST)
    before = repository.revision(("rounds", ROUND, "reflection"))
    again = save(repository, snapshot, "about", FIRST, now=LATER)
    assert again == first
    assert repository.revision(("rounds", ROUND, "reflection")) == before


# Earlier versions


def test_every_earlier_version_of_a_page_can_be_read(repository, snapshot):
    save(repository, snapshot, "about", FIRST, name="Eira")
    save(repository, snapshot, "about", {"how": "other", "people": 45}, name="Siôn", now=LATER)
    page = save(repository, snapshot, "about", {"how": "other", "change": "New"}, name="Eira", now=LATER)
    assert [(version.save.by, version.changed, version.answers) for version in versions(page)] == [
        ("Eira", {"people", "change"}, {"how": "other", "change": "New"}),
        ("Siôn", {"how"}, {"how": "other", "people": 45}),
        ("Eira", {"how", "people"}, FIRST),
    ]
    assert [version.save.at for version in versions(page)] == [LATER, LATER, NOW]


def test_what_one_person_saves_within_a_stretch_is_one_version(repository, snapshot):
    for minutes, people in enumerate((1, 2, 3)):
        save(repository, snapshot, "about", {"people": people}, name="Eira", now=NOW + timedelta(minutes=minutes))
    later = NOW + STRETCH + timedelta(minutes=2)
    page = save(repository, snapshot, "about", {"people": 4}, name="Eira", now=later)
    assert [(version.answers, version.save.was) for version in versions(page)] == [
        ({"people": 4}, {"people": 3}),
        ({"people": 3}, {"people": None}),
    ]
    assert page.revision == 4


def test_somebody_else_in_between_begins_a_version(repository, snapshot):
    for name, people in (("Eira", 1), ("Siôn", 2), ("Eira", 3)):
        page = save(repository, snapshot, "about", {"people": people}, name=name)
    assert [version.answers for version in versions(page)] == [{"people": 3}, {"people": 2}, {"people": 1}]


def test_nobody_knows_whether_saves_without_a_sitting_are_one_persons(repository, snapshot):
    for people in (1, 2):
        page = save(repository, snapshot, "about", {"people": people})
    assert len(versions(page)) == 2


def test_the_latest_versions_are_remembered(repository, snapshot):
    for people in range(MOST_SAVES + 2):
        page = save(repository, snapshot, "about", {"people": people})
    assert len(versions(page)) == MOST_SAVES
    assert versions(page)[-1].answers == {"people": 2}


def test_a_page_that_an_earlier_release_saved_has_no_versions(repository, snapshot):
    save(repository, snapshot, "about", FIRST)
    where = ("rounds", ROUND, "reflection")
    record = repository.read(where, "arfon")
    del record["pages"]["about"]["saves"]
    repository.write(where, "arfon", record)
    assert versions(read_response(repository, ROUND, "arfon").pages["about"]) == []
    page = save(repository, snapshot, "about", {"people": 1}, now=LATER)
    assert [version.answers for version in versions(page)] == [{"people": 1}]


def test_clusters_and_rounds_are_kept_apart(repository, snapshot):
    other = opened_round(repository, "other")
    save(repository, snapshot, "about", FIRST)
    save(repository, other, "about", SECOND)
    save(repository, snapshot, "about", {"how": "other"}, cluster="conwy-west")
    assert read_response(repository, ROUND, "arfon").answers == {"about": FIRST}
    assert read_response(repository, "other", "arfon").answers == {"about": SECOND}
    assert read_response(repository, ROUND, "conwy-west").answers == {"about": {"how": "other"}}


def test_a_cluster_of_no_list_saves_nothing(repository, snapshot):
    page = snapshot.instrument("arfon").pages[0]
    code = refusal(
        lambda: save_page(repository, snapshot, "nowhere", page, whole(FIRST), writer=Writer("en"), now=NOW, new_id="a")
    )
    assert code == "unknown_cluster"
    assert repository.keys(("rounds", ROUND, "reflection")) == []


# The language in which free text was written


def test_free_text_keeps_the_language_of_the_page_it_was_written_on(repository, snapshot):
    written = {"how": "other", "how_other": "Dros ginio", "change": "Tŷ newydd"}
    saved = save(repository, snapshot, "about", written, language="cy")
    assert saved.written_in == {"how_other": "cy", "change": "cy"}
    # Somebody opens the page in English, changes one text and touches the other not.
    saved = save(repository, snapshot, "about", written | {"change": "New house"}, language="en")
    assert saved.written_in == {"how_other": "cy", "change": "en"}
    saved = save(repository, snapshot, "about", {"how": "other", "change": "New house"}, language="cy")
    assert saved.written_in == {"change": "en"}


def test_so_does_every_text_of_a_repeating_group_wherever_it_moves(repository, snapshot):
    one, two = {"id": "a", "title": "Cerdded", "year": 2025}, {"id": "b", "title": "Walks"}
    save(repository, snapshot, "practice", {"stories": [one]}, language="cy")
    saved = save(repository, snapshot, "practice", {"stories": [two, one]}, language="en")
    assert saved.written_in == {"stories/a/title": "cy", "stories/b/title": "en"}
    saved = save(repository, snapshot, "practice", {"stories": [two]}, language="cy")
    assert saved.written_in == {"stories/b/title": "en"}


# Rounds that take no answers


def test_a_closed_round_takes_nothing(repository, snapshot):
    save(repository, snapshot, "about", FIRST)
    close_round(repository, ROUND, NOW)
    closed = load_snapshot(repository, ROUND)
    before = repository.read(("rounds", ROUND, "reflection"), "arfon")
    assert refusal(lambda: save(repository, closed, "about", SECOND)) == "round_closed"
    assert refusal(lambda: submit(repository, closed, "arfon", language="en", now=NOW)) == "round_closed"
    assert refusal(lambda: reopen(repository, closed, "arfon", reason="r", by="eira", now=NOW)) == "round_closed"
    assert repository.read(("rounds", ROUND, "reflection"), "arfon") == before


@pytest.mark.parametrize("moment", [NOW - timedelta(days=2), NOW + timedelta(days=1)])
def test_neither_does_a_round_before_its_opening_or_after_its_closing_time(repository, moment):
    snapshot = opened_round(repository, closes=NOW + timedelta(days=1))
    assert refusal(lambda: save(repository, snapshot, "about", FIRST, now=moment)) == "round_closed"
    assert read_response(repository, ROUND, "arfon").status == "not_started"


# Submitting


def test_submitting_names_every_gap_and_changes_nothing(repository, snapshot):
    save(repository, snapshot, "about", {"how": "other"})
    save(repository, snapshot, "practice", {"stories": [{"id": "a1", "year": 2020}]})
    before = repository.read(("rounds", ROUND, "reflection"), "arfon")
    with pytest.raises(Incomplete) as incomplete:
        submit(repository, snapshot, "arfon", language="en", now=NOW)
    named = [(gap.page.key, gap.question.id, gap.problem.part) for gap in incomplete.value.gaps]
    assert named == [
        ("about", "how_other", None),
        ("outcome/m-01", "criteria", "m-01.f1"),
        ("outcome/m-01", "criteria", "m-01.f2"),
        ("outcome/m-01", "level", None),
        ("practice", "stories", "a1.title"),
    ]
    assert repository.read(("rounds", ROUND, "reflection"), "arfon") == before


def test_a_draft_may_hold_too_much_text_but_is_not_submitted_with_it(repository, snapshot):
    save_all(repository, snapshot)
    stories = [{"id": "a1", "title": "First\nsecond"}]
    save(repository, snapshot, "about", {**COMPLETE["about"], "change": "x" * 101})
    save(repository, snapshot, "practice", {"stories": stories})
    with pytest.raises(Incomplete) as incomplete:
        submit(repository, snapshot, "arfon", language="en", now=NOW)
    named = [(gap.page.key, gap.question.id, gap.problem.code, gap.problem.part) for gap in incomplete.value.gaps]
    assert named == [("about", "change", "too_long", None), ("practice", "stories", "one_line", "a1.title")]


def test_a_draft_that_is_too_long_is_sound_and_a_submission_is_not(repository, snapshot):
    save_all(repository, snapshot, answers={**COMPLETE, "about": {**COMPLETE["about"], "change": "x" * 101}})
    where = ("rounds", ROUND, "reflection")
    record = repository.read(where, "arfon")
    check = sound(repository, language("en"))
    assert list(check(where, "arfon", record)) == []
    pages = {key: {name: page[name] for name in ("answers", "written_in")} for key, page in record["pages"].items()}
    submission = {"number": 1, "submitted_at": NOW.isoformat(), "submitted_in": "en", "text_revision": 0}
    record |= {
        "status": "submitted",
        "submissions": [{**submission, "frozen": snapshot.round.snapshot_digest, "pages": pages}],
    }
    assert list(check(where, "arfon", record)) == ["A submission has gaps, or answers that were not asked for."]


def test_submitting_what_was_never_begun_makes_nothing(repository, snapshot):
    with pytest.raises(Incomplete):
        submit(repository, snapshot, "arfon", language="en", now=NOW)
    assert repository.keys(("rounds", ROUND, "reflection")) == []


def test_a_submission_holds_the_answers_and_what_they_were_asked_by(repository, snapshot):
    save_all(repository, snapshot, language="cy")
    submission = submit(repository, snapshot, "arfon", language="cy", now=LATER)
    assert submission.answers == COMPLETE
    assert submission.written_in == {
        "about": {"how_other": "cy", "change": "cy"},
        "outcome/m-01": {"difference": "cy"},
        "practice": {"stories/a1/title": "cy"},
    }
    assert (submission.number, submission.submitted_at, submission.submitted_in) == (1, LATER, "cy")
    assert (submission.snapshot_digest, submission.text_revision) == (snapshot.round.snapshot_digest, 0)
    response = read_response(repository, ROUND, "arfon")
    assert (response.status, response.counted) == ("submitted", submission)
    assert response.history[-1] == {"at": LATER.isoformat(), "what": "submitted", "number": 1}


def test_what_was_not_asked_in_the_end_is_left_out_of_the_submission_but_not_of_the_draft(repository, snapshot):
    changed = {
        **COMPLETE,
        "about": {"how": "meeting", "how_other": "Dros ginio"},
        "outcome/m-01": {
            "criteria": {"m-01.f1": "in_place", "m-01.f2": "in_place"},
            "level": "foundation",
            "difference": "No longer asked",
        },
    }
    save_all(repository, snapshot, answers=changed)
    submission = submit(repository, snapshot, "arfon", language="en", now=NOW)
    assert submission.answers["about"] == {"how": "meeting"}
    assert "difference" not in submission.answers["outcome/m-01"]
    assert submission.written_in["about"] == submission.written_in["outcome/m-01"] == {}
    assert read_response(repository, ROUND, "arfon").answers == changed


def test_submitting_twice_makes_one_submission(repository, snapshot):
    save_all(repository, snapshot)
    first = submit(repository, snapshot, "arfon", language="en", now=NOW)
    assert submit(repository, snapshot, "arfon", language="cy", now=LATER) == first
    close_round(repository, ROUND, NOW)
    assert submit(repository, load_snapshot(repository, ROUND), "arfon", language="cy", now=LATER) == first
    assert len(read_response(repository, ROUND, "arfon").submissions) == 1


def test_nothing_is_saved_over_what_was_submitted(repository, snapshot):
    save_all(repository, snapshot)
    submit(repository, snapshot, "arfon", language="en", now=NOW)
    assert refusal(lambda: save(repository, snapshot, "about", FIRST)) == "already_submitted"
    assert read_response(repository, ROUND, "arfon").answers == COMPLETE


# Reopening


def test_a_reopened_response_counts_as_it_was_until_it_is_submitted_again(repository, snapshot):
    save_all(repository, snapshot)
    first = submit(repository, snapshot, "arfon", language="en", now=NOW)
    reopened = reopen(repository, snapshot, "arfon", reason=" A wrong number ", by="eira", now=LATER)
    assert (reopened.status, reopened.counted) == ("reopened", first)
    assert reopened.history[-1] == {
        "at": LATER.isoformat(),
        "what": "reopened",
        "by": "eira",
        "reason": "A wrong number",
    }
    save(repository, snapshot, "about", FIRST, now=LATER)
    changing = read_response(repository, ROUND, "arfon")
    assert (changing.status, changing.counted) == ("reopened", first)
    second = submit(repository, snapshot, "arfon", language="cy", now=LATER)
    final = read_response(repository, ROUND, "arfon")
    assert (final.status, final.counted, final.submissions) == ("submitted", second, (first, second))
    assert (second.number, second.answers["about"], first.answers["about"]) == (2, FIRST, COMPLETE["about"])


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_reopening_needs_a_reason(repository, snapshot, reason):
    save_all(repository, snapshot)
    submit(repository, snapshot, "arfon", language="en", now=NOW)
    assert refusal(lambda: reopen(repository, snapshot, "arfon", reason=reason, by="eira", now=NOW)) == "reason_needed"
    assert read_response(repository, ROUND, "arfon").status == "submitted"


def test_only_what_was_submitted_is_reopened(repository, snapshot):
    save(repository, snapshot, "about", FIRST, cluster="conwy-west")
    for cluster, code in [("arfon", "not_submitted"), ("conwy-west", "not_submitted"), ("nowhere", "unknown_cluster")]:
        assert refusal(lambda: reopen(repository, snapshot, cluster, reason="r", by="e", now=NOW)) == code  # noqa: B023
    assert repository.keys(("rounds", ROUND, "reflection")) == ["conwy-west"]


# Several processes at once


def _submit_in_a_process(root, start, results):
    repository = FileRepository(root)
    snapshot = load_snapshot(repository, ROUND)
    start.wait()
    results.put(submit(repository, snapshot, "arfon", language="en", now=LATER).number)


def _save_in_a_process(root, start, results, number):
    repository = FileRepository(root)
    snapshot = load_snapshot(repository, ROUND)
    start.wait()
    page = snapshot.instrument("arfon").page("about")

    def add(theirs):
        return {**theirs, "change": theirs.get("change", "") + str(number)}

    save_page(repository, snapshot, "arfon", page, add, writer=Writer("en"), now=NOW, new_id="a")
    results.put(number)


def _at_once(target, root, arguments):
    context = multiprocessing.get_context("spawn")
    start, results = context.Barrier(len(arguments)), context.Queue()
    processes = [context.Process(target=target, args=(root, start, results, *more)) for more in arguments]
    for process in processes:
        process.start()
    found = [results.get(timeout=60) for _ in processes]
    for process in processes:
        process.join(60)
        assert process.exitcode == 0
    return found


def test_processes_that_submit_at_once_make_one_submission(repository, snapshot):
    save_all(repository, snapshot)
    assert _at_once(_submit_in_a_process, repository.root, [()] * 4) == [1] * 4
    response = read_response(repository, ROUND, "arfon")
    assert len(response.submissions) == 1
    assert [entry["what"] for entry in response.history].count("submitted") == 1


def test_of_processes_that_save_the_same_page_at_once_each_is_kept(repository, snapshot):
    _at_once(_save_in_a_process, repository.root, [(number,) for number in range(4)])
    page = read_response(repository, ROUND, "arfon").pages["about"]
    assert (page.revision, sorted(page.answers["change"])) == (4, ["0", "1", "2", "3"])
