"""What was asked, and under which codes it is kept."""

from survey.reporting.sheets.codebook import codebook_of
from survey.reporting.variables import variables_of_round
from survey.reporting.workbook.description import Sheet
from survey.reporting.workforce.report import WorkforceReport


def codebook(report: WorkforceReport) -> Sheet:
    """Each variable of a response, free text included, of which nothing is in this workbook."""
    line = report.language.pgettext(
        "workbook",
        "One row for each column of a response. Single responses, and what people wrote, are in no workbook.",
    )
    return codebook_of(report, variables_of_round(report.frozen), lambda outcome: outcome.id, line)
