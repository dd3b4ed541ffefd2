"""`flask log …`: who did, saw and took out what, as the activity log of the pages has it."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from survey.collection.local_time import local_day
from survey.collection.people.activity import EVENT_WORDS, TAKEN_OUT, LogEntry, LogFilter, entries, event_in_words
from survey.commands import terminal
from survey.commands.cli_i18n import Refusal, group, option
from survey.commands.environment import BY, REPORT_FORMAT, note, now, open_repository, output_file
from survey.commands.new_file import write_new
from survey.languages import Language, Phrase, by_our_clocks
from survey.reporting.files.activity_log import activity_csv
from survey.storage.repository import Repository

log = group("log", Phrase("command", "Read and write out who did, saw and took out what"))

WHO = Phrase("command", "Only of accounts, clusters or services whose name holds this")
WHAT = Phrase("command", "Only events of this code; a wrong one names those there are")
OF_ROUND = Phrase("command", "Only of the round with this id")
SINCE = Phrase("command", "From this day on, like “30 November 2033”")
UNTIL = Phrase("command", "Up to this day, like “30 November 2033”")
NO_EVENT = Phrase("log command", "There is no event with the code %(given)s. Among these is the one that you mean:")
REVERSED = Phrase("log command", "Give --until the same day as --since, or a later one.")


def filters(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options by which entries are looked for, as on the page."""
    for name, about in reversed(
        (("who", WHO), ("what", WHAT), ("round", OF_ROUND), ("since", SINCE), ("until", UNTIL))
    ):
        command = option(f"--{name}", name, about=about, default="")(command)
    return command


@log.command("list", about=Phrase("command", "List who did, saw and took out what, oldest first"))
@filters
@REPORT_FORMAT
@BY
def list_(form: str, language: Language, **asked: str) -> str:
    repository = open_repository()
    entries = list(_found(repository, asked, language))
    note(repository, "log_viewed")
    if form == "json":
        return json.dumps([_as_json(entry) for entry in entries], ensure_ascii=False, indent=2)
    if not entries:
        return language.pgettext("manage activity", "Nothing in the log is like that.")
    return terminal.table([_line(entry, language) for entry in entries])


@log.command("export", about=Phrase("command", "Write the log as CSV, as its page does"))
@filters
@output_file(Phrase("command", "The file to write, .csv"), required=True)
@BY
def export(output: Path, language: Language, **asked: str) -> str:
    repository = open_repository()
    entries = list(_found(repository, asked, language))
    write_new(output, activity_csv(entries, language), language)
    note(repository, "log_downloaded")
    return language.npgettext("log command", "%(n)s line written", "%(n)s lines written", len(entries))


def _found(repository: Repository, asked: dict[str, str], language: Language) -> Iterator[LogEntry]:
    what, since, until = asked["what"], _day(asked["since"]), _day(asked["until"])
    if what and what != TAKEN_OUT and what not in EVENT_WORDS:
        raise Refusal(language.say(NO_EVENT, given=terminal.printable(what)), *sorted((*EVENT_WORDS, TAKEN_OUT)))
    if since and until and until < since:
        raise Refusal(language.say(REVERSED))
    wanted = LogFilter(asked["who"].lower(), what, asked["round"], since, until)
    return filter(wanted.fits, entries(repository, now()))


def _day(written: str) -> date | None:
    return local_day(written) if written else None


def _as_json(entry: LogEntry) -> dict[str, Any]:
    return {
        "at": by_our_clocks(entry.at),
        "who": entry.who,
        "what": entry.what,
        "round": entry.round or None,
        "reason": entry.reason or None,
        "details": dict(entry.details),
    }


def _line(entry: LogEntry, language: Language) -> list[str]:
    """When, who, what in words, and all else that the log says of it, as it is kept."""
    details = "; ".join(f"{name}={value}" for name, value in entry.details)
    told = (entry.who, event_in_words(entry.what, language), entry.round, entry.reason, details)
    return [terminal.moment(entry.at, language), *(terminal.printable(text) or "–" for text in told)]
