"""`flask rounds reschedule`, `extend`, `grace`, `close`: from when and until when answers are taken."""

from dataclasses import replace
from datetime import datetime

from flask import current_app

from survey.collection.closing import AT_CLOSE, BEFORE_OPENING, close, clusters_by_status
from survey.collection.errors import DomainError
from survey.collection.progress import not_submitted, round_state
from survey.collection.rounds.extensions import end_grace, extend_round, give_grace
from survey.collection.rounds.round import Round, leaves_less_time, read_round, read_rounds, reschedule
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.commands import terminal
from survey.commands.cli_i18n import option
from survey.commands.environment import (
    BY,
    CLOSES,
    LOCAL_TIME,
    OPENS,
    REASON,
    ROUND,
    YES,
    be_sure,
    note,
    now,
    open_repository,
    open_snapshot,
    operator,
)
from survey.commands.round_group import rounds
from survey.languages import Language, Phrase, day_of
from survey.storage.repository import Repository

NEW_END = Phrase("command", "Until when, by the clocks of the United Kingdom")
CLUSTER = option("--cluster", about=Phrase("command", "Code of the cluster"), required=True)


@rounds.command("close", about=Phrase("command", "Close a round: it takes no more answers unless it is extended"))
@ROUND
@BY
@YES
def close_(round_id: str, is_sure: bool, language: Language) -> str:
    repository = open_repository()
    current = read_round(repository, round_id)
    if current.status == "open":
        meaning = _meaning_of_close(repository, load_snapshot(repository, round_id), language)
        be_sure([terminal.round_table([current], now(), language), *meaning], is_sure, language)
    close(repository, round_id, current_app.config["SMALLEST_GROUP"], now())
    note(repository, "round_closed", round=round_id)
    return language.pgettext("rounds command", "Closed: %(round)s", round=round_id)


def _meaning_of_close(repository: Repository, snapshot: RoundSnapshot, language: Language) -> list[str]:
    standing = clusters_by_status(repository, snapshot, now())
    counted = [language.say(AT_CLOSE[status], n=number) for status, number in standing.items() if number]
    if snapshot.round.opens and round_state(snapshot.round, now()) == "waiting":
        before = BEFORE_OPENING[snapshot.questionnaire.respondent]
        return [language.say(before, opens=language.datetime(snapshot.round.opens)), *counted]
    if snapshot.questionnaire.respondent == "anonymous":
        return [
            language.pgettext(
                "rounds command",
                "Nobody can answer any more, and what people began unnamed and did not send is deleted.",
            )
        ]
    return [
        language.pgettext(
            "rounds command",
            "No cluster can answer any more, except one that you let in late. What clusters have written stays.",
        ),
        *counted,
    ]


@rounds.command("due", about=Phrase("command", "Close every round that is past its closing time. Let a timer run it"))
@BY
def due(language: Language) -> str:
    repository = open_repository()
    past = [round_ for round_ in read_rounds(repository) if round_.status == "open" and round_.is_over(now())]
    closed = [round_ for round_ in past if _closed_here(repository, round_)]
    if not closed:
        return language.pgettext("rounds command", "No round is past its closing time.")
    return "\n".join(language.pgettext("rounds command", "Closed: %(round)s", round=round_.id) for round_ in closed)


def _closed_here(repository: Repository, round_: Round) -> bool:
    """Close a round, unless the timer of another host was quicker: whether this one has."""
    try:
        close(repository, round_.id, current_app.config["SMALLEST_GROUP"], now())
    except DomainError as refused:
        if refused.code != "not_open":
            raise
        return False
    note(repository, "round_closed", round=round_.id)
    return True


@rounds.command("reschedule", about=Phrase("command", "Set times of a round; one that is not given stays as it is"))
@ROUND
@BY
@OPENS
@CLOSES
@YES
def reschedule_(
    round_id: str, opens: datetime | None, closes: datetime | None, is_sure: bool, language: Language
) -> str:
    repository = open_repository()
    current = read_round(repository, round_id)
    if leaves_less_time(current, opens, closes, now()):
        be_sure(_meaning_of_less_time(repository, current, opens, closes, language), is_sure, language)
    changed = reschedule(repository, round_id, opens, closes, now())
    table = terminal.round_table([changed], now(), language)
    if changed == current:
        return f"{table}\n{language.pgettext('rounds command', 'Nothing was changed: the times were so already.')}"
    moments = {"opens": changed.opens, "closes": changed.closes}
    details = {name: moment.isoformat() for name, moment in moments.items() if moment}
    note(repository, "round_rescheduled", round=round_id, **details)
    return table


def _meaning_of_less_time(
    repository: Repository, current: Round, opens: datetime | None, closes: datetime | None, language: Language
) -> list[str]:
    """The round with its times as they are and as they would be, and whom less time would hit."""
    wanted = replace(current, opens=opens or current.opens, closes=closes or current.closes)
    lines = [
        language.pgettext("rounds command", "There would be less time to answer. Now, and then:"),
        terminal.round_table([current, wanted], now(), language),
    ]
    snapshot = load_snapshot(repository, current.id)
    if snapshot.questionnaire.respondent == "anonymous":
        return [
            *lines,
            language.pgettext("rounds command", "People who are answering may not get to the end."),
        ]
    waiting = [cluster.code for cluster in not_submitted(repository, snapshot, day_of(now()))]
    said = language.pgettext(
        "rounds command", "Clusters that have not submitted: %(clusters)s", clusters=", ".join(waiting) or "–"
    )
    return [*lines, said]


@rounds.command(
    "extend", about=Phrase("command", "Let a round, closed or open, take answers longer, until figures are released")
)
@ROUND
@BY
@option("--until", about=NEW_END, type=LOCAL_TIME, required=True)
@REASON
def extend(round_id: str, until: datetime, reason: str, language: Language) -> str:
    repository = open_repository()
    extended = extend_round(repository, round_id, until, reason=reason, now=now())
    note(repository, "round_extended", round=round_id, until=until.isoformat(), reason=reason.strip())
    return terminal.round_table([extended], now(), language)


@rounds.command("grace", about=Phrase("command", "Let one cluster answer until a time after the round’s own"))
@ROUND
@BY
@CLUSTER
@option("--until", about=NEW_END, type=LOCAL_TIME, required=True)
@REASON
def grace(round_id: str, cluster: str, until: datetime, reason: str, language: Language) -> str:
    repository, snapshot = open_snapshot(round_id)
    given = give_grace(repository, snapshot, cluster, until, by=operator(), reason=reason, now=now())
    note(repository, "grace_given", round=round_id, cluster=cluster, until=until.isoformat(), reason=given.reason)
    return language.pgettext(
        "rounds command",
        "%(cluster)s may answer until %(time)s",
        cluster=snapshot.cluster(cluster).name(language.code),
        time=language.datetime(given.until),
    )


@rounds.command("end-grace", about=Phrase("command", "Take back the time that one cluster was given"))
@ROUND
@BY
@CLUSTER
def end_grace_(round_id: str, cluster: str, language: Language) -> str:
    repository, snapshot = open_snapshot(round_id)
    if not end_grace(repository, snapshot, cluster):
        raise DomainError("no_grace", cluster=cluster)
    note(repository, "grace_ended", round=round_id, cluster=cluster)
    return language.pgettext("rounds command", "It has no grace period any more: %(cluster)s", cluster=cluster)
