"""A form in XLSForm, as far as our questionnaires can say it; what they cannot say is found at its cell, never dropped.

Sheets `survey`, `choices` and `settings`; names of sheets and columns in any case. Groups outside others become pages,
those within them headings; repeats become groups. Names become ids and codes in small letters. Straight quotation marks
become those that texts have.
"""

import re
from collections.abc import Mapping
from typing import Any

from survey.authoring.cell_values import CellFindings, SheetRow
from survey.authoring.draft import Draft, ListsAt
from survey.authoring.text_places import TextPlace
from survey.authoring.xlsform_expressions import NameOf, rule_of
from survey.authoring.xlsform_lists import ChoiceFilter, filters_in, is_to_be_searched, option_sets_of
from survey.authoring.xlsform_questions import TYPES, XlsformQuestion, question_of
from survey.authoring.xlsform_sheets import rows_in
from survey.authoring.xlsform_words import XlsformTexts, code_of, id_of, typeset
from survey.collection.workbook_file import Sheets
from survey.questionnaire.editions import SCHEMA_PATH
from survey.questionnaire.figures import ITEMS
from survey.questionnaire.json_writer import ordered
from survey.questionnaire.rule_text import NotARule
from survey.questionnaire.types import ANSWER_TYPES

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
_TYPE = re.compile(r"(?P<kind>select_one|select_multiple|rank)\s+(?P<list>\S+)|(?P<plain>.+)")
CALLED = {"id": "name", "code": "name", "title": "label", "heading": "label", "show_when": "relevant"}
CALLED |= dict.fromkeys(("minimum", "maximum", "earliest", "latest", "max_length"), "constraint") | {
    "option_set": "type",
    "filtered_by": "choice_filter",
    "figure": "calculation",
}
"""In which column of a form a property of ours stands."""
WHERE_LISTS_ARE = ListsAt(CHOICES, "list_name", "sheet_no_choices")
_GROUPS = {"begin group": "group", "begin_group": "group", "begin repeat": "repeat", "begin_repeat": "repeat"}
_ENDS = {"end group": "group", "end_group": "group", "end repeat": "repeat", "end_repeat": "repeat"}
_READ = {
    SURVEY: {"type", "name", "label", "hint", "required", "relevant", "constraint", "parameters", "choice_filter"}
    | {"calculation"},
    CHOICES: {"list_name", "name", "label"},
    SETTINGS: {"form_title", "form_id", "version", "default_language"},
}


def is_xlsform(sheets: Sheets) -> bool:
    """Whether a spreadsheet has the sheet that every XLSForm has."""
    return SURVEY in {name.strip().lower() for name in sheets}


def draft_from_xlsform(sheets: Sheets, file: str, edition: str, respondent: str) -> Draft:
    """The questionnaire that a form says, of a year and of who answers, which XLSForm does not say."""
    findings = CellFindings(file)
    named = {name.strip().lower(): (name, cells) for name, cells in sheets.items()}
    draft = Draft(findings, called=CALLED, lists=WHERE_LISTS_ARE, absent=frozenset({CHOICES}) - named.keys())
    for low, (name, cells) in named.items():
        if cells and low not in _READ:
            findings.add(name, "sheet_unknown", name=name, names=", ".join(_READ))
    survey = rows_in(*named.get(SURVEY, (SURVEY, {})), _READ[SURVEY], findings)
    filters = filters_in(survey, findings)
    read = _READ | {CHOICES: _READ[CHOICES] | {choice_filter.column for choice_filter in filters.values()}}
    rows = {low: rows_in(*named.get(low, (low, {})), read[low], findings) for low in (CHOICES, SETTINGS)}
    settings = next(iter(rows[SETTINGS]), SheetRow(SETTINGS, 2, {}, {}))
    title = settings.text("form_title") or settings.text("form_id")
    draft.source = {"$schema": SCHEMA_PATH, "id": settings.text("form_id").lower().replace("_", "-")}
    if not edition or not respondent:
        findings.add(SETTINGS, "sheet_says_too_little")
    draft.source |= {"edition": edition, "respondent": respondent, "title": title, "sections": []}
    draft.rows |= {("id",): settings, ("title",): settings}
    _Form(draft, survey, rows[CHOICES], filters).read()
    draft.source = ordered(draft.source)
    return draft


