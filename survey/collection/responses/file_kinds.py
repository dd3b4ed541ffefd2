"""The kinds of file that are taken as evidence, told by what is in a file and never by what it is called."""

import re
import unicodedata
from dataclasses import dataclass

from survey.collection.errors import DomainError
from survey.collection.package_file import opened

PACKAGE = b"PK\x03\x04"
CONTENT_TYPES = "[Content_Types].xml"
LARGEST_UNPACKED = 100_000_000
LARGEST_LIST = 1_000_000
LONGEST_NAME = 100
# What means something in the name of a file on any system, and what changes the direction of reading.
_NOT_IN_NAMES = re.compile('[\x00-\x1f\x7f-\x9f<>:"/\\\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]')


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: its name for people, the endings of its names, the first of which is given, and its media type.

    `begins` are its first bytes, `holds` the main part of a package.
    """

    name: str
    endings: tuple[str, ...]
    media_type: str
    begins: bytes
    holds: str = ""


OFFICE = "application/vnd.openxmlformats-officedocument."
FILE_KINDS = (
    FileKind("PDF", ("pdf",), "application/pdf", b"%PDF-"),
    FileKind("PNG", ("png",), "image/png", b"\x89PNG\r\n\x1a\n"),
    FileKind("JPEG", ("jpg", "jpeg"), "image/jpeg", b"\xff\xd8\xff"),
    FileKind("Excel", ("xlsx",), OFFICE + "spreadsheetml.sheet", PACKAGE, "xl/workbook.xml"),
    FileKind("Word", ("docx",), OFFICE + "wordprocessingml.document", PACKAGE, "word/document.xml"),
)
BY_ENDING = {kind.endings[0]: kind for kind in FILE_KINDS}
"""The kinds by the ending that a record names each with."""


def kind_of(content: bytes) -> FileKind:
    """The kind of a file. Raises DomainError: wrong_kind, file_with_macros, file_unpacks_too_large."""
    parts = _parts_of_package(content) if content.startswith(PACKAGE) else frozenset()
    for kind in FILE_KINDS:
        if content.startswith(kind.begins) and (not kind.holds or kind.holds in parts):
            return kind
    raise DomainError("wrong_kind")


def safe_name(name: str, kind: FileKind) -> str:
    """What a file is called from now on: no folder, nothing that means more to a system, and the ending of its kind."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = " ".join(_NOT_IN_NAMES.sub(" ", last).split()).strip(". ")
    stem, _, ending = plain.rpartition(".")
    if ending.lower() not in kind.endings:
        stem, ending = plain, kind.endings[0]
    return f"{stem.strip('. ')[:LONGEST_NAME] or kind.name}.{ending.lower()}"


def _parts_of_package(content: bytes) -> frozenset[str]:
    """The names of the parts of a package that runs nothing."""
    try:
        with opened(content, len(content), LARGEST_UNPACKED) as package:
            parts = frozenset(package.namelist())
            # A package without its list of parts raises KeyError, which `opened` takes for damage.
            if package.getinfo(CONTENT_TYPES).file_size > LARGEST_LIST:
                raise DomainError("wrong_kind")
            types = package.read(CONTENT_TYPES)
    except DomainError as fault:
        raise DomainError("file_unpacks_too_large" if fault.code == "file_too_large" else "wrong_kind") from fault
    if b"macroenabled" in types.lower() or any("vbaproject" in part.lower() for part in parts):
        raise DomainError("file_with_macros")
    return parts
