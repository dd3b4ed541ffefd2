"""Welsh for the small questionnaire, compiled, as a person who opens a round would have it."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import polib

from survey.questionnaire.builder import framework_from, questionnaire_from
from survey.questionnaire.texts import Message, messages
from tests.collection.example import DEFINITION, FRAMEWORK


def write_welsh(folder: Path, *, without: str = "") -> None:
    """Compile a Welsh text for every text but the one whose context is `without`."""
    _write_all(folder / "cy", "Cymraeg: {}", without)


def write_pseudo(folder: Path) -> None:
    """Compile the pseudo-language."""
    _write_all(folder / "en_XA", "⟦{}⟧", "")


def write_welsh_of(folder: Path, definition: Mapping[str, Any]) -> None:
    """Compile a Welsh text for every text of another questionnaire."""
    questionnaire = questionnaire_from(definition)
    _write(folder / "cy", questionnaire.id, messages(questionnaire), "Cymraeg: {}", "")


def write_pseudo_of(folder: Path, definition: Mapping[str, Any]) -> None:
    """Compile the pseudo-language of another questionnaire."""
    questionnaire = questionnaire_from(definition)
    _write(folder / "en_XA", questionnaire.id, messages(questionnaire), "⟦{}⟧", "")


def _write_all(folder: Path, pattern: str, without: str) -> None:
    _write(folder, "small", messages(questionnaire_from(DEFINITION)), pattern, without)
    _write(folder, "framework", messages(framework_from(FRAMEWORK)), pattern, without)


def _write(folder: Path, domain: str, found: Iterable[Message], pattern: str, without: str) -> None:
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    for message in found:
        if message.context != without:
            catalogue.append(
                polib.POEntry(msgctxt=message.context, msgid=message.text, msgstr=pattern.format(message.text))
            )
    path = folder / "LC_MESSAGES" / f"{domain}.mo"
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save_as_mofile(str(path))
