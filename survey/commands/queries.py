"""`flask queries …`: asking clusters about their answers, and what was asked."""

import hashlib
import json
import secrets
from typing import Any

import click
from flask import current_app

from survey.collection.errors import DomainError
from survey.collection.people.contacts import read_contacts
from survey.collection.people.messages import QUERY, QUEUED_EVENTS, queue
from survey.collection.responses.queries import (
    STATE_WORDS,
    TEAM,
    Query,
    QueryEntry,
    ask,
    close_query,
    queries_of_round,
    read_queries,
    write,
)
from survey.collection.responses.query_subjects import named, subject_named
from survey.collection.responses.response import read_response
from survey.commands.cli_i18n import group, option
from survey.commands.environment import BY, REPORT_FORMAT, ROUND, note, now, open_snapshot, operator
from survey.commands.terminal import moment, printable
from survey.languages import Language, Phrase
from survey.storage.repository import Repository

queries = group(
    "queries", Phrase("command", "Ask clusters about their answers; list, follow up and close what was asked")
)

CLUSTER = option("--cluster", about=Phrase("command", "Code of the cluster"), required=True)
QUERY_ID = click.argument("query_id", metavar="QUERY")
TEXT = option("--text", about=Phrase("command", "What it reads, in the language of --language"), required=True)


@queries.command("list", about=Phrase("command", "List the questions of a round with all that was written"))
@ROUND
@option(
    "--state", about=Phrase("command", "Only those in this state"), type=click.Choice(list(STATE_WORDS)), default=None
)
@REPORT_FORMAT
@BY
def list_(round_id: str, state: str | None, form: str, language: Language) -> str:
    repository, _ = open_snapshot(round_id)
    asked = [(code, query) for code, query in queries_of_round(repository, round_id) if state in (None, query.state)]
    note(repository, "queries_viewed", round=round_id)
    if form == "json":
        return json.dumps([_as_json(code, query) for code, query in asked], ensure_ascii=False, indent=2)
    if not asked:
        return language.pgettext("queries command", "There are no questions")
    return "\n".join(line for code, query in asked for line in _lines(code, query, language))


@queries.command("ask", about=Phrase("command", "Ask a cluster about an answer that it submitted"))
@ROUND
@CLUSTER
@option(
    "--about",
    "subject",
    about=Phrase("command", "Which answer, like about/how_done; a wrong one names those there are"),
    required=True,
)
@TEXT
@BY
def ask_(round_id: str, cluster: str, subject: str, text: str, language: Language) -> str:
    repository, snapshot = open_snapshot(round_id)
    snapshot.cluster(cluster)
    submission = read_response(repository, round_id, cluster).counted
    if submission is None:
        raise DomainError("nothing_to_ask_about", cluster=cluster)
    about = subject_named(snapshot, cluster, submission, subject)
    # The same words about the same answer are one question: a command that was stopped can be given again.
    digest = hashlib.sha256("\n".join((round_id, cluster, str(submission.number), subject, text)).encode())
    entry = QueryEntry(digest.hexdigest()[:16], TEAM, text, language.code, operator(), now())
    is_new = ask(repository, snapshot, cluster, about, submission.number, entry)
    if is_new:
        note(repository, "query_asked", round=round_id, cluster=cluster)
        said = language.pgettext("queries command", "Asked: %(query)s", query=entry.id)
    else:
        said = language.pgettext("queries command", "This was asked before, under this id: %(query)s", query=entry.id)
    return f"{said}\n{_told(repository, round_id, cluster, language)}"


@queries.command("write", about=Phrase("command", "Write to a cluster again about an answer that it was asked about"))
@ROUND
@QUERY_ID
@CLUSTER
@TEXT
@BY
def write_(round_id: str, query_id: str, cluster: str, text: str, language: Language) -> str:
    repository, _ = open_snapshot(round_id)
    entry = QueryEntry(secrets.token_hex(8), TEAM, text, language.code, operator(), now())
    write(repository, round_id, cluster, query_id, entry)
    note(repository, "query_asked", round=round_id, cluster=cluster)
    return _told(repository, round_id, cluster, language)


@queries.command("close", about=Phrase("command", "Close a question that is settled; all that was written stays"))
@ROUND
@QUERY_ID
@CLUSTER
@BY
def close(round_id: str, query_id: str, cluster: str, language: Language) -> str:
    repository, _ = open_snapshot(round_id)
    seen = len(_query(repository, round_id, cluster, query_id).entries)
    close_query(repository, round_id, cluster, query_id, seen=seen, by=operator(), now=now())
    note(repository, "query_closed", round=round_id, cluster=cluster)
    return language.pgettext("queries command", "Closed: %(query)s", query=query_id)


def _query(repository: Repository, round_id: str, cluster: str, query_id: str) -> Query:
    """Raises DomainError("unknown_query")."""
    for query in read_queries(repository, round_id, cluster):
        if query.id == query_id:
            return query
    raise DomainError("unknown_query")


def _told(repository: Repository, round_id: str, cluster: str, language: Language) -> str:
    """Queue the news for the contacts of a cluster, where there is a mail server, and say for how many."""
    contacts_of_cluster = {
        key: contact for key, contact in read_contacts(repository).items() if contact.cluster == cluster
    }
    number = queue(repository, round_id, QUERY, contacts_of_cluster, now()) if current_app.config["SMTP_HOST"] else 0
    if number:
        note(repository, QUEUED_EVENTS[QUERY], round=round_id, cluster=cluster, number=str(number))
    return language.npgettext("post command", "%(n)s new message is waiting", "%(n)s new messages are waiting", number)


def _lines(code: str, query: Query, language: Language) -> list[str]:
    said = [
        f"    {moment(entry.at, language)}  {entry.by or entry.side}: {printable(entry.text)}"
        for entry in query.entries
    ]
    return [f"{query.id}  {code}  {named(query.subject)}  {language.say(STATE_WORDS[query.state])}", *said]


def _as_json(code: str, query: Query) -> dict[str, Any]:
    entries = [
        {"side": entry.side, "by": entry.by, "at": entry.at.isoformat(), "language": entry.language, "text": entry.text}
        for entry in query.entries
    ]
    return {
        "query": query.id,
        "cluster": code,
        "page": query.subject.page,
        "item": query.subject.item,
        "question": query.subject.question,
        "part": query.subject.part,
        "submission": query.submission,
        "state": query.state,
        "entries": entries,
    }
