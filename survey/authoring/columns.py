"""The spreadsheet of a questionnaire: which sheets it has, and what stands in which of their columns.

Names are those of the JSON, in either language. A text has two columns side by side: English, Welsh (`label (cy)`).
"""

from dataclasses import dataclass
from typing import Literal

ValueKind = Literal["word", "text", "number", "yes", "rule", "words", "limit", "day", "figure"]
CellContent = str | int | float


@dataclass(frozen=True, slots=True)
class PropertyColumn:
    """A property of the JSON, and how its cells say it. `own` is the property, where the column has another name."""

    name: str
    kind: ValueKind = "word"
    own: str = ""

    @property
    def property(self) -> str:
        return self.own or self.name


def _columns(words: str) -> tuple[PropertyColumn, ...]:
    """Columns from `name` or `name:kind`, one blank between two."""
    split = (word.partition(":") for word in words.split())
    return tuple(PropertyColumn(name, kind or "word") for name, _, kind in split)  # type: ignore[arg-type]


FILE, SECTIONS, QUESTIONS, OPTIONS, TABLES, HELP = "file", "sections", "questions", "options", "tables", "help"
WELSH = " (cy)"
ANSWER_OF = "answer_of"
"""What a limit begins with that is the answer to another question."""

FILE_PROPERTIES = _columns(
    "$schema id edition respondent framework title:text description:text prepare:text "
    "level_rule.version level_rule.met:words level_rule.left_out:words level_rule.below"
)
"""What the sheet of the file has a row for; `prepare` has one for each line."""
SECTION = _columns("id title:text short_title:text text:text worksheet:yes for_each follows_up show_when:rule")
QUESTION = _columns(
    "id type heading:text label:text hint:text required:yes show_when:rule shows:words option_set filtered_by "
    "minimum:limit maximum:limit earliest:day latest:day max_length:number format most:number autocomplete "
    "takes_files:yes item_label:text add_label:text calculate figure:figure unit:text measure sensitivity since was"
)
OPTION = _columns(
    "code label:text hint:text same_in_both:yes value:number middle:yes belongs_to last:yes exclusive:yes"
)
OTHER = (
    PropertyColumn("other", "text", "label"),
    PropertyColumn("other_required", "yes", "required"),
    PropertyColumn("other_max_length", "number", "max_length"),
)
PART = _columns("id label:text group option_set")

PLACES: dict[str, tuple[str, ...]] = {SECTIONS: (), QUESTIONS: ("section", "group"), OPTIONS: ("list",)}
PLACES |= {TABLES: ("question", "part"), FILE: ("property",)}
"""The columns that say where a row belongs, before those of its properties."""
CONTENTS: dict[str, tuple[PropertyColumn, ...]] = {
    FILE: (PropertyColumn("value", "text"),),
    SECTIONS: SECTION,
    QUESTIONS: QUESTION,
    OPTIONS: (*OPTION, *OTHER),
    TABLES: PART,
}
SAME = "same_in_both"
"""The column of options whose label is a name, so that it has no Welsh beside it."""
PARTS = ("row_groups", "rows", "columns")


def headings(sheet: str) -> list[str]:
    """The names of all columns of a sheet, in order."""
    named = [
        [column.name, column.name + WELSH] if column.kind == "text" else [column.name] for column in CONTENTS[sheet]
    ]
    return [*PLACES[sheet], *(name for names in named for name in names)]
