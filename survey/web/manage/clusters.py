"""The clusters there are and were, by health board: names in both languages, from when to when, and their contacts."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import g, render_template

from survey.collection.people.contact_checks import Contact
from survey.collection.people.contacts import contacts_by_cluster
from survey.collection.rounds.clusters import Cluster, ClusterList, HealthBoard
from survey.languages import UK
from survey.web.manage.auth import blueprint, permits, sees_board
from survey.web.manage.invitations.cluster_filter import narrowing, narrowing_choices
from survey.web.manage.people.boards import newest_clusters
from survey.web.respond.respondent import name_key
from survey.web.site.environment import current_repository, now
from survey.web.site.language import current_language


@blueprint.get("/clusters")
def clusters() -> str:
    """The newest list, as far as the account sees it, those that have ended last in each health board."""
    listed = newest_clusters()
    may_see_contacts = permits(g.account, "manage.contacts")
    contacts = contacts_by_cluster(current_repository()) if may_see_contacts else {}
    seen = [board for board in listed.health_boards if sees_board(g.account, board.code)] if listed else []
    boards = list(_boards(listed, seen, contacts)) if listed else []
    asked = narrowing()
    choices = narrowing_choices(seen)
    if not may_see_contacts:
        del choices["contact"]
    narrowed_boards = [(name, [row for row in rows if asked.fits(*row["sought"])]) for name, rows in boards]
    return render_template(
        "manage/clusters.html",
        list_id=listed.id if listed else "",
        boards=[(name, rows) for name, rows in narrowed_boards if rows],
        shown=sum(len(rows) for _, rows in narrowed_boards),
        of_all=sum(len(rows) for _, rows in boards),
        asked=asked,
        choices=choices,
        may_see_contacts=may_see_contacts,
        may_change=permits(g.account, "manage.cluster_list"),
    )


def _boards(
    listed: ClusterList, seen: Sequence[HealthBoard], contacts: Mapping[str, Sequence[Contact]]
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    code, today = current_language().code, now().astimezone(UK).date()

    def has_ended(cluster: Cluster) -> bool:
        return cluster.valid_to is not None and cluster.valid_to <= today

    for board in sorted(seen, key=name_key):
        own = sorted(listed.of_board(board.code), key=lambda cluster: (has_ended(cluster), name_key(cluster)))
        rows = [
            {
                "cluster": cluster,
                "contacts": len(contacts.get(cluster.code, ())),
                "sought": (board.code, (cluster.code, *cluster.names.values()), contacts.get(cluster.code, ())),
                "was": [earlier.name(code) for earlier in map(listed.cluster, cluster.was) if earlier],
                "became": [later.name(code) for later in listed.became(cluster.code)],
            }
            for cluster in own
        ]
        yield board.name(code), rows
