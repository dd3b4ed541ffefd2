"""The workbook of a round, made by a job in a process of its own."""

import io
import os
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import astuple, replace
from datetime import UTC, datetime

import openpyxl
import pytest

from survey.collection.rounds.releases import read_releases
from survey.collection.rounds.round import change_round, close_round
from survey.collection.rounds.snapshot import load_snapshot
from survey.languages import GENERATION_FILE, language, mark_missing, when_missing
from survey.reporting import job_turns
from survey.reporting.job_turns import AT_ONCE, turn
from survey.reporting.jobs import (
    FAILED,
    LOW_PRIORITY,
    MISSING,
    PATIENCE,
    READY,
    RUNNING,
    content_of,
    enqueue,
    kept_file,
    main,
    run,
    start,
)
from survey.reporting.tasks.job import RELEASE, WORKBOOK, Job
from survey.reporting.workbooks import registry
from survey.reporting.workbooks.registry import workbook_state
from survey.storage.repository import StorageFull
from survey.storage.tinydb_files.repository import FileRepository
from tests.collection.example import LATER, NOW, ROUND, opened_round, save
from tests.reporting.small_wales import ROUND as THIS_YEAR
from tests.reporting.small_wales import small_wales
from tests.reporting.workforce.survey_of_people import ROUND as PEOPLE
from tests.reporting.workforce.survey_of_people import closed_round, cluster_list, opened, short_definition


@pytest.fixture
def repository(tmp_path):
    return FileRepository(tmp_path / "data")


@pytest.fixture
def snapshot(repository):
    return opened_round(repository)


@pytest.fixture
def priorities(monkeypatch):
    """What the process of a job asks of the system, which goes on with other tests here."""
    asked = []
    monkeypatch.setattr(os, "nice", asked.append)
    yield asked
    when_missing(mark_missing)


def workbook(round_id=ROUND):
    return Job(round_id, WORKBOOK, 5, language="cy")


def state_of(repository, round_id=ROUND, threshold=5, now=NOW):
    return workbook_state(repository, load_snapshot(repository, round_id), threshold, now)


