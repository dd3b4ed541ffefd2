"""Workbooks as files: named in their language, whole or not at all.

This room loads pandas, which takes the better part of a second: import it where it is used, not at the top of what
the site starts with.
"""

from datetime import datetime
from pathlib import Path

from survey.collection.rounds.round import Round
from survey.languages import Language, Phrase
from survey.reporting.workbooks.national.workbook import read_report, workbook_of
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.drawing import write_workbook
from survey.storage.repository import Repository


def national_file_name(of_round: Round, language: Language) -> str:
    """“national-workbook-sr-2026-2026-27.en.xlsx”, or the same in Welsh."""
    return workbook_name(Phrase("file name", "national-workbook"), of_round, language)


def workbook_name(kind: Phrase, of_round: Round, language: Language) -> str:
    """The same for a workbook of any kind."""
    return f"{language.say(kind)}-{of_round.id}-{of_round.reporting_year}.{language.code}.xlsx"


def export_national_workbook(
    repository: Repository, round_id: str, language: Language, target: Path, now: datetime
) -> Path:
    """Write the workbook of a round to a file, or under its own name into a folder, and return where it is.

    Raises DomainError: unknown_round, not_open; StorageError; OSError when the file cannot be written.
    """
    return write_national_workbook(repository, read_report(repository, round_id, language, now), target)


def write_national_workbook(repository: Repository, report: Report, target: Path) -> Path:
    """The same for a report that has been read already."""
    path = target / national_file_name(report.data.snapshot.round, report.language) if target.is_dir() else target
    write_workbook(workbook_of(repository, report), path)
    return path
