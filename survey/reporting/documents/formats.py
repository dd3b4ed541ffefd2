"""The formats that a meeting pack comes in. No library that draws one is loaded until it is drawn."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from survey.reporting.documents.description import PackContent


@dataclass(frozen=True, slots=True)
class PackFormat:
    """A format: its media type, and what draws a pack in it and seals it with a secret."""

    media_type: str
    draw: Callable[[PackContent, bytes], bytes]


def drawn(content: PackContent, ending: str, secret: bytes) -> bytes:
    """A pack as a file whose name has this ending."""
    return PACK_FORMATS[ending].draw(content, secret)


def _workbook(content: PackContent, secret: bytes) -> bytes:
    from survey.reporting.documents.meeting_pack_xlsx import workbook_of

    return workbook_of(content, secret)


def _document(content: PackContent, secret: bytes) -> bytes:
    from survey.reporting.documents.meeting_pack_docx import document_of

    return document_of(content, secret)


PACK_FORMATS: Mapping[str, PackFormat] = {
    "xlsx": PackFormat("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _workbook),
    "docx": PackFormat("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _document),
}
