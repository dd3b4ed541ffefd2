"""Today's files for a round in draft, and what in them or in the round stands in the way of opening it."""

import hashlib
import re
from functools import lru_cache
from http import HTTPStatus

from flask import abort, redirect, request, url_for

from survey.collection.editions.changes import EDITIONS
from survey.collection.errors import DomainError
from survey.collection.rounds.cautions import cautions
from survey.collection.rounds.cluster_lists import CLUSTER_LISTS
from survey.collection.rounds.clusters import HealthBoard, clusters_from
from survey.collection.rounds.opening import Gate, editions, obstacles, read_sources
from survey.collection.rounds.round import Round, read_round
from survey.collection.rounds.snapshot import RoundSources
from survey.collection.translation.changes import TRANSLATORS
from survey.collection.translation.publication import gate_of_readers
from survey.languages import Language, MissingText, Phrase
from survey.questionnaire.builder import framework_from, questionnaire_from
from survey.questionnaire.findings import DefinitionError, line
from survey.questionnaire.framework import Outcome
from survey.web.manage.auth import NO_SUCH_ROUND
from survey.web.manage.notices import told
from survey.web.respond.respondent import name_key
from survey.web.site.environment import current_repository, now
from survey.web.site.errors import ExplainedError
from survey.web.site.language import current_language
from survey.web.site.translations import project, translators_repository

_CATALOGUE = re.compile(r"([\w-]+)\.po:")
"""The catalogue that a finding of the gate names with its place."""
GONE = Phrase("manage done", "There is no such draft any more. Nothing was changed.")
OPENED_ALREADY = Phrase("manage done", "Nothing was changed: this round has been opened already.")
Obstacle = tuple[str, str]
"""What stands in the way, and the address of where it is mended; none where no page mends it."""


def drafted(round_id: str) -> Round:
    """A round in draft; on to the round itself once it has been opened. Where there is none, 404 for who looks, and for
    who sends a form the first page, which says so."""
    try:
        current = read_round(current_repository(), round_id)
    except DomainError:
        if request.method == "POST":
            abort(told(url_for("manage.home"), GONE))
        raise ExplainedError(HTTPStatus.NOT_FOUND, *NO_SUCH_ROUND) from None
    if current.status != "draft":
        address = url_for("manage.status", round_id=round_id)
        abort(told(address, OPENED_ALREADY) if request.method == "POST" else redirect(address, HTTPStatus.SEE_OTHER))
    return current


def sources_of(current: Round) -> RoundSources:
    """The files that the round would be opened with, read once as long as they stay as they are. Raises DomainError."""
    try:
        return _sources(_state_of_files(), current.questionnaire, current.edition, current.cluster_list)
    except DefinitionError as refused:
        said = "; ".join(line(finding, current_language()) for finding in refused.findings)
        raise DomainError("gate", finding=said) from None


def in_the_way(current: Round) -> tuple[list[Obstacle], Gate]:
    """Everything that stands in the way of opening the round now, and the gate that has said so and need not look
    again.
    """
    try:
        sources = sources_of(current)
    except DomainError as refused:
        return [(refused.say(current_language()), "")], lambda _: []
    named = current.questionnaire, current.edition, current.cluster_list

    def gate(catalogues: tuple[str, ...]) -> list[str]:
        return list(_findings(_state_of_files(), _state_of_words(), current_language(), named, catalogues))

    obstacles_now = obstacles(current_repository(), current.id, sources, gate, now())
    findings = [obstacle.values["finding"] for obstacle in obstacles_now if obstacle.code == "gate"]
    stated = [(obstacle.say(current_language()), _where(current, obstacle)) for obstacle in obstacles_now]
    return stated, lambda _: findings


def to_know(current: Round) -> list[str]:
    """What whoever opens the round should know first, though it does not stand in the way."""
    cautions_now = cautions(current_repository(), current, editions(project().shelf))
    return [caution.say(current_language()) for caution in cautions_now]


