"""Every kind of workbook, and which of them a round gets: settled by what its questionnaire asks of whom.

A kind declares itself once, in `KINDS`. No numpy is loaded until a workbook is read: the site imports this module.
"""

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from survey.collection.errors import DomainError
from survey.collection.reading.themes import themes_of
from survey.collection.responses.anonymous import responses_of
from survey.collection.responses.response import REFLECTION
from survey.collection.rounds.extensions import may_still_change
from survey.collection.rounds.round import place, readable_rounds
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.config import software_version
from survey.languages import GENERATION_FILE, REPOSITORY_CATALOGUES, Language, Phrase, in_uk
from survey.reporting.xlsx.description import Workbook
from survey.storage.repository import Repository, Unreadable

if TYPE_CHECKING:
    from survey.reporting.disclosure.protection import Issue

OWN_WORDS = Phrase("file name", "clusters-own-words")
WorkbookContent = tuple[Callable[[Language], Workbook], tuple[Unreadable, ...]]
"""What describes a workbook in a language, and the records that are left out of it."""


@dataclass(frozen=True)
class WorkbookKind:
    """A kind of workbook, made of a round whose questionnaire asks its `respondent` for all of the `measures`.

    `name` is that of what is kept of it, `file_name` what a person sees of it. `read` reads and counts a round once;
    `state` is what it shows beside its wording, so that an old workbook can be told from the data.
    """

    name: str
    file_name: Phrase
    respondent: str
    measures: frozenset[str]
    read: Callable[..., WorkbookContent]
    state: Callable[[Repository, RoundSnapshot, int, datetime], Iterator[str]]


@dataclass(frozen=True)
class Prepared:
    """A round read and counted once, to be told in any language. `unreadable` are the records left out, `marked` is
    what the names of its files say besides, `as_at` is the moment that was looked back to, if any."""

    kind: WorkbookKind
    snapshot: RoundSnapshot
    workbook: Callable[[Language], Workbook]
    unreadable: tuple[Unreadable, ...]
    marked: Phrase | None = None
    as_at: datetime | None = None

    def path(self, language: Language, target: Path) -> Path:
        """Where the workbook is written to: a file, or under its own name into a folder.

        Its name is “national-workbook-sr-2026-2026-27.en.xlsx”, or the same in Welsh; with the moment that it looks
        back to, if it does.
        """
        of_round = self.snapshot.round
        moment = f"-{in_uk(self.as_at):%Y-%m-%dT%H%M}" if self.as_at else ""
        said = "-".join(language.say(words) for words in (self.kind.file_name, self.marked) if words)
        name = f"{said}-{of_round.id}-{of_round.reporting_year}{moment}.{language.code}.xlsx"
        return target / name if target.is_dir() else target

    def write(self, language: Language, target: Path) -> Path:
        """Write the workbook, and return where it is. Raises OSError."""
        from survey.reporting.xlsx.drawing import write_workbook

        path = self.path(language, target)
        write_workbook(self.workbook(language), path)
        return path

    def file(self, language: Language) -> tuple[str, bytes]:
        """The name and content of the workbook."""
        with tempfile.TemporaryDirectory() as folder:
            path = self.write(language, Path(folder))
            return path.name, path.read_bytes()


def prepared(
    repository: Repository, round_id: str, threshold: int, now: datetime, as_at: datetime | None = None
) -> Prepared:
    """The workbook of a round as it is now, or as it was at an earlier moment. `threshold` is the smallest number of
    people that is shown.

    What is given out of a round of people is made by `survey.reporting.releases`, once.
    Raises DomainError: unknown_round, not_open (a draft has no answers), still_open (people are answering),
    not_looked_back (people’s responses hold no time); Unreadable when the round itself cannot be read; Recoverable when
    a small group could be worked out.
    """
    snapshot = load_snapshot(repository, round_id)
    kind = kind_of(snapshot)
    if as_at and kind.respondent == "anonymous":
        raise DomainError("not_looked_back", round=round_id)
    return Prepared(kind, snapshot, *kind.read(repository, snapshot, threshold, now, as_at), as_at=as_at)


def prepared_words(repository: Repository, round_id: str, now: datetime, as_at: datetime | None = None) -> Prepared:
    """What the clusters of a round wrote, in a workbook of its own.

    Raises DomainError: unknown_round, not_open, not_reflection (people’s words wait to be released); Unreadable when
    the round itself cannot be read.
    """
    from survey.reporting.workbooks.national.own_words import workbook_of_words

    snapshot = load_snapshot(repository, round_id)
    kind = replace(kind_of(snapshot), file_name=OWN_WORDS)
    return Prepared(kind, snapshot, *_of_clusters(workbook_of_words, repository, snapshot, now, as_at), as_at=as_at)


