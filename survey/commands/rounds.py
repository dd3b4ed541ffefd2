"""`flask rounds …`: how rounds stand, and the codes that let clusters in."""

import json
import secrets
from datetime import datetime
from pathlib import Path

import click
from flask import current_app

from survey.collection.errors import DomainError
from survey.collection.people.access import has_code, issue_code, new_code, revoke_code
from survey.collection.people.account_links import new_token
from survey.collection.people.messages import last_reminded
from survey.collection.people.sign_in_links import make_link_by_hand, refuse_when_not_kept, works_until
from survey.collection.progress import read_progress, read_tracking
from survey.collection.responses.endings import people_at_endings, said_of_endings
from survey.collection.responses.lifecycle import reopen
from survey.collection.rounds.clusters import Cluster
from survey.collection.rounds.extensions import closing_time
from survey.collection.rounds.round import read_rounds
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.commands import rewording, round_plans, round_times, terminal  # noqa: F401 (commands of this group)
from survey.commands.cli_i18n import Refusal, option
from survey.commands.environment import (
    BY,
    EXISTS,
    REPORT_FORMAT,
    ROUND,
    access_secret,
    clusters_option,
    note,
    now,
    open_repository,
    open_snapshot,
    operator,
    output_file,
    site_option,
    writing,
)
from survey.commands.round_group import rounds
from survey.languages import Language, Phrase, by_our_clocks, day_of
from survey.storage.repository import Repository

NO_JSON = Phrase("rounds command", "Of a round that people answer unnamed there is no list for programs.")


@rounds.command("list", about=Phrase("command", "List all rounds"))
def list_(language: Language) -> str:
    all_rounds = read_rounds(open_repository())
    if not all_rounds:
        return language.pgettext("rounds command", "There are no rounds yet")
    return terminal.round_table(all_rounds, now(), language)


@rounds.command("status", about=Phrase("command", "Show how far each cluster is, by health board"))
@ROUND
@REPORT_FORMAT
def status(round_id: str, form: str, language: Language) -> str:
    repository, snapshot = open_snapshot(round_id)
    if form == "json" and snapshot.questionnaire.respondent != "anonymous":
        return _status_in_json(repository, snapshot)
    if form == "json":
        raise Refusal(language.say(NO_JSON))
    if snapshot.questionnaire.respondent == "anonymous":
        threshold = current_app.config["SMALLEST_GROUP"]
        if snapshot.round.status == "closed":
            in_workbook = language.pgettext(
                "rounds command", "The round is closed. How many people responded is in its workbook."
            )
            ended = said_of_endings(people_at_endings(repository, snapshot), threshold, language)
            return "\n".join(filter(None, (in_workbook, ended)))
        return terminal.tracking_table(read_tracking(repository, snapshot, threshold), threshold, language)
    return terminal.board_table(read_progress(repository, snapshot, day_of(now())), language)


def _status_in_json(repository: Repository, snapshot: RoundSnapshot) -> str:
    """Every cluster as the list of all clusters on the pages has it, without the addresses of its contacts."""
    reminded = last_reminded(repository, snapshot.round.id, now())
    told = [
        {
            "cluster": progress.cluster.code,
            "health_board": board.board.short,
            "status": progress.status,
            "done": progress.done,
            "sections": progress.sections,
            "last_saved": _moment(progress.last_saved),
            "submitted_at": _moment(progress.submitted_at),
            "last_reminded": _moment(reminded.get(progress.cluster.code)),
        }
        for board in read_progress(repository, snapshot, day_of(now()))
        for progress in board.clusters
    ]
    return json.dumps(told, ensure_ascii=False, indent=2)


def _moment(moment: datetime | None) -> str | None:
    return by_our_clocks(moment) if moment else None


