"""The national implementation progress workbook of a self-reflection round, as a described object."""

from survey.reporting.workbooks.codebook import codebook
from survey.reporting.workbooks.front import Cover, shorthand_line, state_line, workbook
from survey.reporting.workbooks.national.charts import (
    chart_of_enablers,
    chart_of_maturity_by_board,
    chart_of_maturity_by_outcome,
    chart_of_movement,
    chart_of_response,
)
from survey.reporting.workbooks.national.enablers import enablers_and_barriers, help_wanted_from
from survey.reporting.workbooks.national.levels import (
    judged_and_indicated,
    movement,
    movement_by_cluster,
    movement_of_levels,
)
from survey.reporting.workbooks.national.maturity import (
    criteria,
    maturity_by_board,
    maturity_by_cluster,
    maturity_by_outcome,
)
from survey.reporting.workbooks.national.trend import trend, trend_of_enablers, trend_of_response
from survey.reporting.workbooks.national.words import (
    actions,
    do_differently,
    good_practice,
    help_wanted,
    went_less_well,
    went_well,
)
from survey.reporting.workbooks.provenance import of_clusters
from survey.reporting.workbooks.report import Report, SheetMaker
from survey.reporting.workbooks.response import response_by_board, response_by_cluster
from survey.reporting.workbooks.responses import responses_as_codes, responses_as_labels
from survey.reporting.xlsx.description import Workbook
from survey.storage.repository import Repository

SHEETS: tuple[SheetMaker, ...] = (
    response_by_board,
    response_by_cluster,
    maturity_by_outcome,
    maturity_by_board,
    maturity_by_cluster,
    judged_and_indicated,
    criteria,
    movement,
    movement_of_levels,
    movement_by_cluster,
    trend,
    trend_of_response,
    trend_of_enablers,
    enablers_and_barriers,
    went_well,
    went_less_well,
    do_differently,
    actions,
    good_practice,
    help_wanted,
    help_wanted_from,
    chart_of_response,
    chart_of_maturity_by_outcome,
    chart_of_maturity_by_board,
    chart_of_movement,
    chart_of_enablers,
    responses_as_codes,
    responses_as_labels,
    codebook,
)
"""The sheets in their order. docs/national-team.md explains each by its English name; a test names those left out."""


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
