"""Who may do what: one table of pages and roles. A test holds it against the pages there are."""

from collections.abc import Mapping

from flask import abort, g

from survey.collection.errors import DomainError
from survey.collection.people.accounts import ROLES, Account, Role
from survey.collection.rounds.clusters import Cluster
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.web.site.environment import current_repository

ALL_ROLES: frozenset[Role] = frozenset(ROLES)
ROUND_ROLES: frozenset[Role] = frozenset(("national", "reader", "health_board"))
NATIONWIDE_ROLES: frozenset[Role] = frozenset(("national", "reader"))
NATIONAL_ROLES: frozenset[Role] = frozenset(("national",))

PUBLIC = frozenset(("manage.sign_in", "manage.sign_out"))
"""Pages for people who are not signed in."""

PERMITTED: Mapping[str, frozenset[Role]] = {
    "manage.home": ALL_ROLES,
    "manage.status": ROUND_ROLES,
    "manage.poster": NATIONWIDE_ROLES,
    "manage.response": ROUND_ROLES,
    "manage.reopen": NATIONAL_ROLES,
    "manage.workbook": NATIONWIDE_ROLES,
    "manage.make_workbook": NATIONWIDE_ROLES,
    "manage.workbook_file": NATIONWIDE_ROLES,
}


def permits(account: Account, page: str) -> bool:
    """Whether the account's role may use a page."""
    return account.role in PERMITTED.get(page, frozenset())


def sees_board(account: Account, board_code: str) -> bool:
    """Whether the account may see the clusters of a health board: a health board team sees its own."""
    return account.role != "health_board" or account.health_board == board_code


def opened(round_id: str) -> RoundSnapshot:
    """A round that has been opened; 404 for any other."""
    try:
        return load_snapshot(current_repository(), round_id)
    except DomainError:
        abort(404)


def seen_cluster(snapshot: RoundSnapshot, cluster_code: str) -> Cluster:
    """A cluster of the round that the account may see; 404 or 403 for any other."""
    try:
        cluster = snapshot.cluster(cluster_code)
    except DomainError:
        abort(404)
    if not sees_board(g.account, cluster.health_board):
        abort(403)
    return cluster