@rounds.command(
    "invite", about=Phrase("command", "Issue access codes and write the invitation list, in both languages")
)
@ROUND
@BY
@clusters_option(required=False)
@option("--all", "everyone", about=Phrase("command", "All clusters that have no code yet"), is_flag=True)
@option(
    "--reissue",
    about=Phrase("command", "Also give those a new code that have one; their old code stops working"),
    is_flag=True,
)
@output_file(
    Phrase("command", "The file to write, .xlsx. It holds the codes: keep it safe, delete it when they are sent"),
    required=True,
)
@site_option(
    Phrase("command", "Address of the site, like https://reflect.example; needed unless SURVEY_HOSTS is one host")
)
def invite(
    round_id: str,
    clusters: tuple[str, ...],
    everyone: bool,
    reissue: bool,
    output: Path,
    site: str,
    language: Language,
) -> str:
    from survey.reporting.files.mailing import write_invitations

    if everyone == bool(clusters):
        raise Refusal(language.pgettext("rounds command", "Give either --cluster or --all"))
    repository, snapshot = open_snapshot(round_id)
    secret = access_secret()
    if snapshot.questionnaire.respondent == "anonymous":
        raise DomainError("only_by_link", round=round_id)
    refuse_when_not_kept(repository, round_id, now())
    # After the close a code is for reading and for answering queries, which somebody asks for by name.
    if snapshot.round.status != "open" and everyone:
        raise DomainError("not_open", round=round_id)
    chosen = _to_invite(repository, snapshot, clusters, reissue, language)
    if not chosen:
        return language.pgettext("rounds command", "Every cluster has a code already. Nothing was written.")
    if output.exists():
        raise Refusal(language.say(EXISTS, file=output))
    codes = {cluster.code: new_code(secrets.choice) for cluster in chosen}
    with writing(output, language):
        closes = {code: closing_time(repository, snapshot.round, code) for code in codes}
        write_invitations(snapshot, codes, closes, output, site)
    try:
        for cluster in terminal.progress(chosen, language.pgettext("rounds command", "Issuing access codes")):
            issue_code(repository, secret, round_id, cluster.code, codes[cluster.code], now())
            note(repository, "code_issued", round=round_id, cluster=cluster.code)
    except BaseException:
        # A list with codes that open nothing must not be sent.
        output.unlink(missing_ok=True)
        raise
    return language.npgettext(
        "rounds command",
        "%(n)s code was issued. It is in this file and nowhere else: %(file)s",
        "%(n)s codes were issued. They are in this file and nowhere else: %(file)s",
        len(codes),
        file=str(output),
    )


@rounds.command(
    "link", about=Phrase("command", "Print a link by which somebody of a cluster signs in once, without its code")
)
@ROUND
@BY
@option("--cluster", about=Phrase("command", "Code of the cluster"), required=True)
@site_option(
    Phrase("command", "Address of the site, like https://reflect.example; needed unless SURVEY_HOSTS is one host")
)
def link(round_id: str, cluster: str, site: str, language: Language) -> str:
    from survey.reporting.files.mailing import EACH, sign_in_address

    repository, snapshot = open_snapshot(round_id)
    if snapshot.questionnaire.respondent == "anonymous":
        raise DomainError("only_by_link", round=round_id)
    snapshot.cluster(cluster)
    refuse_when_not_kept(repository, round_id, now())
    token = new_token()
    make_link_by_hand(repository, round_id, cluster, token, now())
    note(repository, "sign_in_link_made", round=round_id, cluster=cluster)
    until = works_until(repository, round_id, now())
    works = language.pgettext(
        "rounds command", "It signs in once, until %(time)s.", time=terminal.moment(until, language)
    )
    return "\n".join((*(sign_in_address(site, each, token) for each in EACH), works))


@rounds.command("revoke", about=Phrase("command", "Make access codes stop working, and one-time links"))
@ROUND
@BY
@clusters_option(required=True)
def revoke(round_id: str, clusters: tuple[str, ...], language: Language) -> None:
    repository, snapshot = open_snapshot(round_id)
    for code in clusters:
        snapshot.cluster(code)
    for code in clusters:
        if revoke_code(repository, round_id, code):
            note(repository, "code_revoked", round=round_id, cluster=code)
            click.echo(language.pgettext("rounds command", "Revoked: %(cluster)s", cluster=code))
        else:
            click.echo(language.pgettext("rounds command", "There was no code: %(cluster)s", cluster=code))


@rounds.command("reopen", about=Phrase("command", "Let a cluster change what it submitted"))
@ROUND
@BY
@option("--cluster", about=Phrase("command", "Code of the cluster"), required=True)
@option("--reason", about=Phrase("command", "Why; it is kept with the response"), required=True)
def reopen_(round_id: str, cluster: str, reason: str, language: Language) -> str:
    repository, snapshot = open_snapshot(round_id)
    reopen(repository, snapshot, cluster, reason=reason, by=operator(), now=now())
    note(repository, "response_reopened", round=round_id, cluster=cluster)
    return language.pgettext("rounds command", "Reopened: %(cluster)s", cluster=cluster)


def _to_invite(
    repository: Repository, snapshot: RoundSnapshot, clusters: tuple[str, ...], reissue: bool, language: Language
) -> list[Cluster]:
    chosen = [snapshot.cluster(code) for code in dict.fromkeys(clusters)] or list(snapshot.clusters.clusters)
    have = {cluster.code for cluster in chosen if not reissue and has_code(repository, snapshot.round.id, cluster.code)}
    if clusters and have:
        raise Refusal(
            *(
                language.pgettext(
                    "rounds command",
                    "This cluster has a code: %(cluster)s. Give it a new one with --reissue.",
                    cluster=code,
                )
                for code in sorted(have)
            )
        )
    return [cluster for cluster in chosen if cluster.code not in have]
