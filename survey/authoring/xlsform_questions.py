"""The types of XLSForm that have a counterpart here, and what its columns say of a question of each."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from survey.authoring.cell_values import CellFindings, SheetRow
from survey.authoring.xlsform_expressions import NameOf, figure_of
from survey.authoring.xlsform_limits import LimitLeftOut, limits_of
from survey.questionnaire.rule_text import NotARule
from survey.questionnaire.types.text_formats import FORMATS

TYPES: Mapping[str, str] = {
    "select_one": "single_choice",
    "select_multiple": "multiple_choice",
    "rank": "ranking",
    "text": "long_text",
    "integer": "whole_number",
    "decimal": "decimal",
    "date": "date",
    "range": "whole_number",
    "note": "statement",
    "calculate": "figure",
}
IN_A_FORM = {"long_text": "short_text"}
"""Of which type a text is that has to have a form."""
LIMITED: Mapping[str, frozenset[str]] = {
    "whole_number": frozenset({"minimum", "maximum"}),
    "decimal": frozenset({"minimum", "maximum"}),
    "long_text": frozenset({"max_length"}),
    "date": frozenset({"earliest", "latest"}),
}
_PARAMETER = re.compile(r"(start|end|step)\s*=\s*(-?[0-9]+(?:\.[0-9]+)?)")
_REGEX = re.compile(r"\s*regex\s*\(\s*\.\s*,\s*(?P<mark>['\"])\^?(?P<pattern>.*?)\$?(?P=mark)\s*\)\s*")
EXAMPLES = "; ".join(
    (". >= 0 and . <= 100", ". >= date('2020-01-01')", ". <= today()", ". <= ${name}", "string-length(.) <= 200")
)
_FUNCTION = re.compile(r"\b(count-selected|regex)\s*\(")
"""What constraints say and our questions do not, of which kind it is."""
_YES, _NO = {"yes", "true", "true()", "1"}, {"", "no", "false", "false()", "0"}


@dataclass(slots=True)
class XlsformQuestion:
    """A type of ours, with the properties that a question of it has beside its texts."""

    type: str
    properties: dict[str, Any] = field(default_factory=dict)


def question_of(word: str, row: SheetRow, name_of: NameOf, findings: CellFindings) -> XlsformQuestion:
    """What a row says of a question of a type of XLSForm that is in `TYPES`."""
    question = XlsformQuestion(TYPES[word])
    required = row.text("required").lower()
    if required in _YES and word not in ("note", "calculate"):
        question.properties["required"] = True
    elif required not in _YES | _NO:
        findings.add(row.place("required"), "not_allowed", value=required, names="yes, no")
    if word == "range":
        _range(question, row, findings)
    elif row.text("parameters"):
        findings.add(row.place("parameters"), "sheet_not_carried", name="parameters")
    if word == "calculate":
        _figure(question, row, name_of, findings)
    elif row.text("calculation"):
        findings.add(row.place("calculation"), "sheet_calculation", found=row.text("calculation"))
    _constrain(question, row, name_of, findings)
    return question


def _constrain(question: XlsformQuestion, row: SheetRow, name_of: NameOf, findings: CellFindings) -> None:
    """The limits of an answer, or the form of a text, which is then a short one."""
    constraint = row.text("constraint")
    in_a_form = IN_A_FORM.get(question.type)
    named = in_a_form and _format_of(constraint)
    if in_a_form and named:
        question.type, question.properties["format"] = in_a_form, named
    elif constraint:
        try:
            limits = limits_of(constraint, question.type, name_of)
            if not limits.keys() <= LIMITED.get(question.type, frozenset()):
                raise NotARule(constraint)
            question.properties |= limits
        except LimitLeftOut as fault:
            limit, operator = fault.args
            findings.add(row.place("constraint"), "sheet_strict", found=limit, operator=f"{operator}=")
        except NotARule as fault:
            _refuse(str(fault.args[0]), row.place("constraint"), findings)


def _refuse(constraint: str, place: str, findings: CellFindings) -> None:
    """A constraint that our questions do not have, in the words of its kind."""
    match = _FUNCTION.search(constraint)
    if match and match[1] == "regex":
        findings.add(place, "sheet_pattern", found=constraint, names=", ".join(FORMATS))
    else:
        findings.add(place, "sheet_ticked" if match else "sheet_constraint", found=constraint, examples=EXAMPLES)


def _format_of(constraint: str) -> str | None:
    """The form of short texts whose pattern a constraint has, or None."""
    match = _REGEX.fullmatch(constraint)
    return next((name for name, form in FORMATS.items() if match and match["pattern"] == form.pattern.pattern), None)


def _figure(question: XlsformQuestion, row: SheetRow, name_of: NameOf, findings: CellFindings) -> None:
    """A calculation that is shown, under a label."""
    try:
        question.properties["figure"] = figure_of(row.text("calculation"), name_of)
    except NotARule as fault:
        findings.add(row.place("calculation"), "sheet_calculation", found=str(fault.args[0]))
    if not row.text("label"):
        findings.add(row.place("label"), "sheet_unseen_figure")


def _range(question: XlsformQuestion, row: SheetRow, findings: CellFindings) -> None:
    """A range of whole numbers is a whole number, of others a decimal; its steps are those of its type, or refused."""
    said = row.text("parameters").replace(";", " ").replace(",", " ")
    given = {name: float(number) for name, number in _PARAMETER.findall(said)}
    left = _PARAMETER.sub("", said).strip()
    start, end, step = given.get("start", 1.0), given.get("end", 10.0), given.get("step", 1.0)
    if left or step != 1 or not start.is_integer():
        findings.add(row.place("parameters"), "sheet_range", found=left or said)
    question.properties |= {"minimum": start, "maximum": end}
