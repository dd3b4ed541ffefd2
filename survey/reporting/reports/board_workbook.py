"""The workbook of a health board: of the national workbook its own rows, beside those of Wales, and of nobody else."""

from dataclasses import replace
from datetime import datetime

from survey.collection.rounds.clusters import HealthBoard
from survey.collection.rounds.extensions import may_still_change
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Language, Phrase
from survey.reporting.records.series import read_series
from survey.reporting.reports.blocks import table_of
from survey.reporting.reports.board_clusters import in_words, submitted_lines
from survey.reporting.reports.peer_review import board_of
from survey.reporting.reports.peer_review_files import MadePack
from survey.reporting.workbooks import response
from survey.reporting.workbooks.front import Cover, as_at_line, shorthand_line, state_line, workbook
from survey.reporting.workbooks.national import boards, enablers, levels, maturity, words
from survey.reporting.workbooks.provenance import of_board
from survey.reporting.workbooks.report import Report, SheetMaker
from survey.reporting.xlsx.description import Sheet, Workbook
from survey.reporting.xlsx.drawing import workbook_bytes
from survey.storage.repository import Repository

NAME = Phrase("file name", "health-board-workbook")
TITLE = Phrase("board workbook", "Workbook of a health board")
SHEETS: tuple[SheetMaker, ...] = (
    response.response_by_board,
    response.response_by_cluster,
    maturity.maturity_by_board,
    maturity.maturity_by_cluster,
    boards.judged_and_indicated_by_board,
    boards.movement_by_board,
    levels.movement_by_cluster,
    boards.trend_by_board,
    enablers.enablers_and_barriers,
    enablers.help_wanted_from,
    words.help_wanted,
)
"""The sheets that say in their first column of which health board a row is."""


def board_file(
    repository: Repository, snapshot: RoundSnapshot, board: str, reader: Language, now: datetime
) -> MadePack:
    """The workbook as a file. Raises DomainError: unknown_health_board, not_open, not_reflection; OSError."""
    of_board = board_of(snapshot, board)
    series = read_series(repository, snapshot.round.id)
    report = Report(series, reader, may_still_change(repository, snapshot.round, now))
    content = workbook_bytes(board_workbook(repository, report, of_board))
    name = f"{reader.say(NAME)}-{snapshot.round.id}-{of_board.short}.{reader.code}.xlsx"
    return MadePack(name, content, series.unreadable)


def board_workbook(repository: Repository, report: Report, board: HealthBoard) -> Workbook:
    """The workbook as a described object. `repository` is asked only for what the round was frozen with."""
    examples = words.good_practice_of_board(report, board.code)
    sheets = (
        *(_own(report, board, report.made(maker)) for maker in SHEETS),
        examples if table_of(examples).rows else in_words(report, examples),
    )
    return workbook(repository, report, _cover(report, board), of_board(report, board.code), sheets)


def _own(report: Report, board: HealthBoard, sheet: Sheet) -> Sheet:
    names = (report.wales, report.board_name(board.code))
    rows = [row for row in table_of(sheet).rows if row[0] in names]
    return replace(sheet, body=replace(table_of(sheet), rows=rows))


def _cover(report: Report, board: HealthBoard) -> Cover:
    return Cover(
        title=f"{report.language.say(TITLE)}: {report.board_name(board.code)}",
        subject=report.texts(report.snapshot.questionnaire.title),
        answered=submitted_lines(report, board.code),
        state=(state_line(report), as_at_line(report)),
        holds=report.pgettext(
            "board workbook",
            "Of the national workbook these are the rows of this health board and its clusters, beside those of Wales.",
        ),
        reading=(shorthand_line(report),),
        keywords=(report.pgettext("workbook keyword", "primary care clusters"), report.board_name(board.code)),
    )
