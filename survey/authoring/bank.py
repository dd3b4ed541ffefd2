"""Questions of earlier editions that one does not ask, to be taken into it again: their Welsh is there already."""

from collections.abc import Collection, Iterable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from survey.questionnaire.builder import JsonObject

LEFT_OUT = frozenset({"show_when", "shows"})


@dataclass(frozen=True, slots=True)
class Banked:
    """A question as the newest edition that asked it had it. It can be taken into the section of the same id."""

    edition: str
    section: str
    question: JsonObject
    option_sets: JsonObject

    @property
    def key(self) -> str:
        return f"{self.section}.{self.question['id']}"


def bank(target: JsonObject, earlier: Iterable[JsonObject]) -> list[Banked]:
    """What earlier editions asked in sections that `target` has, and it does not; the newest first.

    A question comes without its rule and without the answers that it shows: their questions may not be there any more.
    """
    asked = {section["id"]: _names(section["questions"]) for section in target["sections"]}
    by_key: dict[str, Banked] = {}
    for source in sorted(earlier, key=lambda source: str(source["edition"]), reverse=True):
        for section in source["sections"]:
            for question in section["questions"]:
                if question["id"] in asked.get(section["id"], {question["id"]}):
                    continue
                plain = {name: value for name, value in question.items() if name not in LEFT_OUT}
                banked = Banked(source["edition"], section["id"], plain, source.get("option_sets", {}))
                by_key.setdefault(banked.key, banked)
    return list(by_key.values())


def with_banked(target: JsonObject, chosen: Iterable[Banked]) -> JsonObject:
    """The edition with these questions at the end of their sections, and with the option sets that they need."""
    made: dict[str, Any] = deepcopy(dict(target))
    sections = {section["id"]: section for section in made["sections"]}
    for banked in chosen:
        sections[banked.section]["questions"].append(deepcopy(dict(banked.question)))
        for name in _sets_of(banked.question):
            made.setdefault("option_sets", {}).setdefault(name, deepcopy(banked.option_sets[name]))
    return made


def _names(questions: Iterable[JsonObject]) -> Collection[str]:
    """The ids that questions have, or had before."""
    return {str(question[name]).split(".")[-1] for question in questions for name in ("id", "was") if name in question}


def _sets_of(question: JsonObject) -> set[str]:
    """The option sets that a question, or a part of it, names."""
    parts = [question, *question.get("columns", ()), *question.get("questions", ())]
    return {part["option_set"] for part in parts if "option_set" in part}
