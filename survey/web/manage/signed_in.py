"""Who is signed in with an account, kept in the signed session of the browser."""

from flask import current_app, g, session

from survey.collection.people.accounts import Account, read_account
from survey.collection.people.audit_log import note
from survey.storage.repository import Repository
from survey.web.site.clock import now

SIGNED_IN = "account"


def the_repository() -> Repository:
    """The repository of this application."""
    found: Repository = current_app.extensions["repository"]
    return found


def signed_in() -> Account | None:
    """The account that is signed in; None when nobody is, or it was disabled or given a new password since."""
    match session.get(SIGNED_IN):
        case [str(name), int(generation)]:
            account = read_account(the_repository(), name)
        case _:
            return None
    if account is None or account.disabled or account.generation != generation:
        return None
    return account if current_app.config["DEMO"] or not account.demonstration else None


def remember(account: Account) -> None:
    """Keep in the browser who signed in. Whoever was signed in there before no longer is."""
    session.clear()
    session[SIGNED_IN] = [account.name, account.generation]
    session.permanent = True


def note_for(what: str, **details: str) -> None:
    """Keep in the log what the account that is signed in did."""
    note(the_repository(), now(), g.account.name, what, **details)
