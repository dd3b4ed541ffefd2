"""`flask rounds …`: a round from its creation to its closing, and the codes that let clusters in."""

import secrets
from datetime import datetime
from pathlib import Path

import click
from flask import current_app

from survey.collection.errors import DomainError
from survey.collection.people.access_codes import has_code, issue_code, new_code, revoke_code
from survey.collection.responses.submissions import reopen
from survey.collection.rounds.closing import close_and_clear
from survey.collection.rounds.clusters import Cluster
from survey.collection.rounds.definition_files import newest_cluster_list
from survey.collection.rounds.opening import assign_outcomes, obstacles, open_round
from survey.collection.rounds.progress import ROUND_WORDS, read_progress, round_state
from survey.collection.rounds.round import Round, create_round, read_round, read_rounds, reschedule
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.collection.rounds.tracking import read_tracking
from survey.commands import cli_i18n, context
from survey.commands.local_time import LOCAL_TIME
from survey.commands.progress_table import board_rows, progress_rows
from survey.commands.site_address import site_of
from survey.commands.translation_gate import translation_gate
from survey.languages import Language, Phrase
from survey.storage.tinydb_files.repository import FileRepository
from survey.web.site.clock import now
from survey.web.site.storage import access_secret

rounds = cli_i18n.group("rounds", Phrase("command", "Create, open and close rounds, and let clusters in"))

ROUND = click.argument("round_id", metavar="ROUND")
OPENS = Phrase("command", "From when answers are taken, by the clocks of the United Kingdom")
CLOSES = Phrase("command", "Until when answers are taken, by the clocks of the United Kingdom")
CLUSTER = Phrase("command", "Code of a cluster; may be given several times")
ISSUING = Phrase("rounds command", "Issuing access codes")
CHECKING = Phrase("rounds command", "Checking the translations")


@rounds.spoken("create", Phrase("command", "Create a round in draft"))
@ROUND
@cli_i18n.option("--questionnaire", about=Phrase("command", "Id of the questionnaire"), required=True)
@cli_i18n.option("--edition", about=Phrase("command", "Edition of the questionnaire, a year like 2026"), required=True)
@cli_i18n.option("--year", about=Phrase("command", "Reporting year, like 2026-27"), required=True)
@cli_i18n.option("--opens", about=OPENS, type=LOCAL_TIME)
@cli_i18n.option("--closes", about=CLOSES, type=LOCAL_TIME)
@cli_i18n.option("--clusters", about=Phrase("command", "Id of the cluster list; without it, the newest"))
@cli_i18n.language_option
@context.in_plain_words
def create(
    round_id: str,
    questionnaire: str,
    edition: str,
    year: str,
    opens: datetime | None,
    closes: datetime | None,
    clusters: str | None,
    language: Language,
) -> None:
    cluster_list = clusters or newest_cluster_list(context.questionnaires())
    new = Round(
        round_id,
        questionnaire,
        edition,
        year,
        cluster_list,
        opens=opens,
        closes=closes,
        demonstration=current_app.config["DEMO"],
    )
    context.sources_of(new)
    kept = context.repository()
    create_round(kept, new)
    context.note(kept, "round_created", round=round_id)
    context.say(language.pgettext("rounds command", "Created in draft: %(round)s", round=round_id))


@rounds.spoken("assign", Phrase("command", "Say which outcomes the clusters of health boards reflect on"))
@ROUND
@cli_i18n.option(
    "--health-board",
    "boards",
    about=Phrase("command", "Code or short name of a health board; may be given several times"),
    multiple=True,
    required=True,
)
@cli_i18n.option(
    "--outcome",
    "outcomes",
    about=Phrase("command", "Id of an outcome, like pcmw-01; may be given several times"),
    multiple=True,
    required=True,
)
@cli_i18n.language_option
@context.in_plain_words
def assign(round_id: str, boards: tuple[str, ...], outcomes: tuple[str, ...], language: Language) -> None:
    kept = context.repository()
    sources = context.sources_of(read_round(kept, round_id))
    for board in boards:
        assign_outcomes(kept, round_id, board, outcomes, sources)
        context.note(kept, "outcomes_assigned", round=round_id, health_board=board, outcomes=" ".join(outcomes))
    context.say(
        language.npgettext(
            "rounds command",
            "%(n)s health board has outcomes in this round now",
            "%(n)s health boards have outcomes in this round now",
            len([board for board, assigned in read_round(kept, round_id).assignments.items() if assigned]),
        )
    )


