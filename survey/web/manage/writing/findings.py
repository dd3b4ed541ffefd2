"""Findings as a page lists them: the question, the place, what to do, and the line with a mark."""

from collections.abc import Iterable
from dataclasses import dataclass

from survey.questionnaire.findings import Finding, describe, printable
from survey.web.site.language import current_language


@dataclass(frozen=True, slots=True)
class FindingInWords:
    """`about` is the question, in English; `place` a cell, or a line and column; `shown` the line up to
    where it is wrong, and from there on."""

    about: str
    place: str
    words: str
    shown: tuple[str, str] | None


def findings_in_words(findings: Iterable[Finding]) -> list[FindingInWords]:
    """Each finding in the language of the page."""
    return [
        FindingInWords(one.about, _place(one), printable(describe(one, current_language())), marked_line(one))
        for one in findings
    ]


def _place(finding: Finding) -> str:
    place = f"{finding.spot.line}:{finding.spot.column} {finding.pointer}" if finding.spot else finding.pointer
    return printable(place.strip())


def marked_line(finding: Finding) -> tuple[str, str] | None:
    """The line of a file up to where it is wrong, and from there on; None where there is none to show."""
    if finding.spot is None or not finding.spot.shown:
        return None
    return printable(finding.spot.shown[: finding.spot.mark]), printable(finding.spot.shown[finding.spot.mark :])
