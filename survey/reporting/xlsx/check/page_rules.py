"""The rules of a sheet’s printed pages: one wide, without header and footer."""

from collections.abc import Iterator

from survey.languages import Phrase
from survey.reporting.xlsx.check.breach import Breach
from survey.reporting.xlsx.check.package_reader import TRUE, OpenedSheet
from survey.reporting.xlsx.layout import WIDEST_ON_ONE_PAGE
from survey.reporting.xlsx.paper import PAGES, Page

HEADERS_AND_FOOTERS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")


def page_fits(sheet: OpenedSheet) -> Iterator[Breach]:
    if not _is_one_page_wide(sheet) and _width(sheet) <= WIDEST_ON_ONE_PAGE:
        sentence = Phrase("workbook check", "Printed, the sheet is not set to one page wide and any number high.")
        yield Breach("page-width", sentence)
    if any((part.text or "").strip() for name in HEADERS_AND_FOOTERS for part in sheet.elements.get(name, [])):
        yield Breach("header-footer", Phrase("workbook check", "The sheet has a page header or footer."))


def _is_one_page_wide(sheet: OpenedSheet) -> bool:
    """Whether the sheet is fitted to a page’s width. One with a chart may be all on one page, or be printed at a size
    that is said, at which its columns are no wider than its paper: then page breaks keep the chart whole."""
    if sheet.attribute("pageSetUpPr", "fitToPage") in TRUE:
        any_high = sheet.attribute("pageSetup", "fitToHeight", "1") == "0"
        return sheet.attribute("pageSetup", "fitToWidth", "1") == "1" and (any_high or bool(sheet.charts))
    paper = sheet.attribute("pageSetup", "paperSize"), sheet.attribute("pageSetup", "orientation", "portrait")
    across = next((page.across for page in PAGES if (str(page.paper), _orientation(page)) == paper), 0.0)
    return bool(sheet.charts) and _width(sheet) * float(sheet.attribute("pageSetup", "scale", "100")) / 100 <= across


def _orientation(page: Page) -> str:
    return "landscape" if page.is_landscape else "portrait"


def _width(sheet: OpenedSheet) -> float:
    """The width of the sheet's columns that are not hidden, in digits."""
    return sum(
        float(column.get("width", "0")) * (int(column.get("max", "0")) - int(column.get("min", "0")) + 1)
        for column in sheet.elements.get("col", [])
        if column.get("hidden") not in TRUE
    )
