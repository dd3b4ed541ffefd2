"""Unnamed responses: what is kept of them and for how long, and that one person makes one."""

import re
import threading
from datetime import timedelta

import pytest

from survey.atomic_file import DAY_NS
from survey.collection.clock import note_day
from survey.collection.errors import DomainError
from survey.collection.responses.anonymous import read_responses, responses_of, submit_draft
from survey.collection.responses.anonymous_drafts import (
    KEPT,
    begin,
    clear_drafts,
    close_and_clear,
    drafts_of,
    read_draft,
    resume,
    resumes_of,
    save_draft,
    stale_drafts,
    store_resume_code,
)
from survey.collection.responses.lifecycle import Incomplete
from survey.collection.responses.merge import whole
from survey.collection.rounds.round import close_round
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.collection.soundness import sound
from survey.languages import language
from survey.storage.repository import Unreadable
from survey.storage.tinydb_files.repository import FileRepository
from survey.storage.verification import verify
from tests.collection import example
from tests.collection.anonymous_example import (
    ANSWERS,
    CLUSTER,
    NOW,
    ROUND,
    begun,
    opened_round,
    response_id,
    submitted,
)
from tests.verified import is_clean

SECRET = b"a secret of the test"
CODE = "K7QT-9WXM-3FBD"
OTHER_CODE = "22KT-9WXM-3FBD"


@pytest.fixture
def snapshot(repository: FileRepository) -> RoundSnapshot:
    return opened_round(repository)


def refusal(call, *args, **kwargs) -> str:
    with pytest.raises(DomainError) as caught:
        call(*args, **kwargs)
    return caught.value.code


def submit(
    repository: FileRepository, snapshot: RoundSnapshot, draft_id: str, number: int = 1, **changes: object
) -> None:
    submit_draft(repository, snapshot, draft_id, response_id(number), **{"language": "cy", "now": NOW, **changes})


def test_a_draft_holds_what_was_saved_page_by_page(repository, snapshot):
    draft_id = begun(repository, snapshot)
    draft = read_draft(repository, ROUND, draft_id, NOW)
    assert {key: page.answers for key, page in draft.pages.items()} == ANSWERS
    assert draft.pages["rest"].written_in == {"comment": "cy"}


def test_a_submission_makes_the_draft_a_response(repository, snapshot):
    draft_id = begun(repository, snapshot)
    submit(repository, snapshot, draft_id)
    assert repository.keys(drafts_of(ROUND)) == []
    [response] = read_responses(repository, snapshot)
    assert response.id == response_id(1)
    assert response.answers == ANSWERS
    assert response.cluster == CLUSTER
    assert response.submitted_in == "cy"
    assert response.written_in == {"role": {}, "skills": {}, "rest": {"comment": "cy"}}
    assert response.snapshot_digest == snapshot.round.snapshot_digest


def test_a_response_holds_no_more_than_it_must(repository, snapshot):
    number = submitted(repository, snapshot)
    record = repository.read(responses_of(ROUND), number)
    assert set(record) == {"round", "frozen", "text_revision", "cluster", "submitted_in", "pages"}


def test_no_stored_byte_and_no_time_of_a_file_says_when(repository, snapshot):
    before = set(repository.root.rglob("*"))
    draft_id = begun(repository, snapshot)
    store_resume_code(repository, snapshot, SECRET, draft_id, CODE, NOW)
    submitted(repository, snapshot, 2)
    made = [path for path in repository.root.rglob("*") if path not in before and "locks" not in path.parts]
    files = [path for path in made if path.is_file()]
    assert len(files) == 3
    for path in files:
        text = path.read_text("utf-8")
        assert not re.search(r"\d\d:\d\d|09.17|1790", text), text
        assert draft_id not in text or "resume" in path.parts
        if "responses" in path.parts:
            assert "2026-10-01" not in text
    assert len(made) > 3 * 256
    assert {path.stat().st_mtime_ns % (24 * 60 * 60 * 10**9) for path in made} == {0}
    assert list(repository.entries(("log",), "events")) == []


