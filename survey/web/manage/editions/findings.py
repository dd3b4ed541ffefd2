"""Findings as a page lists them: the question, the place, what to do, and the line with a mark."""

from collections.abc import Iterable
from dataclasses import dataclass

from survey.languages import Phrase
from survey.questionnaire.findings import Finding, describe, printable
from survey.web.site.language import current_language

LINE = Phrase("finding", "Line %(line)s, column %(column)s")


@dataclass(frozen=True, slots=True)
class FindingInWords:
    """`about` is the question, in English; `line` says line and column in words; `place` is a cell, or the way to a
    place; `shown` the line up to where it is wrong, and from there on."""

    about: str
    line: str
    place: str
    words: str
    shown: tuple[str, str] | None


def findings_in_words(findings: Iterable[Finding]) -> list[FindingInWords]:
    """Each finding in the language of the page."""
    return [_in_words(finding) for finding in findings]


def _in_words(finding: Finding) -> FindingInWords:
    language = current_language()
    spot = finding.spot
    line = language.say(LINE, line=spot.line, column=spot.column) if spot else ""
    words = printable(describe(finding, language))
    return FindingInWords(finding.about, line, printable(finding.pointer), words, marked_line(finding))


def marked_line(finding: Finding) -> tuple[str, str] | None:
    """The line of a file up to where it is wrong, and from there on; None where there is none to show."""
    if finding.spot is None or not finding.spot.shown:
        return None
    return printable(finding.spot.shown[: finding.spot.mark]), printable(finding.spot.shown[finding.spot.mark :])
