"""Charts of columns of a sheet’s table: a row for each name, a series for each column, drawn where they stand."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from math import floor, log10
from typing import Any

from survey.languages import Phrase
from survey.reporting.charts.description import Chart, ChartKind, Series
from survey.reporting.workbooks.charts import ALT_TEXTS_OF_PLOTS, CellsByKey, figure, not_drawn_facts, rows_of
from survey.reporting.workbooks.report import LocalisedRound
from survey.reporting.xlsx.description import Cell, Plot, Plots, Sheet, Table

TEN = 10
ENDS = (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 4.8, 6, 8, 10)
FEW_ENDS = (2, 4, 8, 12)
PART = Phrase("workbook chart", "%(question)s: %(part)s")
QUESTION_OF = Phrase("workbook chart", "%(section)s: “%(question)s”")
"""A question behind its section, so that a chart is understood without the questionnaire."""


def plot_of_columns(
    report: LocalisedRound,
    sheet: Sheet,
    kind: ChartKind,
    title: str,
    name: str,
    keys: Sequence[str],
    facts: tuple[str, ...],
    wanted: Callable[[CellsByKey], bool] = lambda _row: True,
    most: int | None = None,
    by: str = "",
    base: str = "",
    out_of: str = "",
    **look: Any,
) -> Plot | None:
    """A chart of the `wanted` rows, at most so many, which the column `name` names; None where there are none.

    They are in the order of the table, or from the most to the least of the column `by`. Names of rows of dots have the
    number of the column `base` behind them, if there is one. Those of bars are cells, so that at the end of a bar it
    stands out of how many it is, which the column `out_of` has, if there is one. Rows without a figure, of shares those
    that have not all, are named below it instead.
    """
    all_rows = [(at, row) for at, row in enumerate(rows_of(sheet)) if wanted(row)]
    enough = all if kind == "shares" else any
    rows = [(at, row) for at, row in all_rows if enough(figure(row[key]) is not None for key in keys)][:most]
    bare = [str(row[name]) for _, row in all_rows if not enough(figure(row[key]) is not None for key in keys)]
    if by:
        rows.sort(key=lambda placed: -(figure(placed[1][by]) or 0))
    if not rows or not isinstance(sheet.body, Table):
        return None
    headers = {column.key: column.header for column in sheet.body.columns}
    chart = Chart(
        language=report.language,
        kind=kind,
        title=title,
        facts=(*not_drawn_facts(report, bare, sheet), *facts),
        alt_text=report.language.say(ALT_TEXTS_OF_PLOTS[kind], title=title, sheet=sheet.name),
        names=tuple(_name(report, row, name, base) for _, row in rows),
        series=tuple(Series(headers[key], tuple(figure(row[key]) for _, row in rows)) for key in keys),
        instead=("",) * len(rows),
        said=tuple(of_whole(report, row[keys[0]], row[out_of]) for _, row in rows) if out_of else (),
        **look,
    )
    places = tuple(at for at, _ in rows)
    return Plot(chart, sheet.name, (places,) * len(keys), name, tuple(keys))


def _name(report: LocalisedRound, row: CellsByKey, name: str, base: str) -> str:
    number = figure(row[base]) if base else None
    if number is None:
        return str(row[name])
    return report.pgettext(
        "workbook chart", "%(name)s (%(number)s)", name=row[name], number=report.language.number(number)
    )


def of_whole(report: LocalisedRound, number: Cell, whole: Cell) -> str:
    """How many of how many."""
    said = [report.language.number(figure(cell) or 0) for cell in (number, whole)]
    return report.pgettext("workbook chart", "%(number)s of %(whole)s", number=said[0], whole=said[1])


def number_plots(
    report: LocalisedRound,
    sheet: Sheet,
    asked: Collection[tuple[Cell, Cell]],
    name: str,
    keys: Sequence[str],
    facts: tuple[str, ...],
) -> Iterator[Plot]:
    """A chart for some questions (`asked`: section and question) of a table of what numbers come to: a row of dots for
    each group of the column `name`, a dot for each of the columns `keys`."""
    rows = rows_of(sheet)
    for section, question, part in dict.fromkeys((row["section"], row["question"], row["part"]) for row in rows):
        if (section, question) not in asked:
            continue
        title = str(question)
        if isinstance(part, str):
            title = report.language.say(PART, question=title, part=part)
        title = report.language.say(QUESTION_OF, section=section, question=title)
        named = (section, question, part)

        def is_of_it(row: CellsByKey, named: tuple[Cell, ...] = named) -> bool:
            return (row["section"], row["question"], row["part"]) == named

        figures = (figure(row[key]) for row in rows if is_of_it(row) for key in keys)
        numbers = [0.0, *(value for value in figures if value is not None)]
        low, high = min(numbers), max(numbers)
        plot = plot_of_columns(
            report,
            sheet,
            "dots",
            title,
            name,
            keys,
            facts,
            is_of_it,
            base="base",
            axis=report.pgettext("workbook chart", "In brackets, how many answered"),
            low=-round_end(-low) if low else 0.0,
            high=round_end(high),
        )
        yield from filter(None, (plot,))


def round_end(number: float) -> float:
    """The end of a scale that takes a number in, with little to spare; a quarter of it is a round number too."""
    if number <= 0:
        return 1.0
    power = 10.0 ** floor(log10(number))
    return next(step * power for step in (FEW_ENDS if 1 < number < TEN else ENDS) if step * power >= number)


def charts_sheet(report: LocalisedRound, plots: Iterable[Plot | None], notes: tuple[str, ...]) -> Sheet:
    """The sheet of the charts of answers; `notes` explain how they are counted."""
    return Sheet(
        name=report.pgettext("sheet name", "Charts of answers"),
        title=report.titled(report.pgettext("sheet title", "Charts of answers, Wales")),
        body=Plots(tuple(plot for plot in plots if plot)),
        notes=notes,
    )
