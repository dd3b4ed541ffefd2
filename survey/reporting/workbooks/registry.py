"""Which workbook a round gets: settled by what its questionnaire asks of whom, never by its name.

clusters that answer to criteria, judge their level    the national implementation progress workbook
and rate enablers
people who say their profession and rate skills        the workforce workbook
any other questionnaire                                the generic workbook
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.languages import Language, Phrase
from survey.questionnaire.definition import Questionnaire
from survey.reporting.records.series import read_series
from survey.reporting.workbooks.export import workbook_name
from survey.reporting.workbooks.generic.workbook import read_answers, workbook_of_clusters, workbook_of_people
from survey.reporting.workbooks.national.workbook import workbook_of
from survey.reporting.workbooks.report import Report
from survey.reporting.workbooks.workforce.workbook import NEEDED, read_release, workforce_workbook
from survey.reporting.xlsx.description import Workbook
from survey.reporting.xlsx.drawing import write_workbook
from survey.storage.repository import Repository, Unreadable

NATIONAL = Phrase("file name", "national-workbook")
WORKFORCE = Phrase("file name", "workforce-workbook")
GENERIC = Phrase("file name", "workbook")
REFLECTION = frozenset({"judged_level", "criteria", "enabler"})


@dataclass(frozen=True)
class Prepared:
    """A round read and counted once, to be told in any language. `unreadable` are the records left out."""

    snapshot: RoundSnapshot
    name: Phrase
    workbook: Callable[[Language], Workbook]
    unreadable: tuple[Unreadable, ...]

    def write(self, language: Language, target: Path) -> Path:
        """Write the workbook to a file, or under its own name into a folder, and return where it is. Raises OSError."""
        name = workbook_name(self.name, self.snapshot.round, language)
        path = target / name if target.is_dir() else target
        write_workbook(self.workbook(language), path)
        return path


def prepared(repository: Repository, round_id: str, threshold: int, now: datetime) -> Prepared:
    """The workbook of a round. `threshold` is the smallest number of people that is shown.

    Raises DomainError: unknown_round, not_open (a draft has no answers), still_open (people are answering); Unreadable
    when the round itself cannot be read; Recoverable when a small group could be worked out.
    """
    snapshot = load_snapshot(repository, round_id)
    if snapshot.questionnaire.respondent == "anonymous":
        return _of_people(repository, snapshot, threshold)
    return _of_clusters(repository, snapshot, now)


def export_workbook(
    repository: Repository, round_id: str, threshold: int, now: datetime, language: Language, target: Path
) -> Path:
    """Write one workbook of a round, as `Prepared.write` does. Raises as `prepared`, and OSError."""
    return prepared(repository, round_id, threshold, now).write(language, target)


def measures_of(questionnaire: Questionnaire) -> frozenset[str]:
    """What the questions of a questionnaire feed."""
    questions = (question for section in questionnaire.sections for question in section.questions)
    return frozenset(question.measure for question in questions if question.measure)


def _of_people(repository: Repository, snapshot: RoundSnapshot, threshold: int) -> Prepared:
    if measures_of(snapshot.questionnaire) >= NEEDED:
        release = read_release(repository, snapshot, threshold)
        return Prepared(
            snapshot,
            WORKFORCE,
            lambda language: workforce_workbook(repository, release, language),
            release.people.unreadable,
        )
    answers = read_answers(repository, snapshot, threshold)
    return Prepared(
        snapshot, GENERIC, lambda language: workbook_of_people(repository, answers, language), answers.people.unreadable
    )


def _of_clusters(repository: Repository, snapshot: RoundSnapshot, now: datetime) -> Prepared:
    is_national = measures_of(snapshot.questionnaire) >= REFLECTION
    describe = workbook_of if is_national else workbook_of_clusters
    series = read_series(repository, snapshot.round.id)
    is_open = snapshot.round.takes_answers(now)
    return Prepared(
        snapshot,
        NATIONAL if is_national else GENERIC,
        lambda language: describe(repository, Report(series, language, is_open)),
        series.unreadable,
    )