def test_nothing_that_is_kept_leads_from_a_response_to_its_draft(repository, snapshot):
    draft_id = begun(repository, snapshot)
    store_resume_code(repository, snapshot, SECRET, draft_id, CODE, NOW)
    submit(repository, snapshot, draft_id)
    assert repository.keys(resumes_of(ROUND)) == []
    kept = b"".join(path.read_bytes() for path in repository.root.rglob("*") if path.is_file())
    assert draft_id.encode() not in kept


def test_answers_off_the_path_are_left_out_of_the_response(repository, snapshot):
    answers = {"role": {"job": "nurse", "why_lead": "Everything"}}
    submit(repository, snapshot, begun(repository, snapshot, answers=answers))
    [response] = read_responses(repository, snapshot)
    assert response.answers == {"role": {"job": "nurse"}, "skills": {}, "rest": {}}


def test_submitting_twice_makes_one_response(repository, snapshot):
    draft_id = begun(repository, snapshot)
    submit(repository, snapshot, draft_id)
    submit(repository, snapshot, draft_id)
    assert repository.keys(responses_of(ROUND)) == [response_id(1)]


def test_submitting_at_the_same_moment_makes_one_response(repository, snapshot):
    draft_id = begun(repository, snapshot)
    faults: list[BaseException] = []

    def press() -> None:
        try:
            submit(repository, snapshot, draft_id)
        except BaseException as fault:  # noqa: BLE001
            faults.append(fault)

    presses = [threading.Thread(target=press) for _ in range(8)]
    for one in presses:
        one.start()
    for one in presses:
        one.join()
    assert faults == []
    assert repository.keys(responses_of(ROUND)) == [response_id(1)]
    assert repository.keys(drafts_of(ROUND)) == []


def test_a_retry_after_a_crash_makes_one_response(repository, snapshot, monkeypatch):
    draft_id = begun(repository, snapshot)

    def crash(*_: object) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(repository, "delete", crash)
    with pytest.raises(KeyboardInterrupt):
        submit(repository, snapshot, draft_id)
    monkeypatch.undo()
    submit(repository, snapshot, draft_id)
    assert repository.keys(responses_of(ROUND)) == [response_id(1)]
    assert repository.keys(drafts_of(ROUND)) == []


def test_a_response_never_changes(repository, snapshot):
    draft_id = begun(repository, snapshot)
    submit(repository, snapshot, draft_id)
    before = repository.read(responses_of(ROUND), response_id(1))
    begun(repository, snapshot, answers={"role": {"job": "lead"}})
    assert refusal(submit, repository, snapshot, draft_id) == "sent_before"
    assert repository.read(responses_of(ROUND), response_id(1)) == before
    assert repository.keys(drafts_of(ROUND)) == []


def test_a_draft_with_gaps_stays_a_draft(repository, snapshot):
    draft_id = begun(repository, snapshot, answers={"rest": {"comment": "Hello"}})
    with pytest.raises(Incomplete) as caught:
        submit(repository, snapshot, draft_id)
    assert [gap.question.id for gap in caught.value.gaps] == ["job"]
    assert repository.keys(responses_of(ROUND)) == []


@pytest.mark.parametrize("invented", ["", "../../x", "0" * 32, "f" * 31, "G" * 32])
def test_a_made_up_draft_is_none(repository, snapshot, invented):
    begun(repository, snapshot, 7)
    assert read_draft(repository, ROUND, invented, NOW) is None
    assert refusal(submit, repository, snapshot, invented) == "draft_gone"
    page = snapshot.instrument(CLUSTER).pages[0]
    assert refusal(save_draft, repository, snapshot, invented, page, whole({}), language="en", now=NOW) == "draft_gone"
    assert len(repository.keys(drafts_of(ROUND))) == 1


def test_the_form_of_another_draft_is_not_submitted(repository, snapshot):
    draft_id = begun(repository, snapshot)
    assert refusal(submit, repository, snapshot, draft_id, 2) == "draft_gone"
    assert repository.keys(responses_of(ROUND)) == []


