"""The formats in which a meeting pack comes back."""

from survey.collection.errors import DomainError
from survey.collection.meeting_packs.document_file import DOCUMENT, document_cells
from survey.collection.package_file import opened
from survey.collection.workbook_file import RELATIONS, WORKBOOK, Sheets, workbook_cells


def read_file(content: bytes) -> Sheets:
    """What was filled in in a workbook or a document, by sheet and cell.

    Raises DomainError: file_too_large (unpacked, too), not_a_package, package_damaged.
    """
    with opened(content) as package:
        names = package.namelist()
        if WORKBOOK in names and RELATIONS in names:
            return workbook_cells(package)
        if DOCUMENT in names:
            return document_cells(package)
    raise DomainError("not_a_package")
