"""Charts of the figures of other sheets’ tables: as described objects, and on sheets of their own."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from survey.languages import Phrase
from survey.reporting.charts.colours import Palette
from survey.reporting.charts.description import Chart, Series
from survey.reporting.measures.declarations import Measure
from survey.reporting.workbooks.report import UNRELIABLE, LocalisedRound
from survey.reporting.workbooks.rounding_notes import rounded_line
from survey.reporting.xlsx.description import Cell, Column, Sheet, Shorthand, Table

Reported = TypeVar("Reported", bound=LocalisedRound)
CellsByKey = Mapping[str, Cell]
NAMES = 30.0  # digits
ALT_TEXTS = {
    "shares": Phrase("workbook chart", "Bar chart: %(title)s. The figures are in the table above it."),
    "bars": Phrase("workbook chart", "Bar chart: %(title)s. The figures are in the table above it."),
    "dots": Phrase("workbook chart", "Dot plot: %(title)s. The figures are in the table above it."),
    "slopes": Phrase("workbook chart", "Line chart: %(title)s. The figures are in the table above it."),
}
ALT_TEXTS_OF_PLOTS = {
    "shares": Phrase("workbook chart", "Bar chart: %(title)s. Its figures are in the sheet: %(sheet)s."),
    "bars": Phrase("workbook chart", "Bar chart: %(title)s. Its figures are in the sheet: %(sheet)s."),
    "dots": Phrase("workbook chart", "Dot plot: %(title)s. Its figures are in the sheet: %(sheet)s."),
}


MEAN = Phrase("unit", "mean")
BEGINS = "begins"
"""The column that says where each bar begins, of a chart that has a middle."""
NARROW = Phrase("workbook chart", "Parts too narrow for a number have none.")


@dataclass(frozen=True)
class ChartSheet(Generic[Reported]):
    """A sheet with a chart and the table that it draws: `draw` describes it, whatever it is drawn into.

    `header` is that of the names, `source` makes the sheet with all figures of the matter, `blank` is what stands in
    the table for a figure that is not given where nothing else is said in its place, `unit` that of figures which are
    no percentages. Of what the year’s edition did not ask there is no chart.
    """

    name: Phrase
    table: str
    header: Phrase
    source: Callable[[Reported], Sheet]
    draw: Callable[[Reported], Chart]
    notes: tuple[str, ...]
    blank: Shorthand = UNRELIABLE
    unit: Phrase = MEAN

    def __call__(self, report: Reported) -> Sheet:
        """The sheet."""
        chart = self.draw(report)
        kind: Literal["decimal", "percent"] = "decimal" if chart.figures == "decimal" else "percent"
        unit = "%" if kind == "percent" else report.language.say(self.unit)
        columns = [
            Column("name", report.language.say(self.header), "long_text", width=NAMES),
            *(
                Column(f"series_{place}", series.label, kind, unit=unit, decimals=2 if kind == "decimal" else 0)
                for place, series in enumerate(chart.series)
            ),
        ]
        if chart.middle is not None:
            header = report.pgettext("workbook chart", "Where the bar begins")
            columns.append(Column(BEGINS, header, "percent", unit="%", decimals=0))
        rows = [self._row(chart, place, start) for place, start in enumerate(chart.starts())]
        source = self.source(report)
        return Sheet(
            name=report.language.say(self.name),
            title=chart.title,
            body=Table(self.table, chart.title, tuple(columns), rows),
            preamble=chart.facts,
            notes=(),
            shorthand={code: words for code, words in source.shorthand.items() if code in (UNRELIABLE, self.blank)},
            chart=chart if chart.series and chart.names else None,
            source=source.name,
        )

    def _row(self, chart: Chart, place: int, start: float | None) -> tuple[Cell, ...]:
        figures = [series.figures[place] for series in chart.series]
        blank = next((code for code in Shorthand if code.value == chart.instead[place]), self.blank)
        cells = (chart.name_in_cell(place), *(blank if figure is None else figure for figure in figures))
        if chart.middle is None:
            return cells
        return (*cells, blank if start is None else start)


def rows_of(sheet: Sheet) -> list[CellsByKey]:
    """The rows of a sheet’s table, each cell under the key of its column."""
    if not isinstance(sheet.body, Table):
        raise TypeError(sheet.name)
    keys = [column.key for column in sheet.body.columns]
    return [dict(zip(keys, row, strict=True)) for row in sheet.body.rows]


def rows_at_top(sheet: Sheet, key: str) -> list[CellsByKey]:
    """The first rows of a sheet’s table, as far down as they have the same cell in a column."""
    rows = rows_of(sheet)
    return [row for row in rows if row[key] == rows[0][key]]


def shares_of_counts(
    report: LocalisedRound,
    measure: Measure,
    title: str,
    facts: tuple[str, ...],
    rows: Iterable[CellsByKey],
    name: str,
    series: Sequence[tuple[str, str]],
    few: str,
    palette: Palette,
    middle: float | None = None,
    others: Sequence[tuple[str, str]] = (),
) -> Chart:
    """Bars of what share of a row’s counts each of its columns (with its label) has.

    Where the cell `few` holds the shorthand for few clusters, the counts are said and no shares drawn; of a row without
    any, the counts of `others`, which say why.
    """
    names, instead, given = [], [], []
    for row in rows:
        counts = [int(str(row[key])) for key, _ in series]
        whole = sum(counts)
        is_few = whole == 0 or row[few] is UNRELIABLE
        counted = [(label, count) for (_, label), count in zip(series, counts, strict=True) if count]
        names.append(
            report.pgettext(
                "workbook chart", "%(name)s (%(number)s)", name=row[name], number=report.language.number(whole)
            )
        )
        without = [(label, number) for key, label in others if (number := int(str(row[key])))]
        instead.append(_said(report, counted or without) if is_few else "")
        given.append([None if is_few else count / whole for count in counts])
    axis = report.pgettext(
        "workbook chart",
        "Share in per cent. In brackets, how many: %(unit)s",
        unit=report.language.say(measure.unit.name),
    )
    labels = [label for _, label in series]
    return chart_of(
        report,
        "shares",
        title,
        (*facts[:1], rounded_line(report), report.language.say(NARROW), *facts[1:]),
        names,
        labels,
        given,
        instead,
        palette=palette,
        middle=middle,
        axis=axis,
    )


def chart_of(
    report: LocalisedRound,
    kind: Any,
    title: str,
    facts: tuple[str, ...],
    names: Sequence[str],
    labels: Sequence[str],
    rows: Sequence[Sequence[float | None]],
    instead: Sequence[str],
    **look: Any,
) -> Chart:
    """A chart of rows of figures of the year, one for each name, with a figure for each label."""
    return chart_named(report, kind, report.titled(title), facts, names, labels, rows, instead, **look)


def chart_named(
    report: LocalisedRound,
    kind: Any,
    title: str,
    facts: tuple[str, ...],
    names: Sequence[str],
    labels: Sequence[str],
    rows: Sequence[Sequence[float | None]],
    instead: Sequence[str],
    **look: Any,
) -> Chart:
    """The same with a title that says itself of when the figures are."""
    return Chart(
        language=report.language,
        kind=kind,
        title=title,
        facts=facts,
        alt_text=report.language.say(ALT_TEXTS[kind], title=title),
        names=tuple(names),
        series=tuple(Series(label, tuple(row[place] for row in rows)) for place, label in enumerate(labels)),
        instead=tuple(instead),
        **({"figures": "percent"} | look),
    )


def base_fact(report: LocalisedRound, measure: Measure) -> str:
    """Out of what the figures of a measure are."""
    return report.pgettext("workbook chart", "Base: %(base)s.", base=report.language.say(measure.denominator))


def source_facts(report: LocalisedRound, day: str) -> tuple[str, ...]:
    """Where figures come from, and from when; and that they are made up where they are."""
    title = report.texts(report.snapshot.questionnaire.title)
    return (
        report.pgettext("workbook chart", "Source: %(source)s, %(year)s.", source=title, year=report.year),
        report.pgettext("workbook chart", "Data as they stood on %(date)s.", date=day),
        *filter(None, (report.made_up,)),
    )


def not_drawn_facts(report: LocalisedRound, names: Sequence[str], sheet: Sheet) -> tuple[str, ...]:
    """Which rows a chart leaves out because they have no figures, and where it is said why."""
    if not names:
        return ()
    return (
        report.pgettext(
            "workbook chart",
            "Not drawn: %(names)s. The sheet “%(sheet)s” says why.",
            names="; ".join(names),
            sheet=sheet.name,
        ),
    )


def figure(cell: Cell) -> float | None:
    """The number in a cell; None where a shorthand stands."""
    return cell if isinstance(cell, int | float) else None


def _said(report: LocalisedRound, counted: Sequence[tuple[str, int]]) -> str:
    if not counted:
        return report.pgettext("workbook chart", "none yet")
    return "; ".join(
        report.pgettext("workbook chart", "%(answer)s %(number)s", answer=label, number=report.language.number(count))
        for label, count in counted
    )
