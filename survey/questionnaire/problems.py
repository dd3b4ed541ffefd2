"""What can be wrong with an answer, and the one wording of it for pages, imports and the command line."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from survey.languages import Language

Number = int | float


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of an answer. `part` names the criterion, row or group item (`<item id>.<question id>`) at fault."""

    code: str
    values: Mapping[str, Number] = field(default_factory=dict)
    part: str | None = None

    def at(self, part: str) -> "Problem":
        """The same problem, placed in a part of the answer."""
        return Problem(self.code, self.values, part if self.part is None else f"{part}.{self.part}")


def describe(problem: Problem, language: Language) -> str:
    """The problem as a sentence that says what to do. Raises KeyError for a code without a wording."""
    return WORDINGS[problem.code](language, problem.values)


def _too_many(language: Language, values: Mapping[str, Number]) -> str:
    return language.npgettext(
        "problem", "Choose no more than %(n)s answer", "Choose no more than %(n)s answers", int(values["most"])
    )


def _too_long(language: Language, values: Mapping[str, Number]) -> str:
    return language.npgettext(
        "problem",
        "Shorten the answer to %(n)s character or fewer",
        "Shorten the answer to %(n)s characters or fewer",
        int(values["most"]),
    )


def _too_many_items(language: Language, values: Mapping[str, Number]) -> str:
    return language.npgettext(
        "problem", "Keep no more than %(n)s of these", "Keep no more than %(n)s of these", int(values["most"])
    )


WORDINGS: dict[str, Callable[[Language, Mapping[str, Number]], str]] = {
    "missing": lambda language, _: language.pgettext("problem", "Answer this question"),
    "not_an_option": lambda language, _: language.pgettext("problem", "Choose one of the answers shown"),
    "exclusive": lambda language, _: language.pgettext(
        "problem", "Choose either this answer on its own, or one or more of the others"
    ),
    "too_many": _too_many,
    "repeated": lambda language, _: language.pgettext("problem", "Choose each answer only once"),
    "too_long": _too_long,
    "bad_character": lambda language, _: language.pgettext(
        "problem", "Remove the characters that cannot be shown, and save again"
    ),
    "one_line": lambda language, _: language.pgettext("problem", "Write the answer on one line"),
    "not_whole": lambda language, _: language.pgettext(
        "problem", "Enter a whole number, using digits only, like 45000"
    ),
    "not_number": lambda language, _: language.pgettext("problem", "Enter a number, using digits, like 12.5"),
    "too_small": lambda language, values: language.pgettext(
        "problem", "Enter a number that is %(least)s or more", least=language.number(values["least"])
    ),
    "too_large": lambda language, values: language.pgettext(
        "problem", "Enter a number that is %(most)s or less", most=language.number(values["most"])
    ),
    "too_early": lambda language, values: language.pgettext(
        "problem", "Enter a year that is %(least)s or later", least=int(values["least"])
    ),
    "too_late": lambda language, values: language.pgettext(
        "problem", "Enter a year that is %(most)s or earlier", most=int(values["most"])
    ),
    "not_year": lambda language, _: language.pgettext("problem", "Enter a year with four digits, like 2026"),
    "not_date": lambda language, _: language.pgettext(
        "problem", "Enter a real date: a day, a month and a year, like 31 3 2027"
    ),
    "too_many_items": _too_many_items,
    "wrong_shape": lambda language, _: language.pgettext(
        "problem", "This answer is not in a form that this question can hold"
    ),
    "unknown_part": lambda language, _: language.pgettext(
        "problem", "This answer names something that the question does not ask about"
    ),
}
