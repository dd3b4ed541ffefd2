"""The shape of every kind of record: what does not fit is unreadable like a torn file, for its own readers alone.

A shape is a type; a list of one shape, for lists; a tuple, for one of several; a function that raises ValueError or
TypeError for what it does not take; or a dict of fields. There a name that ends in “?” may be missing, and `...` gives
the shape of all fields that are not named; without it there are no others.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from survey.collection.backups import BACKUPS
from survey.collection.clock import CLOCK
from survey.collection.people.account_links import ACCOUNT_LINKS
from survey.collection.people.account_resets import ACCOUNT_EMAILS, ACCOUNT_RESETS
from survey.collection.people.accounts import ACCOUNTS, EVENTS, LOG
from survey.collection.people.begun_acts import BEGUN_ACTS
from survey.collection.people.contacts import CONTACTS
from survey.collection.people.feed_keys import FEED_KEYS
from survey.collection.people.feed_limits import FEED_LIMITS
from survey.collection.people.held_lists import HELD_LISTS, LIST_KINDS
from survey.collection.people.messages import KINDS, MESSAGES, STATES
from survey.collection.people.permissions import ROLES
from survey.collection.people.provider_accounts import PROVIDER_ACCOUNTS
from survey.collection.people.rate_limits import LIMITS
from survey.collection.people.second_factor import SECOND_FACTORS
from survey.collection.people.sessions import SESSIONS
from survey.collection.people.sign_in_links import SIGN_IN_LINKS
from survey.collection.responses.response import STATUSES
from survey.collection.rounds.round import ROUND
from survey.storage.repository import Place, Record

Shape = Any
FieldCheck = Callable[[Any], str | None]
NONE = type(None)


def moment(value: str) -> None:
    """A moment with its offset from UTC, as ISO 8601 writes it."""
    if datetime.fromisoformat(value).tzinfo is None:
        raise ValueError("a moment without an offset")


def one_of(*values: str) -> Callable[[Any], None]:
    """One of some texts."""

    def check(value: Any) -> None:
        if value not in values:
            raise ValueError(value)

    return check


_FILE = {"id": str, "page": str, "name": str, "kind": str, "size": int, "digest": str, "at": moment, "by": str}
_SAVE = {"at": moment, "by": str, "sitting": str, "revision": int, "was": dict}
_ANSWERS = dict
_WRITTEN_IN = {...: str}
_SUBMITTED = {...: {"answers": _ANSWERS, "written_in": _WRITTEN_IN}}
_PAGE = {
    "revision": int,
    "answers": _ANSWERS,
    "written_in": _WRITTEN_IN,
    "saved_at": moment,
    "saved_in": str,
    "saves?": [_SAVE],
}
_SUBMISSION = {
    "number": int,
    "submitted_at": moment,
    "submitted_in": str,
    "frozen": str,
    "text_revision": int,
    "pages": _SUBMITTED,
    "files?": [_FILE],
}
_NOTE = {
    "id": str,
    "page": str,
    "text": str,
    "language": str,
    "by": str,
    "sitting": str,
    "at": moment,
    "settled": bool,
}
_ENTRY = {
    "id": str,
    "side": one_of("team", "cluster"),
    "text": str,
    "language": str,
    "by": str,
    "at": moment,
    "asks_reopening": bool,
}
_QUERY = {
    "id": str,
    "submission": int,
    "page": str,
    "question": str,
    "item": str,
    "part": str,
    "entries": [_ENTRY],
    "closed_at": (moment, NONE),
    "closed_by": str,
}
_UNFINISHED = {"page": str, "fields": [[str]], "at": moment, "place?": [(str, {...: str})]}

SHAPES: tuple[tuple[Place, str, Shape], ...] = (
    (
        ACCOUNTS,
        "*",
        {
            "name": str,
            "role": one_of(*ROLES),
            "health_board": (str, NONE),
            "password_hash": str,
            "disabled?": bool,
            "generation?": int,
            "demonstration?": bool,
            "added_at?": moment,
        },
    ),
    (ACCOUNT_LINKS, "*", {"digest": str, "made_at": moment, "used_at": (moment, NONE)}),
    (PROVIDER_ACCOUNTS, "*", {"account": str}),
    (ACCOUNT_EMAILS, "*", {"email": str}),
    (ACCOUNT_RESETS, "*", {"asked_at": moment, "waits": bool}),
    (BEGUN_ACTS, "*", {"at": moment, "who": str, "act": str, "round": str}),
    (FEED_KEYS, "*", {"digest": str, "made_at": moment, "made_by": str, "revoked_at": (moment, NONE)}),
    (SECOND_FACTORS, "*", {"secret": str, "confirmed": bool, "last_step": int, "recovery": [str]}),
    (
        CONTACTS,
        "*",
        {
            "cluster": str,
            "name": str,
            "role": str,
            "email": str,
            "language": one_of("cy", "en"),
            "listed_on?": date.fromisoformat,
        },
    ),
    (
        ("rounds", "*", MESSAGES),
        "*",
        {
            "contact": str,
            "cluster": str,
            "kind": one_of(*KINDS),
            "day": str,
            "state": one_of(*STATES),
            "attempts": int,
            "next_try": moment,
            "changed_at": moment,
            "said": str,
        },
    ),
    (HELD_LISTS, "*", {"id": str, "at": moment, "kind": one_of(*LIST_KINDS), "listed": str}),
    (FEED_LIMITS, "*", {"used": (int, float), "since": moment}),
    (LIMITS, "*", {"failures": [moment], ...: object}),
    (LOG, f"{EVENTS}.log", {"at": moment, "who": str, "what": str, ...: object}),
    (BACKUPS, "*", {"at": moment}),
    (CLOCK, "*", {"day": date.fromisoformat, "since": date.fromisoformat}),
    (SESSIONS, "*", {"whose": [str], "began": moment}),
    (
        ("rounds", "*"),
        ROUND,
        {
            "id": str,
            "questionnaire": str,
            "edition": str,
            "reporting_year": str,
            "cluster_list": str,
            "status": one_of("draft", "open", "closed"),
            "opens": (moment, NONE),
            "closes": (moment, NONE),
            "assignments": {...: [str]},
            "frozen": (str, NONE),
            "text_revision?": int,
            "demonstration?": bool,
        },
    ),
    (("rounds", "*"), "opening", {"digest": str, "at": moment}),
    (("rounds", "*"), "retention", {"until": str, "by": str, "reason": str, "at": moment}),
    (("rounds", "*", "graces"), "*", {"until": moment, "by": str, "reason": str, "at": moment}),
    (("rounds", "*", "access"), "*", {"cluster": str, "hash": (str, NONE), "issued": int, ...: object}),
    (("rounds", "*", "links"), "*", {"cluster": str, "revoked": bool, ...: object}),
    (
        ("rounds", "*", SIGN_IN_LINKS),
        "*",
        {
            "digest": str,
            "cluster": str,
            "contact": str,
            "issued": int,
            "made_at": moment,
            "used_at": (moment, NONE),
        },
    ),
    (
        ("rounds", "*", "reflection"),
        "*",
        {
            "id": str,
            "round": str,
            "cluster": str,
            "status": one_of(*STATUSES),
            "pages": {...: _PAGE},
            "submissions": [_SUBMISSION],
            "history": [{"at": moment, "what": str, ...: object}],
            "files?": [_FILE],
        },
    ),
    (("rounds", "*", "files"), "*", {"cluster": str, "digest": str, "at": moment, "content": str}),
    (("rounds", "*", "notes"), "*", {"notes": [_NOTE]}),
    (("rounds", "*", "queries"), "*", {"queries": [_QUERY]}),
    (("rounds", "*", "presence"), "*", {...: {"name": str, "page": str, "at": moment}}),
    (("rounds", "*", "unfinished"), "*", {...: _UNFINISHED}),
    (
        ("rounds", "*", "skills", "drafts"),
        "*",
        {
            "cluster": str,
            "response": str,
            "day": date.fromisoformat,
            "pages": _SUBMITTED,
            "seen?": [str],
            "resume?": str,
        },
    ),
    (("rounds", "*", "skills", "resume"), "*", {"draft": str, "secret?": str}),
    (("rounds", "*", "skills", "endings"), "*", {"count": int}),
    (
        ("rounds", "*", "skills", "responses"),
        "*",
        {
            "round": str,
            "frozen": str,
            "text_revision": int,
            "cluster": str,
            "submitted_in": str,
            "pages": _SUBMITTED,
        },
    ),
)
"""By place and key, “*” for any; entries of a log by the name of its file.

