"""`flask rounds …`: a round from its creation to its closing, and the codes that let clusters in."""

import secrets
from datetime import datetime
from functools import partial
from pathlib import Path

import click
from flask import current_app

from survey.collection.errors import DomainError
from survey.collection.people.access import has_code, issue_code, new_code, revoke_code
from survey.collection.progress import read_progress, read_tracking, tell_no_more
from survey.collection.responses.anonymous_drafts import close_and_clear
from survey.collection.responses.followed_up import gather
from survey.collection.responses.lifecycle import reopen
from survey.collection.rounds.clusters import Cluster
from survey.collection.rounds.opening import assign_outcomes, newest_cluster_list, obstacles, open_round
from survey.collection.rounds.round import Round, create_round, read_round, read_rounds, reschedule
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.collection.translating.publishing import gate_of_readers
from survey.commands import rewording, terminal  # noqa: F401 (its command is of this group)
from survey.commands.cli_i18n import Refusal, option
from survey.commands.environment import (
    EXISTS,
    LOCAL_TIME,
    ROUND,
    WHO,
    access_secret,
    clusters_option,
    note,
    now,
    open_repository,
    open_snapshot,
    output_file,
    places,
    questionnaires,
    site_option,
    sources_of,
    writing,
)
from survey.commands.round_group import rounds
from survey.languages import Language, Phrase
from survey.storage.tinydb_files.repository import FileRepository

FROM = Phrase("command", "From when answers are taken, by the clocks of the United Kingdom")
UNTIL = Phrase("command", "Until when answers are taken, by the clocks of the United Kingdom")
OPENS = option("--opens", about=FROM, type=LOCAL_TIME)
CLOSES = option("--closes", about=UNTIL, type=LOCAL_TIME)


@rounds.command("create", about=Phrase("command", "Create a round in draft"))
@ROUND
@option("--questionnaire", about=Phrase("command", "Id of the questionnaire"), required=True)
@option("--edition", about=Phrase("command", "Edition of the questionnaire, a year like 2026"), required=True)
@option("--year", about=Phrase("command", "Reporting year, like 2026-27"), required=True)
@OPENS
@CLOSES
@option("--clusters", about=Phrase("command", "Id of the cluster list; without it, the newest"))
def create(
    round_id: str,
    questionnaire: str,
    edition: str,
    year: str,
    opens: datetime | None,
    closes: datetime | None,
    clusters: str | None,
    language: Language,
) -> str:
    cluster_list = clusters or newest_cluster_list(questionnaires())
    is_demo: bool = current_app.config["DEMO"]
    new = Round(round_id, questionnaire, edition, year, cluster_list, opens=opens, closes=closes, demonstration=is_demo)
    sources_of(new)
    repository = open_repository()
    create_round(repository, new)
    note(repository, "round_created", round=round_id)
    return language.pgettext("rounds command", "Created in draft: %(round)s", round=round_id)


@rounds.command("assign", about=Phrase("command", "Say which outcomes the clusters of health boards reflect on"))
@ROUND
@option(
    "--health-board",
    "boards",
    about=Phrase("command", "Code or short name of a health board; may be given several times"),
    multiple=True,
    required=True,
)
@option(
    "--outcome",
    "outcomes",
    about=Phrase("command", "Id of an outcome, like pcmw-01; may be given several times"),
    multiple=True,
    required=True,
)
def assign(round_id: str, boards: tuple[str, ...], outcomes: tuple[str, ...], language: Language) -> str:
    repository = open_repository()
    sources = sources_of(read_round(repository, round_id))
    for board in boards:
        assign_outcomes(repository, round_id, board, outcomes, sources)
        note(repository, "outcomes_assigned", round=round_id, health_board=board, outcomes=" ".join(outcomes))
    return language.npgettext(
        "rounds command",
        "%(n)s health board has outcomes in this round now",
        "%(n)s health boards have outcomes in this round now",
        len([board for board, assigned in read_round(repository, round_id).assignments.items() if assigned]),
    )


