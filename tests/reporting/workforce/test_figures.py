"""Every figure of the workforce workbook, worked out by a second path."""

from typing import Any

import pytest

from survey.storage.tinydb_files.repository import FileRepository
from tests.reporting.conftest import words
from tests.reporting.reading import ReadWorkbook
from tests.reporting.workforce.attacker import C
from tests.reporting.workforce.second_path import Stored

THRESHOLD = 5


@pytest.fixture
def book(books: dict[str, ReadWorkbook], code: str) -> ReadWorkbook:
    return books[code]


@pytest.fixture
def stored(answered: FileRepository, code: str) -> Stored:
    return Stored(answered.root, code, words(code))


def hold(rows: list[list[Any]], wanted: list[list[Any]], base: int) -> None:
    """Every row is there in its order; a row shows every figure, rightly, or none; none below the threshold is shown,
    and most of the others are."""
    assert [row[:base] for row in rows] == [row[:base] for row in wanted]
    large = shown = 0
    for row, right in zip(rows, wanted, strict=True):
        if row[base] == C:
            assert set(row[base:]) == {C}
        else:
            assert row[base] == right[base] >= THRESHOLD, right
            assert row[base + 1 :] == pytest.approx(right[base + 1 :], abs=1e-9), right
            shown += 1
        large += right[base] >= THRESHOLD
    assert 0.75 * large < shown < len(rows)


def test_skills(book: ReadWorkbook, stored: Stored) -> None:
    hold(book.rows("Skills"), stored.skills(), 4)


def test_the_gap_is_importance_minus_confidence(book: ReadWorkbook) -> None:
    shown = [row for row in book.rows("Skills") if row[4] != C]
    assert shown
    assert all(row[7] == pytest.approx(row[5] - row[6], abs=0.011) for row in shown)


def test_skills_beside_professions_show_what_the_long_table_shows_and_no_more(
    book: ReadWorkbook, stored: Stored
) -> None:
    headers, rows = book.table("Skills and professions")
    right = {(row[1], row[3]): row[7] for row in stored.skills()}
    shown = {(row[1], row[3]): row[7] for row in book.rows("Skills")}
    cells = [(name, row[1], cell) for row in rows for name, cell in zip(headers[2:], row[2:], strict=True)]
    assert len(cells) == len(rows) * len(headers[2:]) > 0
    assert any(cell == C for *_, cell in cells)
    for name, skill, cell in cells:
        assert cell == shown[name, skill]
        assert cell == C or cell == pytest.approx(right[name, skill], abs=1e-9)


def test_training(book: ReadWorkbook, stored: Stored) -> None:
    hold(book.rows("Training priorities"), stored.training(), 3)


def test_learning(book: ReadWorkbook, stored: Stored) -> None:
    wanted = stored.long("training", "learning_preferences", "obstacles", "protected_time")
    hold(book.rows("Learning and obstacles"), wanted, 4)


def test_use_of_welsh(book: ReadWorkbook, stored: Stored) -> None:
    hold(book.rows("Use of Welsh"), stored.long("welsh", "welsh_use", "welsh_wish"), 4)


def test_welsh_by_board(book: ReadWorkbook, stored: Stored) -> None:
    wales = (stored.words("workbook", "Wales"), stored.people)
    rows = book.rows("Welsh skills by health board")
    wanted = stored.welsh([wales, *stored.boards()])
    assert all(row[2] != C for row in rows)
    for row, right in zip(rows, wanted, strict=True):
        assert row == pytest.approx(right)


def test_welsh_by_profession(book: ReadWorkbook, stored: Stored) -> None:
    wales = (stored.words("workbook", "Wales"), stored.people)
    hold(book.rows("Welsh skills by profession"), stored.welsh([wales, *stored.professions()]), 2)


def test_intention_to_stay(book: ReadWorkbook, stored: Stored) -> None:
    hold(book.rows("Intention to stay"), stored.stay(), 2)


def test_help_to_stay(book: ReadWorkbook, stored: Stored) -> None:
    hold(book.rows("Help to stay"), stored.long("staying", "stay_help"), 4)


def test_wellbeing(book: ReadWorkbook, stored: Stored) -> None:
    hold(book.rows("Well-being"), stored.wellbeing(), 3)


def test_response_by_board(book: ReadWorkbook, stored: Stored) -> None:
    wanted = [(stored.words("workbook", "Wales"), stored.people), *stored.boards()]
    rows = book.rows("Response by health board")
    assert [row[0] for row in rows] == [name for name, _ in wanted]
    assert [row[1] for row in rows] == [12, 3, 3, 3, 3]
    assert all(row[2] in (C, len(people)) for row, (_, people) in zip(rows, wanted, strict=True))
    assert all(row[3:] == ["[x]", "[x]"] for row in rows)


FEWER = "fewer than %(threshold)s"


def test_response_by_cluster(book: ReadWorkbook, stored: Stored) -> None:
    rows = book.rows("Response by cluster")
    found = {code: sum(person["cluster"] == code for person in stored.people) for code in stored.board_of}
    assert [row[2] for row in rows] == sorted(found)
    for row in rows:
        assert row[3] == stored.words("tracking", "%(threshold)s or more" if found[row[2]] >= THRESHOLD else FEWER) % {
            "threshold": THRESHOLD
        }
    assert {number >= THRESHOLD for number in found.values()} == {True, False}


def test_profession_by_board(book: ReadWorkbook, stored: Stored) -> None:
    everybody, *rows = book.rows("Profession by health board")
    assert everybody[1] == len(stored.people)
    assert [row[0] for row in rows] == [name for name, _ in stored.professions()]
    for row, (_, people) in zip(rows, stored.professions(), strict=True):
        numbers = [len(people), *(sum(one in of_board for one in people) for _, of_board in stored.boards())]
        for cell, number in zip(row[1:], numbers, strict=True):
            assert cell == C or cell == number >= THRESHOLD
    assert 0 < sum(cell == C for row in rows for cell in row) < 27 * 5
