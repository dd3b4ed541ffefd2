"""The editions there are in a folder of questionnaires today: what each asks, or what is wrong with its file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from survey.languages import Language, MissingText
from survey.questionnaire.builder import JsonObject, framework_from, questionnaire_from
from survey.questionnaire.definition import FollowedUp, Questionnaire
from survey.questionnaire.findings import Finding, parts
from survey.questionnaire.framework import Framework
from survey.questionnaire.library import ExaminedFile, belonging
from survey.questionnaire.shelf import NOT_QUESTIONNAIRES, Shelf
from survey.questionnaire.texts import Message, Texts, messages
from survey.questionnaire.walk import Instrument

EXAMPLE = "…"
"""Stands for what a respondent wrote the year before; the page says so in the reader’s language."""


@dataclass(frozen=True, slots=True)
class Unreached:
    """A questionnaire in which something can never be asked: the `names` of it, as `section.group.question`."""

    questionnaire: Questionnaire
    names: frozenset[str]


@dataclass(frozen=True, eq=False)
class Edition:
    """One file, named after its place: `<name>/<year>.json`. With `findings` it has no `questionnaire`.

    It has `unreached` where nothing else is wrong than that something can never be asked.
    """

    name: str
    year: str
    findings: tuple[Finding, ...] = ()
    questionnaire: Questionnaire | None = None
    framework: Framework | None = None
    unreached: Unreached | None = None

    @cached_property
    def as_if_sound(self) -> "Edition":
        """An edition that has `unreached`, with what it asks, to be looked at."""
        return replace(self, findings=(), questionnaire=self.unreached.questionnaire if self.unreached else None)

    @cached_property
    def instrument(self) -> Instrument:
        """What is asked, with every outcome of the framework; of what is followed up, one thing as an example.

        Raises ValueError for a file with findings.
        """
        if self.questionnaire is None:
            raise ValueError(f"{self.name}/{self.year} has findings")
        outcomes = tuple(outcome.id for outcome in self.framework.outcomes) if self.framework else ()
        year_before = f"{int(self.year) - 1}-{self.year[2:]}"
        example = FollowedUp(next(iter(outcomes), ""), year_before, EXAMPLE, "")
        followed = {section.follows_up: (example,) for section in self.questionnaire.sections if section.follows_up}
        return Instrument(self.questionnaire, self.framework, outcomes, followed)


@dataclass(frozen=True, slots=True)
class EditionTexts:
    """The texts of an edition in one language. `missing` are those that only the English is there of."""

    texts: Texts
    missing: tuple[Message, ...]


def editions(shelf: Shelf) -> tuple[Edition, ...]:
    """Every edition, by name and then the newest first. Read anew only when a file or what was added has changed."""
    return _editions(shelf, tuple(_state(path) for path in shelf.files()))


def _state(path: Path) -> tuple[Path, int, int]:
    try:
        stat = path.stat()
    except OSError:
        return path, 0, 0  # what is wrong with it is for the checks to say
    return path, stat.st_mtime_ns, stat.st_size


@lru_cache(maxsize=4)
def _editions(shelf: Shelf, states: tuple[tuple[Path, int, int], ...]) -> tuple[Edition, ...]:
    folder = shelf.folder
    examined = [shelf.examine(path) for path, _, _ in states]
    frameworks = {item.path.stem: item for item in examined if item.path.parent == folder / "frameworks"}
    together = belonging(examined, folder)
    all_editions = [
        _edition(item, together, frameworks, folder)
        for item in examined
        if item.path.parent.parent == folder and item.path.parent.name not in NOT_QUESTIONNAIRES
    ]
    newest_first = sorted(all_editions, key=lambda edition: edition.year, reverse=True)
    return tuple(sorted(newest_first, key=lambda edition: edition.name))


def _edition(
    item: ExaminedFile, together: Iterable[Finding], frameworks: Mapping[str, ExaminedFile], folder: Path
) -> Edition:
    name, year = item.path.parent.name, item.path.stem
    framework = frameworks.get(str(item.source.get("framework"))) if item.source else None
    files = [item, *([framework] if framework else [])]
    findings = [
        *(finding for file in files for finding in file.findings),
        *(finding for file in files for finding in together if finding.file == str(file.path)),
    ]
    if item.source is None or any(finding.code != "unreachable" for finding in findings):
        return Edition(name, year, tuple(_near(finding, folder) for finding in findings))
    questionnaire = questionnaire_from(item.source)
    built = framework_from(framework.source) if framework and framework.source else None
    if not findings:
        return Edition(name, year, questionnaire=questionnaire, framework=built)
    unreached = Unreached(questionnaire, frozenset(_named(finding.pointer, item.source) for finding in findings))
    return Edition(
        name, year, tuple(_near(finding, folder) for finding in findings), framework=built, unreached=unreached
    )


def _named(place: str, source: JsonObject) -> str:
    """The name of the section or question that a pointer leads to or into."""
    names: list[str] = []
    value: Any = source
    for part in parts(place, source):
        value = value[part]
        if isinstance(part, int) and isinstance(value, Mapping) and "id" in value:
            names.append(value["id"])
    return ".".join(names)


def _near(finding: Finding, folder: Path) -> Finding:
    """A finding whose file is named from the folder of questionnaires on, whatever machine it is on."""
    return replace(finding, file=str(Path(folder.name, Path(finding.file).relative_to(folder))))


@lru_cache(maxsize=32)
def words_of(edition: Edition, language: Language) -> EditionTexts:
    """Every text of a sound edition; what has no translation yet is there in English, marked as such."""
    instrument = edition.instrument
    sources = [(instrument.questionnaire.id, message) for message in messages(instrument.questionnaire)]
    if edition.framework:
        sources += [("framework", message) for message in messages(edition.framework)]
    return words_from(tuple(sources), language)


def words_from(sources: Iterable[tuple[str, Message]], language: Language) -> EditionTexts:
    """Texts of some catalogues in a language, as `words_of` gives them."""
    words: dict[str, str] = {}
    missing: list[Message] = []
    for domain, message in sources:
        try:
            words[message.context] = language.message(domain, message.context, message.text)
        except MissingText:
            missing.append(message)
            words[message.context] = language.pgettext(
                "preview", "[Not translated yet] %(english)s", english=message.text
            )
    return EditionTexts(Texts(language.code, words), tuple(missing))
