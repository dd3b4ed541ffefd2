"""The rules that every sheet of a workbook keeps, whatever it holds."""

from collections.abc import Iterator
from typing import Protocol

from survey.languages import Language
from survey.reporting.xlsx.appearance import BODY_SIZE, FONT, contrast
from survey.reporting.xlsx.check.fault import WorkbookFault, listed
from survey.reporting.xlsx.check.package_reader import Format, OpenedSheet, OpenedWorkbook, Spot
from survey.reporting.xlsx.layout import WIDEST_ON_ONE_PAGE

LOWEST_CONTRAST = 4.5
PAPER, INK = "#FFFFFF", "#000000"
TITLE = Spot(1, 1)


class Rule(Protocol):
    """A rule says where a sheet breaks it."""

    def __call__(self, sheet: OpenedSheet, book: OpenedWorkbook, language: Language) -> Iterator[WorkbookFault]: ...


def nothing_hidden(sheet: OpenedSheet, book: OpenedWorkbook, language: Language) -> Iterator[WorkbookFault]:  # noqa: ARG001
    if sheet.state != "visible":
        yield WorkbookFault("hidden-sheet", sheet.name, language.pgettext("workbook check", "The sheet is hidden."))
    if sheet.hidden_rows:
        rows = ", ".join(map(str, sheet.hidden_rows[:5]))
        text = language.pgettext("workbook check", "Hidden rows: %(rows)s", rows=rows)
        yield WorkbookFault("hidden-rows", sheet.name, text)
    if any(column.get("hidden") in ("1", "true") for column in sheet.elements.get("col", [])):
        yield WorkbookFault(
            "hidden-columns", sheet.name, language.pgettext("workbook check", "Some columns are hidden.")
        )


def title_is_heading(sheet: OpenedSheet, book: OpenedWorkbook, language: Language) -> Iterator[WorkbookFault]:
    title = sheet.cells.get(TITLE)
    if title is None or not title.is_text or not title.value.strip():
        yield WorkbookFault("no-title", sheet.name, language.pgettext("workbook check", "Cell A1 holds no title."))
    elif book.formats[title.style].style != "Heading 1":
        text = language.pgettext("workbook check", "The title in A1 does not have the cell style “Heading 1”.")
        yield WorkbookFault("title-style", sheet.name, text)


def view_starts_at_title(sheet: OpenedSheet, book: OpenedWorkbook, language: Language) -> Iterator[WorkbookFault]:  # noqa: ARG001
    if sheet.attribute("selection", "activeCell", "A1") != "A1" or sheet.attribute("sheetView", "topLeftCell"):
        text = language.pgettext("workbook check", "The cursor or the view does not start in A1.")
        yield WorkbookFault("cursor", sheet.name, text)
    if sheet.attribute("sheetView", "showGridLines", "1") not in ("0", "false"):
        yield WorkbookFault("gridlines", sheet.name, language.pgettext("workbook check", "Gridlines are shown."))
    if "pane" in sheet.elements:
        text = language.pgettext("workbook check", "Rows or columns are frozen: magnified, they fill the screen.")
        yield WorkbookFault("frozen", sheet.name, text)


def nothing_merged(sheet: OpenedSheet, book: OpenedWorkbook, language: Language) -> Iterator[WorkbookFault]:  # noqa: ARG001
    merged = [cell.get("ref", "") for cell in sheet.elements.get("mergeCell", [])]
    if merged:
        text = language.pgettext("workbook check", "Merged cells: %(cells)s", cells=", ".join(merged[:5]))
        yield WorkbookFault("merged-cells", sheet.name, text)


def no_formulas(sheet: OpenedSheet, book: OpenedWorkbook, language: Language) -> Iterator[WorkbookFault]:  # noqa: ARG001
    formulas = [where for where, cell in sheet.cells.items() if cell.is_formula]
    if formulas:
        text = language.pgettext("workbook check", "Formulas in cells: %(cells)s", cells=listed(formulas))
        yield WorkbookFault("formulas", sheet.name, text)


