"""A questionnaire's JSON laid out for checking: every question with its place, in the order of asking."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from survey.questionnaire.builder import JsonObject
from survey.questionnaire.figures import ITEMS
from survey.questionnaire.findings import Finding, pointer
from survey.questionnaire.types import ANSWER_TYPES, AnswerType

JsonPlace = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A question where it stands. `group` is the group it is part of."""

    place: JsonPlace
    source: JsonObject
    section: JsonObject
    group: JsonObject | None = None

    @property
    def id(self) -> str:
        return str(self.source["id"])

    @property
    def type(self) -> str:
        return str(self.source["type"])

    @property
    def answer_type(self) -> AnswerType:
        """What its answers are like."""
        return ANSWER_TYPES[self.type]


class Outline:
    """The JSON of a file that its schema has accepted, and the name that findings give the file."""

    def __init__(self, source: JsonObject, file: str) -> None:
        self.source = source
        self.file = file
        self.option_sets: Mapping[str, list[JsonObject]] = source.get("option_sets", {})

    def finding(self, place: JsonPlace, code: str, /, **values: str | int | float) -> Finding:
        """A finding of this file."""
        return Finding(self.file, pointer(*place), code, values)

    @cached_property
    def sections(self) -> tuple[tuple[JsonPlace, JsonObject], ...]:
        """The sections with their places."""
        return tuple((("sections", number), section) for number, section in enumerate(self.source["sections"]))

    @cached_property
    def entries(self) -> tuple[OutlineEntry, ...]:
        """Every question as written, those of a group after their group."""
        return tuple(self._entries())

    def _entries(self) -> Iterator[OutlineEntry]:
        for place, section in self.sections:
            for number, question in enumerate(section["questions"]):
                here = (*place, "questions", number)
                yield OutlineEntry(here, question, section)
                for child_number, child in enumerate(question.get("questions", ())):
                    yield OutlineEntry((*here, "questions", child_number), child, section, group=question)

    @cached_property
    def askable(self) -> tuple[OutlineEntry, ...]:
        """Every question that rules can look at: as written, and those that “other” makes."""
        return tuple(asked for entry in self.entries for asked in (entry, *made_by_other(entry)))

    def named(self, name: str, asker: OutlineEntry) -> OutlineEntry | None:
        """The question that a rule, or a figure, of `asker` calls `name`, wherever it stands."""
        above, _, child = name.rpartition(ITEMS)
        if above:
            group = self.named(above, asker)
            return self._by_name.get((id(group.source), child)) if group else None
        if asker.group is not None:
            return self._by_name.get((id(asker.group), name))
        section_id, _, question_id = name.rpartition(".")
        return self._by_name.get((section_id or asker.section["id"], question_id))

    @cached_property
    def _by_name(self) -> dict[tuple[str | int, str], OutlineEntry]:
        entries: dict[tuple[str | int, str], OutlineEntry] = {}
        for entry in self.askable:
            entries.setdefault((id(entry.group) if entry.group is not None else entry.section["id"], entry.id), entry)
        return entries

    def askers(self) -> Iterator[OutlineEntry]:
        """Every section, as an entry of its own, and every question that has a rule."""
        sections = (OutlineEntry(place, section, section) for place, section in self.sections)
        return (entry for entry in (*sections, *self.entries) if "show_when" in entry.source)

    def options(self, owner: JsonObject) -> list[JsonObject]:
        """The options of a question or a column; none when it has none."""
        if "option_set" in owner:
            return self.option_sets.get(owner["option_set"], [])
        return list(owner.get("options", ()))

    def codes(self, owner: JsonObject) -> list[str]:
        """The codes of the options of a question or a column."""
        return [option["code"] for option in self.options(owner)]

    def option_owners(self) -> Iterator[tuple[JsonPlace, JsonObject]]:
        """Every question and matrix column, with its place."""
        for entry in self.entries:
            yield entry.place, entry.source
            for number, column in enumerate(entry.source.get("columns", ())):
                yield (*entry.place, "columns", number), column


def made_by_other(entry: OutlineEntry) -> Iterator[OutlineEntry]:
    """The questions that options with “other” become."""
    for number, option in enumerate(entry.source.get("options", ())):
        if "other" in option:
            chosen = {"question": entry.id, "operator": "=", "answer": option["code"]}
            made = {"id": f"{entry.id}_{option['code']}", "type": "short_text", "show_when": {"all": [chosen]}}
            yield OutlineEntry((*entry.place, "options", number, "other"), made, entry.section, entry.group)
