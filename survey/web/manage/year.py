"""Where each round of the year stands, as a line, and what there is to do in it today, each thing with a link."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from flask import url_for
from flask_babel import npgettext, pgettext

from survey.collection.progress import ROUND_WORDS, read_progress, round_state
from survey.collection.reading.texts import asked_for_words
from survey.collection.responses.queries import ANSWERED, queries_of_round
from survey.collection.rounds.releases import read_releases
from survey.collection.rounds.round import Round
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.languages import Phrase
from survey.storage.repository import Unreadable
from survey.web.respond.respondent import questionnaire_title
from survey.web.site.environment import current_repository, now

SOON = timedelta(days=14)
"""How long before its closing time a round is said to be closing."""

STAGES = {
    "draft": ROUND_WORDS["draft"],
    "open": ROUND_WORDS["open"],
    "closing": Phrase("manage year", "Closing soon"),
    "closed": ROUND_WORDS["closed"],
    "released": Phrase("manage year", "Figures released"),
}
_OF_CLUSTERS = ("draft", "open", "closing", "closed")
"""The stages of a round whose figures need no release."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A round with its stages, the one it is at, and its tasks as (words, address)."""

    round: Round
    title: str
    stages: Sequence[str]
    stage: str
    tasks: Sequence[tuple[str, str]]


def year_of(rounds: Sequence[Round]) -> list[Standing]:
    """The rounds of the newest reporting year, and each earlier one in which something is left to do. A round that
    cannot be read has none.
    """
    newest = max((one.reporting_year for one in rounds), default="")
    standings = []
    for one in rounds:
        with suppress(Unreadable):
            standing = _standing(one)
            if one.reporting_year == newest or standing.tasks:
                standings.append(standing)
    return standings


def _standing(current: Round) -> Standing:
    if current.status == "draft":
        task = (pgettext("manage year", "Open it, or see what stands in the way"), _to("draft", current))
        return Standing(current, current.id, _OF_CLUSTERS, "draft", [task])
    snapshot = load_snapshot(current_repository(), current.id)
    is_of_people = snapshot.questionnaire.respondent == "anonymous"
    is_released = is_of_people and bool(read_releases(current_repository(), current.id))
    stage = "released" if is_released else _stage(current)
    tasks = list(_tasks(snapshot, is_of_people=is_of_people, is_released=is_released))
    return Standing(
        current, questionnaire_title(snapshot), tuple(STAGES) if is_of_people else _OF_CLUSTERS, stage, tasks
    )


def _stage(current: Round) -> str:
    if current.status == "open" and current.closes is not None and current.closes - now() <= SOON:
        return "closing"
    return current.status


def _tasks(snapshot: RoundSnapshot, *, is_of_people: bool, is_released: bool) -> Iterator[tuple[str, str]]:
    current = snapshot.round
    state = round_state(current, now())
    if state == "past":
        yield pgettext("manage year", "It is past its closing time: close it"), _to("closing", current)
    elif _stage(current) == "closing" and current.closes is not None:
        days = -(-(current.closes - now()) // timedelta(days=1))
        yield (
            npgettext("manage year", "It closes within %(n)s day", "It closes within %(n)s days", days, n=days),
            _to("times", current),
        )
    if current.status == "open" and not is_of_people and state != "waiting":
        boards = read_progress(current_repository(), snapshot)
        silent = sum(one.status == "not_started" for board in boards for one in board.clusters)
        if silent:
            said = npgettext(
                "manage year", "%(n)s cluster has not begun", "%(n)s clusters have not begun", silent, n=silent
            )
            yield said, url_for("manage.following", round_id=current.id, status="not_started")
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
    if current.status == "closed" and is_of_people and not is_released:
        if asked_for_words(snapshot):
            yield pgettext("manage year", "Read what people wrote"), _to("reading", current)
        yield pgettext("manage year", "Release the figures"), _to("workbook", current)


def _to(page: str, current: Round) -> str:
    return url_for(f"manage.{page}", round_id=current.id)
