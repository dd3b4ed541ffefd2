"""Texts as people should read them: right quotation marks, no stray blanks, short enough for their place."""

import re
import unicodedata
from collections.abc import Iterator

from survey.questionnaire import definition, framework
from survey.questionnaire.builder import JsonObject
from survey.questionnaire.checks.outline import JsonPlace, Outline
from survey.questionnaire.findings import Finding
from survey.questionnaire.texts import DESCRIPTIONS

FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and signs that are drawn as nothing."""
FOREIGN = re.compile("(CYRILLIC|GREEK) ")
LETTERS_AND_DIGITS = frozenset({"Lu", "Ll", "Nd"})
PLACEHOLDER = re.compile(r"\$\{[^}]*\}|\{\{[^}]*\}\}|\{[a-z][a-z0-9_.]*\}|%\([^)]*\)[sd]")
"""An answer in a text, as XLSForm, templates and catalogues write one."""
READ_BY_PEOPLE = frozenset(name for _, name in DESCRIPTIONS)
# What a list, or the object “other”, is built into: its texts have that one’s limits.
OWNERS: dict[str | int, type] = {
    "sections": definition.Section,
    "questions": definition.Question,
    "other": definition.Question,
    "options": definition.Option,
    "rows": definition.MatrixRow,
    "row_groups": definition.MatrixRowGroup,
    "columns": definition.MatrixColumn,
    "modules": framework.Module,
    "levels": framework.Level,
    "outcomes": framework.Outcome,
    "criteria": framework.Criterion,
}


def straight_quotes(outline: Outline) -> Iterator[Finding]:
    """A text holds a straight apostrophe or quotation mark."""
    for place, text in texts(outline.source):
        mark = next((mark for mark in "'\"`" if mark in text), None)
        if mark:
            yield outline.finding(place, "straight_quote", mark=mark)


def two_blanks(outline: Outline) -> Iterator[Finding]:
    """A text holds two blanks together, or a blank that does not break."""
    for place, text in texts(outline.source):
        if "  " in text or "\u00a0" in text:
            yield outline.finding(place, "two_blanks")


def unseen_characters(outline: Outline) -> Iterator[Finding]:
    """A text holds what takes no room, or turns the direction of reading."""
    for place, text in texts(outline.source):
        unseen = next((sign for sign in text if unicodedata.category(sign) == "Cf" or sign in FILLERS), "")
        if unseen:
            yield outline.finding(place, "unseen_character", character=f"U+{ord(unseen):04X}")


def taken_in(outline: Outline) -> Iterator[Finding]:
    """A text means to take in an answer, after which Welsh would have to change its words."""
    for place, text in texts(outline.source):
        match = PLACEHOLDER.search(text)
        if match:
            yield outline.finding(place, "taken_in", found=match[0])


def look_alikes(outline: Outline) -> Iterator[Finding]:
    """A word holds a letter of another alphabet that looks like one of ours."""
    for place, text in texts(outline.source):
        for word in () if text.isascii() else text.split():
            foreign = next((sign for sign in word if FOREIGN.match(unicodedata.name(sign, ""))), None)
            if foreign and any(unicodedata.name(sign, "").startswith("LATIN") for sign in word):
                yield outline.finding(place, "look_alike", word=word, character=foreign, name=unicodedata.name(foreign))


def other_forms(outline: Outline) -> Iterator[Finding]:
    """A word holds another form of a letter or a digit: full-width, bold or joined ones (Unicode, NFKC)."""
    for place, text in texts(outline.source):
        for word in () if text.isascii() else text.split():
            form = next((sign for sign in word if _plain(sign) != sign), None)
            if form:
                values = {"character": form, "name": unicodedata.name(form), "plain": _plain(form)}
                yield outline.finding(place, "other_form", word=word, **values)


def _plain(sign: str) -> str:
    """A letter or a digit as it is typed; anything else, and a letter with its accent, as it is."""
    if sign.isascii() or unicodedata.category(sign) not in LETTERS_AND_DIGITS:
        return sign
    plain = unicodedata.normalize("NFKC", sign)
    return plain if plain.isascii() else sign


def lengths(outline: Outline) -> Iterator[Finding]:
    """A text is longer than its place allows (`survey.questionnaire.texts.DESCRIPTIONS`)."""
    root = framework.Framework if "outcomes" in outline.source else definition.Questionnaire
    for place, text in texts(outline.source):
        name = next(str(part) for part in reversed(place) if isinstance(part, str))
        most = DESCRIPTIONS[_owner(place, root), name].max_length
        if most is not None and len(text) > most:
            yield outline.finding(place, "too_long", most=most, length=len(text))


def _owner(place: JsonPlace, root: type) -> type:
    if place[0] == "option_sets":
        return definition.Option
    return next((OWNERS[name] for name in reversed(place[:-1]) if name in OWNERS), root)


def texts(source: JsonObject, *above: str | int) -> Iterator[tuple[JsonPlace, str]]:
    """Every text of a questionnaire or framework that people read, with its place."""
    for name, value in source.items():
        here = (*above, name)
        if isinstance(value, str) and name in READ_BY_PEOPLE:
            yield here, value
        elif isinstance(value, dict):
            yield from texts(value, *here)
        elif isinstance(value, list):
            for number, item in enumerate(value):
                if isinstance(item, dict):
                    yield from texts(item, *here, number)
                elif isinstance(item, str) and name in READ_BY_PEOPLE:
                    yield (*here, number), item