def page_fits(sheet: OpenedSheet, book: OpenedWorkbook, language: Language) -> Iterator[WorkbookFault]:  # noqa: ARG001
    fits = sheet.attribute("pageSetUpPr", "fitToPage") in ("1", "true")
    one_wide = sheet.attribute("pageSetup", "fitToWidth", "1") == "1"
    # A chart alone on its sheet is printed whole, on one page.
    heights = ("0", "1") if len(sheet.charts) == 1 and not sheet.tables else ("0",)
    any_high = sheet.attribute("pageSetup", "fitToHeight", "1") in heights
    if not (fits and one_wide and any_high) and _width(sheet) <= WIDEST_ON_ONE_PAGE:
        text = language.pgettext(
            "workbook check", "Printed, the sheet is not set to one page wide and any number high."
        )
        yield WorkbookFault("page-width", sheet.name, text)
    parts = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
    if any((element.text or "").strip() for part in parts for element in sheet.elements.get(part, [])):
        text = language.pgettext("workbook check", "The sheet has a page header or footer.")
        yield WorkbookFault("header-footer", sheet.name, text)


def _width(sheet: OpenedSheet) -> float:
    """The width of the sheet's columns, in digits."""
    return sum(
        float(column.get("width", "0")) * (int(column.get("max", "0")) - int(column.get("min", "0")) + 1)
        for column in sheet.elements.get("col", [])
    )


def fonts_are_readable(sheet: OpenedSheet, book: OpenedWorkbook, language: Language) -> Iterator[WorkbookFault]:
    wrong: dict[str, list[Spot]] = {"font": [], "italics": [], "contrast": []}
    faults = [_font_faults(form) for form in book.formats]
    for where, cell in sheet.cells.items():
        for fault in faults[cell.style]:
            wrong[fault].append(where)
    sentences = {
        "font": language.pgettext(
            "workbook check", "Not Arial of 12 points or more: %(cells)s", cells=listed(wrong["font"])
        ),
        "italics": language.pgettext("workbook check", "Italics: %(cells)s", cells=listed(wrong["italics"])),
        "contrast": language.pgettext(
            "workbook check", "Contrast below 4.5 to 1: %(cells)s", cells=listed(wrong["contrast"])
        ),
    }
    for code, text in sentences.items():
        if wrong[code]:
            yield WorkbookFault(code, sheet.name, text)


def _font_faults(form: Format) -> list[str]:
    faults = []
    if form.font.name != FONT or form.font.size < BODY_SIZE:
        faults.append("font")
    if form.font.is_italic:
        faults.append("italics")
    if contrast(form.font.colour or INK, form.fill or PAPER) < LOWEST_CONTRAST:
        faults.append("contrast")
    return faults


def heat_is_readable(sheet: OpenedSheet, book: OpenedWorkbook, language: Language) -> Iterator[WorkbookFault]:  # noqa: ARG001
    colours = [
        "#" + colour.get("rgb", "")[-6:]
        for scale in sheet.elements.get("colorScale", [])
        for colour in scale
        if colour.get("rgb")
    ]
    if any(contrast(colour, INK) < LOWEST_CONTRAST for colour in colours):
        text = language.pgettext("workbook check", "Figures on the darkest shade of a colour scale cannot be read.")
        yield WorkbookFault("heat-contrast", sheet.name, text)


def charts_are_described(sheet: OpenedSheet, book: OpenedWorkbook, language: Language) -> Iterator[WorkbookFault]:
    if any(not chart.alternative_text.strip() for chart in sheet.charts):
        text = language.pgettext("workbook check", "A chart has no alternative text.")
        yield WorkbookFault("chart-alt-text", sheet.name, text)
    if any(chart.language != book.properties.get("language") for chart in sheet.charts):
        text = language.pgettext("workbook check", "A chart is marked with another language than the workbook.")
        yield WorkbookFault("chart-language", sheet.name, text)


SHEET_RULES: tuple[Rule, ...] = (
    nothing_hidden,
    title_is_heading,
    view_starts_at_title,
    nothing_merged,
    no_formulas,
    page_fits,
    fonts_are_readable,
    heat_is_readable,
    charts_are_described,
)
