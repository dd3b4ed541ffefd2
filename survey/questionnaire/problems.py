"""What can be wrong with an answer, and the one wording of it for pages, imports and the command line."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from survey.languages import CountedPhrase, Language, Phrase

Told = int | float | str
"""What a wording has a place for: a number, or a day as YYYY-MM-DD."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of an answer. `part` names the criterion, row or group item (`<item id>.<question id>`) at fault."""

    code: str
    values: Mapping[str, Told] = field(default_factory=dict)
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
    told = {
        name: language.date(date.fromisoformat(value)) if isinstance(value, str) else say_number(value)
        for name, value in problem.values.items()
    }
    return language.say(wording, **told)


NOT_IN_FORM: Mapping[str, Phrase] = {
    "not_postcode": Phrase("problem", "Enter one full postcode, like CF10 1EP"),
    "not_phone": Phrase("problem", "Enter one telephone number with its area code, like 029 2000 0000"),
    "not_ods_code": Phrase("problem", "Enter one ODS code, in letters and digits alone, like W91001"),
}
"""What a short text has to be (`survey.questionnaire.types.text_formats`)."""
BEYOND_LIMITS: Mapping[str, Phrase] = {
    "less_than_answer": Phrase(
        "problem", "Enter a number that is %(least)s (your answer to an earlier question) or more"
    ),
    "more_than_answer": Phrase(
        "problem", "Enter a number that is %(most)s (your answer to an earlier question) or less"
    ),
    "year_before_answer": Phrase(
        "problem", "Enter a year that is %(least)s (your answer to an earlier question) or later"
    ),
    "year_after_answer": Phrase(
        "problem", "Enter a year that is %(most)s (your answer to an earlier question) or earlier"
    ),
    "before_answer": Phrase("problem", "Enter a date that is %(least)s (your answer to an earlier question) or later"),
    "after_answer": Phrase("problem", "Enter a date that is %(most)s (your answer to an earlier question) or earlier"),
    "before_day": Phrase("problem", "Enter a date that is %(least)s or later"),
    "after_day": Phrase("problem", "Enter a date that is %(most)s or earlier"),
    "before_today": Phrase("problem", "Enter the date of today or of a later day"),
    "after_today": Phrase("problem", "Enter the date of today or of an earlier day"),
}
"""What depends on the day or on another answer (`survey.questionnaire.limits`)."""
KEPT_IN_DRAFTS = frozenset({"too_long", "one_line", "not_link", "of_another_answer", *NOT_IN_FORM, *BEYOND_LIMITS})
# A year takes no thousands comma.
OF_YEARS = frozenset({"too_early", "too_late", "year_before_answer", "year_after_answer"})
WORDINGS: dict[str, Phrase | CountedPhrase] = {
    **NOT_IN_FORM,
    **BEYOND_LIMITS,
    "missing": Phrase("problem", "Answer this question"),
    "ended": Phrase("problem", "These answers cannot be submitted: they say that the questions are not meant for you"),
    "not_an_option": Phrase("problem", "Choose one of the answers shown"),
    "of_another_answer": Phrase(
        "problem", "Choose one of the answers that belong to your answer to an earlier question"
    ),
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
