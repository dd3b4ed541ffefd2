"""Small files of each kind that is taken as evidence, and of some that are not."""

import io
import zipfile

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 17
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 20
TYPES = "[Content_Types].xml"


def package(*names: str, types: bytes = b"<Types/>", **parts: bytes) -> bytes:
    """A zip with these parts, and a list of their types unless that is empty."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        if types:
            archive.writestr(TYPES, types)
        for name in names:
            archive.writestr(name, parts.get(name, b"<x/>"))
        for name in parts.keys() - set(names):
            archive.writestr(name, parts[name])
    return held.getvalue()


XLSX = package("xl/workbook.xml")
DOCX = package("word/document.xml")
