"""The chapters of the national report that hold figures of clusters, each from the tables of the workbook."""

from collections.abc import Callable, Iterator

from survey.reporting.reports.blocks import (
    OF_WALES,
    SOURCE,
    Aside,
    Block,
    Bullets,
    Line,
    Picture,
    cell_of,
    figures_of,
    in_use,
    keys_like,
)
from survey.reporting.reports.framework_terms import abbreviations, levels_in_words, not_asked
from survey.reporting.reports.of_wales import enablers_of_wales, response_over_years
from survey.reporting.workbooks import response as sheets_of_response
from survey.reporting.workbooks.front import state_line
from survey.reporting.workbooks.national import actions as sheets_of_actions
from survey.reporting.workbooks.national import charts, findings, levels, maturity
from survey.reporting.workbooks.national import enablers as sheets_of_enablers
from survey.reporting.workbooks.report import Report
from survey.reporting.workbooks.themes import themes
from survey.reporting.xlsx.description import Cell

Blocks = Iterator[Block]
Chapter = Callable[[Report], Blocks]


def summary(report: Report) -> Blocks:
    """How many responded, and the key findings."""
    yield Line(in_short(report))
    yield Line(state_line(report))
    yield from abbreviations(report)
    key_findings = findings.findings(report)
    if key_findings:
        yield Bullets(tuple(finding.sentence for finding in key_findings))
        sheet = report.made(findings.key_findings)
        yield Aside(report.language.say(SOURCE, sheet=sheet.name))


def response(report: Report) -> Blocks:
    """Who responded, this year and in the years before."""
    yield Line(in_short(report))
    yield Line(state_line(report))
    by_board = report.made(sheets_of_response.response_by_board)
    yield from figures_of(by_board, report.language, ("board", "expected", "counted", "rate"))
    yield Picture(charts.response(report))
    if report.series.earlier:
        over_years = response_over_years(report)
        yield from figures_of(over_years, report.language, ("year", "expected", "counted", "rate"))
        yield Aside(report.language.say(OF_WALES))


def maturity_by_outcome(report: Report) -> Blocks:
    """The levels that clusters judge themselves to be at, for each outcome, then for each health board."""
    yield from levels_in_words(report)
    by_outcome = report.made(maturity.maturity_by_outcome)
    counts = keys_like(by_outcome, "outcome", "responded", "n_", *in_use(by_outcome, "not_answered"))
    yield from figures_of(by_outcome, report.language, counts)
    yield from not_asked(report)
    yield Picture(charts.maturity_of_outcomes(report))
    by_board = report.made(maturity.maturity_by_board)
    shares = keys_like(by_board, "board", "responded", *in_use(by_board, "not_answered"), "p_")
    together = _where(outcome=report.all_outcomes())
    yield from figures_of(by_board, report.language, shares, together)
    yield Picture(charts.maturity_of_boards(report))


def calibration(report: Report) -> Blocks:
    """How the levels that clusters judge themselves to be at stand to those that their criteria point to."""
    sheet = report.made(levels.judged_and_indicated)
    yield from figures_of(
        sheet, report.language, ("outcome", "responded", "both", "n_higher", "n_same", "n_lower", "one")
    )
    yield from not_asked(report)
    yield Picture(charts.calibrated(report))


def movement(report: Report) -> Blocks:
    """How many clusters moved up, stayed or moved down."""
    sheet = report.made(levels.movement)
    keys = ("outcome", "responded", "compared", "n_higher", "n_same", "n_lower", "not_known", "first_time")
    yield from figures_of(sheet, report.language, keys)
    yield from not_asked(report)
    yield Picture(charts.moved(report))


def enablers(report: Report) -> Blocks:
    """What helps clusters and what holds them back, in Wales."""
    sheet = enablers_of_wales(report)
    yield from figures_of(
        sheet, report.language, keys_like(sheet, "enabler", "responded", *in_use(sheet, "not_answered"), "mean", "p_")
    )
    yield Aside(report.language.say(OF_WALES))
    yield Picture(charts.enabler_ratings(report))


def themes_of_texts(report: Report) -> Blocks:
    """How many texts are under each theme of the national team."""
    sheet = report.made(themes)
    yield from figures_of(sheet, report.language, ("question", "theme", "texts", "clusters", "in_all", "not_read"))


def help_wanted(report: Report) -> Blocks:
    """From whom clusters want help."""
    sheet = report.made(sheets_of_enablers.help_wanted_from)
    keys = keys_like(sheet, "board", "responded", "no_help", "n_", *in_use(sheet, "not_answered"))
    yield from figures_of(sheet, report.language, keys)


def actions_of_last_year(report: Report) -> Blocks:
    """How the actions of the year before went."""
    sheet = report.made(sheets_of_actions.actions_of_last_year)
    keys = keys_like(sheet, "outcome", "actions", "responded", "n_", *in_use(sheet, "not_answered"))
    yield from figures_of(sheet, report.language, keys)


def in_short(report: Report) -> str:
    """How many responded of how many, in a sentence."""
    by_board, language = report.made(sheets_of_response.response_by_board), report.language
    expected, counted = cell_of(by_board, "expected"), cell_of(by_board, "counted")
    return report.pgettext(
        "workbook",
        "Responses that count: %(counted)s. Clusters expected: %(expected)s.",
        counted=language.number(_whole(counted)),
        expected=language.number(_whole(expected)),
    )


def _whole(cell: Cell) -> int:
    if not isinstance(cell, int):
        raise TypeError(cell)
    return cell


def _where(**wanted: Cell) -> Callable[[dict[str, Cell]], bool]:
    """Rows that have these cells."""
    return lambda row: all(row[key] == cell for key, cell in wanted.items())
