"""`flask rounds …`: a round from its creation to its closing, and the codes that let clusters in."""

import secrets
from datetime import datetime
from pathlib import Path

import click
from flask import current_app

from survey.collection.access import has_code, keep_code, new_code, revoke_code
from survey.collection.closing import close_and_clear
from survey.collection.clusters import Cluster
from survey.collection.files import FileRepository
from survey.collection.frozen import FrozenRound, thaw
from survey.collection.opening import assign_outcomes, obstacles, open_round
from survey.collection.refusals import Refused
from survey.collection.responses import reopen
from survey.collection.rounds import Round, create_round, read_round, read_rounds, reschedule
from survey.collection.sources import newest_cluster_list
from survey.collection.standing import ROUND_WORDS, read_standing, round_state
from survey.collection.tracking import read_tracking
from survey.commands import keeping, speaking
from survey.commands.gate import translation_gate
from survey.commands.local_time import LOCAL_TIME
from survey.commands.site import site_of
from survey.commands.status_words import board_rows, progress_rows
from survey.languages import Language, Phrase
from survey.web.clock import now
from survey.web.keeping import access_secret

rounds = speaking.group("rounds", Phrase("command", "Create, open and close rounds, and let clusters in"))

ROUND = click.argument("round_id", metavar="ROUND")
OPENS = Phrase("command", "From when answers are taken, by the clocks of the United Kingdom")
CLOSES = Phrase("command", "Until when answers are taken, by the clocks of the United Kingdom")
CLUSTER = Phrase("command", "Code of a cluster; may be given several times")
ISSUING = Phrase("rounds command", "Issuing access codes")
CHECKING = Phrase("rounds command", "Checking the translations")


@rounds.spoken("create", Phrase("command", "Create a round in draft"))
@ROUND
@speaking.option("--questionnaire", about=Phrase("command", "Id of the questionnaire"), required=True)
@speaking.option("--edition", about=Phrase("command", "Edition of the questionnaire, a year like 2026"), required=True)
@speaking.option("--year", about=Phrase("command", "Reporting year, like 2026-27"), required=True)
@speaking.option("--opens", about=OPENS, type=LOCAL_TIME)
@speaking.option("--closes", about=CLOSES, type=LOCAL_TIME)
@speaking.option("--clusters", about=Phrase("command", "Id of the cluster list; without it, the newest"))
@speaking.language_option
@keeping.in_plain_words
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
    cluster_list = clusters or newest_cluster_list(keeping.questionnaires())
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
    keeping.sources_of(new)
    kept = keeping.repository()
    create_round(kept, new)
    keeping.note(kept, "round_created", round=round_id)
    keeping.say(language.pgettext("rounds command", "Created in draft: %(round)s", round=round_id))


@rounds.spoken("assign", Phrase("command", "Say which outcomes the clusters of health boards reflect on"))
@ROUND
@speaking.option(
    "--health-board",
    "boards",
    about=Phrase("command", "Code or short name of a health board; may be given several times"),
    multiple=True,
    required=True,
)
@speaking.option(
    "--outcome",
    "outcomes",
    about=Phrase("command", "Id of an outcome, like pcmw-01; may be given several times"),
    multiple=True,
    required=True,
)
@speaking.language_option
@keeping.in_plain_words
def assign(round_id: str, boards: tuple[str, ...], outcomes: tuple[str, ...], language: Language) -> None:
    kept = keeping.repository()
    sources = keeping.sources_of(read_round(kept, round_id))
    for board in boards:
        assign_outcomes(kept, round_id, board, outcomes, sources)
        keeping.note(kept, "outcomes_assigned", round=round_id, health_board=board, outcomes=" ".join(outcomes))
    keeping.say(
        language.npgettext(
            "rounds command",
            "%(n)s health board has outcomes in this round now",
            "%(n)s health boards have outcomes in this round now",
            len([board for board, assigned in read_round(kept, round_id).assignments.items() if assigned]),
        )
    )


