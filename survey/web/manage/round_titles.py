"""What rounds and editions are called, in the language of the page."""

from contextlib import suppress
from typing import Any

from survey.collection.errors import DomainError
from survey.collection.rounds.opening import newest_cluster_list
from survey.collection.rounds.round import Round
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.storage.repository import Unreadable
from survey.web.manage.draft_sources import draft_title
from survey.web.respond.respondent import questionnaire_title
from survey.web.site.environment import current_repository
from survey.web.site.translations import project


def round_title(listed: Round) -> str:
    """The title of its questionnaire; its id where that cannot be read."""
    with suppress(Unreadable):
        if listed.snapshot_digest:
            return questionnaire_title(load_snapshot(current_repository(), listed.id))
        return draft_title(listed)
    return listed.id


def edition_title(questionnaire: str, edition: str) -> str:
    """The title of a questionnaire in its edition; the id of the questionnaire while that cannot be said."""
    with suppress(DomainError):
        clusters = newest_cluster_list(project().shelf)
        return draft_title(Round(questionnaire, questionnaire, edition, "", clusters))
    return questionnaire


def round_heading(snapshot: RoundSnapshot) -> dict[str, Any]:
    """What the heading of a page of a round says."""
    return {"round": snapshot.round, "questionnaire": questionnaire_title(snapshot)}
