from dataclasses import replace
from datetime import datetime

import pytest

from survey.reporting.xlsx.check.description_rules import WrongDescription, problems
from survey.reporting.xlsx.description import (
    Column,
    Contents,
    ContentsLink,
    Heat,
    Notes,
    Paragraphs,
    Sheet,
    SheetNote,
    Table,
    Verbatim,
)
from survey.reporting.xlsx.drawing import workbook_bytes
from tests.reporting.xlsx.example import SHARES, chart_sheet, example, with_rows, with_sheet


def only_problem(workbook):
    found = problems(workbook)
    assert len(found) == 1, found
    return found[0]


def text_sheet(name="More", title="More", *lines):
    return Sheet(name, title, Paragraphs(lines or ("A line.",)))


def table_sheet(**changes):
    table = Table("more_cells", "Cells.", (Column("a", "A"), Column("b", "B")), [("x", "y")])
    return Sheet("More", "More", replace(table, **changes))


def test_the_example_has_none():
    assert problems(example()) == []


@pytest.mark.parametrize("name", ["title", "subject", "organisation"])
def test_missing_property(name):
    assert name in only_problem(replace(example(), **{name: " "}))


def test_missing_keywords():
    assert "keywords" in only_problem(replace(example(), keywords=()))


def test_time_without_zone():
    assert "time zone" in only_problem(replace(example(), created=datetime(2026, 1, 1)))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("", "no name"),
        ("x" * 32, "longer than 31"),
        ("😀" * 16, "longer than 31"),
        ("a/b", "does not allow"),
        ("'quoted", "does not allow"),
        ("History", "does not allow"),
        ("COVER", "used twice"),
    ],
)
def test_sheet_name(name, fault):
    assert fault in only_problem(with_sheet(example(), text_sheet(name)))


def test_empty_title():
    assert "no title" in only_problem(with_sheet(example(), text_sheet("More", " ")))


def test_empty_lines():
    assert "empty line" in only_problem(with_sheet(example(), text_sheet("More", "More", "")))
    above = replace(text_sheet(), preamble=("",))
    assert "empty line" in only_problem(with_sheet(example(), above))


def test_link_of_another_kind():
    sheet = text_sheet("More", "More", ContentsLink("Here", "javascript:alert(1)"))
    assert "javascript" in only_problem(with_sheet(example(), sheet))


def test_contents_stand_once():
    assert "contents" in only_problem(with_sheet(example(), Sheet("More", "More", Contents())))


def test_notes_stand_at_most_once():
    assert "notes" in only_problem(with_sheet(example(), Sheet("More", "More", Notes())))


def test_note_referred_to_but_not_given():
    sheet = replace(text_sheet(), notes=("missing",))
    assert "“missing”: referred to" in only_problem(with_sheet(example(), sheet))


def test_note_given_but_not_referred_to():
    workbook = example()
    assert "“new”: given but" in only_problem(replace(workbook, notes=(*workbook.notes, SheetNote("new", "New."))))


def test_note_given_twice():
    workbook = example()
    assert "given twice" in only_problem(replace(workbook, notes=(*workbook.notes, workbook.notes[0])))


@pytest.mark.parametrize("name", ["", "two words", "A1", "R1C1", "ŵy_iawn", "abc"])
def test_table_name_that_excel_refuses(name):
    assert "cannot name a table" in only_problem(with_sheet(example(), table_sheet(name=name)))


@pytest.mark.parametrize("name", ["Maturity_By_Board", "contents", "notes"])
def test_table_name_used_twice(name):
    assert "used twice" in only_problem(with_sheet(example(), table_sheet(name=name)))


def test_table_without_description():
    assert "no description" in only_problem(with_sheet(example(), table_sheet(description="")))


@pytest.mark.parametrize(
    ("columns", "fault"),
    [
        ((Column("a", "A"), Column("a", "B")), "key “a” is used twice"),
        ((Column("a", "A"), Column("b", "a")), "header “a” is used twice"),
        ((Column("a", "A"), Column("b", " ")), "has no header"),
        ((Column("a", "A"), Column("b", "B\nC")), "more than one line"),
        ((Column("a", "A"), Column("b", "B" * 300)), "too long"),
        ((Column("a", "A"), Column("b", "B", heat=Heat(0, 1))), "holds none"),
    ],
)
def test_columns(columns, fault):
    assert fault in only_problem(with_sheet(example(), table_sheet(columns=columns)))


def test_row_without_a_cell_for_every_column():
    assert "row 0 does not" in only_problem(with_sheet(example(), table_sheet(rows=[("x",)])))


@pytest.mark.parametrize(
    ("kind", "cell", "fault"),
    [
        ("text", None, "is empty"),
        ("text", "", "is empty"),
        ("text", "  ", "is empty"),
        ("text", 3, "not text"),
        ("text", "[c]", "as text"),
        ("verbatim", "words", "not verbatim"),
        ("verbatim", Verbatim(" ", "cy"), "is empty"),
        ("verbatim", Verbatim("Bonjour", "fr"), "neither cy nor en"),
        ("whole", "3", "not whole"),
        ("whole", True, "not whole"),
        ("whole", 1.5, "not whole"),
        ("percent", float("nan"), "not a number"),
        ("decimal", float("inf"), "not a number"),
        ("date", datetime(2026, 1, 1), "not date"),  # noqa: DTZ001
    ],
)
def test_cell_that_does_not_fit_its_column(kind, cell, fault):
    found = only_problem(with_rows([cell], kind))
    assert fault in found
    assert "row 0" in found


def test_what_is_wrong_with_many_rows_is_said_three_times():
    assert len(problems(with_rows([None] * 100))) == 3


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"title": ""}, "no title"),
        ({"alt_text": " "}, "no alternative text"),
        ({"series": ()}, "no series"),
        ({"names": ("Afan",)}, "figure of every series for every row"),
        ({"series": (*SHARES.series, *SHARES.series)}, "more series than its table has columns"),
    ],
)
def test_chart_that_cannot_be_drawn(changes, fault):
    sheet = chart_sheet(SHARES, "More")
    assert fault in only_problem(with_sheet(example(), replace(sheet, chart=replace(SHARES, **changes))))


def test_chart_of_columns_without_numbers():
    sheet = chart_sheet(SHARES, "More")
    words = replace(sheet.body, columns=tuple(replace(column, kind="text") for column in sheet.body.columns))
    words = replace(words, rows=[["A"] * 5] * 3)
    assert any("holds no numbers" in each for each in problems(with_sheet(example(), replace(sheet, body=words))))


def test_chart_without_a_table_or_without_the_sheet_that_it_leads_to():
    sheet = chart_sheet(SHARES, "More")
    assert "without a table" in only_problem(with_sheet(example(), replace(sheet, body=Paragraphs(("One",)))))
    assert "no sheet “Nowhere”" in only_problem(with_sheet(example(), replace(sheet, source="Nowhere")))


def test_nothing_is_drawn_with_problems():
    with pytest.raises(WrongDescription, match="no title") as raised:
        workbook_bytes(replace(example(), title=""))
    assert raised.value.problems == ("the workbook has no title",)
