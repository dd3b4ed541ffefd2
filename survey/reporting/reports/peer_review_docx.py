"""The peer review pack as a Word document: figures, then each outcome with what every cluster said, then questions."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NoReturn

from survey.reporting.documents.description import ORGANISATION
from survey.reporting.documents.word import Spoken, paragraph, run
from survey.reporting.documents.word_package import About, paged_document
from survey.reporting.reports.blocks import (
    NOTHING,
    Asked,
    Block,
    Bullets,
    Line,
    Quotation,
    Room,
    Subheading,
    cells_by_key,
    figures_of,
    keys_like,
    said,
    table_of,
)
from survey.reporting.reports.drawing import drawn
from survey.reporting.reports.peer_review import (
    WRITE_NOTES,
    beside_wales,
    how_to_use,
    of_clusters_of,
    pack_title,
    suggested_questions,
)
from survey.reporting.workbooks.front import as_at_line, head_line, state_line
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.description import Cell, Sheet, Shorthand, Verbatim

LEFT_OUT = ("board", "cluster", "outcome_code", "outcome", "now", "number")
"""The columns that headings name, the level now, which is the level judged, and numbers that only tell items apart."""
Place = Mapping[str, Cell]
NOWHERE: Place = MappingProxyType({})
SHOWN = ("board", "outcome", "responded", "both", "compared", "n_")


def pack_document(report: Report, board: str) -> bytes:
    """The pack as a .docx file."""
    reader = report.language
    title = report.titled(pack_title(report, board))
    body = paragraph("Title", run(Spoken(title, reader.tag))) + drawn(_blocks(report, board), reader, _no_picture)
    about = About(title, reader.say(ORGANISATION), reader.tag, report.series.changed)
    return paged_document([body], about, head_line(report, pack_title(report, board)))


def _no_picture(_content: bytes) -> NoReturn:
    raise NotImplementedError


def _blocks(report: Report, board: str) -> Iterator[Block]:
    yield from map(Line, filter(None, (how_to_use(report), as_at_line(report), state_line(report), report.made_up)))
    yield Subheading(report.pgettext("peer review", "Beside Wales"), 1)
    for sheet in beside_wales(report, board):
        yield from figures_of(sheet, report.language, keys_like(sheet, *SHOWN))
    answered, asked = of_clusters_of(report, board), suggested_questions(report, board)
    by_outcome = [sheet for sheet in answered if keys_like(sheet, "outcome")]
    for outcome in report.every_outcome:
        on_outcome = (row for sheet in (*by_outcome, asked) for row in _rows(sheet, {"outcome_code": outcome.id}))
        clusters = dict.fromkeys(row["cluster"] for row in on_outcome)
        if clusters:
            yield Subheading(report.outcome_name(outcome), 1)
        for cluster in clusters:
            yield Subheading(str(cluster))
            place: Place = {"cluster": cluster, "outcome_code": outcome.id}
            for sheet in by_outcome:
                yield from _told(report, sheet, place)
            yield from _questions(report, asked, place)
    for sheet in answered:
        if sheet not in by_outcome:
            yield Subheading(sheet.title, 1)
            clusters = dict.fromkeys(row["cluster"] for row in _rows(sheet))
            if not clusters:
                yield Line(report.language.say(NOTHING))
            for cluster in clusters:
                yield Subheading(str(cluster))
                yield from _told(report, sheet, {"cluster": cluster})


def _told(report: Report, sheet: Sheet, place: Place) -> Iterator[Block]:
    """What the rows of a place say: words as quotations below what was asked, the rest in a line each. What is not
    there is left out."""
    columns = [column for column in table_of(sheet).columns if column.key not in LEFT_OUT]
    for row in _rows(sheet, place):
        for column in columns:
            match row[column.key]:
                case Shorthand():
                    continue
                case Verbatim() as words:
                    yield Asked(column.header if column.header.endswith("?") else f"{column.header}:")
                    yield Quotation(words, "")
                case cell:
                    yield Line(f"{column.header}: {said(cell, column, report.language)}")


def _questions(report: Report, asked: Sheet, place: Place) -> Iterator[Block]:
    """What the review may ask the cluster on the outcome, and room for what it hears."""
    questions = tuple(f"{row['why']} {row['question']}" for row in _rows(asked, place))
    if questions:
        yield Subheading(report.pgettext("peer review", "Suggested questions"), 3)
        yield Bullets(questions)
    cluster = next(one.code for one in report.clusters if report.cluster_name(one.code) == place["cluster"])
    yield Subheading(report.pgettext("peer review", "Notes of the review"), 3)
    yield Room(f"{cluster}.{place['outcome_code']}", f"{place['cluster']}, {place['outcome_code']}", WRITE_NOTES)


def _rows(sheet: Sheet, place: Place = NOWHERE) -> Iterator[dict[str, Cell]]:
    for row in cells_by_key(sheet):
        if all(row[key] == cell for key, cell in place.items()):
            yield row