@lru_cache(maxsize=16)
def _sources(_files: str, questionnaire: str, edition: str, cluster_list: str) -> RoundSources:
    places = project()
    return read_sources(places.questionnaires, questionnaire, edition, cluster_list, places.shelf.added)


@lru_cache(maxsize=16)
def _findings(
    files: str, _words: str, language: Language, named: tuple[str, str, str], catalogues: tuple[str, ...]
) -> tuple[str, ...]:
    """What the translation gate finds, looked for once as long as files and words stay as they are."""
    sources = _sources(files, *named)
    return tuple(gate_of_readers(translators_repository(), project(), language, sources)(catalogues))


def _state_of_files() -> str:
    """What tells the definitions and catalogues from what they were before, without reading them."""
    folders = (project().questionnaires, project().translations)
    paths = (
        path for folder in folders for path in folder.rglob("*") if path.suffix in (".json", ".po", ".txt", ".csv")
    )
    stats = ((path, path.stat()) for path in sorted(paths) if path.name != "found.json")
    lines = "".join(f"{path} {stat.st_ino} {stat.st_mtime_ns} {stat.st_size}\n" for path, stat in stats)
    return hashlib.sha256(f"{lines}{_revisions()}".encode()).hexdigest()


def _revisions() -> str:
    """What tells the editions and lists that were added from what they were before."""
    return " ".join(translators_repository().revision(place) for place in (EDITIONS, CLUSTER_LISTS))


def _state_of_words() -> str:
    """What tells what translators have changed on the pages from what it was before."""
    return translators_repository().revision(TRANSLATORS)


def draft_title(current: Round) -> str:
    """The title of the questionnaire of a draft, as its file has it today; the id of the round while that cannot be
    said.
    """
    try:
        questionnaire = questionnaire_from(sources_of(current).definition)
        return current_language().message(questionnaire.id, questionnaire.title.key, questionnaire.title.english)
    except (DomainError, MissingText):
        return current.id


def outcome_names(sources: RoundSources) -> dict[str, str]:
    """The names of the outcomes that can be assigned, by id, in the order of the framework."""
    outcomes = framework_from(sources.framework).outcomes if sources.framework else ()
    return {outcome.id: _name(outcome) for outcome in outcomes}


def boards_of(sources: RoundSources) -> list[HealthBoard]:
    """The health boards of the list of clusters, by name."""
    return sorted(clusters_from(sources.clusters).health_boards, key=name_key)


def rows_of_boards(current: Round) -> list[tuple[HealthBoard, list[str]]]:
    """Each health board with the names of its outcomes; none while the files cannot be read, or where the questionnaire
    asks about no outcomes."""
    try:
        sources = sources_of(current)
    except DomainError:
        return []
    names = outcome_names(sources)
    if not names:
        return []
    return [
        (board, [names.get(outcome, outcome) for outcome in current.assigned(board.code)])
        for board in boards_of(sources)
    ]


def _name(outcome: Outcome) -> str:
    """Its name; its id as long as the name is not translated, which is one of the things that stand in the way."""
    try:
        return current_language().message("framework", outcome.name.key, outcome.name.english)
    except MissingText:
        return outcome.id


def _where(current: Round, obstacle: DomainError) -> str:
    match obstacle.code:
        case "no_assignment" | "unknown_outcome":
            return url_for("manage.draft_outcomes", round_id=current.id)
        case "times_reversed":
            return url_for("manage.draft", round_id=current.id, _anchor="closes")
        case "overlapping_round":
            return url_for("manage.closing", round_id=obstacle.values["round"])
        case "gate":
            catalogue = _CATALOGUE.search(obstacle.values["finding"])
            if catalogue:
                return url_for("manage.catalogue", catalogue=catalogue[1], show="needs-you")
            return url_for("manage.translations")
    return ""
