"""Definitions from files: read, checked whole, built. What has a fault is never built."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from survey.config import ROOT
from survey.questionnaire.builder import JsonObject, framework_from, questionnaire_from
from survey.questionnaire.checks import meaning_findings
from survey.questionnaire.checks.files import fit_findings, name_findings
from survey.questionnaire.checks.outline import Outline
from survey.questionnaire.checks.unused_answers import in_no_table_of_its_own
from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.editions import SCHEMA_PATH
from survey.questionnaire.findings import DefinitionError, Finding
from survey.questionnaire.framework import Framework
from survey.questionnaire.json_places import located
from survey.questionnaire.json_reader import Document, read_definition, read_file
from survey.questionnaire.shape import KINDS, kind_of, schema_path, shape_findings

QUESTIONNAIRES = ROOT / "questionnaires"


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that can be asked: questionnaires by (id, edition), frameworks by id."""

    questionnaires: Mapping[tuple[str, str], Questionnaire]
    frameworks: Mapping[str, Framework]


@dataclass(frozen=True, slots=True)
class ExaminedFile:
    """A file after its checks. `kind` and `source` are None for a file that could not be read as any kind.

    `text` is what the file holds, so that findings can say the line.
    """

    path: Path
    kind: str | None
    source: JsonObject | None
    findings: tuple[Finding, ...]
    text: str = ""

    @property
    def is_sound(self) -> bool:
        return not self.findings


def load_source(path: Path, kind: str) -> JsonObject:
    """The checked JSON of a file of a kind (`shape.KINDS`), as it is frozen. Raises DefinitionError."""
    return sound_source(examine(path, kind))


def sound_source(examined: ExaminedFile) -> JsonObject:
    """The JSON of a file that nothing is wrong with by itself. Raises DefinitionError."""
    if examined.source is None or not examined.is_sound:
        raise DefinitionError(examined.findings)
    return examined.source


def load_all(folder: Path = QUESTIONNAIRES) -> Library:
    """Every questionnaire and framework of a folder. Raises DefinitionError with the findings of all its files."""
    examined = [examine(path) for path in definition_files(folder)]
    findings = [finding for item in examined for finding in item.findings] + belonging(examined, folder)
    if findings:
        raise DefinitionError(findings)
    sources = [(item.kind, item.source) for item in examined if item.source is not None]
    questionnaires = [questionnaire_from(source) for kind, source in sources if kind == "questionnaire"]
    frameworks = [framework_from(source) for kind, source in sources if kind == "framework"]
    return Library({(item.id, item.edition): item for item in questionnaires}, {item.id: item for item in frameworks})


def check(paths: Iterable[Path], folder: Path = QUESTIONNAIRES) -> list[Finding]:
    """What is wrong with some files, by themselves and together with the frameworks of `folder`."""
    return faults([examine(path) for path in paths], folder)


def faults(examined: Sequence[ExaminedFile], folder: Path = QUESTIONNAIRES) -> list[Finding]:
    """What is wrong with files that have been examined, by themselves and together."""
    return [finding for item in examined for finding in item.findings] + belonging(examined, folder)


def unused(examined: Iterable[ExaminedFile]) -> list[Finding]:
    """What is no fault of some sound questionnaires, and their authors may not know."""
    return [
        finding
        for item in examined
        if item.kind == "questionnaire" and item.source is not None and item.is_sound
        for finding in located(in_no_table_of_its_own(Outline(item.source, str(item.path))), item.text, item.source)
    ]


def definition_files(folder: Path = QUESTIONNAIRES) -> list[Path]:
    """The files of definitions in a folder and the folders below it, schemas left out."""
    return sorted(path for path in folder.rglob("*.json") if not path.name.endswith(".schema.json"))


def examine(path: Path, kind: str | None = None) -> ExaminedFile:
    """A file with everything that is wrong with it by itself. Without `kind`, the file says what it is."""
    return _examined(partial(read_file, path), path, kind)


def examine_content(content: bytes, path: Path, kind: str | None = None) -> ExaminedFile:
    """What a file at `path` would be with this content."""
    return _examined(partial(read_definition, content, str(path)), path, kind)


def _examined(read: Callable[[], Document], path: Path, kind: str | None) -> ExaminedFile:
    try:
        document = read()
    except DefinitionError as error:
        return ExaminedFile(path, None, None, error.findings)
    file, source, text = str(path), document.value, document.text
    kind = kind or kind_of(source)
    if kind is None or (kind == "questionnaire" and not isinstance(source, dict)):
        return ExaminedFile(path, None, None, (_of_no_kind(file, source),))
    return ExaminedFile(
        path, kind, source, tuple(replace(finding, file=file) for finding in _findings(kind, text)), text
    )


@lru_cache(maxsize=32)
def _findings(kind: str, text: str) -> tuple[Finding, ...]:
    """Everything that is wrong with a text, of whatever file. Pages that list editions ask it of the same ones each
    time."""
    source = read_definition(text.encode(), "").value
    return tuple(located(shape_findings(kind, source, "") or meaning_findings(kind, source, ""), text, source))


def _of_no_kind(file: str, source: Any) -> Finding:
    line = f'"$schema": "{SCHEMA_PATH}",'
    if not isinstance(source, dict):
        return Finding(file, "", "no_definition", {"line": line})
    names = ", ".join(schema_path(known).name for known in KINDS)
    return Finding(file, "", "unknown_kind", {"line": line, "names": names})


def belonging(examined: Iterable[ExaminedFile], folder: Path) -> list[Finding]:
    """How sound files fit together, and whether those in `folder` are called what they say they are."""
    examined = list(examined)
    read = {item.path.resolve() for item in examined}
    known = [examine(path) for path in sorted(folder.glob("frameworks/*.json")) if path.resolve() not in read]
    frameworks: dict[str, JsonObject] = {
        item.source["id"]: item.source
        for item in [*known, *examined]
        if item.kind == "framework" and item.source is not None and item.is_sound
    }
    findings: list[Finding] = []
    for item in examined:
        if item.kind is None or item.source is None or not item.is_sound:
            continue
        together: list[Finding] = []
        if item.path.resolve().is_relative_to(folder.resolve()):
            together += name_findings(item.kind, item.source, item.path, str(item.path))
        if item.kind == "questionnaire":
            together += fit_findings(item.source, str(item.path), frameworks)
        findings += located(together, item.text, item.source)
    return findings
