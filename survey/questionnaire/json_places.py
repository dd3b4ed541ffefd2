"""Where findings stand in the file that somebody has open: the line, the column, and the question they are about."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from survey.questionnaire.findings import Finding, Spot, parts
from survey.questionnaire.json_scan import Scan

DEEPER_THAN_ANY = 1_000
LONGEST_SHOWN = 100


def spot(text: str, offset: int) -> Spot:
    """The line and the column, from 1, of the sign with a number, and as much of its line as fits."""
    begin = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    whole = text[begin : end if end >= 0 else len(text)].rstrip("\r")
    column = offset - begin
    cut = max(0, column - LONGEST_SHOWN // 2)
    shown = whole[cut : cut + LONGEST_SHOWN]
    mark = column - cut
    if not cut:
        indent = len(shown) - len(shown.lstrip(" \t"))
        indent = min(indent, mark)
        shown, mark = shown[indent:], mark - indent
    return Spot(text.count("\n", 0, offset) + 1, column + 1, shown, mark)


def located(findings: Iterable[Finding], text: str, value: Any) -> list[Finding]:
    """Findings of a file with that text and JSON, each with its line and its question, in the order of the lines."""
    all_findings = list(findings)
    if not all_findings:
        return all_findings
    places = Scan(text, DEEPER_THAN_ANY).places
    settled = [finding if finding.spot else _settled(finding, text, value, places) for finding in all_findings]
    return sorted(settled, key=lambda finding: (finding.spot.line, finding.spot.column) if finding.spot else (0, 0))


def _settled(finding: Finding, text: str, value: Any, places: dict[tuple[str | int, ...], int]) -> Finding:
    place = parts(finding.pointer, value)
    while place and place not in places:
        place = place[:-1]
    where = spot(text, places[place]) if place else None
    return replace(finding, spot=where, about=label_at(place, value))


def label_at(place: tuple[str | int, ...], value: Any) -> str:
    """The English of the question that a place is in, or nothing."""
    label = ""
    for number, part in enumerate(place):
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return label
        if number and place[number - 1] == "questions" and isinstance(value, dict):
            named = value.get("label")
            label = named if isinstance(named, str) else label
    return label
