"""Lists of choices in XLSForm, also those that depend on one answer: `choice_filter` as a list that a question filters.

Source: the XLSForm standard, “Cascading selects”. One column of the choices that equals one answer is read; everything
else is refused.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from survey.authoring.cell_values import CellFindings, SheetRow
from survey.authoring.xlsform_words import XlsformTexts, code_of, id_of
from survey.questionnaire.lists import LONGEST_TO_SHOW

_FILTER = re.compile(r"\s*(?P<column>[\w-]+)\s*=\s*\$\{\s*(?P<name>[\w.-]+)\s*\}\s*")
SELECT = re.compile(r"select_one\s+(?P<list>\S+)")


@dataclass(frozen=True, slots=True)
class ChoiceFilter:
    """The column of the choices that says what each belongs to, and the name of the question that is answered."""

    column: str
    name: str


def filters_in(survey: Iterable[SheetRow], findings: CellFindings) -> Mapping[str, ChoiceFilter]:
    """The filter of each list that has one, by its name. One that cannot be said, or a second one, is a finding."""
    filters: dict[str, ChoiceFilter] = {}
    for row in survey:
        said = row.text("choice_filter")
        if not said:
            continue
        match, select = _FILTER.fullmatch(said), SELECT.fullmatch(" ".join(row.text("type").split()))
        read = ChoiceFilter(match["column"].lower(), match["name"]) if match else None
        if read is None or not select or filters.setdefault(select["list"], read).column != read.column:
            findings.add(row.place("choice_filter"), "sheet_filter", found=said)
    return filters


def option_sets_of(
    choices: Iterable[SheetRow], filters: Mapping[str, ChoiceFilter], written: XlsformTexts
) -> dict[str, list[dict[str, Any]]]:
    """The lists of choices as option sets, in their order."""
    sets: dict[str, list[dict[str, Any]]] = {}
    for row in choices:
        name = id_of(row.text("list_name"))
        options = sets.setdefault(name, [])
        written.draft.rows.setdefault(("option_sets", name), row)
        option = {"code": code_of(row.text("name"))}
        option |= written.texts(row, ("label",), ("option_sets", name, len(options)))
        by = filters.get(row.text("list_name"))
        if by and row.text(by.column):
            option["belongs_to"] = code_of(row.text(by.column))
        options.append(option)
    return sets


def is_to_be_searched(row: SheetRow, count: int) -> bool:
    """Whether a select_one with so many choices becomes a list that is searched."""
    return bool(row.text("choice_filter")) or count > LONGEST_TO_SHOW
