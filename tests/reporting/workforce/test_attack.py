"""Twenty-five random rounds: whoever has the written workbook cannot work out any small group."""

from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import pytest

from survey.collection.rounds.snapshot import load_snapshot
from survey.languages import language
from survey.reporting.disclosure import linked_counts
from survey.reporting.disclosure.audit import audit, ranges
from survey.reporting.disclosure.counts import CountCell, Counts
from survey.reporting.disclosure.rounding import NOT_ROUNDED
from survey.reporting.disclosure.suppression import hidden_cells
from survey.reporting.records.people import read_closed
from survey.reporting.workbooks.workforce.release import WorkforceRelease, release_of
from survey.reporting.workbooks.workforce.workbook import workforce_workbook
from survey.reporting.xlsx.drawing import write_workbook
from survey.storage.tinydb_files.repository import FileRepository
from tests.reporting.workforce.attacker import Attacker
from tests.reporting.workforce.rounded_attacker import RoundedAttacker
from tests.reporting.workforce.survey_of_people import ROUND, closed_round, short_definition

THRESHOLDS = (5, 3, 10)
ROUNDS = [(seed, THRESHOLDS[seed % 3]) for seed in range(25)]


@dataclass(frozen=True)
class AttackedRound:
    """A random round, its release, and who attacks its workbook in either form: unrounded and as it is published."""

    release: WorkforceRelease
    exact: Attacker
    rounded: RoundedAttacker


@pytest.fixture(scope="module", params=ROUNDS, ids=lambda given: f"round{given[0]}-threshold{given[1]}")
def round_(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AttackedRound:
    return attacked_round(tmp_path_factory.mktemp("attack"), *request.param)


@pytest.fixture
def attacked(round_: AttackedRound) -> tuple[WorkforceRelease, Attacker]:
    return round_.release, round_.exact


@pytest.fixture
def rounded(round_: AttackedRound) -> RoundedAttacker:
    return round_.rounded


def attacked_round(folder: Path, seed: int, threshold: int) -> AttackedRound:
    repository, release = released_round(folder, seed, threshold)
    exact = replace(release, rounded_to=NOT_ROUNDED)
    write_workbook(workforce_workbook(repository, exact, language("en")), folder / "workbook.xlsx")
    return AttackedRound(exact, Attacker(folder / "workbook.xlsx"), rounded_attacker(folder, repository, release))


def released_round(folder: Path, seed: int, threshold: int) -> tuple[FileRepository, WorkforceRelease]:
    number = Random(seed).choice((2, 9, 25, 60, 150, 300))
    repository = closed_round(folder / "data", short_definition(), number, seed)
    return repository, release_of(read_closed(repository, load_snapshot(repository, ROUND)), threshold)


def rounded_attacker(folder: Path, repository: FileRepository, release: WorkforceRelease) -> RoundedAttacker:
    write_workbook(workforce_workbook(repository, release, language("en")), folder / "rounded.xlsx")
    return RoundedAttacker(folder / "rounded.xlsx")


def test_no_number_is_known_exactly_from_rounded_ones(rounded: RoundedAttacker) -> None:
    assert rounded.known_exactly() == set()


def test_whatever_a_figure_is_worked_out_from_was_attacked(attacked: tuple[WorkforceRelease, Attacker]) -> None:
    """The numbers behind means too, which stand nowhere."""
    release, _ = attacked
    behind = {
        f"{tally.key}={answer}"
        for of_measure in release.tallies.values()
        for tally in of_measure
        for name in tally.figures
        for average in tally.figures[name]
        for answer in average.weights
    }
    assert "skills.skills.information_governance=importance.important" in behind
    assert behind <= {cell.of for cell in (*release.counts.values, *release.ordinary)}


def test_every_number_in_the_published_form_is_rounded(rounded: RoundedAttacker) -> None:
    assert all(number % 5 == 0 for number in rounded.shown.values())


def test_without_the_attack_on_rounding_numbers_would_be_known_exactly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linked_counts.RoundingAttack, "told", lambda *_: [])
    careless = (released_round(tmp_path / str(seed), seed, 5) for seed in (4, 5, 7, 8))
    assert any(
        rounded_attacker(repository.root, repository, release).known_exactly() for repository, release in careless
    )


