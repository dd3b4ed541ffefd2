"""Where each round of the year stands, as a line, and what there is to do in it today, each thing with a link."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import url_for
from flask_babel import npgettext, pgettext

from survey.collection.people.messages import read_messages
from survey.collection.progress import round_state
from survey.collection.reading.texts import asked_for_words
from survey.collection.responses.queries import ANSWERED, queries_of_round
from survey.collection.rounds.extensions import may_still_change
from survey.collection.rounds.publication import read_publications
from survey.collection.rounds.releases import read_releases
from survey.collection.rounds.retention import read_retention
from survey.collection.rounds.round import Round
from survey.collection.rounds.snapshot import load_snapshot
from survey.storage.repository import Unreadable
from survey.web.manage.draft_sources import draft_title
from survey.web.manage.open_round_tasks import Task, tasks_of_clusters, tasks_of_late, tasks_of_people, tasks_of_post
from survey.web.manage.publication import publishes
from survey.web.manage.round_stages import STAGES_OF_HISTORY, StageFacts, address_in, stage_of, stages_at
from survey.web.manage.round_times import times_of_round
from survey.web.respond.respondent import questionnaire_title
from survey.web.site.environment import current_repository, now

STAGES_AT_LEAST = ("draft", "open", "closed")
"""Those of a round of which so much cannot be read that no other is known."""

FINISHED = ("history", "kept")
"""Those after which a round of an earlier year is on the page only while there is something to do in it."""


@dataclass(frozen=True, slots=True)
class RoundStanding:
    """A round with its stages, the one it is at, and its tasks as (words, address). `release_page` is where figures of
    one that is history can still be released; empty for any other. `damage` is the record that could not be read, so
    that tasks may be missing; empty where all could. `times` are sentences about one that opens later."""

    round: Round
    title: str
    stages: Sequence[str]
    stage: str
    tasks: Sequence[Task]
    release_page: str = ""
    damage: str = ""
    times: Sequence[str] = ()


def year_of(rounds: Sequence[Round]) -> list[RoundStanding]:
    """The rounds of the newest reporting year, and each earlier one that is not finished or in which something is left
    to do, the newest first. One of which something cannot be read is there all the same, with what that is.
    """
    newest = max((round_.reporting_year for round_ in rounds), default="")
    standings = []
    for round_ in reversed(rounds):
        followed = [other.opens for other in rounds if other.opens is not None and _follows(other, round_)]
        try:
            standing = _standing(round_, followed)
        except Unreadable as fault:
            standing = RoundStanding(
                round_, _title(round_), STAGES_AT_LEAST, round_.status, [], damage=record_name(fault)
            )
        is_finished = standing.stage in FINISHED and not standing.tasks and not standing.damage
        if round_.reporting_year == newest or not is_finished:
            standings.append(standing)
    return standings


def record_name(fault: Unreadable) -> str:
    """What `data verify` calls a record that cannot be read."""
    return "/".join((*fault.place, fault.key))


def _title(current: Round) -> str:
    """What a round is called, or its id where that cannot be read."""
    try:
        return questionnaire_title(load_snapshot(current_repository(), current.id))
    except Unreadable:
        return current.id


def _follows(other: Round, round_: Round) -> bool:
    """Whether another round asked the same of a later year."""
    is_opened = other.status != "draft" and other.questionnaire == round_.questionnaire
    return is_opened and other.reporting_year > round_.reporting_year


def _standing(current: Round, followed: Sequence[datetime]) -> RoundStanding:
    if current.status == "draft":
        task = (pgettext("manage year", "Open it, or see what stands in the way"), address_in("draft", current))
        stages = stages_at("draft", may_be_published=publishes())
        return RoundStanding(current, draft_title(current), stages, "draft", [task])
    snapshot = load_snapshot(current_repository(), current.id)
    releases = read_releases(current_repository(), current.id)
    publications = read_publications(current_repository(), current.id)
    retention = read_retention(current_repository(), current.id)
    known = StageFacts(snapshot, releases, publications, retention, followed)
    title, (tasks, damage) = questionnaire_title(snapshot), _tasks_found(known)
    if known.is_history:
        return RoundStanding(current, title, STAGES_OF_HISTORY, "history", tasks, known.release_page, damage)
    may_be_published = publishes() and (known.is_published or known.awaits_publication or not releases)
    stage = stage_of(known)
    stages = stages_at(stage, may_be_published=may_be_published)
    times = times_of_round(current) if stage == "waiting" else ()
    return RoundStanding(current, title, stages, stage, tasks, damage=damage, times=times)


def _tasks_found(known: StageFacts) -> tuple[list[Task], str]:
    """The tasks, as far as what they follow from can be read; and what cannot."""
    tasks = []
    try:
        for task in _tasks(known):
            tasks.append(task)
    except Unreadable as fault:
        return tasks, record_name(fault)
    return tasks, ""


def _tasks(known: StageFacts) -> Iterator[Task]:
    current = known.snapshot.round
    state = round_state(current, now())
    if state == "past":
        yield pgettext("manage year", "It is past its closing time: close it"), address_in("closing", current)
    elif stage_of(known) == "closing" and current.closes is not None:
        days = -(-(current.closes - now()) // timedelta(days=1))
        yield (
            npgettext("manage year", "It closes within %(n)s day", "It closes within %(n)s days", days, n=days),
            address_in("times", current),
        )
    messages = read_messages(current_repository(), current.id, now())
    if state in ("open", "waiting"):
        if known.is_of_people:
            yield from tasks_of_people(current)
        else:
            closing = stage_of(known) == "closing"
            yield from tasks_of_clusters(known.snapshot, messages, is_waiting=state == "waiting", is_closing=closing)
    if current.is_over(now()) and not known.is_of_people:
        yield from tasks_of_late(known.snapshot)
    yield from tasks_of_post(known.snapshot, messages)
    asked = [query.state for _, query in queries_of_round(current_repository(), current.id)]
    answered = asked.count(ANSWERED)
    if answered:
        yield (
            npgettext(
                "manage year",
                "%(n)s question about an answer has been answered",
                "%(n)s questions about answers have been answered",
                answered,
            ),
            url_for("manage.queries", round_id=current.id, state=ANSWERED),
        )
    if current.status == "closed":
        yield from _tasks_after_the_close(known)


def _tasks_after_the_close(known: StageFacts) -> Iterator[Task]:
    current = known.snapshot.round
    if not known.releases and not known.is_history:
        if known.is_of_people and asked_for_words(known.snapshot):
            yield pgettext("manage year", "Read what people wrote"), address_in("reading", current)
        yield pgettext("manage year", "Release the figures"), known.release_page
        if known.followed:
            said = pgettext("manage year", "If no figures will be released, settle until when it is kept")
            yield said, address_in("retention", current)
        return
    last = known.last
    if last and last.provisional and not may_still_change(current_repository(), current, now()):
        yield pgettext("manage year", "No cluster can answer any more: release the final figures"), known.release_page
    elif known.awaits_publication:
        yield pgettext("manage year", "Publish the last release, if it is for everybody"), known.release_page
    if known.retention is None and not (last and last.provisional):
        yield pgettext("manage year", "Settle until when it is kept"), address_in("retention", current)
    elif known.retention is not None and known.retention.is_over(now()):
        yield pgettext("manage year", "Its time is over: remove it"), address_in("removal", current)
