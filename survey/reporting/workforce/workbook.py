"""The workforce workbook as a described object."""

from survey.collection.frozen import FrozenRound
from survey.collection.repository import Repository
from survey.languages import Language
from survey.reporting.people import read_people
from survey.reporting.people_front import notes, notes_sheet, refuse_open, state_time
from survey.reporting.sheets.front import contents
from survey.reporting.workbook.description import Workbook
from survey.reporting.workforce.front import cover, workbook_title
from survey.reporting.workforce.measures import MEASURES
from survey.reporting.workforce.release import Release, release_of
from survey.reporting.workforce.report import WorkforceReport
from survey.reporting.workforce.sheets import SHEETS

NEEDED = frozenset({"profession", "skills"})
"""What a questionnaire of people has to ask for this workbook to be made of it (`Question.measure`)."""


def read_release(repository: Repository, frozen: FrozenRound, threshold: int) -> Release:
    """What may be released of a round, the same in every language.

    Raises Refused("still_open"), and Recoverable: then nothing may be written.
    """
    refuse_open(frozen)
    return release_of(read_people(repository, frozen), threshold)


def workforce_workbook(repository: Repository, release: Release, language: Language) -> Workbook:
    """The workbook of a release in a language. `repository` is asked only for what the round was frozen with."""
    report = WorkforceReport(release, language)
    tables = tuple(maker(report) for maker in SHEETS)
    return Workbook(
        language=language,
        title=workbook_title(report),
        subject=report.titled(report.texts(report.frozen.questionnaire.title)),
        keywords=(
            language.pgettext("workbook keyword", "primary care"),
            language.pgettext("workbook keyword", "Wales"),
            language.pgettext("workbook keyword", "workforce skills"),
            report.year,
        ),
        organisation=language.pgettext("workbook", "NHS Wales"),
        created=state_time(report.frozen),
        sheets=(cover(report), contents(report), notes_sheet(repository, report), *tables),
        notes=notes(report, MEASURES, tables),
    )
