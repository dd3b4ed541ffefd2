"""Who is signed in with an account, and the log of what they do."""

from flask import current_app, g, session

from survey.collection.people.accounts import Account, read_account
from survey.collection.people.audit_log import note
from survey.web.site.clock import now
from survey.web.site.session import begin_session
from survey.web.site.storage import current_repository

SIGNED_IN = "account"


def account_in_session() -> Account | None:
    """The account that is signed in; None when nobody is, or it was disabled or given a new password since."""
    match session.get(SIGNED_IN):
        case [str(name), int(generation)]:
            account = read_account(current_repository(), name)
        case _:
            return None
    if account is None or account.disabled or account.generation != generation:
        return None
    return account if current_app.config["DEMO"] or not account.demonstration else None


def sign_in_as(account: Account) -> None:
    """Sign an account in, for this request too."""
    begin_session(SIGNED_IN, account.name, account.generation)
    g.account = account


def audit(what: str, **details: str) -> None:
    """Keep in the log what the account that is signed in did."""
    note(current_repository(), now(), g.account.name, what, **details)
