"""The rules of a sheet’s printed pages: one wide, and nothing at their head or foot alone."""

import re
from collections.abc import Iterable, Iterator

from survey.languages import Phrase
from survey.reporting.xlsx.check.breach import Breach
from survey.reporting.xlsx.check.package_reader import TRUE, OpenedSheet
from survey.reporting.xlsx.layout import WIDEST_ON_ONE_PAGE
from survey.reporting.xlsx.paper import PAGES, PrintedPage

HEADERS_AND_FOOTERS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
LONGEST_NUMBERING = 20
"""Characters of what stands beside the number of a page."""
_SECTIONS = re.compile(r"&[LCR]|\n")
_LOOK = re.compile(r'&"[^"]*"|&[0-9]+|&K[0-9A-Fa-f]{6}|&[BIUSEXYOH]')
_NUMBER = re.compile(r"&[PN](?:[+-][0-9]+)?")
_MARKS = re.compile(r"(?: \[[^\]]*\])+$")
_AMPERSAND = "\N{FULLWIDTH AMPERSAND}"


def page_fits(sheet: OpenedSheet) -> Iterator[Breach]:
    """What is wrong with the width of a sheet’s pages."""
    if not _is_one_page_wide(sheet) and _width(sheet) <= WIDEST_ON_ONE_PAGE:
        sentence = Phrase("workbook check", "Printed, the sheet is not set to one page wide and any number high.")
        yield Breach("page-width", sentence)


def heads_and_feet(sheet: OpenedSheet, first: OpenedSheet) -> Iterator[Breach]:
    """What the head or foot of a sheet’s pages says alone, which who hears the sheet read out does not hear; `first` is
    the first sheet of its workbook."""
    parts = [part.text or "" for name in HEADERS_AND_FOOTERS for part in sheet.elements.get(name, [])]
    if any(parts) and _beyond_cells(parts, {*_texts(sheet), *_texts(first)}):
        sentence = Phrase(
            "workbook check",
            "A page header or footer says what stands in no cell of column A, neither of the sheet nor of the first "
            "sheet.",
        )
        yield Breach("header-footer", sentence)


def _beyond_cells(parts: Iterable[str], texts: set[str]) -> bool:
    """Whether headers and footers say anything but such texts and the numbers of pages."""
    known = sorted((text.replace("&", _AMPERSAND) for text in texts), key=lambda text: -len(text))
    pieces = (piece for part in parts for piece in _SECTIONS.split(part.replace("&&", _AMPERSAND)))
    return any(_what_is_left(_LOOK.sub("", piece), known) for piece in pieces)


def _what_is_left(piece: str, known: Iterable[str]) -> str:
    """What a piece says beside texts that are known; nothing where it has the number of a page with a word or two."""
    if _NUMBER.search(piece) and len(_NUMBER.sub("", piece)) <= LONGEST_NUMBERING:
        return ""
    for text in known:
        piece = piece.replace(text, "")
    return piece.strip()


def _texts(sheet: OpenedSheet) -> Iterator[str]:
    """What stands in column A, titles also without the marks of their notes."""
    for where, cell in sheet.cells.items():
        if where.column == 1 and cell.is_text and (text := cell.value.strip()):
            yield text
            yield _MARKS.sub("", text)


def _is_one_page_wide(sheet: OpenedSheet) -> bool:
    """Whether the sheet is fitted to a page’s width. One with a chart may be all on one page, or be printed at a size
    that is said, at which its columns are no wider than its paper: then page breaks keep the chart whole."""
    if sheet.attribute("pageSetUpPr", "fitToPage") in TRUE:
        any_high = sheet.attribute("pageSetup", "fitToHeight", "1") == "0"
        return sheet.attribute("pageSetup", "fitToWidth", "1") == "1" and (any_high or bool(sheet.charts))
    paper = sheet.attribute("pageSetup", "paperSize"), sheet.attribute("pageSetup", "orientation", "portrait")
    across = next((page.across for page in PAGES if (str(page.paper), _orientation(page)) == paper), 0.0)
    return bool(sheet.charts) and _width(sheet) * float(sheet.attribute("pageSetup", "scale", "100")) / 100 <= across


def _orientation(page: PrintedPage) -> str:
    return "landscape" if page.is_landscape else "portrait"


def _width(sheet: OpenedSheet) -> float:
    """The width of the sheet's columns that are not hidden, in digits."""
    return sum(
        float(column.get("width", "0")) * (int(column.get("max", "0")) - int(column.get("min", "0")) + 1)
        for column in sheet.elements.get("col", [])
        if column.get("hidden") not in TRUE
    )
