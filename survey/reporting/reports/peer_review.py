"""The peer review pack of a health board: its clusters’ reflections beside Wales, as sheets, before they are drawn.

Every figure is a row of a sheet of the national workbook.
"""

from dataclasses import replace

from survey.collection.errors import DomainError
from survey.collection.near_names import near
from survey.collection.rounds.clusters import HealthBoard
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Language, Phrase
from survey.reporting.reports.blocks import table_of
from survey.reporting.reports.board_clusters import in_words, submitted_lines, titled_of_board
from survey.reporting.reports.questions import questions_to
from survey.reporting.reports.wales_comparison import beside_wales
from survey.reporting.workbooks.front import Cover, as_at_line, shorthand_line, state_line, workbook
from survey.reporting.workbooks.national import actions, evidence, levels, maturity, words
from survey.reporting.workbooks.national.coded_tables import without_columns
from survey.reporting.workbooks.provenance import of_board
from survey.reporting.workbooks.report import Report, SheetMaker
from survey.reporting.workbooks.tables import cluster_columns, outcome_columns, sheet_of
from survey.reporting.xlsx.description import Cell, Column, Sheet, Shorthand, Table, Workbook
from survey.storage.repository import Repository

NAME = Phrase("file name", "peer-review-pack")
TITLE = Phrase("peer review", "Peer review pack")
WRITE_NOTES = Phrase("peer review", "Write your notes here.")
OF_CLUSTERS: tuple[SheetMaker, ...] = (
    maturity.maturity_by_cluster,
    levels.movement_by_cluster,
    words.went_well,
    words.went_less_well,
    words.do_differently,
    evidence.evidence,
    words.actions,
    actions.words_on_actions_of_last_year,
)
HEALTH_BOARD = frozenset({"board"})
OUTCOME_CODE = frozenset({"outcome_code"})
"""Columns that the workbook leaves out: every row of clusters is of one health board, and names of outcomes begin with
their codes as people write them."""
NOTES_WIDTH = 40.0  # digits: room to write


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


def of_clusters_of(report: Report, board: str) -> list[Sheet]:
    """What each cluster of the health board said."""
    sheets = (
        *map(report.made, OF_CLUSTERS),
        words.good_practice_of_board(report, board),
        report.made(words.help_wanted),
    )
    name = report.board_name(board)
    taken = report.pgettext(
        "peer review", "Taken from the workbooks for Wales: the rows of this health board’s clusters."
    )
    return [
        replace(
            titled_of_board(report, board, sheet, [row for row in table_of(sheet).rows if row[0] == name]),
            preamble=(taken, *sheet.preamble),
        )
        for sheet in sheets
    ]


def suggested_questions(report: Report, board: str) -> Sheet:
    """What the review may ask, why, and room for what it hears."""
    outcomes: dict[str, Cell] = {outcome.id: report.outcome_name(outcome) for outcome in report.every_outcome}
    say = report.language.say
    rows: list[tuple[Cell, ...]] = [
        (
            report.board_name(board),
            report.cluster_name(suggested.cluster),
            suggested.outcome or Shorthand.NOT_APPLICABLE,
            outcomes.get(suggested.outcome, Shorthand.NOT_APPLICABLE),
            say(suggested.why),
            say(suggested.question),
            say(WRITE_NOTES),
        )
        for suggested in questions_to(report, board)
    ]
    columns = (
        *cluster_columns(report),
        *outcome_columns(report),
        Column("why", report.pgettext("peer review", "Why it is asked"), "long_text"),
        Column("question", report.pgettext("peer review", "Question"), "long_text"),
        Column(
            "notes",
            report.pgettext("peer review", "Notes of the review"),
            "long_text",
            width=NOTES_WIDTH,
            least=NOTES_WIDTH,
        ),
    )
    sheet = sheet_of(
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
                "It is where a conversation may begin, not a finding.",
            ),
        ),
        shorthand={
            Shorthand.NOT_APPLICABLE: report.pgettext(
                "peer review", "the question is about the whole response, whatever outcomes the cluster has"
            )
        },
    )
    return titled_of_board(report, board, sheet, rows)


def pack_workbook(repository: Repository, report: Report, board: str) -> Workbook:
    """The pack as a workbook. `repository` is asked only for what the round was frozen with."""
    sheets = (
        *(without_columns(sheet, OUTCOME_CODE) for sheet in beside_wales(report, board)),
        *(
            without_columns(sheet, HEALTH_BOARD | OUTCOME_CODE) if table_of(sheet).rows else in_words(report, sheet)
            for sheet in of_clusters_of(report, board)
        ),
        without_columns(suggested_questions(report, board), HEALTH_BOARD | OUTCOME_CODE),
    )
    return workbook(repository, report, _cover(report, board), of_board(report, board), sheets)


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
        answered=submitted_lines(report, board),
        state=(state_line(report), as_at_line(report)),
        holds=how_to_use(report),
        reading=(shorthand_line(report),),
        keywords=(report.pgettext("workbook keyword", "primary care clusters"), report.board_name(board)),
    )
