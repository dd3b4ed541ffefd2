"""Whether the six forms of a Welsh plural can be right: they are not all alike, and the word after a number mutates.

After 2 the word is in the soft mutation; after 3 and 6 in the aspirate one or in none, never in the soft.
"""

import re
from collections.abc import Iterator, Mapping

from survey.catalogues.files import FORMS
from survey.catalogues.mutation import aspirate, soft
from survey.catalogues.numbers import NUMBER_OF_FORM, NUMBER_WORDS
from survey.catalogues.pairs import BRACES, NAMED

TWO, THREE, SIX, OTHERS = 2, 3, 4, FORMS - 1
# What may stand behind a number and is not what is counted.
NOT_COUNTED = frozenset("mewn gan gyda dros drwy mwy llai fel pan dan rhwng cyn bod mai gorau mwyaf diwethaf".split())  # noqa: SIM905
# These are words of other meaning too (“a”, “un”).
TELLING = ("2", "3", "6")

_COUNTED = re.compile(rf"(?:{NAMED.pattern}|{BRACES.pattern}|\b\d+) ([a-zâêîôûŵŷ]+)")

Faults = Iterator[tuple[str, str, int | None]]


def plural_faults(forms: Mapping[int, str]) -> Faults:
    """What is wrong with the forms as a whole, as (rule, detail, form)."""
    for form in range(FORMS):
        if not forms.get(form, "").strip():
            yield "empty-form", "", form
    if max(forms, default=0) >= FORMS:
        yield "extra-form", "", None
    if len(forms) >= FORMS and len(set(forms.values())) == 1:
        yield "forms-alike", "", None
    yield from _mutations({form: _counted(text) for form, text in forms.items()})
    for form, text in forms.items():
        yield from _numbers_of_others(form, text)


def _mutations(words: Mapping[int, str]) -> Faults:
    two, three, others = words.get(TWO, ""), words.get(THREE, ""), words.get(OTHERS, "")
    if _are_swapped(two, three):
        yield "plural-mutation", f"{two}, {three}", TWO
        return
    if two and two in {others, three} and soft(two) != two:
        yield "plural-mutation", f"{two} → {soft(two)}", TWO
    for form in (THREE, SIX):
        word = words.get(form, "")
        if word and others and word == soft(others) != others:
            yield "plural-mutation", f"{word} → {aspirate(others)}", form


def _are_swapped(two: str, three: str) -> bool:
    """Whether the form for 3 is soft, and the form for 2 is the same word and is not."""
    if not two or not three or two == three:
        return False
    radicals = {two, *(letter + two[2:] for letter in "cpt" if two.startswith(letter + "h"))}
    return any(soft(radical) == three for radical in radicals)


def _counted(text: str) -> str:
    """The word that follows the number."""
    word = _COUNTED.search(text)
    return word[1] if word and word[1] not in NOT_COUNTED else ""


def _numbers_of_others(form: int, text: str) -> Faults:
    """Number words in a form that is for another number."""
    said = re.findall(r"\w+", text.lower())
    for number in TELLING:
        words = [word for word in said if word in NUMBER_WORDS[number] and word != "ail"]
        if words and NUMBER_OF_FORM.get(form) in TELLING and NUMBER_OF_FORM[form] != number:
            yield "plural-mutation", words[0], form
