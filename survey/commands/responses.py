"""`flask responses …`: responses in and out as JSON Lines, and one of them as it can be read."""

import secrets
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import click

from survey.collection.errors import DomainError
from survey.collection.meeting_packs.differences import differences
from survey.collection.meeting_packs.files import read_file
from survey.collection.meeting_packs.intake import take_in
from survey.collection.meeting_packs.reader import pack_in, read_pack, sealing_key
from survey.collection.progress import STATUS_WORDS
from survey.collection.responses.attachments import erase_files
from survey.collection.responses.lifecycle import erase as erase_response
from survey.collection.responses.lifecycle import has_anything
from survey.collection.responses.response import Response, Writer, read_response
from survey.collection.responses.transfer import LONGEST_LINE, Rejected, describe_fault, export_lines, import_lines
from survey.collection.rounds.snapshot import RoundSnapshot, worded_as
from survey.commands import terminal
from survey.commands.cli_i18n import Refusal, group, option
from survey.commands.copies import copies_said
from survey.commands.environment import (
    BY,
    REASON,
    ROUND,
    WHO,
    key_ring,
    note,
    now,
    open_snapshot,
    output_file,
    stated,
    writing,
)
from survey.commands.meeting_packs import NOT_ANSWERED, pack_lines
from survey.commands.new_file import write_new
from survey.languages import Language, Phrase, day_of
from survey.questionnaire.types import AnswerContext, answer_type
from survey.questionnaire.walk import Page
from survey.questionnaire.walk import Walk as ResponsePath
from survey.storage.repository import Repository

responses = group("responses", Phrase("command", "Bring responses in, take them out, read one"))

CLUSTER = click.argument("cluster", metavar="CLUSTER")
CANNOT_READ = Phrase("command", "The file cannot be read: %(file)s (%(reason)s)")
READING = Phrase("responses command", "Reading the file")
WRITING = Phrase("responses command", "Writing the responses")


@responses.command(
    "import", about=Phrase("command", "Keep every line of a JSON Lines file as a submitted response, or none")
)
@ROUND
@click.argument("file", metavar="FILE.jsonl", type=click.Path(path_type=Path))
@BY
def import_(round_id: str, file: Path, language: Language) -> str:
    repository, snapshot = _open_snapshot(round_id)
    try:
        with file.open("rb") as opened:
            count = import_lines(repository, snapshot, terminal.progress(_lines(opened), language.say(READING)), now())
    except OSError as error:
        raise Refusal(language.say(CANNOT_READ, file=file, reason=error.strerror or error)) from error
    except Rejected as rejected:
        raise Refusal(
            *(terminal.printable(describe_fault(fault, language)) for fault in rejected.faults),
            language.pgettext("responses command", "Nothing was kept."),
        ) from rejected
    note(repository, "responses_imported", round=round_id, count=str(count))
    return language.npgettext(
        "responses command", "%(n)s response is in the round", "%(n)s responses are in the round", count
    )


@responses.command(
    "export", about=Phrase("command", "Write what counts of every cluster that has submitted, one line each")
)
@ROUND
@option("--format", "form", about=Phrase("command", "JSON Lines"), type=click.Choice(["jsonl"]), default="jsonl")
@output_file(Phrase("command", "The file to write; without it, standard output"), required=False)
@BY
def export(round_id: str, form: str, output: Path | None, language: Language) -> None:  # noqa: ARG001
    repository, snapshot = _open_snapshot(round_id)
    lines = terminal.progress(export_lines(repository, snapshot), language.say(WRITING))
    if output is None:
        # To a file it may be, too, by the shell: a disk that is full is noticed when the last of it is flushed.
        with writing(Path("/dev/stdout"), language):
            for line in lines:
                click.echo(line, nl=False)
            sys.stdout.flush()
        note(repository, "responses_exported", round=round_id, count="")
    else:
        written = list(lines)
        write_new(output, b"".join(written), language)
        count = len(written)
        click.echo(language.npgettext("responses command", "%(n)s response written", "%(n)s responses written", count))
        note(repository, "responses_exported", round=round_id, count=str(count))


@responses.command(
    "take-in", about=Phrase("command", "Show what a meeting pack changes, and with --yes take it into its response")
)
@click.argument("file", metavar="FILE.xlsx", type=click.Path(path_type=Path))
@option("--yes", "is_sure", about=Phrase("command", "Take it in"), is_flag=True)
@BY
def take_in_pack(file: Path, is_sure: bool, language: Language) -> str:
    try:
        sheets = read_file(file.read_bytes())
    except OSError as error:
        raise Refusal(language.say(CANNOT_READ, file=file, reason=error.strerror or error)) from error
    key = sealing_key(sheets, key_ring().keys)
    pack = pack_in(sheets, key)
    repository, snapshot = _open_snapshot(pack.round)
    filled = read_pack(sheets, snapshot, pack.cluster, key, day_of(now()))
    response = read_response(repository, pack.round, pack.cluster)
    pack_differences = differences(snapshot.instrument(pack.cluster), filled, response)
    for line in pack_lines(snapshot, filled, pack_differences, language):
        click.echo(terminal.printable(line))
    if not is_sure:
        return language.pgettext("responses command", "Nothing was taken in. To take this in, say so with --yes.")
    writer = Writer(language.code if pack.language == "both" else pack.language, WHO)
    take_in(
        repository,
        snapshot,
        filled,
        response,
        pack_differences,
        {},
        writer=writer,
        now=now(),
        new_id=lambda: secrets.token_hex(8),
    )
    note(repository, "pack_taken_in", round=pack.round, cluster=pack.cluster)
    clashes = [difference for difference in pack_differences if difference.is_clash]
    if clashes:
        raise Refusal(
            language.pgettext(
                "responses command",
                "Taken in, but for the answers that were changed in both: they stay as they are. "
                "Send the pack on the cluster’s page to choose about them.",
            )
        )
    return language.pgettext("responses command", "Taken in.")


