"""Every question, whatever its type, has a chart of its own or is counted in one, drawn from the cells of its table."""

import json
from typing import Any

import pytest

from survey.languages import language
from survey.reporting.records.series import read_series
from survey.reporting.workbooks.charts import rows_of
from survey.reporting.workbooks.column_plots import round_end
from survey.reporting.workbooks.generic.workbook import workbook_of_clusters
from survey.reporting.workbooks.national.workbook import workbook_of
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.check.description_rules import problems
from survey.reporting.xlsx.description import Plot, Plots, Table, Workbook
from survey.storage.tinydb_files.repository import FileRepository
from tests.reporting.small_wales import ROUND

IN_WORDS = ("short_text", "long_text", "link")
KINDS = {
    "single_choice": {"bars"},
    "multiple_choice": {"bars"},
    "scale": {"bars"},
    "ranking": {"dots"},
    "matrix": {"shares", "bars"},
    "date": {"bars"},
    "whole_number": {"dots"},
    "decimal": {"dots"},
    "year": {"dots"},
}
"""How a question of each type is drawn."""


@pytest.fixture(scope="module", params=["national", "generic"])
def workbook(request: pytest.FixtureRequest, wales: FileRepository) -> Workbook:
    report = Report(read_series(wales, ROUND), language("en"), is_open=True)
    return (workbook_of if request.param == "national" else workbook_of_clusters)(wales, report)


@pytest.fixture(scope="module")
def invented(wales: FileRepository) -> list[dict[str, Any]]:
    """The questions that nobody has thought of a sheet for: a section of the small Wales has one of each type."""
    path = wales.root / "rounds" / ROUND / "frozen" / "definition.json"
    sections = {section["id"]: section for section in json.loads(path.read_text("utf-8"))["sections"]}
    return list(sections["invented"]["questions"])


def plots_of(workbook: Workbook) -> tuple[Plot, ...]:
    sheet = workbook.sheet("Charts of answers")
    assert sheet is not None
    assert isinstance(sheet.body, Plots)
    return sheet.body.plots


def question_of(plot: Plot) -> str:
    """The question in a title, which stands behind its section."""
    return plot.chart.title.partition("“")[2].rpartition("”")[0]


def test_a_question_of_every_type_has_its_chart(workbook: Workbook, invented: list[dict[str, Any]]) -> None:
    plots = plots_of(workbook)
    together = next(plot for plot in plots if plot.chart.title == "How many answered each of these questions")
    types = set()
    for question in invented:
        types.add(question["type"])
        own = [plot for plot in plots if question_of(plot).startswith(question["label"])]
        if question["type"] in IN_WORDS:
            assert question["label"] in together.chart.names, question
            assert not own
        elif question["type"] in KINDS:
            assert {plot.chart.kind for plot in own} <= KINDS[question["type"]], question
            assert own, question
    assert types >= {"single_choice", "multiple_choice", "ranking", "matrix", "date", "whole_number", *IN_WORDS[:2]}


def test_every_figure_of_a_chart_is_that_of_the_cell_it_is_drawn_from(workbook: Workbook) -> None:
    """The description is refused else: here it is spoilt, and found."""
    assert problems(workbook) == []
    plot = plots_of(workbook)[0]
    table = workbook.sheet(plot.sheet)
    assert table is not None
    assert isinstance(table.body, Table)
    keys = [column.key for column in table.body.columns]
    row = list(table.body.rows[plot.rows[0][0]])
    row[keys.index(plot.column_of(0))] = 0.123
    table.body.rows[plot.rows[0][0]] = tuple(row)  # type: ignore[index]
    assert any("is not what column" in fault for fault in problems(workbook))


def test_criteria_that_hold_most_back_stand_in_the_order_of_what_is_drawn(wales: FileRepository) -> None:
    workbook = workbook_of(wales, Report(read_series(wales, ROUND), language("en"), is_open=True))
    sheet = workbook.sheet("Criteria holding clusters back")
    assert sheet is not None
    (plot,) = [plot for plot in plots_of(workbook) if plot.chart.title == sheet.title]
    held = [figure or 0 for figure in plot.chart.series[0].figures]
    assert held == sorted(held, reverse=True)
    assert held[0] > held[-1], "the example can tell"