def test_the_site_carries_no_pandas_for_it():
    found = subprocess.run(
        [sys.executable, "-c", "import wsgi, sys; print('pandas' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == "False"


def test_the_state_changes_with_every_answer_and_with_nothing_else(repository, snapshot):
    first = state_of(repository)
    assert state_of(FileRepository(repository.root)) == first
    save(repository, snapshot, "about", {"how": "meeting"})
    second = state_of(repository)
    assert second != first
    enqueue(repository, workbook(), second, NOW)
    assert state_of(repository) == second
    opened_round(repository, "other")
    assert state_of(repository) != second


def test_figures_of_clusters_are_another_state_once_they_are_final(repository, snapshot):
    change_round(repository, ROUND, lambda kept: replace(kept, closes=LATER))
    while_open = state_of(repository)
    assert state_of(repository, threshold=10) == while_open
    assert state_of(repository, now=LATER) != while_open
    close_round(repository, ROUND, NOW)
    assert state_of(repository) != while_open


def test_the_state_of_a_survey_of_people_is_that_of_their_responses(tmp_path):
    repository = closed_round(tmp_path / "data", short_definition(), 40, "people")
    first = state_of(repository, PEOPLE)
    assert state_of(FileRepository(repository.root), PEOPLE, now=LATER) == first
    assert state_of(repository, PEOPLE, threshold=10) != first
    responses = ("rounds", PEOPLE, "skills", "responses")
    key = repository.keys(responses)[7]
    response = repository.read(responses, key)
    repository.delete(responses, key)
    without = state_of(repository, PEOPLE)
    assert without != first
    repository.write(responses, "f" * 32, response)
    assert state_of(repository, PEOPLE) not in (first, without)


@pytest.mark.parametrize("of_people", [False, True])
def test_another_version_of_the_software_is_another_state(repository, snapshot, monkeypatch, of_people):
    round_id = PEOPLE if of_people else ROUND
    if of_people:
        closed_round(repository.root, short_definition(), 4, "people")
    first = state_of(repository, round_id)
    monkeypatch.setattr(registry, "software_version", lambda: "Myfyrio 99")
    assert state_of(repository, round_id) != first
    monkeypatch.undo()
    assert state_of(repository, round_id) == first


def test_catalogues_compiled_anew_are_another_state(repository, snapshot, tmp_path, monkeypatch):
    monkeypatch.setattr(registry, "REPOSITORY_CATALOGUES", tmp_path)
    seen = [state_of(repository)]
    for generation in ("a", "b"):
        (tmp_path / GENERATION_FILE).write_text(generation, "ascii")
        seen.append(state_of(repository))
    assert len(set(seen)) == 3


def test_a_response_replaced_by_one_of_its_size_at_its_time_is_another_state(repository, snapshot):
    save(repository, snapshot, "about", {"how": "meeting", "people": 3})
    path = repository.root / "rounds" / ROUND / "reflection" / "arfon.json"
    before, times = state_of(repository), path.stat()
    other = path.with_name("new")
    other.write_bytes(path.read_bytes().replace(b"3", b"4"))
    os.utime(other, ns=(times.st_atime_ns, times.st_mtime_ns))
    other.replace(path)
    assert state_of(repository) != before


def test_a_torn_response_does_not_stop_it(repository, snapshot):
    save(repository, snapshot, "about", {"how": "meeting"})
    (repository.root / "rounds" / ROUND / "reflection" / "arfon.json").write_bytes(b"{")
    assert state_of(repository)


def test_reading_how_it_stands_makes_nothing(repository, snapshot):
    assert kept_file(repository, workbook(), NOW).status == MISSING
    assert repository.keys(("rounds", ROUND, "made")) == []


@pytest.mark.slow
def test_a_process_of_its_own_makes_the_workbook(tmp_path):
    repository = small_wales(tmp_path / "wales")
    now = datetime.now(UTC)
    state = state_of(repository, THIS_YEAR, now=now)
    job = workbook(THIS_YEAR)
    assert enqueue(repository, job, state, now)
    start(repository.root, None, job)
    for _ in range(300):
        kept = kept_file(repository, job, datetime.now(UTC))
        if kept.status != RUNNING:
            break
        time.sleep(0.1)
    assert kept.status == READY
    assert kept.state == state == state_of(repository, THIS_YEAR, now=now)
    content = content_of(repository, job, kept)
    assert content is not None
    assert content == (repository.root / "rounds" / THIS_YEAR / "made" / "workbook.cy.file").read_bytes()
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert len(book.worksheets) > 10
    assert kept.name.endswith(".cy.xlsx")
    assert not enqueue(repository, job, state, now)


def test_no_more_than_two_jobs_are_done_at_once_and_who_waits_is_not_taken_for_dead(
    repository, snapshot, priorities, monkeypatch
):
    begun = datetime.now(UTC) - PATIENCE / 2
    job = workbook()
    assert enqueue(repository, job, state_of(repository), begun)
    seen = []

    def look(_seconds):
        seen.append(kept_file(repository, job, begun + PATIENCE))
        if len(seen) == 3:
            others.pop_all().close()

    with ExitStack() as others:
        for _ in range(AT_ONCE):
            others.enter_context(turn(repository.root, pytest.fail))
        monkeypatch.setattr(job_turns.time, "sleep", look)
        assert main([str(repository.root), *map(str, astuple(job))]) == 0
    assert {kept.status for kept in seen} == {RUNNING}
    assert kept_file(repository, job, datetime.now(UTC)).status == READY


def test_of_people_a_job_makes_the_first_release_and_says_how_it_went(tmp_path, priorities):
    repository = closed_round(tmp_path / "data", short_definition(), 40, "people")
    job = Job(PEOPLE, RELEASE, 5, by="eira")
    assert enqueue(repository, job, state_of(repository, PEOPLE), NOW)
    assert main([str(repository.root), *map(str, astuple(job))]) == 0
    assert priorities == [LOW_PRIORITY]
    assert [path.name for path in (repository.root / "rounds" / PEOPLE / "made").iterdir()] == ["release.json"]
    (release,) = read_releases(repository, PEOPLE)
    assert release.by == "eira"
    name = language("cy").pgettext("file name", "workforce-workbook")
    assert release.files["cy"].name.startswith(name)


def test_of_people_what_is_refused_is_kept_to_be_said(tmp_path):
    repository, _ = opened(tmp_path / "data", short_definition(), cluster_list(2, 2))
    job = Job(PEOPLE, RELEASE, 5, by="eira")
    assert enqueue(repository, job, "", NOW)
    run(repository, job, NOW)
    kept = kept_file(repository, job, NOW)
    assert (kept.status, kept.refused.code) == (FAILED, "still_open")
    assert enqueue(repository, job, "", NOW)
    assert kept_file(repository, job, NOW).refused is None


def test_what_cannot_be_made_is_said(repository, snapshot, priorities, caplog):
    now = datetime.now(UTC)
    job = workbook()
    assert enqueue(repository, job, state_of(repository), now)
    (repository.root / "rounds" / ROUND / "frozen" / "definition.json").write_bytes(b"{}")
    assert main([str(repository.root), *map(str, astuple(job))]) == 1
    assert kept_file(repository, job, datetime.now(UTC)).status == FAILED
    assert "could not be done" in caplog.text


def test_a_disk_without_room_for_the_workbook_is_said_at_once(repository, snapshot, monkeypatch):
    def full(*_):
        raise StorageFull

    now = datetime.now(UTC)
    job = workbook()
    assert enqueue(repository, job, state_of(repository), now)
    monkeypatch.setattr(type(repository), "write_bytes", full)
    with pytest.raises(StorageFull):
        run(repository, job, now)
    assert kept_file(repository, job, now).status == FAILED
