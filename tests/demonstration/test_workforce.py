"""The workforce survey of the demonstration: as many answers as it says, all of them possible, the same every time."""

from collections import Counter
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest

from survey.collection.errors import DomainError
from survey.collection.people.access import follow, links_of
from survey.collection.reading.decisions import read_readings
from survey.collection.reading.texts import written_texts
from survey.collection.responses.anonymous import AnonymousResponse, read_responses, responses_of
from survey.collection.rounds.opening import read_sources
from survey.collection.rounds.round import place
from survey.collection.rounds.snapshot import load_snapshot
from survey.collection.soundness import sound
from survey.demonstration.load import CLUSTER_LIST
from survey.demonstration.workforce import CLOSED, EDITION, OPEN, QUESTIONNAIRE, example_token, load_workforce
from survey.languages import language
from survey.questionnaire.library import QUESTIONNAIRES
from survey.reporting.measures.themes import people_theme_counts
from survey.storage.tinydb_files.repository import FileRepository
from survey.storage.verification import verify
from tests.verified import is_clean

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def loaded(root: Path, steps: int | None = None) -> FileRepository:
    repository = FileRepository(root)
    sources = read_sources(QUESTIONNAIRES, QUESTIONNAIRE, EDITION, CLUSTER_LIST)
    for _ in islice(load_workforce(repository, CLUSTER_LIST, sources, lambda _: [], NOW), steps):
        pass
    return repository


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> FileRepository:
    return loaded(tmp_path_factory.mktemp("workforce"))


def responses(repository: FileRepository, round_id: str) -> list[AnonymousResponse]:
    found = list(read_responses(repository, load_snapshot(repository, round_id)))
    return [one for one in found if isinstance(one, AnonymousResponse)]


def test_about_1_800_people_answer_in_the_closed_round(kept: FileRepository) -> None:
    found = responses(kept, CLOSED.round)
    assert 1_700 <= len(found) <= 1_900
    snapshot = load_snapshot(kept, CLOSED.round)
    assert snapshot.round.status == "closed"
    by_cluster = Counter(one.cluster for one in found)
    counts = [by_cluster[cluster.code] for cluster in snapshot.clusters.clusters]
    assert counts.count(0) == 3
    assert {1, 2, 3, 4} <= set(counts)
    boards = {snapshot.cluster(one.cluster).health_board for one in found}
    assert boards == {board.code for board in snapshot.clusters.health_boards}


def test_a_round_is_open_to_try(kept: FileRepository) -> None:
    assert load_snapshot(kept, OPEN.round).round.takes_answers(NOW)
    assert 100 <= len(responses(kept, OPEN.round)) <= 500
    assert len(links_of(kept, OPEN.round)) == 60
    token = example_token(OPEN, "arfon")
    assert follow(kept, token, demonstration=True).round == OPEN.round
    with pytest.raises(DomainError):
        follow(kept, token, demonstration=False)


def test_every_answer_is_one_that_a_person_could_give(kept: FileRepository) -> None:
    assert is_clean(verify(kept, sound(kept, language("en"))))


def test_answers_are_plausible(kept: FileRepository) -> None:
    found = responses(kept, CLOSED.round)
    professions = Counter(one.answers["role"]["profession"] for one in found)
    assert professions["gp"] > professions["podiatrist"] > 0
    assert len(professions) == 27
    for one in found:
        if one.answers["role"]["profession"] == "dentist":
            assert one.answers["role"].get("employer") in (None, "dental_practice", "health_board", "self_employed")
    written_in = Counter(one.submitted_in for one in found)
    assert written_in["cy"] > 150
    comments = [one.answers["anything_else"].get("anything_else") for one in found]
    assert 100 < sum(comment is not None for comment in comments) < 350


def test_the_skills_that_are_hard_have_the_widest_gaps(kept: FileRepository) -> None:
    scores = {"not": 1, "slightly": 2, "very": 4}
    gaps: dict[str, list[int]] = {}
    for one in responses(kept, CLOSED.round):
        for row, cells in one.answers["skills"].get("skills", {}).items():
            if cells["confidence"] != "not_applicable":
                importance, confidence = (
                    scores.get(cells[part].split("_")[0], 3) for part in ("importance", "confidence")
                )
                gaps.setdefault(row, []).append(importance - confidence)
    means = {row: sum(found) / len(found) for row, found in gaps.items()}
    assert means["evaluation"] > means["multi_professional"]
    assert max(means.values()) > 0.3
    assert len({round(mean, 1) for mean in means.values()}) > 5


def test_the_same_answers_come_each_time_and_a_load_cut_short_goes_on(kept: FileRepository, tmp_path: Path) -> None:
    again = loaded(tmp_path / "again", 20)
    assert again.keys(responses_of(OPEN.round)) == []
    again = loaded(tmp_path / "again")
    for wave in (CLOSED, OPEN):
        assert dict(again.read_all(responses_of(wave.round))) == dict(kept.read_all(responses_of(wave.round)))
        assert again.keys(place(wave.round, "links")) == kept.keys(place(wave.round, "links"))
    again.delete(responses_of(OPEN.round), again.keys(responses_of(OPEN.round))[0])
    before = again.keys(responses_of(OPEN.round))
    assert loaded(tmp_path / "again").keys(responses_of(OPEN.round)) == before


def test_comments_that_are_under_a_theme_are_released_and_the_others_wait(kept: FileRepository) -> None:
    readings = read_readings(kept, CLOSED.round)
    assert len(written_texts(kept, load_snapshot(kept, CLOSED.round))) > len(readings) > 0
    assert all(reading.state == "released" and reading.themes for reading in readings.values())
    told = people_theme_counts(kept, load_snapshot(kept, CLOSED.round), 5)
    assert [count.people is None for count in told] == [False, False, False, True]