@rounds.spoken("open", Phrase("command", "Open a round: what is asked, and both languages’ texts, are fixed for good"))
@ROUND
@speaking.language_option
@keeping.in_plain_words
def open_(round_id: str, language: Language) -> None:
    kept = keeping.repository()
    sources = keeping.sources_of(read_round(kept, round_id))
    gate = translation_gate(keeping.places(), language)
    found = obstacles(kept, round_id, sources, gate, now())
    if found:
        raise speaking.Refusal(*(obstacle.say(language) for obstacle in found))
    opened = open_round(kept, round_id, sources, lambda _: [], now())
    keeping.note(kept, "round_opened", round=round_id, frozen=opened.frozen or "")
    keeping.say(language.pgettext("rounds command", "Open: %(round)s", round=round_id))


@rounds.spoken("close", Phrase("command", "Close a round: it takes no more answers, and cannot be opened again"))
@ROUND
@speaking.language_option
@keeping.in_plain_words
def close(round_id: str, language: Language) -> None:
    kept = keeping.repository()
    close_and_clear(kept, round_id, now())
    keeping.note(kept, "round_closed", round=round_id)
    keeping.say(language.pgettext("rounds command", "Closed: %(round)s", round=round_id))


@rounds.spoken("reschedule", Phrase("command", "Set both times of a round; one that is not given is taken away"))
@ROUND
@speaking.option("--opens", about=OPENS, type=LOCAL_TIME)
@speaking.option("--closes", about=CLOSES, type=LOCAL_TIME)
@speaking.language_option
@keeping.in_plain_words
def reschedule_(round_id: str, opens: datetime | None, closes: datetime | None, language: Language) -> None:
    kept = keeping.repository()
    changed = reschedule(kept, round_id, opens, closes)
    keeping.note(kept, "round_rescheduled", round=round_id)
    _list_rounds([changed], language)


@rounds.spoken("list", Phrase("command", "List all rounds"))
@speaking.language_option
@keeping.in_plain_words
def list_(language: Language) -> None:
    found = read_rounds(keeping.repository())
    if not found:
        keeping.say(language.pgettext("rounds command", "There are no rounds yet"))
        return
    _list_rounds(found, language)


@rounds.spoken("status", Phrase("command", "Show how far each cluster is, by health board"))
@ROUND
@speaking.language_option
@keeping.in_plain_words
def status(round_id: str, language: Language) -> None:
    kept = keeping.repository()
    frozen = thaw(kept, round_id)
    if frozen.questionnaire.respondent == "anonymous":
        if frozen.round.status == "closed":
            keeping.say(
                language.pgettext(
                    "rounds command", "The round is closed. How many people responded is in its workbook."
                )
            )
            return
        threshold = current_app.config["SMALLEST_GROUP"]
        keeping.say(keeping.table(progress_rows(read_tracking(kept, frozen, threshold), threshold, language)))
        return
    rows = board_rows(read_standing(kept, frozen), language)
    keeping.say(keeping.table(rows, numeric=frozenset({2})))


