"""How a workbook looks: fonts, colours and formats, quiet and readable.

Every colour pair has a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3); a test measures them.
"""

from dataclasses import replace
from typing import Any

from survey.reporting.charts.colours import INK
from survey.reporting.xlsx.description import TEXT_KINDS, CellKind, Column, Heat

Format = dict[str, Any]
"""The properties of a cell's format, as XlsxWriter names them."""

FONT = "Arial"
BODY_SIZE = 12
HEADING_1_SIZE = 18
HEADING_2_SIZE = 14

LINK_INK = "#1A4E8A"
HEADER_FILL = "#E3EAF1"
HEADER_LINE = "#1F3A5F"
PAPER = "#FFFFFF"
ROW_LINE = "#C9D1D9"
HEAT_LOW = PAPER
HEAT_HIGH = "#7FB2DD"
HEAT_OPPOSITE = "#F2B077"

_DATE_LOCALES = {"cy": "452", "en": "809"}  # Windows' numbers for Welsh and British English


NORMAL: Format = {"font_name": FONT, "font_size": BODY_SIZE, "font_scheme": "none", "font_color": INK}
"""The style on which every other format stands."""

HEADING_1: Format = {"font_size": HEADING_1_SIZE, "bold": True, "font_color": HEADER_LINE, "valign": "vcenter"}
HEADING_2: Format = {**HEADING_1, "font_size": HEADING_2_SIZE}
LINE: Format = {"valign": "vcenter"}  # above a table: it runs on over the cells to its right
PARAGRAPH: Format = {"text_wrap": True, "valign": "top"}
LINK: Format = {"font_color": LINK_INK, "underline": 1, "valign": "top"}
ROW_END: Format = {"bottom": 1, "bottom_color": ROW_LINE}
LINK_CELL: Format = {**LINK, **ROW_END, "text_wrap": True}


def header(kind: CellKind, *, is_first: bool) -> dict[str, Any]:
    """Return the format of a column's header, which a line parts from the one before it: words that stand right in one
    column and left in the next would read as one."""
    return (
        _alignment(kind, is_first)
        | ({} if is_first else {"left": 2, "left_color": PAPER})
        | {
            "bold": True,
            "text_wrap": True,
            "valign": "top",
            "bg_color": HEADER_FILL,
            "bottom": 2,
            "bottom_color": HEADER_LINE,
        }
    )


def cell(column: Column, language: str, *, is_first: bool) -> dict[str, Any]:
    """Return the format of a column's cells; a shorthand in a column of numbers stands right like them."""
    number_format = _number_format(column, language)
    filling = {"num_format": number_format} if number_format else {"text_wrap": True}
    return _alignment(column.kind, is_first) | {"valign": "top"} | ROW_END | filling


def thousands(column: Column, language: str, *, is_first: bool) -> dict[str, Any]:
    """Return the format of a number of a thousand or more, of which nobody reads a part of one."""
    return cell(replace(column, kind="whole"), language, is_first=is_first)


def heat_scale(heat: Heat) -> dict[str, Any]:
    """Return the conditional format that shades a column's numbers between the ends of its scale."""
    ends = {"min_type": "num", "min_value": heat.low, "max_type": "num", "max_value": heat.high}
    if heat.middle is None:
        return {"type": "2_color_scale", "min_color": HEAT_LOW, "max_color": HEAT_HIGH, **ends}
    return {
        "type": "3_color_scale",
        "min_color": HEAT_OPPOSITE,
        "mid_type": "num",
        "mid_value": heat.middle,
        "mid_color": HEAT_LOW,
        "max_color": HEAT_HIGH,
        **ends,
    }


def _alignment(kind: CellKind, is_first: bool) -> dict[str, Any]:
    """Numbers and dates stand right; text left, with an indent after the first column to part it from a number."""
    if kind not in TEXT_KINDS:
        return {"align": "right"}
    return {"align": "left"} if is_first else {"align": "left", "indent": 1}


def _number_format(column: Column, language: str) -> str:
    fraction = "." + "0" * column.decimals if column.decimals else ""
    formats: dict[CellKind, str] = {
        "whole": "#,##0",
        "decimal": f"#,##0{fraction}",
        "percent": f"0{fraction}%",
        "date": f"[$-{_DATE_LOCALES.get(language, _DATE_LOCALES['en'])}]d mmmm yyyy",
    }
    return formats.get(column.kind, "")