A kind that is not here is held against its shape by the module that reads it.
"""


def misfit(place: Place, key: str, record: Record) -> str:
    """What keeps a record from being one of its kind, without a word of what is in it; empty when nothing does."""
    for name, check in _checks_of(place):
        if name in ("*", key):
            fault = check(record)
            return "" if fault is None else f"the record does not have the shape of its kind: look at “{fault}”"
    return ""


@lru_cache(maxsize=1024)
def _checks_of(place: Place) -> tuple[tuple[str, FieldCheck], ...]:
    """What records of a place are held against, by the names for which it is."""
    return tuple(
        (name, check)
        for pattern, name, check in _CHECKS
        if len(pattern) == len(place) and all(map(_is_or_any, pattern, place))
    )


def _is_or_any(wanted: str, part: str) -> bool:
    return wanted in ("*", part)


def _check_of(shape: Shape) -> FieldCheck:
    """What says where a value does not have a shape, and None where it has it. Every record that is read is held
    against its shape: so what to look at is settled once, and a place is named only where there is a fault."""
    match shape:
        case dict():
            return _check_of_fields(shape)
        case [*shapes] if isinstance(shape, tuple):
            return _check_of_any([_check_of(alternative) for alternative in shapes])
        case [inner]:
            return _check_of_items(_check_of(inner))
        case type():
            # In Python a truth value is a number, too.
            other = bool if shape is int else ()
            return lambda value: None if isinstance(value, shape) and not isinstance(value, other) else ""
    return _check_by(shape)


def _check_by(takes: Callable[[Any], object]) -> FieldCheck:
    def check(value: Any) -> str | None:
        try:
            takes(value)
        except (TypeError, ValueError):
            return ""
        return None

    return check


def _check_of_any(checks: list[FieldCheck]) -> FieldCheck:
    def check(value: Any) -> str | None:
        for shape_check in checks:
            if shape_check(value) is None:
                return None
        return ""

    return check


def _check_of_items(inner: FieldCheck) -> FieldCheck:
    def check(value: Any) -> str | None:
        if not isinstance(value, list):
            return ""
        for number, item in enumerate(value):
            fault = inner(item)
            if fault is not None:
                return _within(f"[{number}]", fault)
        return None

    return check


def _check_of_fields(shape: Mapping[Any, Shape]) -> FieldCheck:
    needed: list[str] = [name for name in shape if name is not ... and not name.endswith("?")]
    named = {name.removesuffix("?"): _check_of(inner) for name, inner in shape.items() if name is not ...}
    others: FieldCheck | None = _check_of(shape[...]) if ... in shape else None

    def check(value: Any) -> str | None:
        if not isinstance(value, dict):
            return ""
        for name in needed:
            if name not in value:
                return name
        for name, item in value.items():
            shape_check = named.get(name, others)
            fault = "" if shape_check is None else shape_check(item)
            if fault is not None:
                return _within(str(name), fault)
        return None

    return check


def _within(outer: str, fault: str) -> str:
    """Where a fault is, seen from what is around it."""
    return outer + (f".{fault}" if fault and not fault.startswith("[") else fault)


_CHECKS = tuple((pattern, name, _check_of(shape)) for pattern, name, shape in SHAPES)