@responses.command("show", about=Phrase("command", "Show a cluster’s response as it was asked and answered"))
@ROUND
@CLUSTER
@BY
def show(round_id: str, cluster: str, language: Language) -> str:
    repository, snapshot = _open_snapshot(round_id)
    snapshot.cluster(cluster)
    response = read_response(repository, round_id, cluster)
    note(repository, "response_shown", round=round_id, cluster=cluster)
    if response.status == "submitted" and response.counted:
        snapshot = worded_as(repository, snapshot, response.counted.text_revision)
    return "\n".join(_shown(snapshot, response, language))


@responses.command(
    "erase", about=Phrase("command", "Remove a cluster’s response for good: its draft and everything it submitted")
)
@ROUND
@CLUSTER
@REASON
@option("--yes", "is_sure", about=Phrase("command", "Really remove it; it cannot be undone"), is_flag=True)
@BY
def erase(round_id: str, cluster: str, reason: str, is_sure: bool, language: Language) -> None:
    reason = stated(reason, language)
    repository, snapshot = _open_snapshot(round_id)
    name = snapshot.cluster(cluster).name(language.code)
    if not has_anything(repository, round_id, cluster):
        raise Refusal(
            language.pgettext("responses command", "There is no response of this cluster: %(cluster)s.", cluster=name)
        )
    if not is_sure:
        raise Refusal(
            language.pgettext(
                "responses command",
                "Nothing was removed. To remove everything that this cluster answered, say so with --yes: %(cluster)s.",
                cluster=name,
            )
        )
    # Noted first, so that nothing is ever gone without a word of why.
    note(repository, "response_erased", round=round_id, cluster=cluster, reason=reason)
    erase_response(repository, round_id, cluster)
    erase_files(repository, round_id, cluster)
    click.echo(
        language.pgettext(
            "responses command",
            "Removed: %(cluster)s. It is still in backups and in files that were exported before.",
            cluster=name,
        )
    )
    for line in copies_said(language):
        click.echo(line)


def _open_snapshot(round_id: str) -> tuple[Repository, RoundSnapshot]:
    """What `open_snapshot` gives, of a round that clusters answer. Raises DomainError: not_reflection too."""
    repository, snapshot = open_snapshot(round_id)
    if snapshot.questionnaire.respondent != "cluster":
        raise DomainError("not_reflection", round=round_id)
    return repository, snapshot


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """Lines, each cut short soon after it is too long to be a response; what is cut off is passed over."""
    while line := file.readline(LONGEST_LINE + 1):
        yield line
        while line and not line.endswith(b"\n") and len(line) > LONGEST_LINE:
            line = file.readline(LONGEST_LINE + 1)


def _shown(snapshot: RoundSnapshot, response: Response, language: Language) -> Iterator[str]:
    texts = snapshot.texts[language.code]
    answers = response.counted.answers if response.status == "submitted" and response.counted else response.answers
    path = snapshot.instrument(response.cluster).walk(answers)
    yield f"{texts(snapshot.questionnaire.title)}, {snapshot.round.reporting_year}"
    yield snapshot.cluster(response.cluster).name(language.code)
    yield language.say(STATUS_WORDS[response.status])
    for page in path.pages:
        yield ""
        outcome = f": {texts(page.outcome.name)}" if page.outcome else ""
        yield f"== {texts(page.section.title)}{outcome}"
        yield from _page_lines(snapshot, path, page, language)


def _page_lines(snapshot: RoundSnapshot, path: ResponsePath, page: Page, language: Language) -> Iterator[str]:
    texts = snapshot.texts[language.code]
    context = AnswerContext(texts, language, page.outcome)
    for question in path.asked[page.key]:
        kind = answer_type(question)
        if kind.answers_nothing:
            continue
        yield texts(question.label)
        answer = path.value(page.key, question.id)
        lines = [] if answer is None else kind.lines(question, answer, context)
        if not lines:
            yield "    " + language.say(NOT_ANSWERED)
        for line in lines:
            label = f"{line.label}: " if line.label else ""
            yield "\n".join("    " + terminal.printable(part) for part in f"{label}{line.text}".split("\n"))
