"""What is wrong with a file that people edit: where, what, and what to do, in either language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from survey.languages import Language
from survey.questionnaire.finding_words import WORDINGS


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a file, as an editor says it: line and column, from 1. `shown` is what stands there, with its `mark`."""

    line: int
    column: int
    shown: str
    mark: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault. `file` is its path, `pointer` the place in it (JSON Pointer, RFC 6901; "" is the whole file).

    `about` is the label of the question that it is about, in English.
    """

    file: str
    pointer: str
    code: str
    values: Mapping[str, str | int | float] = field(default_factory=dict)
    spot: Spot | None = None
    about: str = ""


class DefinitionError(ValueError):
    """A file cannot be used. `findings` holds every fault that was found in it."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("; ".join(f"{item.file}#{item.pointer}: {item.code} {dict(item.values)}" for item in findings))
        self.findings = tuple(findings)


def pointer(*parts: str | int) -> str:
    """A JSON Pointer to a place. Example: `/sections/0/id`."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def parts(pointer: str, value: Any) -> tuple[str | int, ...]:
    """The way back from `pointer`: the parts of a place in this JSON, as far as it leads there."""
    place: list[str | int] = []
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        key: str | int = int(name) if isinstance(value, list) and name.isdecimal() else name
        place.append(key)
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            break
    return tuple(place)


def describe(finding: Finding, language: Language) -> str:
    """What is wrong and what to do. Raises KeyError for a code without a wording."""
    return language.say(WORDINGS[finding.code], **finding.values)


def where(finding: Finding) -> str:
    """The place of a finding: file with line and column, pointer with the question."""
    file = f"{finding.file}:{finding.spot.line}:{finding.spot.column}" if finding.spot else finding.file
    about = f" “{_shortened(finding.about)}”" if finding.about else ""
    return printable(f"{file}: {finding.pointer}{about}" if finding.pointer else file)


def line(finding: Finding, language: Language) -> str:
    """A finding as one line: its place, what is wrong."""
    return f"{where(finding)}: {printable(describe(finding, language))}"


def shown(finding: Finding, language: Language) -> str:
    """A finding as `line` says it; under it the line of the file, with a mark."""
    if finding.spot is None or not finding.spot.shown:
        return line(finding, language)
    # What is escaped takes more room, and so does the mark under it.
    before = printable(finding.spot.shown[: finding.spot.mark])
    return f"{line(finding, language)}\n    {printable(finding.spot.shown)}\n    {' ' * len(before)}^"


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def printable(text: str) -> str:
    """The text with the control characters of a hostile file shown escaped."""
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in text)
