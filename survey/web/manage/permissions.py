"""Who may do what: one table of pages and roles. A test holds it against the pages there are."""

from collections.abc import Mapping

from survey.collection.people.accounts import ROLES, Account, Role

EVERYBODY: frozenset[Role] = frozenset(ROLES)
ON_ROUNDS: frozenset[Role] = frozenset(("national", "reader", "health_board"))
ON_WALES: frozenset[Role] = frozenset(("national", "reader"))
NATIONAL: frozenset[Role] = frozenset(("national",))

OPEN = frozenset(("manage.sign_in", "manage.sign_out"))
"""Pages for people who are not signed in."""

PERMITTED: Mapping[str, frozenset[Role]] = {
    "manage.home": EVERYBODY,
    "manage.status": ON_ROUNDS,
    "manage.poster": ON_WALES,
    "manage.response": ON_ROUNDS,
    "manage.reopen": NATIONAL,
    "manage.workbook": ON_WALES,
    "manage.make_workbook": ON_WALES,
    "manage.workbook_file": ON_WALES,
}


def permits(account: Account, page: str) -> bool:
    """Whether the account's role may use a page."""
    return account.role in PERMITTED.get(page, frozenset())


def sees_board(account: Account, board_code: str) -> bool:
    """Whether the account may see the clusters of a health board: a health board team sees its own."""
    return account.role != "health_board" or account.health_board == board_code
