"""The national implementation progress workbook of a self-reflection round, as a described object."""

from survey.reporting.workbooks import response, themes
from survey.reporting.workbooks.front import Cover, as_at_line, shorthand_line, state_line, workbook
from survey.reporting.workbooks.national import (
    actions,
    boards,
    charts,
    coded_tables,
    criteria,
    enablers,
    findings,
    levels,
    matrix,
    maturity,
    other_questions,
    own_words,
    trend,
    words,
)
from survey.reporting.workbooks.provenance import of_clusters
from survey.reporting.workbooks.report import Report, SheetMaker
from survey.reporting.xlsx.description import Workbook
from survey.storage.repository import Repository

SHEETS: tuple[SheetMaker, ...] = (
    findings.key_findings,
    response.response_by_board,
    response.response_by_cluster,
    maturity.maturity_by_outcome,
    maturity.maturity_by_board,
    matrix.boards_by_outcome,
    coded_tables.maturity_by_cluster,
    levels.judged_and_indicated,
    boards.judged_and_indicated_by_board,
    criteria.criteria,
    coded_tables.criteria_by_board,
    criteria.criteria_holding_back,
    levels.movement,
    boards.movement_by_board,
    levels.movement_of_levels,
    coded_tables.movement_by_cluster,
    trend.trend,
    boards.trend_by_board,
    trend.trend_of_response,
    trend.trend_of_enablers,
    enablers.enablers_and_barriers,
    actions.actions_of_last_year,
    words.good_practice,
    words.help_wanted,
    enablers.help_wanted_from,
    other_questions.answers,
    other_questions.numbers,
    themes.themes,
    *charts.CHARTS,
)
"""The sheets in their order. docs/national-team.md explains each by its English name; a test names those left out."""


def workbook_of(repository: Repository, report: Report) -> Workbook:
    """The workbook of a report; `repository` is asked only for what the round was frozen with."""
    return workbook(repository, report, _cover(report), of_clusters(report), tuple(map(report.made, SHEETS)))


def _cover(report: Report) -> Cover:
    language, pgettext, data = report.language, report.pgettext, report.data
    return Cover(
        title=pgettext("workbook", "Primary care clusters in Wales: national implementation progress"),
        subject=report.texts(report.snapshot.questionnaire.title),
        answered=(
            pgettext(
                "workbook",
                "Responses that count: %(counted)s. Clusters expected: %(expected)s.",
                counted=language.number(data.counted),
                expected=language.number(len(data.clusters)),
            ),
        ),
        state=(state_line(report), as_at_line(report)),
        holds=pgettext(
            "workbook",
            "Once a year, the primary care clusters of Wales reflect on the outcomes assigned to them. "
            "This workbook adds up what they said: who responded, how mature they judge themselves to be, "
            "what helps and what holds them back, and what they will do next.",
        ),
        reading=(
            pgettext(
                "workbook",
                "Figures count clusters, which are organisations, not people. "
                "For Wales, every response counts the same. "
                "A cluster’s own judgement is not an assessment by anybody else.",
            ),
            pgettext(
                "workbook",
                "Most outcomes are assigned to the clusters of one or two health boards in a year. "
                "So each figure by outcome has its own base, the assigned clusters, and is not a figure for Wales.",
            ),
            shorthand_line(report),
        ),
        keywords=(
            pgettext("workbook keyword", "primary care clusters"),
            pgettext("workbook keyword", "Wales"),
            pgettext("workbook keyword", "maturity"),
        ),
        elsewhere=own_words.elsewhere_line(report),
    )
