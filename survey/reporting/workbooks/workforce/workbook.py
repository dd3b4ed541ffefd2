"""The workforce workbook as a described object."""

from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Language
from survey.reporting.measures.workforce import MEASURES
from survey.reporting.records.people import read_people
from survey.reporting.workbooks.front import contents
from survey.reporting.workbooks.people_front import notes, notes_sheet, refuse_open, state_time
from survey.reporting.workbooks.workforce import SHEETS
from survey.reporting.workbooks.workforce.front import cover, workbook_title
from survey.reporting.workbooks.workforce.release import Release, release_of
from survey.reporting.workbooks.workforce.report import WorkforceReport
from survey.reporting.xlsx.description import Workbook
from survey.storage.repository import Repository


def read_release(repository: Repository, snapshot: RoundSnapshot, threshold: int) -> Release:
    """What may be released of a round, the same in every language.

    Raises DomainError("still_open"), and Recoverable: then nothing may be written.
    """
    refuse_open(snapshot)
    return release_of(read_people(repository, snapshot), threshold)


def workforce_workbook(repository: Repository, release: Release, language: Language) -> Workbook:
    """The workbook of a release in a language. `repository` is asked only for what the round was frozen with."""
    report = WorkforceReport(release, language)
    tables = tuple(maker(report) for maker in SHEETS)
    return Workbook(
        language=language,
        title=workbook_title(report),
        subject=report.titled(report.texts(report.snapshot.questionnaire.title)),
        keywords=(
            language.pgettext("workbook keyword", "primary care"),
            language.pgettext("workbook keyword", "Wales"),
            language.pgettext("workbook keyword", "workforce skills"),
            report.year,
        ),
        organisation=language.pgettext("workbook", "NHS Wales"),
        created=state_time(report.snapshot),
        sheets=(cover(report), contents(report), notes_sheet(repository, report), *tables),
        notes=notes(report, MEASURES, tables),
    )