def kind_of(snapshot: RoundSnapshot) -> WorkbookKind:
    """The kind of workbook that a round gets."""
    questionnaire = snapshot.questionnaire
    asked = {question.measure for section in questionnaire.sections for question in section.questions}
    return next(kind for kind in KINDS if kind.respondent == questionnaire.respondent and kind.measures <= asked)


def workbook_state(repository: Repository, snapshot: RoundSnapshot, threshold: int, now: datetime) -> str:
    """A digest of everything that the workbook of a round is made from. No response is read for it."""
    generation = REPOSITORY_CATALOGUES / GENERATION_FILE
    kind = kind_of(snapshot)
    parts = [
        kind.name,
        software_version(),
        generation.read_text("ascii") if generation.is_file() else "",
        *kind.state(repository, snapshot, threshold, now),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def prepared_issue(repository: Repository, snapshot: RoundSnapshot, issue: "Issue", now: datetime) -> Prepared:
    """The workbook of a round of clusters as a release of it. Raises what `prepared` raises."""
    kind = kind_of(snapshot)
    return Prepared(kind, snapshot, *kind.read(repository, snapshot, 0, now, None, issue))


def _national(
    repository: Repository,
    snapshot: RoundSnapshot,
    _threshold: int,
    now: datetime,
    as_at: datetime | None,
    issue: "Issue | None" = None,
) -> WorkbookContent:
    from survey.reporting.workbooks.national.workbook import workbook_of

    return _of_clusters(workbook_of, repository, snapshot, now, as_at, issue)


def _generic_of_clusters(
    repository: Repository,
    snapshot: RoundSnapshot,
    _threshold: int,
    now: datetime,
    as_at: datetime | None,
    issue: "Issue | None" = None,
) -> WorkbookContent:
    from survey.reporting.workbooks.generic.workbook import workbook_of_clusters

    return _of_clusters(workbook_of_clusters, repository, snapshot, now, as_at, issue)


def _of_clusters(
    describe: Callable[..., Workbook],
    repository: Repository,
    snapshot: RoundSnapshot,
    now: datetime,
    as_at: datetime | None,
    issue: "Issue | None" = None,
) -> WorkbookContent:
    from survey.reporting.measures.themes import theme_counts
    from survey.reporting.records.series import read_series
    from survey.reporting.workbooks.report import Report

    series = read_series(repository, snapshot.round.id, as_at)
    is_open = may_still_change(repository, snapshot.round, now)
    themes = theme_counts(repository, snapshot, as_at)
    return lambda language: describe(repository, Report(series, language, is_open, themes, issue)), series.unreadable


def _of_people(
    repository: Repository, snapshot: RoundSnapshot, threshold: int, _now: datetime, _as_at: datetime | None
) -> WorkbookContent:
    from survey.reporting.records.people import read_closed
    from survey.reporting.workbooks.figures import FIGURES

    figures = FIGURES[kind_of(snapshot).name]
    protected = figures.protect(read_closed(repository, snapshot), threshold)
    return lambda language: figures.describe(repository, protected, language), protected.people.unreadable


def _state_of_people(repository: Repository, snapshot: RoundSnapshot, threshold: int, _now: datetime) -> Iterator[str]:
    """The responses of a round, and how few people are not shown."""
    of_round = snapshot.round
    yield f"{of_round} {threshold} {repository.revision(responses_of(of_round.id))}"


def _state_of_clusters(
    repository: Repository, snapshot: RoundSnapshot, _threshold: int, now: datetime
) -> Iterator[str]:
    """The reflections of a round and of those before it, what was made of their texts, and whether they are final."""
    yield str(may_still_change(repository, snapshot.round, now))
    yield from data_of_clusters(repository, snapshot)


def data_of_clusters(repository: Repository, snapshot: RoundSnapshot) -> Iterator[str]:
    """What tells the reflections of a round and of those before it, and what was made of their texts, from others."""
    of_round = snapshot.round
    rounds, unreadable = readable_rounds(repository)
    yield repository.revision(themes_of(of_round.id))
    yield from map(str, unreadable)
    for each in rounds:
        if each == of_round or each.precedes(of_round):
            yield f"{each} {repository.revision(place(each.id, REFLECTION))}"


_OF_REFLECTIONS = frozenset({"judged_level", "criteria", "enabler"})
_OF_SKILLS = frozenset({"profession", "skills"})
KINDS = (
    WorkbookKind(
        "national", Phrase("file name", "national-workbook"), "cluster", _OF_REFLECTIONS, _national, _state_of_clusters
    ),
    WorkbookKind(
        "workforce", Phrase("file name", "workforce-workbook"), "anonymous", _OF_SKILLS, _of_people, _state_of_people
    ),
    WorkbookKind(
        "clusters", Phrase("file name", "workbook"), "cluster", frozenset(), _generic_of_clusters, _state_of_clusters
    ),
    WorkbookKind("people", Phrase("file name", "workbook"), "anonymous", frozenset(), _of_people, _state_of_people),
)
"""The first that suits a questionnaire is the one of its rounds."""
