"""What stands in a report, before it is drawn: paragraphs, quotations, lists and tables of figures."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from survey.languages import Language, Phrase
from survey.reporting.charts.description import Chart
from survey.reporting.xlsx.description import (
    MEANINGS,
    MEANS,
    Cell,
    Column,
    ColumnLine,
    Sheet,
    Shorthand,
    Table,
    Verbatim,
)

SOURCE = Phrase("report", "Sheet of the workbook: %(sheet)s.")
SOURCE_OF_WORDS = Phrase("report", "Sheet of the workbook of what clusters wrote: %(sheet)s.")
COUNTED = Phrase("report", "What is counted: %(units)s.")
OF_WALES = Phrase("report", "Shown here: Wales. The other rows are in the sheet.")
NOTHING = Phrase("report", "There is nothing to list here.")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Lead:
    """A paragraph on the page of what follows it."""

    text: str


@dataclass(frozen=True, slots=True)
class EntryList:
    """What belongs together, on one page as far as it goes: each under what it is called, words of somebody’s own as
    quotations."""

    items: tuple[tuple[str, str | Verbatim], ...]


@dataclass(frozen=True, slots=True)
class Aside:
    """A paragraph that stands back: how a table is to be read."""

    text: str


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading below that of the chapter."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list. What somebody wrote stays in its language."""

    items: tuple[str | Verbatim, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """What a cluster wrote, in its language, and who wrote it, where that is not said already."""

    words: Verbatim
    source: str


@dataclass(frozen=True, slots=True)
class Room:
    """Room for somebody’s own words, known by its tag; programs show its title, `prompt` asks for them."""

    tag: str
    title: str
    prompt: Phrase


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart, below the table with its figures."""

    chart: Chart


@dataclass(frozen=True, slots=True)
class FigureTable:
    """A table with a title, its cells as they are said in a language."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


Block = Line | Lead | EntryList | Aside | Subheading | Bullets | Quotation | Room | Picture | FigureTable


def said(cell: Cell, column: Column, language: Language) -> str:
    """What stands in a cell, as a reader sees it: the workbook’s figure with as many decimals as it shows."""
    match cell:
        case Shorthand():
            return cell.value
        case Verbatim():
            return cell.text
        case int() | float() if column.kind == "percent":
            return language.percent(cell, column.decimals)
        case int() | float() if column.kind == "decimal":
            step = Decimal(1).scaleb(-column.decimals)
            rounded = Decimal(str(cell)).quantize(step, rounding=ROUND_HALF_UP)
            return f"{rounded + 0:f}".replace("-", "−")
        case int() | float():
            return language.number(cell)
        case str():
            return cell
        case _:
            return language.date(cell)


def header(column: Column) -> str:
    """What stands above a column."""
    return f"{column.header} ({column.unit})" if column.unit else column.header


def table_of(sheet: Sheet) -> Table:
    """The table of a sheet that has one."""
    if not isinstance(sheet.body, Table):
        raise TypeError(sheet.name)
    return sheet.body


def cells_by_key(sheet: Sheet) -> Iterator[dict[str, Cell]]:
    """The rows of a sheet’s table, each cell under the key of its column."""
    table = table_of(sheet)
    keys = [column.key for column in table.columns]
    for row in table.rows:
        yield dict(zip(keys, row, strict=True))


def cell_of(sheet: Sheet, key: str, row: int = 0) -> Cell:
    """A cell of a sheet’s table."""
    table = table_of(sheet)
    return table.rows[row][[column.key for column in table.columns].index(key)]


def figures_of(
    sheet: Sheet,
    language: Language,
    keys: Sequence[str],
    wanted: Callable[[dict[str, Cell]], bool] = lambda _row: True,
    source: Phrase = SOURCE,
) -> Iterator[Block]:
    """Some columns and rows of a sheet’s table, and below it what is counted, what its letters mean and where all of it
    is."""
    table = table_of(sheet)
    rows = tuple(tuple(row[key] for key in keys) for row in cells_by_key(sheet) if wanted(row))
    if not rows:
        yield Line(language.say(NOTHING))
        return
    by_key = {column.key: column for column in table.columns}
    columns = [by_key[key] for key in keys]
    units = dict.fromkeys(column.unit for column in columns if column.kind == "whole" and column.unit)
    yield FigureTable(
        sheet.title, tuple(replace(column, unit="") if column.unit in units else column for column in columns), rows
    )
    if units:
        yield Aside(language.say(COUNTED, units=", ".join(units)))
    for line in sheet.preamble:
        if not isinstance(line, ColumnLine):
            yield Aside(line)
        elif any(map(line.concerns, keys)):
            yield Aside(line.text)
    for shorthand in Shorthand:
        if any(shorthand in row for row in rows):
            meaning = sheet.shorthand.get(shorthand) or language.say(MEANINGS[shorthand])
            yield Aside(language.say(MEANS, shorthand=shorthand.value, meaning=meaning))
    yield Aside(language.say(source, sheet=sheet.name))


def in_use(sheet: Sheet, key: str) -> tuple[str, ...]:
    """The key of a column, if any of its cells is more than nought."""
    return (key,) if any(row[key] != 0 for row in cells_by_key(sheet)) else ()


def keys_like(sheet: Sheet, *starts: str) -> list[str]:
    """The keys of a sheet’s columns that are given or begin so, in the order of the sheet."""
    return [
        column.key
        for column in table_of(sheet).columns
        if any(column.key == start or (start.endswith("_") and column.key.startswith(start)) for start in starts)
    ]
