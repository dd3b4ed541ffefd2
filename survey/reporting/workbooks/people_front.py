"""The notes of a workbook of people, and what else all of them share."""

from collections.abc import Iterable
from datetime import UTC, datetime

from survey.collection.errors import DomainError
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.config import software_version
from survey.reporting.disclosure.protection import RESPONDENTS
from survey.reporting.measures.declarations import Measure
from survey.reporting.workbooks.people_report import SMALL_GROUPS, PeopleReport
from survey.reporting.workbooks.provenance import (
    OriginLine,
    explanations,
    hashes,
    in_use,
    unreadable_lines,
)
from survey.reporting.xlsx.description import Note, Notes, Sheet
from survey.storage.repository import Repository


def refuse_open(snapshot: RoundSnapshot) -> None:
    """Raises DomainError("still_open") for a round that has not been closed for good.

    Tables come out once, after close: those of a growing round could be subtracted from one another.
    """
    if snapshot.round.status != "closed":
        raise DomainError("still_open", round=snapshot.round.id)


def state_time(snapshot: RoundSnapshot) -> datetime:
    """The time of the data’s state. Responses hold no time, so it is the planned close, else the opening."""
    return snapshot.round.closes or snapshot.round.opens or datetime(2022, 1, 1, tzinfo=UTC)


def notes_sheet(repository: Repository, report: PeopleReport) -> Sheet:
    """The sheet that holds the notes and says where the figures come from."""
    language = report.language
    people = report.shown.people
    return Sheet(
        name=language.pgettext("sheet name", "Notes"),
        title=language.pgettext("sheet title", "Notes: how figures are counted, and where they come from"),
        body=Notes(
            (
                *_origin(report),
                *hashes(repository, people.snapshot, people.digest, language),
                *unreadable_lines(people.unreadable, language),
            )
        ),
    )


def notes(report: PeopleReport, measures: Iterable[Measure], sheets: tuple[Sheet, ...]) -> tuple[Note, ...]:
    """The notes that the sheets refer to: each measure as it is declared, and how small groups are protected."""
    language = report.language
    protected = language.pgettext(
        "workbook",
        "A group of fewer than %(threshold)s people, none included, shows no figure. "
        "Wherever a total is shown, at least two of its groups are hidden or none, "
        "and those hidden are %(threshold)s people or more together. "
        "All tables of this workbook were protected together, and then attacked by linear programming: "
        "no hidden number of people can be worked out. "
        "Of a cluster it is told only whether %(threshold)s people or more responded, as while the round was open, and "
        "the protection takes that as known: each cluster with fewer may have any number below %(threshold)s. "
        "How many people of a group skipped a question is not protected.",
        threshold=report.shown.threshold,
    )
    return in_use([*explanations(measures, language), Note(SMALL_GROUPS, protected)], sheets)


def _origin(report: PeopleReport) -> tuple[OriginLine, ...]:
    language = report.language
    snapshot = report.snapshot
    hidden = sum(cell.of == RESPONDENTS for cell in report.shown.hidden)
    lines = [
        (language.pgettext("provenance", "Round"), snapshot.round.id),
        (language.pgettext("provenance", "Reporting year"), report.year),
        (
            language.pgettext("provenance", "Questionnaire and edition"),
            f"{report.texts(snapshot.questionnaire.title)}, {snapshot.questionnaire.edition}",
        ),
        (language.pgettext("provenance", "Responses that count"), report.responses),
        (
            language.pgettext("provenance", "Smallest number of people that is shown"),
            language.number(report.shown.threshold),
        ),
        (
            language.pgettext("provenance", "Groups by health board and profession that are hidden"),
            language.number(hidden),
        ),
        (
            language.pgettext("provenance", "Audit of hidden figures"),
            language.pgettext("provenance", "Passed: none can be worked out."),
        ),
        (language.pgettext("provenance", "Software"), software_version()),
    ]
    if snapshot.round.demonstration:
        lines.append(
            (
                language.pgettext("provenance", "Demonstration"),
                language.pgettext("provenance", "These data are made up."),
            )
        )
    return tuple(lines)
