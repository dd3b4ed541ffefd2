"""The texts of the definitions: frameworks, and questionnaires with all their editions."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from survey.catalogues.files import Places
from survey.catalogues.message_sources import MessageSource
from survey.questionnaire.builder import framework_from, questionnaire_from
from survey.questionnaire.library import load_source
from survey.questionnaire.texts import Message, messages

NOT_QUESTIONNAIRES = {"frameworks", "clusters", "schema"}


def framework_sources(places: Places) -> Iterator[MessageSource]:
    """The texts of every framework, the newest first. Raises DefinitionError."""
    for path in _newest_first(places.questionnaires / "frameworks"):
        yield from _sources(messages(framework_from(load_source(path, "framework"))), path, places)


def questionnaire_sources(places: Places, name: str) -> Iterator[MessageSource]:
    """The texts of every edition of a questionnaire, the newest first. Raises DefinitionError."""
    for path in _newest_first(places.questionnaires / name):
        yield from _sources(messages(questionnaire_from(load_source(path, "questionnaire"))), path, places)


def questionnaire_names(places: Places) -> list[str]:
    """The ids of the questionnaires, which their folders and catalogues are named by."""
    folders = {path.parent.name for path in places.questionnaires.glob("*/*.json")}
    return sorted(folders - NOT_QUESTIONNAIRES)


def _newest_first(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json"), reverse=True)


def _sources(texts: Iterable[Message], path: Path, places: Places) -> Iterator[MessageSource]:
    reference = path.relative_to(places.root).as_posix()
    for message in texts:
        yield MessageSource(message.context, message.text, "", message.comment, reference, limit=message.max_length)
