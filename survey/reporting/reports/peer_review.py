"""The peer review pack of a health board: its clusters’ reflections beside Wales, as sheets, before they are drawn.

Every figure is a row of a sheet of the national workbook.
"""

from collections.abc import Sequence
from dataclasses import replace

from survey.collection.errors import DomainError
from survey.collection.near_names import near
from survey.collection.rounds.clusters import HealthBoard
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Language, Phrase
from survey.reporting.reports.blocks import table_of
from survey.reporting.reports.questions import questions_to
from survey.reporting.workbooks.front import Cover, as_at_line, shorthand_line, state_line, workbook
from survey.reporting.workbooks.national import actions, boards, evidence, levels, maturity, words
from survey.reporting.workbooks.provenance import of_clusters
from survey.reporting.workbooks.report import Report, SheetMaker
from survey.reporting.workbooks.tables import cluster_columns, outcome_columns, sheet_of
from survey.reporting.xlsx.description import Cell, Column, Sheet, Table, Workbook
from survey.storage.repository import Repository

NAME = Phrase("file name", "peer-review-pack")
TITLE = Phrase("peer review", "Peer review pack")
WRITE_NOTES = Phrase("peer review", "Write your notes here.")
MATURITY = (maturity.maturity_by_board, maturity.maturity_by_outcome)
BESIDE_WALES: tuple[tuple[SheetMaker, SheetMaker], ...] = (
    MATURITY,
    (boards.judged_and_indicated_by_board, levels.judged_and_indicated),
    (boards.movement_by_board, levels.movement),
)
"""The sheets of health boards, and those that have the same columns of each outcome in Wales."""
OF_CLUSTERS: tuple[SheetMaker, ...] = (
    maturity.maturity_by_cluster,
    levels.movement_by_cluster,
    words.went_well,
    words.went_less_well,
    words.do_differently,
    evidence.evidence,
    words.actions,
    actions.words_on_actions_of_last_year,
    words.good_practice,
    words.help_wanted,
)


def board_of(snapshot: RoundSnapshot, given: str) -> HealthBoard:
    """The health board of a code or short name, if it has clusters in the round. Raises
    DomainError("unknown_health_board").
    """
    board = snapshot.clusters.health_board(given)
    if board is None or not snapshot.clusters.of_board(board.code):
        boards = [each.short for each in snapshot.clusters.health_boards if snapshot.clusters.of_board(each.code)]
        raise DomainError("unknown_health_board", board=given, near=near(given, boards))
    return board


def pack_name(snapshot: RoundSnapshot, board: HealthBoard, reader: Language, ending: str) -> str:
    """“peer-review-pack-sr-2026-powys.en.docx”, or the same in Welsh."""
    return f"{reader.say(NAME)}-{snapshot.round.id}-{board.short}.{reader.code}.{ending}"


def pack_title(report: Report, board: str) -> str:
    """What stands above the pack."""
    return f"{report.language.say(TITLE)}: {report.board_name(board)}"


def beside_wales(report: Report, board: str) -> list[Sheet]:
    """The figures of the health board and its outcomes, each below those of the same outcome in Wales."""
    return [
        _titled(report, board, report.made(sheets[0]), rows_beside_wales(report, board, *sheets))
        for sheets in BESIDE_WALES
    ]


def rows_beside_wales(report: Report, board: str, of_boards: SheetMaker, of_wales: SheetMaker) -> list[Sequence[Cell]]:
    """The rows of a health board, first of all its outcomes; before each that of the same outcomes in Wales."""
    rows, name = table_of(report.made(of_boards)).rows, report.board_name(board)
    wales = {row[0]: (report.wales, *row) for row in table_of(report.made(of_wales)).rows}
    wales |= {row[1]: tuple(row) for row in rows if row[0] == report.wales}
    return [each for row in rows if row[0] == name for each in (wales[row[1]], row)]


def of_clusters_of(report: Report, board: str) -> list[Sheet]:
    """What each cluster of the health board said."""
    return [_kept(report, board, report.made(maker), (report.board_name(board),)) for maker in OF_CLUSTERS]


def suggested_questions(report: Report, board: str) -> Sheet:
    """What the review may ask, why, and room for what it hears."""
    outcomes = {outcome.id: report.outcome_name(outcome) for outcome in report.every_outcome}
    say = report.language.say
    rows: list[tuple[Cell, ...]] = [
        (
            report.board_name(board),
            report.cluster_name(one.cluster),
            one.outcome,
            outcomes[one.outcome],
            say(one.rule.why),
            say(one.rule.question),
            say(WRITE_NOTES),
        )
        for one in questions_to(report, board)
    ]
    columns = (
        *cluster_columns(report),
        *outcome_columns(report),
        Column("why", report.pgettext("peer review", "Why it is asked"), "long_text"),
        Column("question", report.pgettext("peer review", "Question"), "long_text"),
        Column("notes", report.pgettext("peer review", "Notes of the review"), "long_text"),
    )
    return sheet_of(
        report,
        report.pgettext("sheet name", "Suggested questions"),
        report.pgettext("sheet title", "Suggested questions of the review"),
        Table(
            "suggested_questions",
            report.pgettext("peer review", "Questions to each cluster, why they are asked, and room for notes."),
            columns,
            rows,
        ),
        (
            report.pgettext(
                "peer review",
                "Each question follows from a rule on one reflection: what was judged, what moved, what was done. "
                "It is where a conversation may begin, and no finding.",
            ),
        ),
    )


def pack_workbook(repository: Repository, report: Report, board: str) -> Workbook:
    """The pack as a workbook. `repository` is asked only for what the round was frozen with."""
    sheets = (*beside_wales(report, board), *of_clusters_of(report, board), suggested_questions(report, board))
    return workbook(repository, report, _cover(report, board), of_clusters(report), sheets)


def how_to_use(report: Report) -> str:
    """What the pack is for."""
    return report.pgettext(
        "peer review",
        "This pack is for a conversation between peers. It lays the reflections of the health board’s clusters beside "
        "Wales, repeats what they said, and suggests questions. A cluster’s own judgement is not an assessment by "
        "anybody else.",
    )


def _cover(report: Report, board: str) -> Cover:
    return Cover(
        title=pack_title(report, board),
        subject=report.texts(report.snapshot.questionnaire.title),
        state=(as_at_line(report), state_line(report)),
        holds=how_to_use(report),
        reading=(shorthand_line(report),),
        keywords=(report.pgettext("workbook keyword", "primary care clusters"), report.board_name(board)),
    )


def _kept(report: Report, board: str, sheet: Sheet, names: tuple[str, ...]) -> Sheet:
    """The rows of some health boards; `names` are what stands in the first column, which every such sheet has."""
    return _titled(report, board, sheet, [row for row in table_of(sheet).rows if row[0] in names])


def _titled(report: Report, board: str, sheet: Sheet, rows: Sequence[Sequence[Cell]]) -> Sheet:
    title = report.pgettext("peer review", "%(title)s: %(board)s", title=sheet.title, board=report.board_name(board))
    only = report.pgettext("peer review", "Of the workbook for Wales these are the rows that this review needs.")
    return replace(sheet, title=title, body=replace(table_of(sheet), rows=rows), preamble=(only, *sheet.preamble))
