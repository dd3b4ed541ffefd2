"""A workbook as a described object: what its sheets hold, before anything is drawn.

Nothing here knows of questionnaires or responses. Whoever describes a workbook gives finished texts in the
workbook's language and finished numbers; `drawing.py` turns the description into a file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Literal

from survey.languages import Language, Phrase
from survey.reporting.charts.description import Chart


class Shorthand(Enum):
    """What stands in a cell that has no value, as the Government Analysis Function writes it."""

    CONFIDENTIAL = "[c]"
    UNRELIABLE = "[u]"
    NOT_AVAILABLE = "[x]"
    NOT_APPLICABLE = "[z]"

    def __str__(self) -> str:
        """As whatever writes text has it in a cell."""
        return self._value_

    # Each is itself alone. The hash of its name, as Enum has it, takes ten times as long in millions of look-ups.
    __hash__ = object.__hash__


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A respondent's own words and the language (`cy` or `en`) they were written in."""

    text: str
    language: str


MEANINGS = {
    Shorthand.CONFIDENTIAL: Phrase("workbook", "confidential: too few people to give the figure"),
    Shorthand.UNRELIABLE: Phrase(
        "workbook", "unreliable: a percentage or mean of fewer than five clusters, or of fewer than 30 people"
    ),
    Shorthand.NOT_AVAILABLE: Phrase("workbook", "not available: asked, but not answered"),
    Shorthand.NOT_APPLICABLE: Phrase("workbook", "not applicable: not asked here, or nothing to give"),
}
"""The one meaning of each shorthand, as the notes list it and as a sheet explains it that says nothing closer."""
MEANS = Phrase("workbook", "%(shorthand)s means %(meaning)s.")
"""How a sheet or a report explains a shorthand."""

Cell = str | int | float | date | Shorthand | Verbatim
CellKind = Literal["text", "long_text", "verbatim", "sheet", "whole", "decimal", "percent", "date"]
TEXT_KINDS = frozenset({"text", "long_text", "verbatim", "sheet"})
NUMBER_KINDS = frozenset({"whole", "decimal", "percent"})


@dataclass(frozen=True, slots=True)
class Heat:
    """Shade a column's cells between two numbers; the number always stays readable in the cell.

    With `middle` the scale has two sides (below it orange, above it blue), without it one (blue).
    """

    low: float
    high: float
    middle: float | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    `kind` says what its cells hold: `text`; `long_text` (wrapped, wide; a whole number among text stays one);
    `verbatim` (`Verbatim` cells, drawn with a column beside it that names their language); `sheet` (the name of a
    sheet, drawn as a link to it); `whole`, `decimal` and `percent` numbers (a percentage is a fraction: 0.5 is drawn
    as 50.0%); `date`. `unit` joins the header in brackets. `notes` are the keys of the workbook's notes that explain
    the header. `width` is in digits of the body font, and `least` the width that the column keeps in print: room to
    write in.
    """

    key: str
    header: str
    kind: CellKind = "text"
    unit: str = ""
    notes: tuple[str, ...] = ()
    decimals: int = 1
    heat: Heat | None = None
    width: float | None = None
    least: float = 0.0


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet's one native table.

    `name` is its identifier in the file (ASCII, unique in the workbook); `description` is its alternative
    text. Every row has a cell for every column, and a cell without a value holds a `Shorthand`. A table
    without rows is drawn with one row of `[z]`, because an Excel table cannot be empty.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """A line above a table that concerns some of its columns only: those whose keys are so, or begin so where one ends
    in “_”. Who shows other columns alone leaves it out."""

    text: str
    keys: tuple[str, ...]

    def concerns(self, key: str) -> bool:
        """Whether it concerns the column of this key."""
        return key in self.keys or key.startswith(tuple(start for start in self.keys if start.endswith("_")))


@dataclass(frozen=True, slots=True)
class TextHeading:
    """A line of a text sheet that is a second-level heading."""

    text: str


@dataclass(frozen=True, slots=True)
class ContentsLink:
    """A line of a text sheet that leads to a web page or an e-mail address (`https:` or `mailto:`)."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """The body of a sheet of text, such as the cover: one paragraph, heading or link to a row."""

    lines: tuple[str | TextHeading | ContentsLink, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The body of the sheet that lists and links all the others. A workbook has exactly one."""


@dataclass(frozen=True, slots=True)
class Notes:
    """The body of the sheet that holds the workbook's notes.

    `provenance` are pairs of a subject and what there is to say about it; they come after the notes.
    """

    provenance: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart of cells of a sheet’s table. `rows` has for each series the rows (from 0) that its figures are in, as the
    chart’s names follow one another; `names` is the key of the column of the names, which stand in the rows of the
    first series, `figures` that of the figures, for all series or for each."""

    chart: Chart
    sheet: str
    rows: tuple[tuple[int, ...], ...]
    names: str
    figures: str | tuple[str, ...]

    def column_of(self, series: int) -> str:
        """The key of the column of a series."""
        return self.figures if isinstance(self.figures, str) else self.figures[series]


@dataclass(frozen=True, slots=True)
class Plots:
    """The body of a sheet of charts of other sheets’ tables, one below the other."""

    plots: tuple[Plot, ...]


Body = Table | Paragraphs | Contents | Notes | Plots


@dataclass(frozen=True, slots=True)
class SheetNote:
    """A numbered note; columns and sheets refer to it by `key`, readers by its place among the notes."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its tab's name (31 characters at most), its title in A1, lines above its body, its body.

    `notes` explain the sheet as a whole and are marked in its title. `shorthand` words a shorthand for this
    sheet in particular; the others get their general explanation. A `chart` stands below the body, which is then the
    table of what it draws: the names, the series in their order, and where each bar begins if there is a middle.
    `source` is the sheet with all figures of the matter, `names` the one that says what its codes stand for.
    """

    name: str
    title: str
    body: Body
    preamble: tuple[str | ColumnLine, ...] = ()
    notes: tuple[str, ...] = ()
    shorthand: Mapping[Shorthand, str] = field(default_factory=dict)
    chart: Chart | None = None
    source: str = ""
    names: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines above its body."""
        return tuple(line.text if isinstance(line, ColumnLine) else line for line in self.preamble)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A whole workbook in one language. `created` (aware) is the time of the data's state, not of writing. `foot` are
    lines of its first sheet that stand at the foot of every printed page too."""

    language: Language
    title: str
    subject: str
    keywords: tuple[str, ...]
    organisation: str
    created: datetime
    sheets: tuple[Sheet, ...]
    notes: tuple[SheetNote, ...] = ()
    foot: tuple[str, ...] = ()

    def sheet(self, name: str) -> Sheet | None:
        """Return the sheet of that name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)

    def marker(self, keys: tuple[str, ...]) -> str:
        """Return the marks of these notes as they stand behind a title or header: “ [note 1] [note 3]”."""
        numbers = {note.key: number for number, note in enumerate(self.notes, 1)}
        marks = sorted(numbers[key] for key in keys)
        return "".join(" " + self.language.pgettext("workbook", "[note %(number)s]", number=number) for number in marks)