@rounds.spoken("invite", Phrase("command", "Issue access codes and write the invitation list, in both languages"))
@ROUND
@speaking.option("--cluster", "clusters", about=CLUSTER, multiple=True)
@speaking.option("--all", "everyone", about=Phrase("command", "All clusters that have no code yet"), is_flag=True)
@speaking.option(
    "--reissue",
    about=Phrase("command", "Also give those a new code that have one; their old code stops working"),
    is_flag=True,
)
@speaking.option(
    "--output",
    about=Phrase("command", "The file to write, .xlsx. It holds the codes: keep it safe, delete it when they are sent"),
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
)
@speaking.option(
    "--site",
    about=Phrase(
        "command", "Address of the site, like https://reflect.example; needed unless SURVEY_HOSTS is one host"
    ),
    default="",
)
@speaking.language_option
@keeping.in_plain_words
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
        raise speaking.Refusal(language.pgettext("rounds command", "Give either --cluster or --all"))
    kept = keeping.repository()
    secret = access_secret()
    frozen = thaw(kept, round_id)
    if frozen.questionnaire.respondent == "anonymous":
        raise Refused("only_by_link", round=round_id)
    if frozen.round.status != "open":
        raise Refused("not_open", round=round_id)
    chosen = _to_invite(kept, frozen, clusters, reissue, language)
    if not chosen:
        keeping.say(language.pgettext("rounds command", "Every cluster has a code already. Nothing was written."))
        return
    _refuse_to_replace(output, language)
    codes = {cluster.code: new_code(secrets.choice) for cluster in chosen}
    _write_invitations(frozen, codes, output, address, language)
    try:
        for cluster in speaking.progress(chosen, ISSUING, language):
            keep_code(kept, secret, round_id, cluster.code, codes[cluster.code], now())
            keeping.note(kept, "code_issued", round=round_id, cluster=cluster.code)
    except BaseException:
        # A list with codes that open nothing must not be sent.
        output.unlink(missing_ok=True)
        raise
    keeping.say(
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
@speaking.option("--cluster", "clusters", about=CLUSTER, multiple=True, required=True)
@speaking.language_option
@keeping.in_plain_words
def revoke(round_id: str, clusters: tuple[str, ...], language: Language) -> None:
    kept = keeping.repository()
    frozen = thaw(kept, round_id)
    for code in clusters:
        frozen.cluster(code)
    for code in clusters:
        if revoke_code(kept, round_id, code):
            keeping.note(kept, "code_revoked", round=round_id, cluster=code)
            keeping.say(language.pgettext("rounds command", "Revoked: %(cluster)s", cluster=code))
        else:
            keeping.say(language.pgettext("rounds command", "There was no code: %(cluster)s", cluster=code))


@rounds.spoken("reopen", Phrase("command", "Let a cluster change what it submitted"))
@ROUND
@speaking.option("--cluster", about=Phrase("command", "Code of the cluster"), required=True)
@speaking.option("--reason", about=Phrase("command", "Why; it is kept with the response"), required=True)
@speaking.language_option
@keeping.in_plain_words
def reopen_(round_id: str, cluster: str, reason: str, language: Language) -> None:
    kept = keeping.repository()
    reopen(kept, thaw(kept, round_id), cluster, reason=reason, by=keeping.WHO, now=now())
    keeping.note(kept, "response_reopened", round=round_id, cluster=cluster)
    keeping.say(language.pgettext("rounds command", "Reopened: %(cluster)s", cluster=cluster))


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
            keeping.when(one.opens, language),
            keeping.when(one.closes, language),
        ]
        for one in found
    ]
    keeping.say(keeping.table([heads, *rows]))


def _to_invite(
    kept: FileRepository, frozen: FrozenRound, clusters: tuple[str, ...], reissue: bool, language: Language
) -> list[Cluster]:
    chosen = [frozen.cluster(code) for code in dict.fromkeys(clusters)] or list(frozen.clusters.clusters)
    have = {cluster.code for cluster in chosen if not reissue and has_code(kept, frozen.round.id, cluster.code)}
    if clusters and have:
        raise speaking.Refusal(
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
        raise speaking.Refusal(
            language.pgettext("command", "There is a file already: %(file)s. Choose another name.", file=str(output))
        )


def _write_invitations(frozen: FrozenRound, codes: dict[str, str], output: Path, site: str, language: Language) -> None:
    from survey.reporting.invitations import write_invitations

    try:
        write_invitations(frozen, codes, output, site)
    except OSError as error:
        raise speaking.Refusal(
            language.say(keeping.CANNOT_WRITE, file=str(output), reason=error.strerror or str(error))
        ) from error
