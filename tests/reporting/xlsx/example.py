"""A small workbook with one of everything that the drawing layer can draw."""

from dataclasses import replace
from datetime import UTC, date, datetime

from survey.languages import language
from survey.reporting.charts.description import Chart, Series
from survey.reporting.xlsx.description import (
    Column,
    Contents,
    ContentsLink,
    Heat,
    Notes,
    Paragraphs,
    Sheet,
    SheetNote,
    Shorthand,
    Table,
    TextHeading,
    Verbatim,
    Workbook,
)

CONFIDENTIAL = Shorthand.CONFIDENTIAL
NOT_ANSWERED = Shorthand.NOT_AVAILABLE
NOT_ASKED = Shorthand.NOT_APPLICABLE
HOSTILE = ["=1+1", "@x", "-2", "+44 20", "http://example.org/", "{=1}", "<r><t>x</t></r>", "_x0041_", "😀 ŵŷ Ŵ’n"]

BOARDS = ["Bae Abertawe", "Betsi Cadwaladr", "Caerdydd a’r Fro", "Cwm Taf Morgannwg", "Hywel Dda", "Powys"]

MATURITY = Table(
    name="maturity_by_board",
    description="For each health board, how many clusters judged themselves at each level.",
    columns=(
        Column("board", "Health board"),
        Column("responded", "Clusters that responded", "whole", notes=("responded",)),
        Column("foundation", "At foundation level", "whole"),
        Column("developing", "At developing level", "whole"),
        Column("mature", "At mature level", "whole"),
        Column("rate", "Response rate", "percent", unit="%", heat=Heat(0, 1)),
        Column("change", "Mean change since last year", "decimal", unit="levels", heat=Heat(-1, 1, 0)),
        Column("updated", "Last submitted", "date"),
    ),
    rows=[
        (board, 8 + place, 3, 2 + place, 3, 0.8 + place / 50, place / 4 - 0.6, date(2026, 9, 10 + place))
        for place, board in enumerate(BOARDS[:-1])
    ]
    + [("Powys", 3, CONFIDENTIAL, CONFIDENTIAL, CONFIDENTIAL, 1.0, NOT_ASKED, date(2026, 9, 30))],
)

WORDS = Table(
    name="what_went_well",
    description="What clusters wrote about what went well, in the language they wrote it in.",
    columns=(
        Column("cluster", "Cluster"),
        Column("well", "What went well", "verbatim"),
        Column("hint", "Why it matters", "long_text"),
    ),
    rows=[
        ("Afan", Verbatim("Roedd cydweithio â’r fferyllwyr yn llwyddiant mawr. " * 4, "cy"), "One line."),
        ("Bay", Verbatim("=SUM(A1:A9) is what we typed.\nAnd a second line.", "en"), "A much longer reason. " * 9),
        ("City", NOT_ANSWERED, "None."),
    ],
)

SHARES = Chart(
    language=language("en"),
    kind="shares",
    title="Maturity by health board",
    facts=("Base: clusters that responded.", "Source: an example."),
    alt_text="Bar chart: maturity by health board. The figures are in the table above it.",
    names=("Afan", "Bay", "City"),
    series=(
        Series("Foundation", (0.5, 0.25, None)),
        Series("Developing", (0.25, 0.25, None)),
        Series("Mature", (0.25, 0.5, None)),
    ),
    instead=("", "", "Foundation 1"),
    palette="diverging",
    axis="Share of clusters",
    middle=1.5,
)
DOTS = replace(SHARES, kind="dots", title="Dots", middle=None)
SLOPES = replace(SHARES, kind="slopes", title="Slopes", middle=None)


def chart_sheet(chart: Chart, name: str) -> Sheet:
    """A sheet with a chart and its table."""
    columns = [Column("name", "Health board"), *(Column(each.label, each.label, "percent") for each in chart.series)]
    rows = [
        (
            chart.name_in_cell(place),
            *(NOT_ANSWERED if (figure := series.figures[place]) is None else figure for series in chart.series),
        )
        for place in range(len(chart.names))
    ]
    if chart.middle is not None:
        columns.append(Column("begins", "Begins", "percent"))
        rows = [(*row, NOT_ANSWERED if None in row else 0.0) for row in rows]
    table = Table(f"chart_{name.lower()}", "What is drawn.", tuple(columns), rows)
    return Sheet(name, chart.title, table, chart=chart, source="Maturity by health board")


def example(code: str = "en") -> Workbook:
    """Return the example in that language; its own words are English in either."""
    return Workbook(
        language=language(code),
        title="National implementation progress, 2026",
        subject="Self-reflection of the primary care clusters",
        keywords=("primary care", "clusters", "Wales"),
        organisation="An example organisation",
        created=datetime(2026, 10, 1, 9, 30, tzinfo=UTC),
        sheets=(
            Sheet(
                "Cover",
                "National implementation progress, 2026",
                Paragraphs(
                    (
                        "Clusters reflect once a year on their outcomes. This workbook adds up what they said. " * 2,
                        TextHeading("Ask us"),
                        ContentsLink("office@example.org", "mailto:office@example.org"),
                        "Published 1 October 2026.",
                    )
                ),
            ),
            Sheet("Contents", "Contents", Contents()),
            Sheet("Notes", "Notes", Notes((("Software", "Myfyrio 0.1"), ("Data as at", "1 October 2026")))),
            Sheet(
                "Maturity by health board",
                "Maturity by health board, clusters that responded, 2026",
                MATURITY,
                preamble=("Figures count clusters, not people.",),
                notes=("silent",),
            ),
            chart_sheet(SHARES, "Shares"),
            chart_sheet(DOTS, "Dots"),
            chart_sheet(SLOPES, "Slopes"),
            Sheet("What went well", "What went well, in clusters’ own words", WORDS),
        ),
        notes=(
            SheetNote("silent", "Clusters that sent nothing are always counted."),
            SheetNote("responded", "A cluster has responded when it has submitted its reflection."),
        ),
    )


def with_sheet(workbook: Workbook, sheet: Sheet) -> Workbook:
    """Return the workbook with one more sheet at its end."""
    return replace(workbook, sheets=(*workbook.sheets, sheet))


def with_rows(cells: list[object], kind: str = "text") -> Workbook:
    """Return the example with one more sheet, whose table has one column of these cells."""
    table = Table("example_cells", "Cells.", (Column("cell", "Cell", kind),), [(cell,) for cell in cells])  # type: ignore[arg-type]
    return with_sheet(example(), Sheet("Cells", "Cells of an example", table))
