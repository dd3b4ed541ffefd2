"""`flask comments …`: what people wrote unnamed, read by somebody of the national team before any of it goes out."""

import json
from pathlib import Path

import click

from survey.collection.errors import DomainError
from survey.collection.people.accounts import note
from survey.collection.reading.decisions import NOT_READ, STATES, ReadingState, TextReading, read_readings, settle
from survey.collection.reading.texts import WrittenText, written_texts
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.commands import terminal
from survey.commands.cli_i18n import Refusal, group, option
from survey.commands.environment import REPORT_FORMAT, ROUND, answering_account, now, open_snapshot
from survey.commands.permissions import answerable
from survey.languages import Language, Phrase
from survey.questionnaire.types.inputs import text_of
from survey.storage.repository import Repository

comments = group("comments", Phrase("command", "Read what people wrote unnamed, and release or withhold it"))

ACCOUNT = Phrase("comments command", "Account of the national team that reads and decides")
WORDS = Phrase("comments command", "File with the words that go out in place of the text, names taken out")
STATE = Phrase("comments command", "Only texts that wait, are released, or are withheld")
STATE_WORDS = {
    "waiting": Phrase("comments command", "waiting"),
    "released": Phrase("comments command", "released"),
    "withheld": Phrase("comments command", "withheld"),
}
NO_PEOPLE = Phrase(
    "comments command", "Clusters answer this round, not people unnamed, so none of its texts wait: %(round)s."
)

CANNOT_READ = Phrase("command", "The file cannot be read: %(file)s (%(reason)s)")

by_account = answering_account(ACCOUNT)
COMMENT = click.argument("comment", metavar="COMMENT")


@comments.command("list", about=Phrase("command", "Read what people wrote: each text by itself, with its id"))
@ROUND
@by_account
@option("--state", about=STATE, type=click.Choice(STATES), default=None)
@REPORT_FORMAT
def list_(round_id: str, account: str, state: ReadingState | None, form: str, language: Language) -> None:
    repository, snapshot = _open_people(round_id, language)
    texts = written_texts(repository, snapshot)
    if answerable(repository, "comments list", account) is None:
        raise DomainError("reading_account_needed")
    readings = read_readings(repository, round_id)
    read = [(text, readings.get(text.key, NOT_READ)) for text in texts]
    read = [(text, reading) for text, reading in read if state in (None, reading.state)]
    note(repository, now(), account, "comments_viewed", round=round_id)
    if form == "json":
        click.echo(json.dumps([_as_json(*text_and_reading) for text_and_reading in read], ensure_ascii=False, indent=2))
        return
    for text, reading in read:
        click.echo(f"{text.key}  {text.written_in}  {language.say(STATE_WORDS[reading.state])}")
        click.echo(_indented(text.text))
        if reading.goes_out:
            click.echo(language.pgettext("comments command", "As it goes out:"))
            click.echo(_indented(reading.goes_out))
    count = len(read)
    click.echo(language.npgettext("comments command", "%(n)s text", "%(n)s texts", count))


@comments.command("release", about=Phrase("command", "Let a text go out, as it is or in other words"))
@ROUND
@COMMENT
@by_account
@option("--words", about=WORDS, type=click.Path(exists=True, dir_okay=False, path_type=Path), default=None)
def release(round_id: str, comment: str, account: str, words: Path | None, language: Language) -> str:
    goes_out = ""
    if words is not None:
        try:
            goes_out = text_of(words.read_text("utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise Refusal(language.say(CANNOT_READ, file=words, reason=error)) from error
        if not goes_out:
            raise DomainError("nothing_goes_out")
    _settle(round_id, comment, "released", goes_out, account, language)
    return language.pgettext("comments command", "The text is released: %(comment)s", comment=comment)


@comments.command("withhold", about=Phrase("command", "Keep a text from going out"))
@ROUND
@COMMENT
@by_account
def withhold(round_id: str, comment: str, account: str, language: Language) -> str:
    _settle(round_id, comment, "withheld", "", account, language)
    return language.pgettext("comments command", "The text is withheld: %(comment)s", comment=comment)


def _settle(round_id: str, comment: str, state: ReadingState, goes_out: str, account: str, language: Language) -> None:
    repository, snapshot = _open_people(round_id, language)
    text = next((text for text in written_texts(repository, snapshot) if text.key == comment), None)
    if text is None:
        raise DomainError("unknown_comment", comment=comment)
    seen = read_readings(repository, round_id).get(comment, NOT_READ)
    wanted = TextReading(state, "" if goes_out == text.text else goes_out, seen.themes, account)
    settle(repository, round_id, text, seen.seen, wanted, now())


def _open_people(round_id: str, language: Language) -> tuple[Repository, RoundSnapshot]:
    repository, snapshot = open_snapshot(round_id)
    if snapshot.questionnaire.respondent != "anonymous":
        raise Refusal(language.say(NO_PEOPLE, round=round_id))
    return repository, snapshot


def _as_json(text: WrittenText, reading: TextReading) -> dict[str, str]:
    goes_out = reading.goes_out or text.text
    said = {"id": text.key, "question": text.asked, "language": text.written_in, "state": reading.state}
    return {**said, "text": text.text, "goes_out": goes_out, "by": reading.by}


def _indented(text: str) -> str:
    return "\n".join(f"    {terminal.printable(line)}" for line in text.split("\n"))