class _Form:
    def __init__(
        self, draft: Draft, survey: list[SheetRow], choices: list[SheetRow], filters: Mapping[str, ChoiceFilter]
    ) -> None:
        self._draft, self._findings = draft, draft.findings
        self._survey, self._choices, self._filters = survey, choices, filters
        self._written = XlsformTexts(draft)
        self._open: list[tuple[str, SheetRow, TextPlace]] = []
        self._names: dict[str, tuple[str, str]] = {}
        """Section and id of each question, by its name in the form."""
        self._heading: SheetRow | None = None

    def read(self) -> None:
        if sets := option_sets_of(self._choices, self._filters, self._written):
            self._draft.source["option_sets"] = sets
        for row in self._survey:
            kind = " ".join(row.text("type").split())
            if kind.lower() in _GROUPS:
                self._begin(_GROUPS[kind.lower()], row)
            elif kind.lower() in _ENDS:
                self._end(_ENDS[kind.lower()], row)
            elif kind:
                self._question(kind, row)
            else:
                self._findings.add(row.place("type"), "sheet_no_type", name="–", names=", ".join(TYPES))
        for _, row, _ in self._open:
            self._findings.add(row.place("type"), "sheet_not_closed", name=row.text("name"))

    def _begin(self, kind: str, row: SheetRow) -> None:
        if kind == "group" and not self._open:
            self._open.append((kind, row, self._section(row)))
        elif kind == "group" and self._open[-1][0] == "group":
            if row.text("relevant"):
                self._findings.add(row.place("relevant"), "sheet_inner_relevant")
            self._heading = row
            self._open.append((kind, row, self._open[-1][2]))
        elif kind == "repeat" and all(outer == "group" for outer, _, _ in self._open):
            place = self._add(XlsformQuestion("group", {"item_label": typeset(row.text("label"))}), row)
            self._open.append((kind, row, place))
        else:
            self._findings.add(row.place("type"), "sheet_nested", name=row.text("type"))
            self._open.append((kind, row, self._open[-1][2]))

    def _end(self, kind: str, row: SheetRow) -> None:
        if self._open and self._open[-1][0] == kind:
            self._open.pop()
            self._heading = None
        else:
            self._findings.add(row.place("type"), "sheet_closes_nothing", name=row.text("type"))

    def _section(self, row: SheetRow | None) -> TextPlace:
        """A page more: of a group, or of the questions that stand in none."""
        sections = self._draft.source["sections"]
        place = ("sections", len(sections))
        if row is None:
            title = self._draft.source["title"]
            sections.append({"id": f"page_{len(sections) + 1}", "title": title, "questions": []})
            return place
        made = (
            {"id": id_of(row.text("name"))}
            | self._written.texts(row, ("label",), place, label="title")
            | self._rule(row, "")
        )
        sections.append(made | {"questions": []})
        return place

    def _question(self, kind: str, row: SheetRow) -> None:
        match = _TYPE.fullmatch(kind)
        listed = match["list"] if match else None
        word = match["kind"] if match and listed else kind.lower()
        if word not in TYPES:
            self._findings.add(row.place("type"), "sheet_no_type", name=kind, names=", ".join(TYPES))
            return
        question = question_of(word, row, self._name_in(self._above()[1]), self._findings)
        if listed:
            question.properties["option_set"] = id_of(listed)
            count = len(self._draft.source.get("option_sets", {}).get(id_of(listed), ()))
            if word == "select_one" and is_to_be_searched(row, count):
                question.type = "list_choice"
            if listed in self._filters and row.text("choice_filter"):
                question.properties["filtered_by"] = self._name_in(self._above()[1])(self._filters[listed].name)
        self._add(question, row)

    def _add(self, question: XlsformQuestion, row: SheetRow) -> TextPlace:
        above, section = self._above()
        owner: Any = self._draft.source
        for part in above:
            owner = owner[part]
        place = (*above, "questions", len(owner.setdefault("questions", [])))
        name = id_of(row.text("name"))
        made: dict[str, Any] = {"id": name, "type": question.type, **self._written.texts(row, ("label", "hint"), place)}
        if self._heading is not None:
            made |= self._written.texts(self._heading, ("label",), place, label="heading")
            self._heading = None
        made |= question.properties | self._rule(row, section)
        owner["questions"].append(made)
        within = owner["id"] + ITEMS if "type" in owner and ANSWER_TYPES[owner["type"]].repeats else ""
        self._names[row.text("name")] = (section, within + name)
        return place

    def _above(self) -> tuple[TextPlace, str]:
        """Where the next question stands, and the id of its page, which is begun where there is none yet."""
        if not self._open and not (self._draft.source["sections"] and self._loose()):
            self._section(None)
        above = self._open[-1][2] if self._open else ("sections", len(self._draft.source["sections"]) - 1)
        return above, self._draft.source["sections"][int(above[1])]["id"]

    def _loose(self) -> bool:
        """Whether the last page is one of questions that stand in no group."""
        last = len(self._draft.source["sections"]) - 1
        return ("sections", last) not in self._draft.rows

    def _name_in(self, section: str) -> NameOf:
        """What a rule or a limit on a page calls a question, by its name in the form."""

        def name_of(name: str) -> str:
            place, own = self._names.get(name, (section, id_of(name)))
            in_group = any(kind == "repeat" for kind, _, _ in self._open)
            if in_group:
                return own.rpartition(ITEMS)[2]
            return own if place == section else f"{place}.{own}"

        return name_of

    def _rule(self, row: SheetRow, section: str) -> dict[str, Any]:
        relevant = row.text("relevant")
        if not relevant:
            return {}
        try:
            return {"show_when": rule_of(relevant, self._name_in(section), code_of)}
        except NotARule as fault:
            self._findings.add(row.place("relevant"), "sheet_expression", found=str(fault.args[0]))
            return {}
