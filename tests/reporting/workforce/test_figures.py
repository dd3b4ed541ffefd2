"""Every figure of the workforce workbook, in either form, worked out by a second path."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from survey.storage.tinydb_files.repository import FileRepository
from tests.reporting.conftest import words
from tests.reporting.reading import ReadWorkbook
from tests.reporting.workforce.attacker import C, U
from tests.reporting.workforce.second_path import Stored

THRESHOLD = 5


@pytest.fixture(params=["rounded", "exact"])
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def book(form: str, code: str, request: pytest.FixtureRequest) -> ReadWorkbook:
    books: dict[str, ReadWorkbook] = request.getfixturevalue("books" if form == "rounded" else "exact_books")
    return books[code]


@pytest.fixture
def stored(answered: FileRepository, form: str, code: str) -> Stored:
    return read_stored(answered.root, code, 5 if form == "rounded" else 1)


@cache
def read_stored(root: Path, code: str, nearest: int) -> Stored:
    return Stored(root, code, words(code), nearest)


Figures = Callable[[Stored], list[list[Any]]]


def hold(rows: list[list[Any]], stored: Stored, figures: Figures, base: int) -> None:
    """Every row is there in its order; a row shows every figure, rightly, or none; none below the threshold is shown,
    and most of the others are. [u] stands for whatever would be mostly rounding; the few that would tell a number are
    hidden."""
    wanted, exact = figures(stored), figures(stored.exact)
    assert [row[:base] for row in rows] == [row[:base] for row in wanted]
    large = shown = figures_hidden = 0
    for row, right, truth in zip(rows, wanted, exact, strict=True):
        if row[base] == C:
            assert set(row[base:]) == {C}
        else:
            assert row[base] == right[base]
            assert truth[base] >= THRESHOLD
            for cell, figure in zip(row[base + 1 :], right[base + 1 :], strict=True):
                assert cell == figure if U in (cell, figure) else cell in (C, pytest.approx(figure, abs=1e-9)), right
                figures_hidden += cell == C
            shown += 1
        large += truth[base] >= THRESHOLD
    assert 0.75 * large < shown < len(rows)
    assert figures_hidden < 0.1 * shown


def hold_sensitive(rows: list[list[Any]], stored: Stored, figures: Figures, base: int) -> None:
    """The same, but each figure is shown or not by itself; none of fewer people than the threshold."""
    wanted, exact = figures(stored), figures(stored.exact)
    assert [row[:base] for row in rows] == [row[:base] for row in wanted]
    shown = hidden = 0
    for row, right, truth in zip(rows, wanted, exact, strict=True):
        assert row[base] in (C, right[base])
        for cell, figure, share in zip(row[base + 1 :], right[base + 1 :], truth[base + 1 :], strict=True):
            if U in (cell, figure):
                assert cell == figure if row[base] != C else cell == C, right
            elif cell == C:
                hidden += 1
            else:
                shown += 1
                assert cell == pytest.approx(figure, abs=1e-9), right
                assert round(share * truth[base]) >= THRESHOLD, right
    assert min(shown, hidden) > 10


def test_skills(book: ReadWorkbook, stored: Stored) -> None:
    hold(book.rows("Skills"), stored, Stored.skills, 4)


def test_the_gap_is_importance_minus_confidence(book: ReadWorkbook) -> None:
    shown = [row for row in book.rows("Skills") if not {C, U} & {*row[4:]}]
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
    for name, skill, cell in cells:
        assert cell == shown[name, skill]
        assert cell in (C, U) or cell == pytest.approx(right[name, skill], abs=1e-9)


def test_a_profession_of_which_no_gap_is_given_has_no_column_and_is_named(book: ReadWorkbook) -> None:
    headers, _ = book.table("Skills and professions")
    breakdown = book.words("workbook", "Profession")
    professions = list(dict.fromkeys(row[1] for row in book.rows("Skills") if row[0] == breakdown))
    with_gaps = {row[1] for row in book.rows("Skills") if row[7] not in (C, U)}
    assert [name for name in headers[3:] if name not in with_gaps] == []
    without = [name for name in professions if name not in with_gaps]
    assert without
    assert not {*without} & {*headers}
    line = book.words("workbook", "Professions of which no gap is given are not shown: %(professions)s.")
    assert line % {"professions": "; ".join(without)} in " ".join(book.lines("Skills and professions"))


def test_training(book: ReadWorkbook, stored: Stored) -> None:
    hold(book.rows("Training priorities"), stored, Stored.training, 3)


def test_points_never_contradict_the_share_that_ranked_it(book: ReadWorkbook) -> None:
    """Who ranks something gives it 1 to 5 points; numbers of few people, rounded by themselves, would say otherwise."""
    shown = [row[5:7] for row in book.rows("Training priorities") if not {C, U} & {*row[5:7]}]
    assert len(shown) > 20
    assert all(ranked - 0.01 <= points <= 5 * ranked + 0.03 for ranked, points in shown)


def test_no_share_or_mean_of_rounded_numbers_is_of_fewer_than_thirty_people(books: dict[str, ReadWorkbook]) -> None:
    """The exact form has them: there nothing is rounded."""
    asked = {"Skills": (4, 5), "Training priorities": (3, 4), "Learning and obstacles": (4, 5), "Answers": (6, 8)}
    for name, (base, first) in (asked | {"Intention to stay": (2, 3), "Well-being": (3, 4)}).items():
        rows = [row for row in books["en"].rows(name) if row[base] != C]
        assert {row[base] >= 30 for row in rows} == {True, False}, name
        for row in rows:
            assert (set(row[first:]) == {U}) if row[base] < 30 else ({*row[first:]} != {U}), row


def test_learning(book: ReadWorkbook, stored: Stored) -> None:
    asked = ("learning_preferences", "obstacles", "protected_time")
    hold(book.rows("Learning and obstacles"), stored, lambda each: each.long("training", *asked), 4)


def test_use_of_welsh(book: ReadWorkbook, stored: Stored) -> None:
    hold(book.rows("Use of Welsh"), stored, lambda each: each.long("welsh", "welsh_use", "welsh_wish"), 4)


def test_welsh_by_board(book: ReadWorkbook, stored: Stored) -> None:
    wales = (stored.words("workbook", "Wales"), stored.people)
    rows = book.rows("Welsh skills by health board")
    wanted = stored.welsh([wales, *stored.boards()])
    assert all(row[2] != C for row in rows)
    for row, right in zip(rows, wanted, strict=True):
        assert row == pytest.approx(right)


def test_welsh_by_profession(book: ReadWorkbook, stored: Stored) -> None:
    def figures(each: Stored) -> list[list[Any]]:
        return each.welsh([(each.words("workbook", "Wales"), each.people), *each.professions()])

    hold(book.rows("Welsh skills by profession"), stored, figures, 2)


def test_employer_years_hours_and_work_across_clusters(book: ReadWorkbook, stored: Stored) -> None:
    ours = [row for row in book.rows("Answers") if row[2] == stored.text("role", "title")]
    hold(ours, stored, Stored.others, 6)


def test_intention_to_stay(book: ReadWorkbook, stored: Stored) -> None:
    hold_sensitive(book.rows("Intention to stay"), stored, Stored.stay, 2)


def test_help_to_stay(book: ReadWorkbook, stored: Stored) -> None:
    hold_sensitive(book.rows("Help to stay"), stored, lambda each: each.long("staying", "stay_help"), 4)


def test_wellbeing(book: ReadWorkbook, stored: Stored) -> None:
    rows, wanted = book.rows("Well-being"), stored.wellbeing()

    def shares(each: Stored) -> list[list[Any]]:
        return [[*row[:4], *row[5:]] for row in each.wellbeing()]

    hold_sensitive([[*row[:4], *row[5:]] for row in rows], stored, shares, 3)
    for row, right in zip(rows, wanted, strict=True):
        assert row[4] == (C if C in row[5:] else right[4]), "it needs every number"
    assert {row[4] == C for row in rows} == {True, False}


def test_response_by_board(book: ReadWorkbook, stored: Stored) -> None:
    wanted = [(stored.words("workbook", "Wales"), stored.people), *stored.boards()]
    rows = book.rows("Response by health board")
    assert [row[0] for row in rows] == [name for name, _ in wanted]
    assert [row[1] for row in rows] == [12, 3, 3, 3, 3]
    assert all(row[2] in (C, stored.number(people)) for row, (_, people) in zip(rows, wanted, strict=True))
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
    assert everybody[1] == stored.number(stored.people)
    assert [row[0] for row in rows] == [name for name, _ in stored.professions()]
    for row, (_, people) in zip(rows, stored.professions(), strict=True):
        numbers = [len(people), *(sum(one in of_board for one in people) for _, of_board in stored.boards())]
        for cell, number in zip(row[1:], numbers, strict=True):
            assert cell == C or (number >= THRESHOLD and cell == stored.nearest * round(number / stored.nearest))
    assert 0 < sum(cell == C for row in rows for cell in row) < 27 * 5
