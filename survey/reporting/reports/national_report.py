"""The national implementation progress report of a round: a template filled in, with what the team wrote before."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any

from docx.document import Document
from markupsafe import Markup

from survey.collection.reports.contributions import read_contributions
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Language, Phrase
from survey.reporting.documents.description import ORGANISATION
from survey.reporting.documents.word_package import packed
from survey.reporting.measures.themes import theme_counts
from survey.reporting.records.series import read_series
from survey.reporting.reports import chapters, own_words_of_clusters
from survey.reporting.reports.blocks import Block
from survey.reporting.reports.contents import add_contents, contents_place
from survey.reporting.reports.contributions import contributions
from survey.reporting.reports.drawing import AddPicture, drawn
from survey.reporting.reports.filled_template import fill_in, word_document
from survey.reporting.reports.method import method, provenance
from survey.reporting.reports.own_words import keep_own_words
from survey.reporting.reports.people import people
from survey.reporting.reports.template import SHORT_TITLE, TITLE, report_template
from survey.reporting.workbooks.front import as_at_line, head_line, state_line
from survey.reporting.workbooks.report import Report
from survey.storage.repository import Repository, Unreadable

NAME = Phrase("file name", "progress-report")

OF_CLUSTERS: dict[str, chapters.Chapter] = {
    "summary": chapters.summary,
    "response": chapters.response,
    "maturity": chapters.maturity_by_outcome,
    "calibration": chapters.calibration,
    "movement": chapters.movement,
    "enablers": chapters.enablers,
    "went_well": own_words_of_clusters.went_well,
    "went_less_well": own_words_of_clusters.went_less_well,
    "do_differently": own_words_of_clusters.do_differently,
    "themes": chapters.themes_of_texts,
    "good_practice": own_words_of_clusters.good_practice,
    "help_wanted": chapters.help_wanted,
    "actions_of_last_year": chapters.actions_of_last_year,
    "actions": own_words_of_clusters.actions,
}


@dataclass(frozen=True, slots=True)
class MadeReport:
    """A report as a file, and the records that could not be read for it."""

    content: bytes
    unreadable: tuple[Unreadable, ...]


def national_report(
    repository: Repository, snapshot: RoundSnapshot, reader: Language, is_open: bool, template: bytes, earlier: bytes
) -> MadeReport:
    """The report in a language. `template` and `earlier` are Word documents, or nothing: then the template is ours.

    Raises DomainError: not_open, not_reflection, and what `fill_in` and `keep_own_words` refuse.
    """
    series = read_series(repository, snapshot.round.id)
    report = Report(series, reader, is_open, theme_counts(repository, snapshot))
    document = word_document(template or report_template(reader))
    fill_in(document, _values(repository, report, partial(_add_picture, document.docx)))
    if earlier:
        keep_own_words(document.docx, word_document(earlier).docx, reader)
    add_contents(document.docx, reader)
    return MadeReport(_file(document.docx, report), series.unreadable)


def report_name(snapshot: RoundSnapshot, reader: Language) -> str:
    """“progress-report-sr-2026-2026-27.en.docx”, or the same in Welsh."""
    return f"{reader.say(NAME)}-{snapshot.round.id}-{snapshot.round.reporting_year}.{reader.code}.docx"


def _values(repository: Repository, report: Report, add_picture: AddPicture) -> dict[str, str]:
    """What stands for each name of a template."""
    reader = report.language
    blocks: dict[str, Callable[[], Iterator[Block]]] = {
        **{name: partial(chapter, report) for name, chapter in OF_CLUSTERS.items()},
        "contributions": lambda: contributions(report, read_contributions(repository, report.snapshot.round.id)),
        "workforce": lambda: people(repository, report),
        "method": lambda: method(report),
        "provenance": lambda: provenance(repository, report),
    }
    return {
        "title": reader.say(TITLE),
        "year": report.year,
        "questionnaire": report.texts(report.snapshot.questionnaire.title),
        "as_at": " ".join(filter(None, (as_at_line(report), report.made_up))),
        "state": state_line(report),
        "head": head_line(report, reader.say(SHORT_TITLE)),
        "contents": Markup(contents_place()),  # noqa: S704 (holds nothing from outside)
        **{name: Markup(drawn(made(), reader, add_picture)) for name, made in blocks.items()},  # noqa: S704 (escaped by `word`)
    }


def _add_picture(document: Document, content: bytes) -> tuple[str, int, int]:
    number, image = document.part.get_or_add_image(BytesIO(content))
    return number, image.px_width, image.px_height


def _file(document: Document, report: Report) -> bytes:
    """The file, which says the same of itself whenever it is made of the same."""
    properties: Any = document.core_properties
    properties.title = report.titled(report.language.say(TITLE))
    properties.author = report.language.say(ORGANISATION)
    properties.language = report.language.tag
    properties.created = properties.modified = report.series.changed
    content = BytesIO()
    document.save(content)
    return packed(content.getvalue())