@rounds.spoken("open", Phrase("command", "Open a round: what is asked, and both languages’ texts, are fixed for good"))
@ROUND
@cli_i18n.language_option
@context.in_plain_words
def open_(round_id: str, language: Language) -> None:
    kept = context.repository()
    sources = context.sources_of(read_round(kept, round_id))
    gate = translation_gate(context.places(), language)
    found = obstacles(kept, round_id, sources, gate, now())
    if found:
        raise cli_i18n.Refusal(*(obstacle.say(language) for obstacle in found))
    opened = open_round(kept, round_id, sources, lambda _: [], now())
    context.note(kept, "round_opened", round=round_id, snapshot=opened.snapshot_digest or "")
    context.say(language.pgettext("rounds command", "Open: %(round)s", round=round_id))


@rounds.spoken("close", Phrase("command", "Close a round: it takes no more answers, and cannot be opened again"))
@ROUND
@cli_i18n.language_option
@context.in_plain_words
def close(round_id: str, language: Language) -> None:
    kept = context.repository()
    close_and_clear(kept, round_id, now())
    context.note(kept, "round_closed", round=round_id)
    context.say(language.pgettext("rounds command", "Closed: %(round)s", round=round_id))


@rounds.spoken("reschedule", Phrase("command", "Set both times of a round; one that is not given is taken away"))
@ROUND
@cli_i18n.option("--opens", about=OPENS, type=LOCAL_TIME)
@cli_i18n.option("--closes", about=CLOSES, type=LOCAL_TIME)
@cli_i18n.language_option
@context.in_plain_words
def reschedule_(round_id: str, opens: datetime | None, closes: datetime | None, language: Language) -> None:
    kept = context.repository()
    changed = reschedule(kept, round_id, opens, closes)
    context.note(kept, "round_rescheduled", round=round_id)
    _list_rounds([changed], language)


@rounds.spoken("list", Phrase("command", "List all rounds"))
@cli_i18n.language_option
@context.in_plain_words
def list_(language: Language) -> None:
    found = read_rounds(context.repository())
    if not found:
        context.say(language.pgettext("rounds command", "There are no rounds yet"))
        return
    _list_rounds(found, language)


@rounds.spoken("status", Phrase("command", "Show how far each cluster is, by health board"))
@ROUND
@cli_i18n.language_option
@context.in_plain_words
def status(round_id: str, language: Language) -> None:
    kept = context.repository()
    snapshot = load_snapshot(kept, round_id)
    if snapshot.questionnaire.respondent == "anonymous":
        if snapshot.round.status == "closed":
            context.say(
                language.pgettext(
                    "rounds command", "The round is closed. How many people responded is in its workbook."
                )
            )
            return
        threshold = current_app.config["SMALLEST_GROUP"]
        context.say(context.table(progress_rows(read_tracking(kept, snapshot, threshold), threshold, language)))
        return
    rows = board_rows(read_progress(kept, snapshot), language)
    context.say(context.table(rows, numeric=frozenset({2})))


@rounds.spoken("invite", Phrase("command", "Issue access codes and write the invitation list, in both languages"))
@ROUND
@cli_i18n.option("--cluster", "clusters", about=CLUSTER, multiple=True)
@cli_i18n.option("--all", "everyone", about=Phrase("command", "All clusters that have no code yet"), is_flag=True)
@cli_i18n.option(
    "--reissue",
    about=Phrase("command", "Also give those a new code that have one; their old code stops working"),
    is_flag=True,
)
@cli_i18n.option(
    "--output",
    about=Phrase("command", "The file to write, .xlsx. It holds the codes: keep it safe, delete it when they are sent"),
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
)
@cli_i18n.option(
    "--site",
    about=Phrase(
        "command", "Address of the site, like https://reflect.example; needed unless SURVEY_HOSTS is one host"
    ),
    default="",
)
@cli_i18n.language_option
@context.in_plain_words
def invite(
    round_id: str,
    clusters: tuple[str, ...],
    everyone: bool,
    reissue: bool,
    output: Path,
    site: str,
    language: Language,
) -> None:
    address = site_of(site)
    if everyone == bool(clusters):
        raise cli_i18n.Refusal(language.pgettext("rounds command", "Give either --cluster or --all"))
    kept = context.repository()
    secret = access_secret()
    snapshot = load_snapshot(kept, round_id)
    if snapshot.questionnaire.respondent == "anonymous":
        raise DomainError("only_by_link", round=round_id)
    if snapshot.round.status != "open":
        raise DomainError("not_open", round=round_id)
    chosen = _to_invite(kept, snapshot, clusters, reissue, language)
    if not chosen:
        context.say(language.pgettext("rounds command", "Every cluster has a code already. Nothing was written."))
        return
    _refuse_to_replace(output, language)
    codes = {cluster.code: new_code(secrets.choice) for cluster in chosen}
    _write_invitations(snapshot, codes, output, address, language)
    try:
        for cluster in cli_i18n.progress(chosen, ISSUING, language):
            issue_code(kept, secret, round_id, cluster.code, codes[cluster.code], now())
            context.note(kept, "code_issued", round=round_id, cluster=cluster.code)
    except BaseException:
        # A list with codes that open nothing must not be sent.
        output.unlink(missing_ok=True)
        raise
    context.say(
        language.npgettext(
            "rounds command",
            "%(n)s code was issued. It is in this file and nowhere else: %(file)s",
            "%(n)s codes were issued. They are in this file and nowhere else: %(file)s",
            len(codes),
            file=str(output),
        )
    )


