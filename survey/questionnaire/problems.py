"""What can be wrong with an answer, and the one wording of it for pages, imports and the command line."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from survey.languages import CountedPhrase, Language, Phrase

Number = int | float


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of an answer. `part` names the criterion, row or group item (`<item id>.<question id>`) at fault."""

    code: str
    values: Mapping[str, Number] = field(default_factory=dict)
    part: str | None = None

    @property
    def keeps_draft(self) -> bool:
        """A draft keeps the answer as it is, marked: what is too much of it is still what a person wrote."""
        return self.code in KEPT_IN_DRAFTS

    def at(self, part: str) -> "Problem":
        """The same problem, placed in a part of the answer."""
        return Problem(self.code, self.values, part if self.part is None else f"{part}.{self.part}")


def describe(problem: Problem, language: Language) -> str:
    """The problem as a sentence that says what to do. Raises KeyError for a code without a wording."""
    wording = WORDINGS[problem.code]
    if isinstance(wording, CountedPhrase):
        return language.say(wording, **problem.values)
    say_number = str if problem.code in OF_YEARS else language.number
    return language.say(wording, **{name: say_number(number) for name, number in problem.values.items()})


KEPT_IN_DRAFTS = frozenset({"too_long", "one_line", "not_link"})
# A year takes no thousands comma.
OF_YEARS = frozenset({"too_early", "too_late"})
WORDINGS: dict[str, Phrase | CountedPhrase] = {
    "missing": Phrase("problem", "Answer this question"),
    "not_an_option": Phrase("problem", "Choose one of the answers shown"),
    "exclusive": Phrase("problem", "Choose either this answer on its own, or one or more of the others"),
    "too_many": CountedPhrase(
        "problem", "Choose no more than %(n)s answer", "Choose no more than %(n)s answers", "most"
    ),
    "repeated": Phrase("problem", "Choose each answer only once"),
    "too_long": CountedPhrase(
        "problem",
        "Shorten the answer to %(n)s character or fewer",
        "Shorten the answer to %(n)s characters or fewer",
        "most",
    ),
    "one_line": Phrase("problem", "Write the answer on one line"),
    "not_link": Phrase(
        "problem", "Enter one web address that begins with https:// or http://, like https://www.gov.wales"
    ),
    "not_whole": Phrase("problem", "Enter a whole number, like 45000"),
    "not_number": Phrase("problem", "Enter a number, like 12.5"),
    "shortened": Phrase("problem", "Write the number out in full, in digits, like 45000"),
    "range": Phrase("problem", "Enter one number, not a range: your best estimate will do"),
    "too_small": Phrase("problem", "Enter a number that is %(least)s or more"),
    "too_large": Phrase("problem", "Enter a number that is %(most)s or less"),
    "too_early": Phrase("problem", "Enter a year that is %(least)s or later"),
    "too_late": Phrase("problem", "Enter a year that is %(most)s or earlier"),
    "not_year": Phrase("problem", "Enter a year with four digits, like 2026"),
    "not_date": Phrase("problem", "Enter a real date: a day, a month and a year, like 31 3 2027"),
    "day_missing": Phrase("problem", "Add the day"),
    "month_missing": Phrase("problem", "Add the month"),
    "year_missing": Phrase("problem", "Add the year"),
    "no_such_day": Phrase("problem", "Enter a day from 1 to %(most)s, the last day of the month"),
    "no_such_month": Phrase("problem", "Enter a month from 1 to 12, or its name"),
    "too_many_items": CountedPhrase(
        "problem", "Keep no more than %(n)s of these", "Keep no more than %(n)s of these", "most"
    ),
    "wrong_shape": Phrase("problem", "This answer does not fit the question"),
    "unknown_part": Phrase("problem", "This answer names something that the question does not ask about"),
}