def test_a_round_that_is_over_takes_nothing(repository, snapshot):
    draft_id = begun(repository, snapshot)
    close_round(repository, ROUND, NOW)
    closed = load_snapshot(repository, ROUND)
    page = closed.instrument(CLUSTER).pages[0]
    assert (
        refusal(begin, repository, closed, CLUSTER, draft_id="a" * 32, response_id="b" * 32, now=NOW) == "round_closed"
    )
    assert refusal(save_draft, repository, closed, draft_id, page, whole({}), language="en", now=NOW) == "round_closed"
    assert refusal(submit, repository, closed, draft_id) == "round_closed"


def test_closing_clears_what_can_no_longer_be_submitted(repository, snapshot):
    draft_id = begun(repository, snapshot)
    store_resume_code(repository, snapshot, b"secret", draft_id, "ABCD-EFGH-JKMN", NOW)
    submit(repository, snapshot, begun(repository, snapshot, 2), 2)
    assert repository.keys(drafts_of(ROUND)) == [draft_id]
    assert close_and_clear(repository, ROUND, NOW).status == "closed"
    assert repository.keys(drafts_of(ROUND)) == repository.keys(resumes_of(ROUND)) == []
    assert len(repository.keys(responses_of(ROUND))) == 1
    assert refusal(submit, repository, load_snapshot(repository, ROUND), draft_id) == "round_closed"


def test_the_nightly_clearing_takes_the_drafts_of_closed_rounds(repository, snapshot):
    draft_id = begun(repository, snapshot)
    close_round(repository, ROUND, NOW)
    assert stale_drafts(repository, NOW) == {ROUND: [draft_id]}


def test_a_retry_after_the_close_still_is_a_success(repository, snapshot):
    draft_id = begun(repository, snapshot)
    submit(repository, snapshot, draft_id)
    close_round(repository, ROUND, NOW)
    submit(repository, load_snapshot(repository, ROUND), draft_id)


def test_a_round_of_clusters_takes_no_unnamed_answers(repository):
    clusters = example.opened_round(repository)
    code = refusal(begin, repository, clusters, CLUSTER, draft_id="a" * 32, response_id="b" * 32, now=NOW)
    assert code == "only_by_code"


def test_a_code_leads_back_to_the_draft(repository, snapshot):
    draft_id = begun(repository, snapshot)
    store_resume_code(repository, snapshot, SECRET, draft_id, CODE, NOW)
    assert resume(repository, snapshot, SECRET, CLUSTER, " k7qt 9wxm-3FBD", NOW) == draft_id
    kept = b"".join(path.read_bytes() for path in repository.root.rglob("*.json")).decode()
    assert "K7QT" not in kept
    assert "k7qt" not in kept


def test_a_newer_code_replaces_the_one_before(repository, snapshot):
    draft_id = begun(repository, snapshot)
    for code in (CODE, OTHER_CODE, OTHER_CODE):
        store_resume_code(repository, snapshot, SECRET, draft_id, code, NOW)
    assert resume(repository, snapshot, SECRET, CLUSTER, OTHER_CODE, NOW) == draft_id
    assert refusal(resume, repository, snapshot, SECRET, CLUSTER, CODE, NOW) == "wrong_resume_code"
    assert len(repository.keys(resumes_of(ROUND))) == 1


def test_a_code_leads_nowhere_from_another_cluster_or_secret(repository, snapshot):
    draft_id = begun(repository, snapshot)
    store_resume_code(repository, snapshot, SECRET, draft_id, CODE, NOW)
    for secret, cluster in ((SECRET, "conwy-west"), (b"another", CLUSTER)):
        assert refusal(resume, repository, snapshot, secret, cluster, CODE, NOW) == "wrong_resume_code"


