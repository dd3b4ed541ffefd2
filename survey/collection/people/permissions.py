"""Who may do what: one table of roles and actions.

Pages (`survey/web/manage/permissions.py`) and commands (`survey/commands/permissions.py`) name the action that they
are; what a role may do is said here alone, and `docs/national-team.md` shows it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from survey.languages import Phrase

Role = Literal["national", "health_board", "translator", "author", "reader"]
ROLES: tuple[Role, ...] = get_args(Role)
ROLE_WORDS: Mapping[Role, Phrase] = {
    "national": Phrase("role", "National team"),
    "health_board": Phrase("role", "Health board team"),
    "translator": Phrase("role", "Translator"),
    "author": Phrase("role", "Author of questionnaires"),
    "reader": Phrase("role", "Reader"),
}

EVERYBODY: frozenset[Role] = frozenset(ROLES)
OF_ROUNDS: frozenset[Role] = frozenset(("national", "reader", "health_board"))
ALL_OF_WALES: frozenset[Role] = frozenset(("national", "reader"))
NATIONAL: frozenset[Role] = frozenset(("national",))


@dataclass(frozen=True, slots=True)
class Action:
    """Something that one may do. A health board team does it with the clusters of its own board alone."""

    about: str
    roles: frozenset[Role]


ACTIONS: Mapping[str, Action] = {
    "sign_in": Action("sign in, change one’s own password and second factor", EVERYBODY),
    "follow": Action("see how clusters stand", OF_ROUNDS),
    "read_responses": Action("read, print and download what clusters submitted, with files and story", OF_ROUNDS),
    "packs": Action("download meeting packs and peer review packs", OF_ROUNDS),
    "posters": Action("see how a survey of people goes, and print its posters", ALL_OF_WALES),
    "national_files": Action("download the national workbook, the report, data and released figures", ALL_OF_WALES),
    "dashboard": Action("see the dashboard: a health board team its own figures beside those of Wales", OF_ROUNDS),
    "translate": Action("see, change, review, download and upload Welsh texts", frozenset(("national", "translator"))),
    "heed_translators": Action(
        "read what translators say of the English, and say that it was seen to",
        frozenset(("national", "translator", "author")),
    ),
    "write_questionnaires": Action(
        "see, add, change and take away editions of questionnaires", frozenset(("national", "author"))
    ),
    "reopen": Action("reopen a response", NATIONAL),
    "query": Action("ask a cluster about its answers, and close what was asked", NATIONAL),
    "run_rounds": Action(
        "create, assign, open, invite to, close, reword, keep and remove a round, and erase a response", NATIONAL
    ),
    "write_report": Action("write and gather the team’s words for the report, and give its template", NATIONAL),
    "read_people": Action("read what people wrote in a survey, release it, and put it under themes", NATIONAL),
    "exact_figures": Action("take out exact figures and single responses of people, with a reason", NATIONAL),
    "correct_release": Action("release figures, correct, publish and withdraw them", NATIONAL),
    "see_log": Action("see who did, saw and downloaded what", NATIONAL),
    "feed_keys": Action("make, list and revoke keys for the feed of indicators", NATIONAL),
    "accounts": Action("invite, change, disable and sign out accounts", NATIONAL),
}


def may(role: Role, action: str) -> bool:
    """Whether a role may do an action of the table."""
    return role in ACTIONS[action].roles