@rounds.spoken("revoke", Phrase("command", "Make access codes stop working"))
@ROUND
@cli_i18n.option("--cluster", "clusters", about=CLUSTER, multiple=True, required=True)
@cli_i18n.language_option
@context.in_plain_words
def revoke(round_id: str, clusters: tuple[str, ...], language: Language) -> None:
    kept = context.repository()
    snapshot = load_snapshot(kept, round_id)
    for code in clusters:
        snapshot.cluster(code)
    for code in clusters:
        if revoke_code(kept, round_id, code):
            context.note(kept, "code_revoked", round=round_id, cluster=code)
            context.say(language.pgettext("rounds command", "Revoked: %(cluster)s", cluster=code))
        else:
            context.say(language.pgettext("rounds command", "There was no code: %(cluster)s", cluster=code))


@rounds.spoken("reopen", Phrase("command", "Let a cluster change what it submitted"))
@ROUND
@cli_i18n.option("--cluster", about=Phrase("command", "Code of the cluster"), required=True)
@cli_i18n.option("--reason", about=Phrase("command", "Why; it is kept with the response"), required=True)
@cli_i18n.language_option
@context.in_plain_words
def reopen_(round_id: str, cluster: str, reason: str, language: Language) -> None:
    kept = context.repository()
    reopen(kept, load_snapshot(kept, round_id), cluster, reason=reason, by=context.WHO, now=now())
    context.note(kept, "response_reopened", round=round_id, cluster=cluster)
    context.say(language.pgettext("rounds command", "Reopened: %(cluster)s", cluster=cluster))


def _list_rounds(found: list[Round], language: Language) -> None:
    heads = [
        language.pgettext("rounds command", "Round"),
        language.pgettext("rounds command", "Year"),
        language.pgettext("rounds command", "Questionnaire"),
        language.pgettext("rounds command", "Status"),
        language.pgettext("rounds command", "Opens"),
        language.pgettext("rounds command", "Closes"),
    ]
    rows = [
        [
            one.id,
            one.reporting_year,
            f"{one.questionnaire} {one.edition}",
            language.say(ROUND_WORDS[round_state(one, now())]),
            context.when(one.opens, language),
            context.when(one.closes, language),
        ]
        for one in found
    ]
    context.say(context.table([heads, *rows]))


def _to_invite(
    kept: FileRepository, snapshot: RoundSnapshot, clusters: tuple[str, ...], reissue: bool, language: Language
) -> list[Cluster]:
    chosen = [snapshot.cluster(code) for code in dict.fromkeys(clusters)] or list(snapshot.clusters.clusters)
    have = {cluster.code for cluster in chosen if not reissue and has_code(kept, snapshot.round.id, cluster.code)}
    if clusters and have:
        raise cli_i18n.Refusal(
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


def _refuse_to_replace(output: Path, language: Language) -> None:
    if output.exists():
        raise cli_i18n.Refusal(
            language.pgettext("command", "There is a file already: %(file)s. Choose another name.", file=str(output))
        )


def _write_invitations(
    snapshot: RoundSnapshot, codes: dict[str, str], output: Path, site: str, language: Language
) -> None:
    from survey.reporting.files.invitations import write_invitations

    try:
        write_invitations(snapshot, codes, output, site)
    except OSError as error:
        raise cli_i18n.Refusal(
            language.say(context.CANNOT_WRITE, file=str(output), reason=error.strerror or str(error))
        ) from error