def test_drafts_go_after_fourteen_days(repository, snapshot):
    draft_id = begun(repository, snapshot)
    store_resume_code(repository, snapshot, SECRET, draft_id, CODE, NOW)
    last, over = NOW + KEPT, NOW + KEPT + timedelta(days=1)
    note_day(repository, last)
    young = begun(repository, snapshot, 2, now=last)
    kept = submitted(repository, snapshot, 3)
    assert read_draft(repository, ROUND, draft_id, last) is not None
    assert stale_drafts(repository, last) == {}
    assert read_draft(repository, ROUND, draft_id, over) is None
    assert refusal(submit, repository, snapshot, draft_id, now=over) == "draft_gone"
    assert refusal(resume, repository, snapshot, SECRET, CLUSTER, CODE, over) == "wrong_resume_code"
    clear_drafts(repository, ROUND, stale_drafts(repository, over)[ROUND])
    assert repository.keys(drafts_of(ROUND)) == [young]
    assert repository.keys(resumes_of(ROUND)) == []
    assert repository.keys(responses_of(ROUND)) == [kept]


def test_a_clock_that_is_ahead_deletes_no_draft_and_shows_it_again_when_it_is_put_right(repository, snapshot):
    draft_id = begun(repository, snapshot)
    ahead = NOW + timedelta(days=20)
    for moment in (NOW, NOW + timedelta(days=1), ahead, ahead + timedelta(hours=1)):
        note_day(repository, moment)
        assert stale_drafts(repository, moment) == {}
    assert read_draft(repository, ROUND, draft_id, ahead) is None
    back = NOW + timedelta(days=2)
    note_day(repository, back)
    assert stale_drafts(repository, back) == {}
    assert read_draft(repository, ROUND, draft_id, back) is not None
    for days in range(3, 16):
        note_day(repository, NOW + timedelta(days=days))
    assert stale_drafts(repository, NOW + timedelta(days=15)) == {ROUND: [draft_id]}


def test_a_day_that_could_not_be_noted_is_held_against_the_last_that_was(repository, snapshot):
    draft_id = begun(repository, snapshot)
    for days in range(15):
        note_day(repository, NOW + timedelta(days=days))
    assert stale_drafts(repository, NOW + timedelta(days=15)) == {ROUND: [draft_id]}
    assert stale_drafts(repository, NOW + timedelta(days=40)) == {}


def test_the_day_that_is_noted_tells_no_hour(repository):
    note_day(repository, NOW)
    kept = [repository.root / "clock", *(repository.root / "clock").rglob("*")]
    assert len(kept) > 1
    assert all(path.stat().st_mtime_ns % DAY_NS == 0 for path in kept)


def test_reading_a_draft_writes_nothing(repository, snapshot):
    draft_id = begun(repository, snapshot)
    before = {path: path.stat().st_mtime_ns for path in repository.root.rglob("*")}
    read_draft(repository, ROUND, draft_id, NOW + timedelta(days=100))
    assert {path: path.stat().st_mtime_ns for path in repository.root.rglob("*")} == before


def test_an_unreadable_response_is_reported_with_the_others(repository, snapshot):
    good, bad = (submitted(repository, snapshot, number) for number in (1, 2))
    repository.root.joinpath(*responses_of(ROUND), bad[:2], f"{bad}.json").write_text("{", "utf-8")
    repository.write(responses_of(ROUND), "ab" * 16, {"something": "else"})
    found = list(read_responses(repository, snapshot))
    assert sorted(one.key for one in found if isinstance(one, Unreadable)) == sorted([bad, "ab" * 16])
    assert [one.id for one in found if not isinstance(one, Unreadable)] == [good]


def test_verification_reads_every_kind_of_record(repository, snapshot):
    draft_id = begun(repository, snapshot)
    store_resume_code(repository, snapshot, SECRET, draft_id, CODE, NOW)
    number = submitted(repository, snapshot, 2)
    check = sound(repository, language("en"))
    assert is_clean(verify(repository, check))
    record = repository.read(responses_of(ROUND), number)
    record["pages"]["role"]["answers"]["job"] = "astronaut"
    repository.write(responses_of(ROUND), number, record)
    repository.write(drafts_of(ROUND), draft_id, {"cluster": "nowhere", "day": "soon"})
    assert {one.key for one in verify(repository, check).wrong} == {number, draft_id}
