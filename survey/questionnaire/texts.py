"""Where text lives in definitions, what a translator is told of it, and the texts of one language.

`DESCRIPTIONS` is the one table: every `Text` that a definition object holds is found by walking the object, and
each needs a line here. A `Text` in a place without a line is an error, so nothing readable can be forgotten.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any

from survey.languages import Language
from survey.questionnaire import definition, framework
from survey.questionnaire.definition import Question, Questionnaire, Text
from survey.questionnaire.framework import Criterion, Framework, Outcome


@dataclass(frozen=True, slots=True)
class Message:
    """A text as a translator receives it: its context, English, a comment, and a limit in characters or None.

    `formerly` is the context that it had in the editions before, if its question had another id there.
    """

    context: str
    text: str
    comment: str
    max_length: int | None = None
    formerly: str = ""


@dataclass(frozen=True, slots=True)
class Description:
    """What a text is, in words for a translator, and how long it may be."""

    what: str
    max_length: int | None = None


DESCRIPTIONS: dict[tuple[type, str], Description] = {
    (definition.Questionnaire, "title"): Description(
        "Title of the questionnaire, on every page and on the workbook", 80
    ),
    (definition.Questionnaire, "description"): Description("What the questionnaire is for, on its first page"),
    (definition.Questionnaire, "prepare"): Description(
        "One of the things to have ready before answering, on the first page", 200
    ),
    (definition.Section, "title"): Description(
        "Heading of a section (a page), and its name in the list of sections", 80
    ),
    (definition.Section, "short_title"): Description("Short name of a section, on a sheet of the meeting pack", 12),
    (definition.Section, "text"): Description("Introduction under the heading of a section"),
    (definition.Question, "label"): Description("The question itself, or the statement", 300),
    (definition.Question, "heading"): Description("Heading over some questions of a long page", 80),
    (definition.Question, "hint"): Description("Help under a question", 500),
    (definition.Question, "unit"): Description("Unit of a number that is worked out, which stands after it in ( )", 60),
    (definition.Question, "item_label"): Description(
        "Name of one item of a group that repeats; a number follows it", 60
    ),
    (definition.Question, "add_label"): Description(
        "Button that adds an item to a group that repeats, whether it has items yet or not", 60
    ),
    (definition.Option, "label"): Description("An answer to choose", 200),
    (definition.Option, "hint"): Description("Help under an answer to choose", 300),
    (definition.MatrixRow, "label"): Description("A line of a table of questions", 200),
    (definition.MatrixRowGroup, "label"): Description("Heading over some lines of a table of questions", 100),
    (definition.MatrixColumn, "label"): Description("What every line of a table of questions is rated on", 100),
    (framework.Framework, "title"): Description("Title of the framework", 80),
    (framework.Module, "name"): Description("Name of a family of outcomes", 80),
    (framework.Module, "short_name"): Description("Abbreviation of a family of outcomes, as Wales uses it", 12),
    (framework.Level, "name"): Description("Name of a level of maturity", 30),
    (framework.Level, "description"): Description("What a level of maturity means"),
    (framework.Outcome, "name"): Description("Name of an outcome", 150),
    (framework.Outcome, "purpose"): Description("What an outcome is for, in one sentence"),
    (framework.Criterion, "text"): Description("A statement that a cluster says is in place, partly, not yet …"),
    (framework.Criterion, "parts"): Description("One of the things that the statement above it lists"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """The texts of a questionnaire and its framework in one language: `texts(text)` gives the words.

    `code` is the language, `words` maps the key of every text to its words. It equals itself only, so that what was
    drawn with it is looked up at little cost.
    """

    code: str
    words: Mapping[str, str]

    def __call__(self, text: Text) -> str:
        """The words of a text. Raises KeyError for a text that was not there when these were gathered."""
        words = self.words.get(text.key, text.english) if text.is_name else self.words[text.key]
        return f"{words} – {self(text.about)}" if text.about else words


def texts_in(language: Language, questionnaire: Questionnaire, framework: Framework | None) -> Texts:
    """Every text in a language. Raises `survey.languages.MissingText` for a text without a translation."""
    words: dict[str, str] = {}
    for root, catalogue in ((questionnaire, questionnaire.id), (framework, "framework")):
        for text in _texts(root) if root is not None else ():
            if text.key not in words:
                words[text.key] = text.english if text.is_name else language.message(catalogue, text.key, text.english)
    return Texts(language.code, words)


def messages(root: Questionnaire | Framework | definition.Section | Question | Outcome) -> Iterator[Message]:
    """Every text of a whole or of a part of it, in its order, as a translator receives it. A shared text comes once.

    Names that are the same in every language do not come.
    """
    seen: set[str] = set()
    for owners, name, text in _placed_texts(root, ()):
        if text.key in seen or text.is_name:
            continue
        seen.add(text.key)
        description = DESCRIPTIONS[type(owners[-1]), name]
        around = _surroundings(owners[:-1])
        comment = description.what + around
        yield Message(text.key, text.english, comment, description.max_length, _formerly(owners, text))


def _formerly(owners: tuple[Any, ...], text: Text) -> str:
    """The key of a text under the name that its question had before, or nothing."""
    for owner in reversed(owners):
        if isinstance(owner, Question) and owner.was is not None:
            place = owner.label.key.split(".")[:-1]
            above = place[:1] if "." in owner.was else place[:-1]
            return ".".join([*above, owner.was, *text.key.split(".")[len(place) :]])
    return ""


def _surroundings(owners: tuple[Any, ...]) -> str:
    """What a text belongs to, by its id: words of others would change the comment whenever those are reworded."""
    for owner in reversed(owners):
        if isinstance(owner, Question):
            return f" · of the question: {owner.id}"
        if isinstance(owner, Criterion):
            return f" · of the statement: {owner.id}"
        if isinstance(owner, Outcome):
            return f" · of the outcome: {owner.id}"
        if isinstance(owner, definition.Section):
            return f" · on the page: {owner.id}"
    return ""


def _texts(root: Questionnaire | Framework) -> Iterator[Text]:
    return (text for _, _, text in _placed_texts(root, ()))


def _placed_texts(owner: Any, above: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], str, Text]]:
    owners = (*above, owner)
    for name in _field_names(owner.__class__):
        value = getattr(owner, name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Text):
                yield owners, name, item
            elif _field_names(item.__class__):
                yield from _placed_texts(item, owners)


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    """The fields of a part of a definition; of anything else none."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()
