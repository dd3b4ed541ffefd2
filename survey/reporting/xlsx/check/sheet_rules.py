"""The rules that every sheet of a workbook keeps, whatever it holds."""

from collections.abc import Callable, Iterator

from survey.languages import Phrase
from survey.reporting.xlsx.appearance import BODY_SIZE, FONT, contrast
from survey.reporting.xlsx.check.fault import Breach, listed
from survey.reporting.xlsx.check.package_reader import Format, OpenedSheet, Spot
from survey.reporting.xlsx.layout import WIDEST_ON_ONE_PAGE

LOWEST_CONTRAST = 4.5
PAPER, INK = "#FFFFFF", "#000000"
TITLE = Spot(1, 1)
HEADERS_AND_FOOTERS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")

Rule = Callable[[OpenedSheet], Iterator[Breach]]
"""A rule says where a sheet breaks it."""


def nothing_hidden(sheet: OpenedSheet) -> Iterator[Breach]:
    if sheet.state != "visible":
        yield Breach("hidden-sheet", Phrase("workbook check", "The sheet is hidden."))
    if sheet.hidden_rows:
        rows = ", ".join(map(str, sheet.hidden_rows[:5]))
        yield Breach("hidden-rows", Phrase("workbook check", "Hidden rows: %(rows)s"), rows=rows)
    if any(column.get("hidden") in ("1", "true") for column in sheet.elements.get("col", [])):
        yield Breach("hidden-columns", Phrase("workbook check", "Some columns are hidden."))


def title_is_heading(sheet: OpenedSheet) -> Iterator[Breach]:
    title = sheet.cells.get(TITLE)
    if title is None or not title.is_text or not title.value.strip():
        yield Breach("no-title", Phrase("workbook check", "Cell A1 holds no title."))
    elif title.format.style != "Heading 1":
        sentence = Phrase("workbook check", "The title in A1 does not have the cell style “Heading 1”.")
        yield Breach("title-style", sentence)


def view_starts_at_title(sheet: OpenedSheet) -> Iterator[Breach]:
    if sheet.attribute("selection", "activeCell", "A1") != "A1" or sheet.attribute("sheetView", "topLeftCell"):
        yield Breach("cursor", Phrase("workbook check", "The cursor or the view does not start in A1."))
    if sheet.attribute("sheetView", "showGridLines", "1") not in ("0", "false"):
        yield Breach("gridlines", Phrase("workbook check", "Gridlines are shown."))
    if "pane" in sheet.elements:
        sentence = Phrase("workbook check", "Rows or columns are frozen: magnified, they fill the screen.")
        yield Breach("frozen", sentence)


def nothing_merged(sheet: OpenedSheet) -> Iterator[Breach]:
    merged = [cell.get("ref", "") for cell in sheet.elements.get("mergeCell", [])]
    if merged:
        sentence = Phrase("workbook check", "Merged cells: %(cells)s")
        yield Breach("merged-cells", sentence, cells=", ".join(merged[:5]))


def no_formulas(sheet: OpenedSheet) -> Iterator[Breach]:
    formulas = [where for where, cell in sheet.cells.items() if cell.is_formula]
    if formulas:
        yield Breach("formulas", Phrase("workbook check", "Formulas in cells: %(cells)s"), cells=listed(formulas))


def page_fits(sheet: OpenedSheet) -> Iterator[Breach]:
    fits = sheet.attribute("pageSetUpPr", "fitToPage") in ("1", "true")
    one_wide = sheet.attribute("pageSetup", "fitToWidth", "1") == "1"
    # A chart alone on its sheet is printed whole, on one page.
    heights = ("0", "1") if len(sheet.charts) == 1 and not sheet.tables else ("0",)
    any_high = sheet.attribute("pageSetup", "fitToHeight", "1") in heights
    if not (fits and one_wide and any_high) and _width(sheet) <= WIDEST_ON_ONE_PAGE:
        sentence = Phrase("workbook check", "Printed, the sheet is not set to one page wide and any number high.")
        yield Breach("page-width", sentence)
    if any((part.text or "").strip() for name in HEADERS_AND_FOOTERS for part in sheet.elements.get(name, [])):
        yield Breach("header-footer", Phrase("workbook check", "The sheet has a page header or footer."))


def _width(sheet: OpenedSheet) -> float:
    """The width of the sheet's columns, in digits."""
    return sum(
        float(column.get("width", "0")) * (int(column.get("max", "0")) - int(column.get("min", "0")) + 1)
        for column in sheet.elements.get("col", [])
    )


def fonts_are_readable(sheet: OpenedSheet) -> Iterator[Breach]:
    spots: dict[Format, list[Spot]] = {}
    for where, cell in sheet.cells.items():
        spots.setdefault(cell.format, []).append(where)

    def those(is_wrong: Callable[[Format], bool]) -> list[Spot]:
        return [where for form in spots if is_wrong(form) for where in spots[form]]

    if wrong := those(lambda form: form.font.name != FONT or form.font.size < BODY_SIZE):
        yield Breach("font", Phrase("workbook check", "Not Arial of 12 points or more: %(cells)s"), cells=listed(wrong))
    if wrong := those(lambda form: form.font.is_italic):
        yield Breach("italics", Phrase("workbook check", "Italics: %(cells)s"), cells=listed(wrong))
    if wrong := those(lambda form: contrast(form.font.colour or INK, form.fill or PAPER) < LOWEST_CONTRAST):
        yield Breach("contrast", Phrase("workbook check", "Contrast below 4.5 to 1: %(cells)s"), cells=listed(wrong))


def heat_is_readable(sheet: OpenedSheet) -> Iterator[Breach]:
    shades = [shade.get("rgb", "") for scale in sheet.elements.get("colorScale", []) for shade in scale]
    if any(contrast(f"#{shade[-6:]}", INK) < LOWEST_CONTRAST for shade in shades if shade):
        sentence = Phrase("workbook check", "Figures on the darkest shade of a colour scale cannot be read.")
        yield Breach("heat-contrast", sentence)


def charts_are_described(sheet: OpenedSheet) -> Iterator[Breach]:
    if any(not chart.alternative_text.strip() for chart in sheet.charts):
        yield Breach("chart-alt-text", Phrase("workbook check", "A chart has no alternative text."))


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
