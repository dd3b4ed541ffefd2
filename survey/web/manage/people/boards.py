"""The health boards of the newest list of clusters, to which an account may belong."""

from survey.collection.errors import DomainError
from survey.collection.rounds import opening
from survey.collection.rounds.clusters import ClusterList, HealthBoard
from survey.web.respond.respondent import name_key
from survey.web.site.language import current_language
from survey.web.site.translations import project


def health_boards() -> list[HealthBoard]:
    """In the order of the page’s alphabet; none where there is no list."""
    clusters = newest_clusters()
    return sorted(clusters.health_boards, key=name_key) if clusters else []


def newest_clusters() -> ClusterList | None:
    """The newest list of clusters; None where there is none."""
    shelf = project().shelf
    try:
        return opening.newest_clusters(shelf)
    except DomainError:
        return None


def board_name(code: str | None) -> str:
    """The name of a board in the language of the page; its code if no list has it any more, empty for none."""
    names = {board.code: board.name(current_language().code) for board in health_boards()}
    return names.get(code, code) if code else ""
