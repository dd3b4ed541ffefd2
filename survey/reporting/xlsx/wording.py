"""What the drawing layer itself says, in the workbook's language."""

from survey.languages import Language
from survey.reporting.xlsx.description import Shorthand


def shorthand_meaning(shorthand: Shorthand, language: Language) -> str:
    """Return what a shorthand means where the sheet says nothing more particular."""
    if shorthand is Shorthand.CONFIDENTIAL:
        return language.pgettext("workbook", "confidential: too few people to give the figure")
    if shorthand is Shorthand.NOT_AVAILABLE:
        return language.pgettext("workbook", "not available: asked, but not answered")
    return language.pgettext("workbook", "not applicable: not asked here, or nothing to give")


def shorthand_line(shorthand: Shorthand, meaning: str, language: Language) -> str:
    """Return the line above a table that explains a shorthand."""
    return language.pgettext("workbook", "%(shorthand)s means: %(meaning)s", shorthand=shorthand.value, meaning=meaning)


def language_name(code: str, language: Language) -> str:
    """Return the name of a language (`cy` or `en`) in the workbook's language."""
    names = {"cy": language.pgettext("workbook", "Welsh"), "en": language.pgettext("workbook", "English")}
    return names[code]


def language_header(header: str, language: Language) -> str:
    """Return the header of the column that names the language of the words in the column before it."""
    return language.pgettext("workbook", "Language: %(header)s", header=header)


def continued_header(header: str, part: int, language: Language) -> str:
    """Return the header of a column that holds the `part`-th piece (2, 3, …) of texts too long for one cell."""
    return language.pgettext("workbook", "%(header)s (continued, part %(part)s)", header=header, part=part)


def continued_line(language: Language) -> str:
    """Return the line that flags texts spread over several columns."""
    return language.pgettext(
        "workbook", "Some text is too long for one cell. It goes on in the column headed “continued”."
    )


def no_rows_line(language: Language) -> str:
    """Return the line above a table that has nothing to list."""
    return language.pgettext("workbook", "There is nothing to list in this table.")


def not_drawn(names: list[str], language: Language) -> str:
    """Return the sentence about the categories of a chart that have a blank where a figure is not given."""
    return language.pgettext(
        "workbook", "Blank in the chart, because a figure is not given: %(names)s.", names="; ".join(names)
    )


def too_few(names: list[str], least: int, language: Language) -> str:
    """Return the sentence about the bars of a chart that have a blank because they add up to too few."""
    return language.pgettext(
        "workbook",
        "Blank in the chart, because no percentage is given of fewer than %(least)s: %(names)s.",
        least=least,
        names="; ".join(names),
    )


def contents_columns(language: Language) -> tuple[str, str]:
    """Return the headers of the table of contents."""
    return language.pgettext("workbook", "Sheet"), language.pgettext("workbook", "What it holds")


def contents_description(language: Language) -> str:
    """Return the alternative text of the table of contents."""
    return language.pgettext("workbook", "Every other sheet of this workbook, with a link to it and what it holds.")


def notes_columns(language: Language) -> tuple[str, str]:
    """Return the headers of the table of notes."""
    return language.pgettext("workbook", "Note or subject"), language.pgettext("workbook", "Explanation")


def notes_description(language: Language) -> str:
    """Return the alternative text of the table of notes."""
    return language.pgettext("workbook", "The notes that the sheets refer to, then where the figures come from.")


def notes_link(sheet: str, language: Language) -> str:
    """Return the line that leads to the sheet of notes."""
    return language.pgettext("workbook", "The notes are in the sheet: %(sheet)s", sheet=sheet)


def contents_link(sheet: str, language: Language) -> str:
    """Return the line that leads back to the sheet of contents."""
    return language.pgettext("workbook", "Go to the sheet: %(sheet)s", sheet=sheet)


def source_link(sheet: str, language: Language) -> str:
    """Return the line that leads from a chart to the table it draws."""
    return language.pgettext("workbook", "The figures are in the sheet: %(sheet)s", sheet=sheet)


def holds_table(language: Language) -> str:
    """Return the last line above a table."""
    return language.pgettext("workbook", "This sheet holds one table.")


def holds_charts(number: int, language: Language) -> str:
    """Return the last line above charts."""
    return language.npgettext("workbook", "This sheet holds one chart.", "This sheet holds %(n)s charts.", number)
