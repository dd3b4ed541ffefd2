"""What each command is, as an action of the one table of who may do what.

Whoever may use the machine may use every command: so the table is asked only about the account that is answerable for
what a command takes out of the service, or makes of what people wrote.
"""

from collections.abc import Mapping

from survey.collection.people.accounts import Account, account_allowed
from survey.storage.repository import Repository

MACHINE = "machine"
"""What only whoever runs the machine does: no role does it on pages."""

_ADDING = ("add", "added", "withdraw", "export")
_OF_AUTHORS = ("list", "check", "diff", "schema", "new", "copy", "explain", "to-xlsx", "from-xlsx", *_ADDING)
_COMMANDS_OF: Mapping[str, tuple[str, ...]] = {
    "follow": ("rounds list", "rounds show", "rounds outcomes", "rounds status", "clusters list", "clusters export"),
    "read_responses": ("responses show",),
    "packs": ("export meeting-pack", "export board-workbook", "export peer-review"),
    "posters": ("links posters",),
    "national_files": (
        "export workbook",
        "export report",
        "export words",
        "export check",
        "releases list",
        "releases files",
    ),
    "translate": tuple(
        f"translations {name}"
        for name in (
            "diff",
            "push",
            "pull",
            "consistency",
            "export",
            "comments",
            "extract",
            "update",
            "check",
            "compile",
            "status",
            "review",
            "pseudo",
        )
    ),
    "reopen": ("rounds reopen",),
    "query": ("queries list", "queries ask", "queries write", "queries close"),
    "run_rounds": (
        *(f"rounds {name}" for name in ("create", "copy", "assign", "delete", "open", "close", "due")),
        *(f"rounds {name}" for name in ("reschedule", "extend", "grace", "end-grace", "reword")),
        *(
            "rounds invite",
            "rounds link",
            "rounds revoke",
            "links list",
            "links revoke",
            "clusters check",
            "clusters import",
        ),
        *(f"contacts {name}" for name in ("import", "template", "add", "change", "list", "erase")),
        *(f"post {name}" for name in ("invite", "remind", "preview", "send", "list", "again")),
        *("responses import", "responses take-in", "responses export", "responses erase"),
    ),
    "write_report": ("export report-template",),
    "read_people": ("comments list", "comments release", "comments withhold"),
    "exact_figures": ("export data",),
    "correct_release": tuple(f"releases {name}" for name in ("make", "correct", "publish", "withdraw")),
    "see_log": ("log list", "log export"),
    "feed_keys": ("feed add", "feed list", "feed revoke"),
    "accounts": (
        "accounts add",
        "accounts change",
        "accounts email",
        "accounts enable",
        "accounts invite",
        "accounts link",
        "accounts list",
        "accounts take-factor",
        "accounts disable",
        "accounts reset",
        "sessions list",
        "sessions end",
    ),
    MACHINE: (
        *(f"retention {name}" for name in ("list", "keep", "purge")),
        "clusters held",
        *(f"data {name}" for name in ("check", "verify", "put-back", "accept-loss", "move", "upgrade")),
        *(f"data {name}" for name in ("backup", "backups", "rehearse", "restore")),
        *(f"data {name}" for name in ("rotate-secret", "drop-secrets", "new-secret")),
        "data purge",
        "demo load",
        *(f"questionnaires {name}" for name in _OF_AUTHORS),
    ),
}

ACTION_OF: Mapping[str, str] = {command: action for action, commands in _COMMANDS_OF.items() for command in commands}


def answerable(repository: Repository, command: str, name: str) -> Account | None:
    """The account with this name, if it may do what a command does; None otherwise."""
    return account_allowed(repository, name, ACTION_OF[command])
