"""The peer review pack as a Word document: figures, then each outcome with what every cluster said, then questions."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from types import MappingProxyType
from typing import NoReturn

from docx import Document

from survey.languages import Language, Phrase
from survey.reporting.documents.description import ORGANISATION
from survey.reporting.documents.word import Spoken, paragraph, run
from survey.reporting.documents.word_package import About, packed, paged_document
from survey.reporting.reports.blocks import (
    Block,
    Bullets,
    EntryList,
    Lead,
    Line,
    Room,
    Subheading,
    cells_by_key,
    figures_of,
    keys_like,
    said,
    table_of,
)
from survey.reporting.reports.board_clusters import asked_of, silent_clusters, submitted_lines
from survey.reporting.reports.contents import add_contents, contents_place
from survey.reporting.reports.drawing import drawn
from survey.reporting.reports.peer_review import (
    WRITE_NOTES,
    how_to_use,
    of_clusters_of,
    pack_title,
    suggested_questions,
)
from survey.reporting.reports.questions import NOT_SUBMITTED
from survey.reporting.reports.template import CONTENTS
from survey.reporting.reports.wales_comparison import beside_wales
from survey.reporting.workbooks.front import as_at_line, families_lines, head_line, state_line
from survey.reporting.workbooks.national.words import examples_of_board_line
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.description import Cell, Column, Sheet, Shorthand, Verbatim

LEFT_OUT = ("board", "cluster", "outcome_code", "outcome", "now", "number")
"""The columns that headings name, the level now, which is the level judged, and numbers that tell items apart."""
OF_SUBMITTED = ("movement",)
"""The columns that say something only of a cluster that has submitted."""
NUMBERED = {
    "evidence": Phrase("peer review", "Evidence %(number)s. %(label)s"),
    "good_practice": Phrase("peer review", "Example %(number)s. %(label)s"),
}
"""What the first label of an item says, by the name of the table that lists several of one place."""
PlaceCells = Mapping[str, Cell]
NOWHERE: PlaceCells = MappingProxyType({})
SHOWN = (
    "outcome",
    "assigned",
    "responded",
    "both",
    "one",
    "compared",
    "not_known",
    "first_time",
    "not_answered",
    "n_",
)
"""The figures that account for every reflection asked for; shares of them are in the workbook."""
SHORT_HEADERS = {"assigned": Phrase("peer review", "Asked for"), "responded": Phrase("peer review", "Submitted")}
"""What is counted stands below the table."""
OF_PLACE = Phrase("peer review", "%(outcome)s: %(place)s")
RESPONSE = "response"
"""What stands in the tag of a place for notes in place of an outcome, where they are about all of a response."""


def pack_document(report: Report, board: str) -> bytes:
    """The pack as a .docx file."""
    reader = report.language
    title = report.titled(pack_title(report, board))
    body = (
        paragraph("Title", run(Spoken(title, reader.tag))),
        drawn(_front(report), reader, _no_picture),
        paragraph("ContentsHeading", run(Spoken(reader.say(CONTENTS), reader.tag))),
        contents_place(),
        drawn(_blocks(report, board), reader, _no_picture),
    )
    about = About(title, reader.say(ORGANISATION), reader.tag, report.series.changed)
    return _with_contents(paged_document(body, about, head_line(report, pack_title(report, board))), reader)


def _with_contents(content: bytes, reader: Language) -> bytes:
    document, file = Document(BytesIO(content)), BytesIO()
    add_contents(document, reader)
    document.save(file)
    return packed(file.getvalue())


def _no_picture(_content: bytes) -> NoReturn:
    raise NotImplementedError


def _front(report: Report) -> Iterator[Block]:
    lines = (how_to_use(report), as_at_line(report), state_line(report), report.made_up, *families_lines(report))
    return map(Line, filter(None, lines))


def _blocks(report: Report, board: str) -> Iterator[Block]:
    asked = suggested_questions(report, board)
    yield from _submitted(report, board, asked)
    yield Subheading(report.pgettext("peer review", "Beside Wales"), 1)
    for sheet in beside_wales(report, board):
        yield from figures_of(_in_short(report, sheet), report.language, keys_like(sheet, *SHOWN))
    answered = of_clusters_of(report, board)
    by_outcome = [sheet for sheet in answered if keys_like(sheet, "outcome")]
    yield from _by_outcome(report, board, by_outcome, asked)
    for sheet in answered:
        if sheet not in by_outcome:
            yield from _of_responses(report, board, sheet)


def _in_short(report: Report, sheet: Sheet) -> Sheet:
    """The sheet with outcomes as short as lists have them, each with its place, so that a page has room for all
    figures. The names of the outcomes are in the contents of the document."""
    framework, table = report.snapshot.framework, table_of(sheet)
    names = framework.short_names(report.texts, report.language) if framework else {}
    headers = {key: report.language.say(header) for key, header in SHORT_HEADERS.items()}
    rows = [
        tuple(
            report.language.say(
                OF_PLACE, outcome=names.get(str(row["outcome_code"]), row["outcome"]), place=row["board"]
            )
            if key == "outcome"
            else cell
            for key, cell in row.items()
        )
        for row in cells_by_key(sheet)
    ]
    columns = tuple(replace(column, header=headers.get(column.key, column.header)) for column in table.columns)
    return replace(sheet, body=replace(table, columns=columns, rows=rows))


def _submitted(report: Report, board: str, asked: Sheet) -> Iterator[Block]:
    """Who has submitted, and what there is to ask of those who have not, with room for what they say."""
    yield Subheading(report.pgettext("peer review", "Who has submitted"), 1)
    yield from map(Line, submitted_lines(report, board))
    for cluster in silent_clusters(report, board):
        name = report.cluster_name(cluster.code)
        yield Subheading(name)
        yield from _questions(report, asked, {"cluster": name, "outcome_code": Shorthand.NOT_APPLICABLE})
        yield _room(cluster.code, RESPONSE, name)


def _by_outcome(report: Report, board: str, sheets: list[Sheet], asked: Sheet) -> Iterator[Block]:
    """What each cluster said on each outcome, and on those of last year alone what became of its action."""
    of_this_year = {outcome.id for outcome in asked_of(report, board)}
    for outcome in report.every_outcome:
        told = {row["cluster"] for sheet in sheets for row in _rows(sheet, {"outcome_code": outcome.id})}
        if not told:
            continue
        yield Subheading(report.outcome_name(outcome), 1)
        if outcome.id not in of_this_year:
            yield Lead(
                report.pgettext("peer review", "Not asked about this year: only last year’s actions stand here.")
            )
        elif not outcome.has_levels:
            yield Lead(
                report.pgettext("peer review", "Statements of this outcome have no levels, so no level is indicated.")
            )
        for cluster in report.clusters:
            name = report.cluster_name(cluster.code)
            if name in told:
                yield Subheading(name)
                place: PlaceCells = {"cluster": name, "outcome_code": outcome.id}
                yield from _told(report, cluster.code, sheets, place)
                yield from _questions(report, asked, place)
                yield _room(cluster.code, outcome.id, f"{name}, {outcome.id}")


def _of_responses(report: Report, board: str, sheet: Sheet) -> Iterator[Block]:
    """What each cluster said once in its response."""
    yield Subheading(sheet.name, 1)
    listed = {row["cluster"] for row in _rows(sheet)}
    if table_of(sheet).name == "good_practice":
        yield Line(examples_of_board_line(report, board))
    for cluster in report.clusters:
        name = report.cluster_name(cluster.code)
        if name in listed:
            yield Subheading(name)
            yield from _told(report, cluster.code, [sheet], {"cluster": name})


def _told(report: Report, cluster: str, sheets: list[Sheet], place: PlaceCells) -> Iterator[Block]:
    """What the rows of a place say, each with what belongs together on one page; why there is nothing where they say
    nothing."""
    is_counted = report.data.clusters[cluster].counted
    left_out = LEFT_OUT if is_counted else (*LEFT_OUT, *OF_SUBMITTED)
    if not is_counted:
        yield Line(report.language.say(NOT_SUBMITTED))
    rows = [(sheet, row) for sheet in sheets for row in _rows(sheet, place)]
    entries = [items for sheet, row in rows if (items := _entries(report, sheet, row, left_out))]
    yield from map(EntryList, entries)
    if is_counted and not entries:
        yield Line(report.pgettext("peer review", "It has submitted, and wrote nothing here."))


def _entries(
    report: Report, sheet: Sheet, row: Mapping[str, Cell], left_out: tuple[str, ...]
) -> tuple[tuple[str, str | Verbatim], ...]:
    """What a row says below what it is called; what is not there is left out."""
    items = [
        (column.header, _words(report, row[column.key], column))
        for column in table_of(sheet).columns
        if column.key not in left_out and not isinstance(row[column.key], Shorthand)
    ]
    numbered, number = NUMBERED.get(table_of(sheet).name), row.get("number")
    if items and numbered and isinstance(number, int):
        label, words = items[0]
        items[0] = (report.language.say(numbered, number=report.language.number(number), label=label), words)
    return tuple(items)


def _words(report: Report, cell: Cell, column: Column) -> str | Verbatim:
    return cell if isinstance(cell, Verbatim) else said(cell, column, report.language)


def _questions(report: Report, asked: Sheet, place: PlaceCells) -> Iterator[Block]:
    """What the review may ask the cluster at a place."""
    questions = tuple(f"{row['why']} {row['question']}" for row in _rows(asked, place))
    if questions:
        yield Subheading(report.pgettext("peer review", "Suggested questions"), 3)
        yield Bullets(questions)
    yield Subheading(report.pgettext("peer review", "Notes of the review"), 3)


def _room(cluster: str, about: str, title: str) -> Room:
    """Room for what the review hears of a cluster about an outcome or all of its response."""
    return Room(f"{cluster}.{about}", title, WRITE_NOTES)


def _rows(sheet: Sheet, place: PlaceCells = NOWHERE) -> Iterator[dict[str, Cell]]:
    for row in cells_by_key(sheet):
        if all(row[key] == cell for key, cell in place.items()):
            yield row
