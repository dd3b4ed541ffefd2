"""People in the report: from a release that was made, as it was made, and nothing before."""

import re
from io import BytesIO
from itertools import takewhile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from survey.collection.rounds.releases import read_releases, released_file
from survey.collection.rounds.snapshot import load_snapshot
from survey.languages import language
from survey.reporting.releases.of_people import released
from survey.reporting.reports.blocks import Aside, Block, FigureTable, Line, Picture, header, said
from survey.reporting.reports.drawing import drawn
from survey.reporting.reports.people import CHOSE_TO_ANSWER, NOT_RELEASED, people
from survey.reporting.workbooks.report import LocalisedRound
from survey.reporting.workbooks.rounding_notes import ROUNDED_PEOPLE
from survey.reporting.xlsx.description import Shorthand
from survey.storage.tinydb_files.repository import FileRepository
from tests.reporting.reports.test_national_report import bare, shown
from tests.reporting.workforce.survey_of_people import CLOSES, ROUND, closed_round, short_definition

TABLES = ("people_response_by_board", "people_skills", "people_training", "people_stay", "people_wellbeing")


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> FileRepository:
    root: Path = tmp_path_factory.mktemp("people") / "data"
    return closed_round(root, short_definition(), 60, "report", boards=2, clusters=2)


def told(repository: FileRepository, code: str) -> list[Block]:
    return list(people(repository, LocalisedRound(load_snapshot(repository, ROUND), language(code))))


def test_there_are_no_figures_until_they_are_released_and_then_those_of_the_release(closed: FileRepository) -> None:
    assert told(closed, "en") == [Line(language("en").say(NOT_RELEASED))]
    released(closed, ROUND, 5, "eira", CLOSES)
    (release,) = read_releases(closed, ROUND)
    for code in ("en", "cy"):
        book = openpyxl.load_workbook(BytesIO(released_file(closed, ROUND, release, code)))
        tables: dict[str, Any] = {table.name: sheet[table.ref] for sheet in book for table in sheet.tables.values()}
        figures = [block for block in told(closed, code) if isinstance(block, FigureTable)]
        assert len(figures) == len(TABLES)
        for name, block in zip(TABLES, figures, strict=True):
            first, *others = tables[name]
            titles = [bare(cell.value) for cell in first]
            places = [titles.index(bare(header(column))) for column in block.columns]
            rows = [[shown(row[place]) for place in places] for row in others]
            as_said = [
                [said(cell, column, language(code)) for cell, column in zip(row, block.columns, strict=True)]
                for row in block.rows
            ]
            assert as_said == rows[: len(as_said)]
            assert len(as_said) > 0
            assert block.columns[0].kind == "long_text", "each row is named"
            of_wales = language(code).pgettext("workbook", "Wales")
            assert of_wales in block.title or (len(block.rows) > 1 and block.rows[0][0] == of_wales)
        (chart,) = [block.chart for block in told(closed, code) if isinstance(block, Picture)]
        assert set(chart.names) == {
            row[0] for row in figures[1].rows if not any(isinstance(cell, Shorthand) for cell in row)
        }


@pytest.mark.parametrize("code", ["en", "cy"])
def test_it_is_said_who_the_people_are_that_numbers_are_rounded_and_what_letters_mean(
    closed: FileRepository, code: str
) -> None:
    released(closed, ROUND, 5, "eira", CLOSES)
    blocks, reader = told(closed, code), language(code)
    lines = [block.text for block in blocks if isinstance(block, Line)]
    assert reader.say(CHOSE_TO_ANSWER) in lines
    assert reader.say(ROUNDED_PEOPLE, number="5") in lines
    for place, table in enumerate(blocks):
        if isinstance(table, FigureTable):
            below = takewhile(lambda block: isinstance(block, Aside), blocks[place + 1 :])
            explained = {letter for block in below for letter in re.findall(r"\[\w\]", block.text)}
            assert explained == {str(cell) for row in table.rows for cell in row if isinstance(cell, Shorthand)}


def test_made_up_people_are_in_no_report_of_a_real_round(closed: FileRepository) -> None:
    snapshot = load_snapshot(closed, ROUND)
    released(closed, ROUND, 5, "eira", CLOSES)
    made_up = closed.read(("rounds", ROUND), "round")
    assert made_up is not None
    closed.write(("rounds", ROUND), "round", made_up | {"demonstration": True})
    report = LocalisedRound(snapshot, language("en"))
    assert list(people(closed, report)) == [Line(language("en").say(NOT_RELEASED))]


@pytest.mark.parametrize("number", [0, 1, 3])
def test_where_everything_is_hidden_no_number_is_told(tmp_path: Path, number: int) -> None:
    repository = closed_round(tmp_path / "data", short_definition(), number, "few", boards=1, clusters=2)
    released(repository, ROUND, 5, "eira", CLOSES)
    blocks = told(repository, "en")
    figures = [block for block in blocks if isinstance(block, FigureTable)]
    assert len(figures) == len(TABLES)
    numbers = {cell for block in figures for row in block.rows for cell in row if isinstance(cell, int | float)}
    assert numbers == set()
    assert drawn(blocks, language("en"), lambda _: pytest.fail("there is no picture")).count("<w:tbl>") == len(TABLES)
