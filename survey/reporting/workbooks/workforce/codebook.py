"""What was asked, and under which codes it is kept."""

from survey.reporting.records.variables import variables_of_round
from survey.reporting.workbooks.codebook import codebook_of
from survey.reporting.workbooks.workforce.report import WorkforceReport
from survey.reporting.xlsx.description import Sheet


def codebook(report: WorkforceReport) -> Sheet:
    """Each variable of a response, free text included, of which nothing is in this workbook."""
    line = report.language.pgettext(
        "workbook",
        "One row for each column of a response. Single responses, and what people wrote, are in no workbook.",
    )
    return codebook_of(report, variables_of_round(report.snapshot), lambda outcome: outcome.id, line)
