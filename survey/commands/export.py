"""`flask export …`: what the national team downloads, written from the command line."""

from pathlib import Path

import click
from flask import current_app

from survey.collection.responses.restricted_export import allow_row_level
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.commands import cli_i18n
from survey.commands.context import CANNOT_WRITE, in_plain_words, note, repository, say
from survey.languages import LANGUAGES, Language, Phrase
from survey.storage.repository import Unreadable
from survey.web.site.clock import now

export = cli_i18n.group("export", Phrase("command", "Write workbooks and data of a round"))

ONE_OR_BOTH = Phrase("export command", "Language of the workbook; without it, one in each")
WHERE = Phrase("export command", "Folder or file to write to; without it, the folder of exports")
FORMAT = Phrase("export command", "Format of the data")
ONE_FILE = Phrase(
    "export command", "One file cannot hold two workbooks: give --language, or a folder in place of %(file)s"
)
ACCOUNT = Phrase("export command", "Account of the national team that answers for exporting single anonymous responses")
REASON = Phrase("export command", "Why single anonymous responses are exported; it is kept in the log")
WRITING = Phrase("export command", "Writing workbooks")
NOT_SAFE = Phrase(
    "export command",
    "Nothing was written: the audit found that a small group could be worked out. Tell those who look after the "
    "service: %(round)s.",
)
LEFT_OUT = Phrase("export command", "These records cannot be read and are not in what was written:")

to_output = cli_i18n.option("--output", about=WHERE, type=click.Path(path_type=Path))


@export.spoken("workbook", Phrase("command", "Write the workbook of a round"))
@click.argument("round_id", metavar="ROUND")
@cli_i18n.option("--language", "chosen", about=ONE_OR_BOTH, type=click.Choice(LANGUAGES))
@to_output
def workbook(round_id: str, chosen: str | None, output: Path | None) -> None:
    """`chosen` settles the language of the workbook and of what is printed."""
    if chosen is None and output is not None and not output.is_dir():
        raise cli_i18n.WrongUsage("\n".join(cli_i18n.both(ONE_FILE, file=output)), click.get_current_context())
    speaks = cli_i18n.speaker(chosen or cli_i18n.own_language())
    _workbook(language=speaks, round_id=round_id, codes=(chosen,) if chosen else LANGUAGES, output=output)


@in_plain_words
def _workbook(language: Language, round_id: str, codes: tuple[str, ...], output: Path | None) -> None:
    from survey.reporting.disclosure.audit import Recoverable
    from survey.reporting.workbooks.registry import prepared

    kept = repository()
    try:
        found = prepared(kept, round_id, current_app.config["SMALLEST_GROUP"], now())
    except Recoverable as fault:
        raise cli_i18n.Refusal(language.say(NOT_SAFE, round=round_id)) from fault
    target = _target(output)
    written: list[Path] = []
    for code in cli_i18n.progress(codes, WRITING, language):
        try:
            written.append(found.write(cli_i18n.speaker(code), target))
        except OSError as error:
            raise _not_written(language, target, error) from error
        note(kept, "exported", round=round_id, export="workbook", language=code)
    for path in written:
        say(str(path))
    _report_unreadable(found.unreadable, language)


@export.spoken("data", Phrase("command", "Write the responses of a round as data"))
@click.argument("round_id", metavar="ROUND")
@cli_i18n.option("--format", "format_name", about=FORMAT, type=click.Choice(("csv", "jsonl")), required=True)
@cli_i18n.option("--account", about=ACCOUNT, default="")
@cli_i18n.option("--reason", about=REASON, default="")
@to_output
@cli_i18n.language_option
@in_plain_words
def data(language: Language, round_id: str, format_name: str, account: str, reason: str, output: Path | None) -> None:
    """Codes are the same in both languages; `language` is that of what is printed."""
    snapshot = load_snapshot(repository(), round_id)
    if snapshot.questionnaire.respondent == "anonymous":
        allow_row_level(repository(), snapshot, account, reason, now())
        files, unreadable = _single_responses(snapshot, format_name)
    else:
        content, name, unreadable = _responses(round_id, format_name)
        files = {name: content}
        note(repository(), "exported", round=round_id, export=format_name)
    _write(files, output, language)
    _report_unreadable(unreadable, language)


def _responses(round_id: str, format_name: str) -> tuple[bytes, str, tuple[Unreadable, ...]]:
    from survey.reporting.files.responses import FORMATS, data_file_name
    from survey.reporting.records.frames import read_reflection

    found = read_reflection(repository(), round_id)
    return FORMATS[format_name](found), data_file_name(found.snapshot.round, format_name), found.unreadable


def _single_responses(snapshot: RoundSnapshot, format_name: str) -> tuple[dict[str, bytes], tuple[Unreadable, ...]]:
    from survey.reporting.files import comments, single_responses

    found = single_responses.read_single_responses(repository(), snapshot)
    files = {
        single_responses.single_responses_file_name(snapshot.round, format_name): single_responses.FORMATS[format_name](
            found
        ),
        comments.comments_file_name(snapshot.round, format_name): comments.FORMATS[format_name](
            comments.comments_of(found)
        ),
    }
    return files, found.unreadable


def _write(files: dict[str, bytes], output: Path | None, language: Language) -> None:
    """Write files, by name. Where `output` names a file, that is the first; others stand beside it."""
    from survey.atomic_file import replace_file

    target = _target(output)
    for number, (name, content) in enumerate(files.items()):
        path = target / name if target.is_dir() else target if number == 0 else target.with_name(name)
        try:
            replace_file(path, content)
        except OSError as error:
            raise _not_written(language, path, error) from error
        say(str(path))


def _target(output: Path | None) -> Path:
    """Where to write; the folder of exports is made when it is not there yet."""
    if output is not None:
        return output
    folder: Path = current_app.config["EXPORTS"]
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _not_written(language: Language, path: Path, error: OSError) -> cli_i18n.Refusal:
    return cli_i18n.Refusal(language.say(CANNOT_WRITE, file=path, reason=error.strerror or error))


def _report_unreadable(unreadable: tuple[Unreadable, ...], language: Language) -> None:
    """What could not be read is said on stderr, and the exit code tells that something is wrong."""
    if unreadable:
        raise cli_i18n.Refusal(language.say(LEFT_OUT), *(str(fault) for fault in unreadable))
