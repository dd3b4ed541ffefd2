"""The national implementation progress workbook of a self-reflection round, as a described object."""

from survey.reporting.workbooks.front import Cover, shorthand_line, state_line, workbook
from survey.reporting.workbooks.national import SHEETS
from survey.reporting.workbooks.provenance import of_clusters
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.description import Workbook
from survey.storage.repository import Repository


def workbook_of(repository: Repository, report: Report) -> Workbook:
    """The workbook of a report; `repository` is asked only for what the round was frozen with."""
    return workbook(repository, report, _cover(report), of_clusters(report), tuple(map(report.made, SHEETS)))


def _cover(report: Report) -> Cover:
    language, data = report.language, report.data
    return Cover(
        title=language.pgettext("workbook", "Primary care clusters in Wales: national implementation progress"),
        subject=report.texts(report.snapshot.questionnaire.title),
        state=(
            language.pgettext(
                "workbook",
                "Responses that count: %(counted)s. Clusters expected: %(expected)s.",
                counted=language.number(data.counted),
                expected=language.number(len(data.clusters)),
            ),
            language.pgettext(
                "workbook",
                "The data are as they stood at: %(time)s.",
                time=language.datetime(report.series.changed),
            ),
            state_line(report),
        ),
        holds=language.pgettext(
            "workbook",
            "Once a year, the primary care clusters of Wales reflect on the outcomes assigned to them. "
            "This workbook adds up what they said: who responded, how mature they judge themselves to be, "
            "what helps and what holds them back, and what they will do next.",
        ),
        reading=(
            language.pgettext(
                "workbook",
                "Figures count clusters, which are organisations, not people. "
                "For Wales, every response counts the same. "
                "A cluster’s own judgement is not an assessment by anybody else.",
            ),
            language.pgettext(
                "workbook",
                "Most outcomes are assigned to the clusters of one or two health boards in a year. "
                "So each figure by outcome has its own base, the assigned clusters, and is not a figure for Wales.",
            ),
            shorthand_line(report),
        ),
        keywords=(
            language.pgettext("workbook keyword", "primary care clusters"),
            language.pgettext("workbook keyword", "Wales"),
            language.pgettext("workbook keyword", "maturity"),
        ),
    )
