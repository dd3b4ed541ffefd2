"""The generic workbook as a described object, of clusters or of people."""

from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Language
from survey.reporting.records.people import read_people
from survey.reporting.workbooks.front import contents
from survey.reporting.workbooks.generic import clusters, people
from survey.reporting.workbooks.generic.people import AnswerRelease, AnswerReport, answer_release
from survey.reporting.workbooks.localised import LocalisedRound
from survey.reporting.workbooks.people_front import notes as notes_of_people
from survey.reporting.workbooks.people_front import notes_sheet as notes_sheet_of_people
from survey.reporting.workbooks.people_front import refuse_open, state_time
from survey.reporting.workbooks.provenance import notes, notes_sheet
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.description import Heading, Paragraphs, Sheet, Workbook
from survey.storage.repository import Repository


def read_answers(repository: Repository, snapshot: RoundSnapshot, threshold: int) -> AnswerRelease:
    """What may be released of a round of people. Raises DomainError("still_open"), Recoverable."""
    refuse_open(snapshot)
    return answer_release(read_people(repository, snapshot), threshold)


def workbook_of_people(repository: Repository, release: AnswerRelease, language: Language) -> Workbook:
    """The workbook of a release in a language."""
    report = AnswerReport(release, language)
    tables = tuple(maker(report) for maker in people.SHEETS)
    state = language.pgettext("workbook", "The round is closed. These figures are final.")
    how = language.pgettext(
        "workbook",
        "Nobody was asked who they are. Numbers of fewer than %(threshold)s people show [c], "
        "and so do as many others as it takes that the small ones cannot be worked out from the rest.",
        threshold=release.threshold,
    )
    return Workbook(
        language=language,
        title=_title(report),
        subject=_title(report),
        keywords=_keywords(report),
        organisation=language.pgettext("workbook", "NHS Wales"),
        created=state_time(report.snapshot),
        sheets=(
            _cover(report, report.responses, state, how),
            contents(report),
            notes_sheet_of_people(repository, report),
            *tables,
        ),
        notes=notes_of_people(report, people.MEASURES, tables),
    )


def workbook_of_clusters(repository: Repository, report: Report) -> Workbook:
    """The workbook of a report of clusters’ responses."""
    language = report.language
    tables = tuple(report.made(maker) for maker in clusters.SHEETS)
    state = (
        language.pgettext("workbook", "Provisional: the round is still open, and figures will change.")
        if report.is_open
        else language.pgettext("workbook", "The round takes no more answers.")
    )
    how = language.pgettext("workbook", "Figures count clusters, which are organisations, not people.")
    return Workbook(
        language=language,
        title=_title(report),
        subject=_title(report),
        keywords=_keywords(report),
        organisation=language.pgettext("workbook", "NHS Wales"),
        created=report.series.changed,
        sheets=(
            _cover(report, language.number(report.data.counted), state, how),
            contents(report),
            notes_sheet(repository, report),
            *tables,
        ),
        notes=notes(report, tables),
    )


def _title(report: LocalisedRound) -> str:
    return report.titled(report.texts(report.snapshot.questionnaire.title))


def _keywords(report: LocalisedRound) -> tuple[str, ...]:
    language = report.language
    return (
        language.pgettext("workbook keyword", "primary care"),
        language.pgettext("workbook keyword", "Wales"),
        report.year,
    )


def _cover(report: LocalisedRound, responses: str, state: str, how: str) -> Sheet:
    language = report.language
    description = report.snapshot.questionnaire.description
    return Sheet(
        name=language.pgettext("sheet name", "Cover"),
        title=_title(report),
        body=Paragraphs(
            (
                *((report.texts(description),) if description else ()),
                language.pgettext("workbook", "Responses: %(number)s.", number=responses),
                state,
                Heading(language.pgettext("workbook", "How to read it")),
                how,
                language.pgettext(
                    "workbook",
                    "A cell with a letter in square brackets has no figure; each sheet says what its letters mean. "
                    "Not asked and not answered are never the same.",
                ),
                language.pgettext("workbook", "This workbook is also available in Welsh and in English."),
            )
        ),
    )
