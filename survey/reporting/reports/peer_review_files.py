"""The peer review pack of a health board as a file."""

import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Language
from survey.reporting.records.series import read_series
from survey.reporting.reports.peer_review import board_of, pack_name, pack_workbook
from survey.reporting.reports.peer_review_docx import pack_document
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.drawing import write_workbook
from survey.storage.repository import Repository, Unreadable


@dataclass(frozen=True, slots=True)
class MadePack:
    """A pack as a file, and the records that could not be read for it."""

    name: str
    content: bytes
    unreadable: tuple[Unreadable, ...]


def peer_review_pack(
    repository: Repository, snapshot: RoundSnapshot, board: str, reader: Language, ending: str, now: datetime
) -> MadePack:
    """The pack as a document (“docx”) or a workbook (“xlsx”).

    Raises DomainError: unknown_health_board, not_open, not_reflection.
    """
    of_board = board_of(snapshot, board)
    series = read_series(repository, snapshot.round.id)
    report = Report(series, reader, snapshot.round.takes_answers(now))
    is_document = ending == "docx"
    content = pack_document(report, of_board.code) if is_document else _workbook(repository, report, of_board.code)
    return MadePack(pack_name(snapshot, of_board, reader, ending), content, series.unreadable)


def _workbook(repository: Repository, report: Report, board: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pack.xlsx"
        write_workbook(pack_workbook(repository, report, board), path)
        return path.read_bytes()
