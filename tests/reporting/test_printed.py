"""The national workbook as LibreOffice prints it: how many pages, and each chart with its labels."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from survey.languages import language
from survey.reporting.charts.description import Chart
from survey.reporting.typesetting import width
from survey.reporting.workbooks.registry import prepared
from survey.storage.tinydb_files.repository import FileRepository
from tests import libreoffice
from tests.reporting.reading import ReadWorkbook
from tests.reporting.small_wales import NOW, ROUND

pytestmark = pytest.mark.slow
PRINTED = {"en": 65, "cy": 65}
"""The most pages that the workbook of the small Wales takes."""


@pytest.fixture(scope="session")
def files(workbooks: Mapping[str, ReadWorkbook], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """What is printed in each language."""
    folder = tmp_path_factory.mktemp("printed")
    return {code: libreoffice.printed(book.path, folder / code) for code, book in workbooks.items()}


@pytest.fixture(scope="session")
def printed(files: dict[str, Path]) -> dict[str, list[str]]:
    """The text of each page in each language."""
    return {code: libreoffice.pages_of(pdf) for code, pdf in files.items()}


def without_spaces(text: str) -> str:
    return re.sub(r"\s", "", text)


def labels(chart: Chart) -> set[str]:
    names = (": ".join(filter(None, pair)) for pair in zip(chart.names, chart.instead, strict=True))
    return {chart.title, *names, *(series.label for series in chart.series)}


def test_a_small_wales_takes_few_pages(printed: dict[str, list[str]], code: str) -> None:
    assert len(printed[code]) <= PRINTED[code]


def test_every_chart_is_printed_with_all_its_labels_beside_the_table(
    printed: dict[str, list[str]], wales: FileRepository, code: str
) -> None:
    pages = [without_spaces(page) for page in printed[code]]
    sheets = [sheet for sheet in prepared(wales, ROUND, 5, NOW).workbook(language(code)).sheets if sheet.chart]
    assert len(sheets) > 5
    # A chart sheet's title is that of its chart, and there is nothing after the last of them.
    starts = [_last_that_begins_with(pages, without_spaces(sheet.title)) for sheet in sheets]
    for sheet, start, end in zip(sheets, starts, [*starts[1:], len(pages)], strict=True):
        assert sheet.chart is not None
        part = "".join(pages[start:end])
        few = {label for label in labels(sheet.chart) if part.count(without_spaces(label)) < 2}
        assert not few, (sheet.name, part)


def test_no_text_of_a_chart_is_made_narrow(files: dict[str, Path], code: str) -> None:
    """As LibreOffice makes a whole drawing in which a text stands beyond its edge."""
    words = [word for word in libreoffice.words_of(files[code]) if len(word[0]) > 5 and word[0].isalpha()]
    parts = sorted(across / (width(text) * down) for text, across, down in words)
    assert len(parts) > 2000
    assert parts[0] > 0.9 * parts[len(parts) // 2]


def _last_that_begins_with(pages: list[str], title: str) -> int:
    return max(place for place, page in enumerate(pages) if page.startswith(title))