def test_what_most_gave_stands_first_where_several_answers_are_taken_and_in_rankings(workbook: Workbook) -> None:
    """So does it in the order in which the cells are drawn; one answer of several keeps the order of the question."""
    drawn = {question_of(plot): plot for plot in plots_of(workbook)}
    for title in ("Which are they?", "Which comes first?"):
        given = [sum(figures) for figures in zip(*(one.figures for one in drawn[title].chart.series), strict=True)]
        assert given == sorted(given, reverse=True)
        assert len(set(given)) > 1
    orders = [list(rows) for plot in drawn.values() if plot.chart.kind in {"bars", "dots"} for rows in plot.rows]
    assert any(rows != sorted(rows) for rows in orders), "the example can tell"
    assert all(list(rows) == sorted(rows) for rows in drawn["Which one is it?"].rows)


def test_a_scale_with_two_sides_is_laid_at_its_middle_and_one_without_is_not(workbook: Workbook) -> None:
    now, then = (plot.chart for plot in plots_of(workbook) if question_of(plot).startswith("How is each?"))
    assert [series.label for series in then.series][2] == "Neither a barrier nor an enabler"
    assert (then.middle, then.palette) == (2.5, "diverging")
    assert (now.middle, now.palette) == (None, "ordered")


def test_a_chart_says_of_what_area_it_is(workbook: Workbook) -> None:
    asked = [plot.chart for plot in plots_of(workbook) if question_of(plot) == "Which are they?"]
    assert ["Area: Wales." in chart.facts for chart in asked] == [True]


def test_a_chart_is_understood_without_the_questionnaire(
    workbook: Workbook, invented: list[dict[str, Any]], wales: FileRepository
) -> None:
    """Its title says which section asks, its base of how many it is, and where several answers are taken, that."""
    asked = {question_of(plot): plot.chart for plot in plots_of(workbook)}
    assert asked["Which are they?"].title == "Invented: “Which are they?”"
    several = "More than one answer could be given."
    assert several in asked["Which are they?"].facts
    assert several not in asked["Which one is it?"].facts
    assert all(any(fact.startswith("Base: ") for fact in asked[name].facts) for name in ("Which are they?",))
    numbers = next(chart for name, chart in asked.items() if name == "How many are there?")
    assert numbers.names[0].startswith("Wales (")
    assert not any(series.figures[place] is None for series in numbers.series for place in range(len(numbers.names)))


def test_what_is_written_is_drawn_as_a_share_of_those_asked_with_how_many_of_how_many(workbook: Workbook) -> None:
    """Of different bases bars of numbers could not be compared."""
    (plot,) = [one for one in plots_of(workbook) if one.chart.title == "How many answered each of these questions"]
    chart = plot.chart
    assert "Share of those that were asked and responded" in chart.axis
    bases = set()
    for share, said in zip(chart.series[0].figures, chart.said, strict=True):
        number, whole = map(int, said.split(" of "))
        bases.add(whole)
        assert share is None or share == pytest.approx(number / whole)
    assert len(bases) > 1, "the example can tell"


def test_a_criterion_says_out_of_how_many_clusters_it_holds_back_how_many(wales: FileRepository) -> None:
    workbook = workbook_of(wales, Report(read_series(wales, ROUND), language("en"), is_open=True))
    sheet = workbook.sheet("Criteria holding clusters back")
    assert sheet is not None
    (plot,) = [plot for plot in plots_of(workbook) if plot.chart.title == sheet.title]
    rows = rows_of(sheet)
    assert list(plot.chart.said) == [f"{rows[at]['held']} of {rows[at]['needed']}" for at in plot.rows[0]]


@pytest.mark.parametrize(
    ("number", "end"), [(0, 1), (0.3, 0.32), (1, 1), (3, 4), (7, 8), (9, 12), (41, 48), (215, 240), (98_000, 100_000)]
)
def test_a_scale_ends_at_a_round_number_that_takes_all_in(number: float, end: float) -> None:
    assert round_end(number) == pytest.approx(end)
