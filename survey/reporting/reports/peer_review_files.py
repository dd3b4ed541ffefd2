"""The peer review pack of a health board as a file."""

from dataclasses import dataclass
from datetime import datetime

from survey.collection.rounds.extensions import may_still_change
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Language
from survey.reporting.records.series import read_series
from survey.reporting.reports.peer_review import board_of, pack_name, pack_workbook
from survey.reporting.reports.peer_review_docx import pack_document
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.drawing import workbook_bytes
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

    Raises DomainError: unknown_health_board, not_open, not_reflection; OSError.
    """
    of_board = board_of(snapshot, board)
    series = read_series(repository, snapshot.round.id)
    report = Report(series, reader, may_still_change(repository, snapshot.round, now))
    if ending == "docx":
        content = pack_document(report, of_board.code)
    else:
        content = workbook_bytes(pack_workbook(repository, report, of_board.code))
    return MadePack(pack_name(snapshot, of_board, reader, ending), content, series.unreadable)
