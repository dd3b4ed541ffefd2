"""The key findings of the workforce workbook: each figure is that of the sheet it leads to, none is confidential."""

import re
from dataclasses import replace
from typing import Any

import pytest

from survey.languages import language
from survey.reporting.workbooks.charts import rows_of
from survey.reporting.workbooks.workforce import findings
from survey.reporting.workbooks.workforce.release import WorkforceRelease, WorkforceReport
from survey.reporting.xlsx.description import Sheet, Shorthand, Table
from tests.reporting.reading import ReadWorkbook

SENTENCES = {
    "The most important skill: “{}” (mean {}, from 1 to 4, of {} people).": ("Skills", 3, 5, max),
    "The skill with the least confidence: “{}” (mean {}, from 1 to 4, of {} people).": ("Skills", 3, 6, min),
    "The training ranked first most often: “{}” ({} of {} people).": ("Training priorities", 2, 4, max),
    "The statement on well-being with the least agreement: “{}” (mean {}, from 1 to 5, of {} people).": (
        "Well-being",
        2,
        4,
        min,
    ),
}
"""A sentence, its sheet, and there the columns of what it names and of the figure, and which figure it is."""


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_names_what_is_first_in_its_sheet(sentence: str, books: dict[str, ReadWorkbook]) -> None:
    sheet, named, at, which = SENTENCES[sentence]
    wales = [row for row in books["en"].rows(sheet) if row[0] == "Wales"]
    said = {row[1]: row[2] for row in books["en"].rows("Key findings")}
    told = [row for row in wales if not isinstance(row[at], str)]
    figure = which(row[at] for row in told)
    firsts = [(row[named], row[named + 1]) for row in told if row[at] == figure]
    if len(firsts) > 1 or len(told) < len(wales):
        assert not any(text.startswith(sentence.split("{}")[0]) for text in said)
        return
    shown = f"{figure:g}" if "(mean" in sentence else f"{figure:.0%}"
    ((first, base),) = firsts
    assert said[sentence.format(first, shown, base)] == sheet


def test_there_are_several_in_both_languages_and_all_sentences_differ(books: dict[str, ReadWorkbook]) -> None:
    english, welsh = (books[code].rows("Key findings") for code in ("en", "cy"))
    assert 6 <= len(english) == len(welsh) <= 10
    assert len({row[1] for row in english}) == len(english)
    assert not {row[1] for row in english} & {row[1] for row in welsh}


def test_nothing_is_said_where_the_figure_to_name_may_be_confidential(release: WorkforceRelease) -> None:
    report = WorkforceReport(release, language("en"))
    everything = findings.findings_of(report, findings.RULES)
    assert len(everything) >= 6
    hidden = WorkforceReport(release, language("en"))
    for maker in {findings.skills.skills, findings.skills.training, findings.staff.wellbeing}:
        hidden._made[maker] = _with_hidden(report.made(maker))
    said = {finding.sentence for finding in findings.findings_of(hidden, findings.RULES)}
    assert len(said) < len(everything)
    assert not any(words in text for text in said for words in ("skill", "training “", "well-being"))


def _with_hidden(sheet: Sheet) -> Sheet:
    """The sheet with all numbers of one of its rows of Wales confidential."""
    assert isinstance(sheet.body, Table)
    first: list[Any] = [
        Shorthand.CONFIDENTIAL if isinstance(cell, int | float) else cell for cell in rows_of(sheet)[0].values()
    ]
    return replace(sheet, body=replace(sheet.body, rows=[first, *sheet.body.rows[1:]]))


def test_every_share_and_mean_says_of_how_many_people_it_is(books: dict[str, ReadWorkbook]) -> None:
    sentences = [row[1] for row in books["en"].rows("Key findings")[1:]]
    assert len(sentences) > 2
    for sentence in sentences:
        assert re.search(r"\d[\d,]* people\)\.$", sentence), sentence