def test_no_number_below_the_threshold_is_shown(attacked: tuple[WorkforceRelease, Attacker]) -> None:
    release, attacker = attacked
    assert all(number >= release.threshold for number in attacker.known.values())


def test_everything_is_in_the_file_or_hidden_there(attacked: tuple[WorkforceRelease, Attacker]) -> None:
    """So that the attack is no attack on nothing."""
    release, attacker = attacked
    in_file = {cell: number for cell, number in release.counts.values.items() if "=" not in cell.of}
    hidden = release.hidden & in_file.keys()
    assert len(attacker.known) + len(attacker.hidden) == len(in_file)
    assert len(attacker.hidden) == len(hidden)
    assert sorted(attacker.known.values()) == sorted(number for cell, number in in_file.items() if cell not in hidden)


def test_nothing_hidden_can_be_had_by_subtraction(attacked: tuple[WorkforceRelease, Attacker]) -> None:
    _, attacker = attacked
    assert attacker.derived == {}


def test_what_is_hidden_below_a_total_is_never_a_small_group_together(
    attacked: tuple[WorkforceRelease, Attacker],
) -> None:
    release, attacker = attacked
    assert all(together >= release.threshold and len(parts) > 1 for together, parts in attacker.pooled())


def test_linear_programming_recovers_nothing(attacked: tuple[WorkforceRelease, Attacker]) -> None:
    release, _ = attacked
    audit(release.counts, release.hidden, release.threshold)
    of_respondents = sorted(cell for cell in release.hidden if not cell.of)[:12]
    found = ranges(release.counts, release.hidden, release.threshold, of_respondents)
    for cell in of_respondents:
        least = release.counts.known.get(cell, (0, 0))[0]
        wanted = 1 if least >= release.threshold else min(release.threshold, release.counts.most_known(cell) - least)
        assert found[cell].spans(wanted) or (len(release.hidden) == len(release.counts.values))


def test_a_small_cluster_may_have_had_any_number_below_the_threshold(
    attacked: tuple[WorkforceRelease, Attacker],
) -> None:
    """For whoever has the workbook and saw what was told of each cluster while the round was open."""
    release, attacker = attacked
    found = attacker.respondents_of_clusters(release.threshold)
    assert set(found.values()) <= {(0, release.threshold - 1)}


def test_a_total_that_gives_a_cluster_away_is_not_shown(tmp_path: Path) -> None:
    """Were what is known of the clusters left out of the protection, rounds as these would give some away."""
    given_away = 0
    for seed, number in ((0, 30), (1, 30), (5, 45)):
        repository = closed_round(tmp_path / f"data{seed}", short_definition(), number, seed, boards=4, clusters=3)
        release = release_of(read_closed(repository, load_snapshot(repository, ROUND)), 5)
        release = replace(release, rounded_to=NOT_ROUNDED)
        counts = release.counts
        forgetful = Counts(counts.values, counts.sums, counts.within, counts.loose)
        careless = replace(release, hidden=hidden_cells(forgetful, 5))
        for one in (release, careless):
            path = tmp_path / f"workbook{seed}.xlsx"
            write_workbook(workforce_workbook(repository, one, language("en")), path)
            found = Attacker(path).respondents_of_clusters(5)
            assert found
            if one is careless:
                given_away += set(found.values()) != {(0, 4)}
            else:
                assert set(found.values()) == {(0, 4)}
    assert given_away


def test_the_attacker_is_able_to_attack(tmp_path: Path) -> None:
    """The same round with only its small counts hidden is worked out at once."""
    repository: FileRepository = closed_round(tmp_path / "data", short_definition(), 150, 4)
    release = release_of(read_closed(repository, load_snapshot(repository, ROUND)), 5)
    primary = frozenset(cell for cell, number in release.counts.values.items() if number < 5)
    careless = replace(release, hidden=primary, rounded_to=NOT_ROUNDED)
    assert primary < release.hidden
    path = tmp_path / "workbook.xlsx"
    write_workbook(workforce_workbook(repository, careless, language("en")), path)
    derived = Attacker(path).derived
    assert derived
    truth: dict[CountCell, int] = dict(release.counts.values)
    assert set(derived.values()) <= set(truth.values())
