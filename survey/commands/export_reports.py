"""`flask export report …`, `words …`, `peer-review …`: the documents of a round, and the template of its report."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from survey.atomic_file import replace_file
from survey.collection.reports.report_files import EARLIER, TEMPLATE
from survey.collection.rounds.extensions import may_still_change
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.commands import terminal
from survey.commands.cli_i18n import Refusal, WrongUsage, machine_language, option, output_language
from survey.commands.environment import BY, EXISTS, ROUND, note, now, open_snapshot, writing
from survey.commands.export_group import export, report_unreadable, target_of, to_output
from survey.languages import LANGUAGES, Language, Phrase
from survey.reporting.reports.registry import given_for
from survey.storage.repository import Repository, Unreadable

if TYPE_CHECKING:
    from survey.reporting.reports.peer_review_files import MadePack

FROM_TEMPLATE = Phrase(
    "export command", "Word document to make it from; without it, the one given on the page, or that of the service"
)
FROM_EARLIER = Phrase(
    "export command",
    "An earlier version of the report, whose own words are kept; without it, the one given on the page",
)
LANGUAGE = Phrase("export command", "Language of the report; without it, one in each")
ONE_LANGUAGE = Phrase("export command", "A template, an earlier version or a file is in one language: give --language")
WRITING = Phrase("export command", "Writing reports")
BOARD = Phrase("export command", "Code or short name of the health board")
PACK_LANGUAGE = Phrase("export command", "Language of the pack; without it, one in each")
PACK_FORMAT = Phrase("export command", "Format of the pack")
WORDS_LANGUAGE = Phrase("export command", "Language of the workbook; without it, one in each")
WRITING_WORDS = Phrase("export command", "Writing what clusters wrote")
WRITING_PACKS = Phrase("export command", "Writing packs")
ENDINGS = ("docx", "xlsx")
BEFORE = ".before.docx"
"""What the name of a report ends in when one has taken its place."""

document = click.Path(exists=True, dir_okay=False, path_type=Path)


@export.command("report", about=Phrase("command", "Write the national report of a round; own words in it are kept"))
@ROUND
@option("--language", "code", about=LANGUAGE, type=click.Choice(LANGUAGES), default=None)
@option("--template", about=FROM_TEMPLATE, type=document)
@option("--earlier", about=FROM_EARLIER, type=document)
@to_output
@BY
def report(round_id: str, code: str | None, template: Path | None, earlier: Path | None, output: Path | None) -> None:
    """A report that is there already is an earlier version itself, and stays beside the new one.

    Without a template, or an earlier version, it is made from those given on the page, as the page makes it.
    """
    is_one_file = output is not None and not output.is_dir()
    if code is None and (template or earlier or is_one_file):
        raise WrongUsage(ONE_LANGUAGE, click.get_current_context())
    language = output_language(code or machine_language())
    repository, snapshot = open_snapshot(round_id)
    codes = (code,) if code else LANGUAGES
    unreadable = write_reports(repository, snapshot, codes, language, target_of(output), template, earlier)
    report_unreadable(unreadable, language)


def write_reports(
    repository: Repository,
    snapshot: RoundSnapshot,
    codes: Sequence[str],
    language: Language,
    target: Path,
    template: Path | None = None,
    earlier: Path | None = None,
) -> tuple[Unreadable, ...]:
    """Write reports, say where they are, and give the records that could not be read for them."""
    from survey.reporting.reports.given_documents import check_document
    from survey.reporting.reports.national_report import national_report, report_name

    is_open = may_still_change(repository, snapshot.round, now())
    unreadable: tuple[Unreadable, ...] = ()
    for code in terminal.progress(codes, language.say(WRITING)):
        reader = output_language(code)
        path = target / report_name(snapshot, reader) if target.is_dir() else target
        before = path if path.exists() else None
        if before and earlier and not before.samefile(earlier):
            raise Refusal(language.say(EXISTS, file=path))
        with writing(path, language):
            given = {TEMPLATE: template, EARLIER: earlier or before}
            read = {kind: file.read_bytes() for kind, file in given.items() if file}
            for kind, content in read.items():
                check_document(kind, content, reader)
            documents = given_for(repository, snapshot, code) | read
            made = national_report(repository, snapshot, reader, is_open, documents[TEMPLATE], documents[EARLIER])
            if before:
                replace_file(path.with_suffix(BEFORE), before.read_bytes())
            replace_file(path, made.content)
        note(repository, "exported", round=snapshot.round.id, export="report", language=code)
        click.echo(path)
        unreadable = made.unreadable
    return unreadable


@export.command("report-template", about=Phrase("command", "Write the Word template of the national report, to change"))
@to_output
def report_template(language: Language, output: Path | None) -> None:
    """In the language of the command."""
    from survey.reporting.reports.template import report_template as made
    from survey.reporting.reports.template import template_name

    target = target_of(output)
    path = target / template_name(language) if target.is_dir() else target
    if path.exists():
        raise Refusal(language.say(EXISTS, file=path))
    with writing(path, language):
        replace_file(path, made(language))
    click.echo(path)


@export.command("words", about=Phrase("command", "Write what the clusters of a round wrote, as a workbook"))
@ROUND
@option("--language", "code", about=WORDS_LANGUAGE, type=click.Choice(LANGUAGES), default=None)
@to_output
@BY
def words(round_id: str, code: str | None, output: Path | None) -> None:
    """In both languages, unless one is named."""
    if code is None and output is not None and not output.is_dir():
        raise WrongUsage(ONE_LANGUAGE, click.get_current_context())
    language = output_language(code or machine_language())
    repository, snapshot = open_snapshot(round_id)
    codes = (code,) if code else LANGUAGES
    report_unreadable(write_words(repository, snapshot, codes, language, target_of(output)), language)


def write_words(
    repository: Repository, snapshot: RoundSnapshot, codes: Sequence[str], language: Language, target: Path
) -> tuple[Unreadable, ...]:
    """Write what clusters wrote, say where it is, and give the records left out."""
    from survey.reporting.workbooks.registry import prepared_words

    prepared = prepared_words(repository, snapshot.round.id, now())
    for code in terminal.progress(codes, language.say(WRITING_WORDS)):
        reader = output_language(code)
        with writing(prepared.path(reader, target), language):
            path = prepared.write(reader, target)
        note(repository, "exported", round=snapshot.round.id, export="words", language=code)
        click.echo(path)
    return prepared.unreadable


@export.command("board-workbook", about=Phrase("command", "Write the workbook of a health board"))
@ROUND
@option("--health-board", "board", about=BOARD, required=True)
@option("--language", "code", about=WORDS_LANGUAGE, type=click.Choice(LANGUAGES), default=None)
@to_output
@BY
def board_workbook(round_id: str, board: str, code: str | None, output: Path | None) -> None:
    """In both languages, unless one is named."""
    from survey.reporting.reports.board_workbook import board_file

    repository, snapshot = open_snapshot(round_id)
    codes, language = _languages(code, output)
    target = target_of(output)
    left_out = _written(repository, snapshot, board, codes, language, target, "board_workbook", board_file)
    report_unreadable(left_out, language)


@export.command("peer-review", about=Phrase("command", "Write the peer review pack of a health board"))
@ROUND
@option("--health-board", "board", about=BOARD, required=True)
@option("--language", "code", about=PACK_LANGUAGE, type=click.Choice(LANGUAGES), default=None)
@option("--format", "ending", about=PACK_FORMAT, type=click.Choice(ENDINGS), default="docx")
@to_output
@BY
def peer_review(round_id: str, board: str, code: str | None, ending: str, output: Path | None) -> None:
    """In both languages, unless one is named."""
    codes, language = _languages(code, output)
    repository, snapshot = open_snapshot(round_id)
    report_unreadable(write_packs(repository, snapshot, board, codes, ending, language, target_of(output)), language)


def write_packs(
    repository: Repository,
    snapshot: RoundSnapshot,
    board: str,
    codes: Sequence[str],
    ending: str,
    language: Language,
    target: Path,
) -> tuple[Unreadable, ...]:
    """Write the peer review packs of a health board, say where they are, and give the records left out."""
    from survey.reporting.reports.peer_review_files import peer_review_pack

    make = partial(peer_review_pack, ending=ending)
    return _written(repository, snapshot, board, codes, language, target, "peer_review", make)


def _languages(code: str | None, output: Path | None) -> tuple[Sequence[str], Language]:
    """In which languages something is written, and in which the command speaks."""
    if code is None and output is not None and not output.is_dir():
        raise WrongUsage(ONE_LANGUAGE, click.get_current_context())
    return (code,) if code else LANGUAGES, output_language(code or machine_language())


def _written(
    repository: Repository,
    snapshot: RoundSnapshot,
    board: str,
    codes: Sequence[str],
    language: Language,
    target: Path,
    kind: str,
    make: Callable[..., "MadePack"],
) -> tuple[Unreadable, ...]:
    """Write a document of a health board, say where it is, and give the records left out."""
    unreadable: tuple[Unreadable, ...] = ()
    for code in terminal.progress(codes, language.say(WRITING_PACKS)):
        with writing(target, language):
            made = make(repository, snapshot, board, reader=output_language(code), now=now())
        path = target / made.name if target.is_dir() else target
        with writing(path, language):
            replace_file(path, made.content)
        note(repository, "exported", round=snapshot.round.id, export=kind, health_board=board, language=code)
        click.echo(path)
        unreadable = made.unreadable
    return unreadable
