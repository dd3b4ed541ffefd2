"""Choosing a new password without help: where the owner of an account gets an e-mail, and who has asked for one.

Records at (account_emails,), <name of the account>: {email}, and at (account_resets,), <name>: {asked_at, waits}. No
link is kept here: it is made when its e-mail goes out, so that nothing that opens an account lies anywhere.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from survey.collection.errors import DomainError
from survey.collection.people.account_links import make_link, new_token
from survey.collection.people.accounts import read_account
from survey.collection.people.e_mail_address import flaw_of_address, is_email_address
from survey.collection.people.mail_server import AGAIN, DeliveryOutcome
from survey.storage.repository import Repository, Unreadable

ACCOUNT_EMAILS, ACCOUNT_RESETS = ("account_emails",), ("account_resets",)
AGAIN_AFTER = timedelta(minutes=10)
"""How long after asking one can ask again."""
WAITS = timedelta(hours=1)
"""How long somebody who has asked goes on wanting the e-mail, if the mail server is away."""


def set_account_email(repository: Repository, name: str, email: str) -> None:
    """Keep where an account gets its e-mail; an empty one takes it away. Raises DomainError("bad_email")."""
    if not email:
        repository.delete(ACCOUNT_EMAILS, name)
        return
    if not is_email_address(email):
        raise DomainError("bad_email", given=email, why=flaw_of_address(email))
    repository.write(ACCOUNT_EMAILS, name, {"email": email})


def account_email(repository: Repository, name: str) -> str:
    """Where an account gets its e-mail; nothing when it has said none."""
    record = repository.read(ACCOUNT_EMAILS, name)
    return str(record["email"]) if record else ""


def ask_for_reset(repository: Repository, name: str, now: datetime) -> bool:
    """Have an e-mail wait for an account. False, and nobody is told so, where there is no such account, it is disabled
    or has no address, or it has asked a moment ago."""
    account = read_account(repository, name)
    if account is None or account.disabled or not account_email(repository, name):
        return False
    record = repository.read(ACCOUNT_RESETS, name)
    if record and timedelta(0) <= now - datetime.fromisoformat(record["asked_at"]) < AGAIN_AFTER:
        return False
    repository.write(ACCOUNT_RESETS, name, {"asked_at": now.isoformat(), "waits": True})
    return True


def send_resets(
    repository: Repository, deliver: Callable[[str, str, str], DeliveryOutcome], now: datetime
) -> list[str]:
    """Send what waits, and say to which accounts it went. `deliver` takes account, address and the secret of the link.

    Each is claimed first: whoever is killed over it sends nothing twice, and the owner can ask again.
    """
    sent = []
    for name, record in repository.read_all(ACCOUNT_RESETS):
        if isinstance(record, Unreadable) or not record["waits"] or not _claimed(repository, name, now):
            continue
        email, token = account_email(repository, name), new_token()
        try:
            make_link(repository, name, token, now)
        except DomainError:
            continue
        outcome = deliver(name, email, token) if email else None
        if outcome and outcome.state == AGAIN:
            repository.write(ACCOUNT_RESETS, name, record)
        elif outcome and outcome.state == "sent":
            sent.append(name)
    return sent


def _claimed(repository: Repository, name: str, now: datetime) -> bool:
    """Whether it still waited, and is this one’s to send now."""
    claimed = []

    def change(record: dict[str, Any] | None) -> dict[str, Any]:
        before = record or {"asked_at": now.isoformat(), "waits": False}
        is_wanted = now - datetime.fromisoformat(before["asked_at"]) < WAITS
        claimed.append(before["waits"] and is_wanted)
        return {**before, "waits": False}

    repository.update(ACCOUNT_RESETS, name, change)
    return bool(claimed[-1])