@rounds.command(
    "open", about=Phrase("command", "Open a round: what is asked, and both languages’ texts, are fixed for good")
)
@ROUND
def open_(round_id: str, language: Language) -> str:
    repository = open_repository()
    sources = sources_of(read_round(repository, round_id))
    gate = gate_of_readers(repository, places(), language)
    in_the_way = obstacles(repository, round_id, sources, gate, now())
    if in_the_way:
        raise Refusal(*(obstacle.say(language) for obstacle in in_the_way))
    opened = open_round(repository, round_id, sources, lambda _: [], now(), partial(gather, repository))
    note(repository, "round_opened", round=round_id, snapshot=opened.snapshot_digest or "")
    return language.pgettext("rounds command", "Open: %(round)s", round=round_id)


@rounds.command("close", about=Phrase("command", "Close a round: it takes no more answers, and cannot be opened again"))
@ROUND
def close(round_id: str, language: Language) -> str:
    repository = open_repository()
    close_and_clear(repository, round_id, now())
    tell_no_more(repository, load_snapshot(repository, round_id), current_app.config["SMALLEST_GROUP"])
    note(repository, "round_closed", round=round_id)
    return language.pgettext("rounds command", "Closed: %(round)s", round=round_id)


@rounds.command("reschedule", about=Phrase("command", "Set both times of a round; one that is not given is taken away"))
@ROUND
@OPENS
@CLOSES
def reschedule_(round_id: str, opens: datetime | None, closes: datetime | None, language: Language) -> str:
    repository = open_repository()
    changed = reschedule(repository, round_id, opens, closes)
    note(repository, "round_rescheduled", round=round_id)
    return terminal.round_table([changed], now(), language)


@rounds.command("list", about=Phrase("command", "List all rounds"))
def list_(language: Language) -> str:
    all_rounds = read_rounds(open_repository())
    if not all_rounds:
        return language.pgettext("rounds command", "There are no rounds yet")
    return terminal.round_table(all_rounds, now(), language)


@rounds.command("status", about=Phrase("command", "Show how far each cluster is, by health board"))
@ROUND
def status(round_id: str, language: Language) -> str:
    repository, snapshot = open_snapshot(round_id)
    if snapshot.questionnaire.respondent == "anonymous":
        if snapshot.round.status == "closed":
            return language.pgettext(
                "rounds command", "The round is closed. How many people responded is in its workbook."
            )
        threshold = current_app.config["SMALLEST_GROUP"]
        return terminal.tracking_table(read_tracking(repository, snapshot, threshold), threshold, language)
    return terminal.board_table(read_progress(repository, snapshot), language)


@rounds.command(
    "invite", about=Phrase("command", "Issue access codes and write the invitation list, in both languages")
)
@ROUND
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
    if snapshot.round.status != "open":
        raise DomainError("not_open", round=round_id)
    chosen = _to_invite(repository, snapshot, clusters, reissue, language)
    if not chosen:
        return language.pgettext("rounds command", "Every cluster has a code already. Nothing was written.")
    if output.exists():
        raise Refusal(language.say(EXISTS, file=output))
    codes = {cluster.code: new_code(secrets.choice) for cluster in chosen}
    with writing(output, language):
        write_invitations(snapshot, codes, output, site)
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


@rounds.command("revoke", about=Phrase("command", "Make access codes stop working"))
@ROUND
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
@option("--cluster", about=Phrase("command", "Code of the cluster"), required=True)
@option("--reason", about=Phrase("command", "Why; it is kept with the response"), required=True)
def reopen_(round_id: str, cluster: str, reason: str, language: Language) -> str:
    repository, snapshot = open_snapshot(round_id)
    reopen(repository, snapshot, cluster, reason=reason, by=WHO, now=now())
    note(repository, "response_reopened", round=round_id, cluster=cluster)
    return language.pgettext("rounds command", "Reopened: %(cluster)s", cluster=cluster)


def _to_invite(
    repository: FileRepository, snapshot: RoundSnapshot, clusters: tuple[str, ...], reissue: bool, language: Language
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
