"""The cells of a workbook as a page carries them from the moment they are shown to the moment they are taken in.

What comes back with the page is believed no more than the upload was.
"""

import base64
import binascii
import zlib
from typing import Any

import orjson

from survey.collection.errors import DomainError
from survey.collection.package_file import LARGEST_UNPACKED
from survey.collection.workbook_file import CellValue, NoValue, Sheets


def carried(sheets: Sheets) -> str:
    """The cells as a short text."""
    plain = {sheet: {cell: _plain(value) for cell, value in cells.items()} for sheet, cells in sheets.items()}
    return base64.b64encode(zlib.compress(orjson.dumps(plain))).decode("ascii")


def uncarried(text: str) -> Sheets:
    """The cells of such a text. Raises DomainError("package_damaged") for a text that is none."""
    try:
        inflater = zlib.decompressobj()
        plain = orjson.loads(inflater.decompress(base64.b64decode(text, validate=True), LARGEST_UNPACKED))
        return {sheet: {cell: _value(value) for cell, value in cells.items()} for sheet, cells in plain.items()}
    except (binascii.Error, zlib.error, AttributeError, IndexError, TypeError, ValueError) as fault:
        raise DomainError("package_damaged") from fault


def _plain(value: CellValue) -> Any:
    return [value.value] if isinstance(value, NoValue) else value


def _value(plain: Any) -> CellValue:
    if isinstance(plain, list):
        return NoValue(plain[0])
    if not isinstance(plain, str | float | bool):
        raise TypeError(plain)
    return plain
