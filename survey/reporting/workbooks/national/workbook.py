"""The national implementation progress workbook of a self-reflection round, as a described object."""

from survey.reporting.workbooks.front import contents, cover, workbook_title
from survey.reporting.workbooks.national import SHEETS
from survey.reporting.workbooks.provenance import notes, notes_sheet
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.description import Workbook
from survey.storage.repository import Repository


def workbook_of(repository: Repository, report: Report) -> Workbook:
    """The workbook of a report; `repository` is asked only for what the round was frozen with."""
    language = report.language
    tables = tuple(report.made(maker) for maker in SHEETS)
    return Workbook(
        language=language,
        title=workbook_title(report),
        subject=report.titled(report.texts(report.data.snapshot.questionnaire.title)),
        keywords=(
            language.pgettext("workbook keyword", "primary care clusters"),
            language.pgettext("workbook keyword", "Wales"),
            language.pgettext("workbook keyword", "maturity"),
            report.year,
        ),
        organisation=language.pgettext("workbook", "NHS Wales"),
        created=report.series.changed,
        sheets=(cover(report), contents(report), notes_sheet(repository, report), *tables),
        notes=notes(report, tables),
    )
