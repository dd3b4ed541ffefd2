"""`flask export …`: what the national team downloads, written from the command line."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

import click
from flask import current_app

from survey.atomic_file import replace_file
from survey.collection.errors import DomainError
from survey.collection.meeting_packs.pack import PACK_LANGUAGES, PackLanguage
from survey.collection.responses.anonymous import allow_comments, allow_row_level
from survey.collection.responses.response import read_response
from survey.collection.rounds.releases import released_file
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.commands import export_reports, terminal  # noqa: F401 (its commands are of this group)
from survey.commands.cli_i18n import Refusal, WrongUsage, machine_language, option, output_language
from survey.commands.environment import (
    BY,
    LOCAL_TIME,
    REPORT_FORMAT,
    ROUND,
    access_secret,
    note,
    now,
    open_snapshot,
    writing,
)
from survey.commands.export_group import export, report_unreadable, target_of, to_output
from survey.commands.releases import last_release
from survey.languages import LANGUAGES, Language, Phrase
from survey.reporting.documents.formats import PACK_FORMATS, drawn
from survey.reporting.files.data_file import DataFile
from survey.reporting.files.formats import FORMATS
from survey.reporting.files.of_round import COMMENTS as COMMENTS_OF_ROUND
from survey.reporting.files.of_round import RESPONSES, data_of
from survey.reporting.files.of_round import SERIES as SERIES_OF_ROUND
from survey.reporting.releases.exact_numbers import allow_exact
from survey.reporting.releases.state import has_changed
from survey.storage.repository import Repository

FORMAT = Phrase("export command", "Format of the data")
ONE_FILE = Phrase(
    "export command", "One file cannot hold two workbooks: give --language, or a folder in place of %(file)s"
)
ACCOUNT = Phrase("export command", "Account of the national team that answers for exporting single anonymous responses")
COMMENTS = Phrase("export command", "Also write those comments that somebody has read and released")
EXACT_FIGURES = Phrase(
    "export command",
    "Of people: with exact numbers in place of rounded ones, for restricted use and not for publication",
)
ACCOUNT_OF_EXACT = Phrase("export command", "Account of the national team that answers for having exact numbers")
REASON_OF_EXACT = Phrase("export command", "Why exact numbers are needed; it is kept in the log")
REASON = Phrase("export command", "Why single anonymous responses are exported; it is kept in the log")
CHANGED_SINCE = Phrase(
    "export command",
    "The responses have changed since release %(number)s, which is what was written. If they should count, make a "
    "correction: releases correct %(round)s",
)
NOT_READ = Phrase("export command", "The file cannot be read: %(file)s (%(reason)s)")
READING = Phrase("export command", "Reading the responses")
WRITING = Phrase("export command", "Writing the data")
CHECKING = Phrase("export command", "Checking the workbook")
NO_FAULT = Phrase("export command", "The workbook keeps the rules.")
OF_THE_FILE = Phrase("export command", "The whole file")
SERIES = Phrase(
    "export command", "The answers of all editions up to this round, one a row, in place of the round’s responses"
)
AS_AT = Phrase("export command", "As everything stood at an earlier time, such as “2026-11-01 17:00”")
NOT_PASSED = Phrase("export command", "--as-at is still to come. Give a time that has passed.")


@export.command("workbook", about=Phrase("command", "Write the workbook of a round"))
@ROUND
@option(
    "--language",
    about=Phrase("export command", "Language of the workbook; without it, one in each"),
    type=click.Choice(LANGUAGES),
    callback=lambda _context, _option, code: output_language(code) if code else None,
)
@option("--as-at", about=AS_AT, type=LOCAL_TIME)
@option("--exact", about=EXACT_FIGURES, is_flag=True)
@option("--account", about=ACCOUNT_OF_EXACT, default="")
@option("--reason", about=REASON_OF_EXACT, default="")
@to_output
@BY
def workbook(
    round_id: str,
    language: Language | None,
    as_at: datetime | None,
    exact: bool,
    account: str,
    reason: str,
    output: Path | None,
) -> None:
    """`language` settles that of the workbook and of what is printed. Of people it is the last release; the first is
    made if there is none."""
    if language is None and output is not None and not output.is_dir():
        raise WrongUsage(ONE_FILE, click.get_current_context(), file=output)
    codes = (language.code,) if language else LANGUAGES
    language = language or output_language(machine_language())
    repository, snapshot = open_snapshot(round_id)
    if as_at and as_at > now():
        raise WrongUsage(NOT_PASSED, click.get_current_context())
    if snapshot.questionnaire.respondent == "anonymous" and not as_at:
        asking = (account, reason) if exact else None
        _write_release(repository, snapshot, codes, language, output, asking)
    elif exact and not as_at:
        raise DomainError("always_exact", round=round_id)
    else:
        _write_workbooks(repository, snapshot, codes, language, output, as_at)


def _write_release(
    repository: Repository,
    snapshot: RoundSnapshot,
    codes: Sequence[str],
    language: Language,
    output: Path | None,
    asking: tuple[str, str] | None,
) -> None:
    """Write the workbooks of the last release of people, and say on stderr when the responses have changed since.

    `asking` are the account that answers for having exact numbers and its reason; None for rounded ones.
    """
    round_id = snapshot.round.id
    release = last_release(repository, round_id, language)
    target = target_of(output)
    for code in codes:
        which = allow_exact(repository, round_id, release, code, *asking, now()) if asking else code
        path = target / release.files[which].name if target.is_dir() else target
        with writing(path, language):
            replace_file(path, released_file(repository, round_id, release, which))
        details = {"round": round_id, "language": code, "release": str(release.number)}
        note(repository, "exported", export="exact workbook" if asking else "workbook", **details)
        click.echo(path)
    if has_changed(repository, snapshot, release):
        click.echo(language.say(CHANGED_SINCE, round=round_id, number=language.number(release.number)), err=True)


def _write_workbooks(
    repository: Repository,
    snapshot: RoundSnapshot,
    codes: Sequence[str],
    language: Language,
    output: Path | None,
    as_at: datetime | None,
) -> None:
    """Write the workbooks of clusters as they are now, or were at an earlier moment."""
    from survey.reporting.workbooks.registry import prepared

    round_id = snapshot.round.id
    report = prepared(repository, round_id, current_app.config["SMALLEST_GROUP"], now(), as_at)
    target = target_of(output)
    written: list[Path] = []
    for code in terminal.progress(codes, language.pgettext("export command", "Writing workbooks")):
        reader = output_language(code)
        with writing(report.path(reader, target), language):
            written.append(report.write(reader, target))
        looked_back = {"as_at": as_at.isoformat()} if as_at else {}
        note(repository, "exported", round=round_id, export="workbook", language=code, **looked_back)
    for path in written:
        click.echo(path)
    report_unreadable(report.unreadable, language)


@export.command("data", about=Phrase("command", "Write the responses of a round as data"))
@ROUND
@option("--format", "format_name", about=FORMAT, type=click.Choice(tuple(FORMATS)), required=True)
@option("--series", "as_series", about=SERIES, is_flag=True)
@option("--account", about=ACCOUNT, default="")
@option("--reason", about=REASON, default="")
@option("--comments", about=COMMENTS, is_flag=True)
@to_output
@BY
def data(
    language: Language,
    round_id: str,
    format_name: str,
    as_series: bool,
    account: str,
    reason: str,
    comments: bool,
    output: Path | None,
) -> None:
    """Codes are the same in both languages; `language` is that of what is printed."""
    repository, snapshot = open_snapshot(round_id)
    wanted = [SERIES_OF_ROUND if as_series else RESPONSES]
    if snapshot.questionnaire.respondent == "anonymous" and not as_series:
        allow_row_level(repository, snapshot, account, reason, now())
        if comments:
            allow_comments(repository, snapshot, account, reason, now())
            wanted.append(COMMENTS_OF_ROUND)
    with terminal.progress_bar(language.say(READING)):
        written = [data_of(repository, snapshot, kind) for kind in wanted]
    if snapshot.questionnaire.respondent != "anonymous":
        note(repository, "exported", round=round_id, export=f"series {format_name}" if as_series else format_name)
    _write([file for file, _ in written], format_name, output, language)
    report_unreadable(tuple(fault for _, unreadable in written for fault in unreadable), language)


@export.command("meeting-pack", about=Phrase("command", "Write a cluster’s reflection as a pack to fill in off line"))
@ROUND
@option("--cluster", about=Phrase("command", "Code of a cluster"), required=True)
@option(
    "--language",
    "pack_language",
    about=Phrase("export command", "Language of the pack; without it, both side by side"),
    type=click.Choice(PACK_LANGUAGES),
    default="both",
    show_default=False,
)
@option(
    "--format",
    "ending",
    about=Phrase("export command", "Format of the pack"),
    type=click.Choice(PACK_FORMATS),
    default="xlsx",
)
@to_output
@BY
def meeting_pack(round_id: str, cluster: str, pack_language: PackLanguage, ending: str, output: Path | None) -> None:
    """With the answers of the cluster’s draft, which nobody else is shown: it is for the cluster itself."""
    from survey.reporting.documents.meeting_pack import meeting_pack as described

    language = output_language(machine_language() if pack_language == "both" else pack_language)
    repository, snapshot = open_snapshot(round_id)
    answers = read_response(repository, round_id, snapshot.cluster(cluster).code).answers
    pages = snapshot.instrument(cluster).pages
    content = described(repository, snapshot, snapshot.cluster(cluster), pack_language, pages, answers, now())
    target = target_of(output)
    path = target / content.file_name(ending) if target.is_dir() else target
    with writing(path, language):
        replace_file(path, drawn(content, ending, access_secret()))
    note(repository, "exported", round=round_id, export="meeting_pack", cluster=cluster, language=pack_language)
    click.echo(path)


@export.command(
    "check",
    about=Phrase("command", "Hold a workbook against the rules for statistics in spreadsheets, whoever wrote it"),
)
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, readable=False, path_type=Path))
@REPORT_FORMAT
def check(language: Language, file: Path, form: str) -> None:
    """A line for each fault: the sheet, then the sentence with its cells. The exit code is 1 when there is one."""
    from survey.reporting.xlsx.check.checker import check_workbook

    try:
        with terminal.progress_bar(language.say(CHECKING)):
            faults = check_workbook(file, language)
    except OSError as error:
        raise Refusal(language.say(NOT_READ, file=file, reason=error.strerror)) from error
    if form == "json":
        click.echo(json.dumps([asdict(fault) for fault in faults], ensure_ascii=False, indent=2))
    else:
        for fault in faults:
            click.echo(f"{fault.place or language.say(OF_THE_FILE)}: {fault.text}")
        if not faults:
            click.echo(language.say(NO_FAULT))
    if faults:
        click.get_current_context().exit(1)


def _write(files: list[DataFile], format_name: str, output: Path | None, language: Language) -> None:
    """Write files in a format, with the labels of each language where it has only one.

    Where `output` names a file, that is the first, the language before its ending; others stand beside it.
    """
    target, chosen = target_of(output), FORMATS[format_name]
    for number, file in enumerate(files):
        with writing(target, language):
            drawn_in = chosen.draw(replace(file, rows=terminal.progress(file.rows, language.say(WRITING))))
        for spoken, content in drawn_in.items():
            name = file.name(spoken, chosen.ending)
            if target.is_dir():
                path = target / name
            elif number:
                path = target.with_name(name)
            else:
                path = target.with_stem(f"{target.stem}.{spoken}") if spoken else target
            with writing(path, language):
                replace_file(path, content)
            click.echo(path)
