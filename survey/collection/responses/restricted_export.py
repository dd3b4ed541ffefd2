"""Single responses of an anonymous round as data: only for a reason, in a person's name, and not before it is closed.

They hold no name, but profession, cluster and the rest together can point to one person, so they are treated as
personal data: whoever takes them out of the service answers for them.
"""

from datetime import datetime

from survey.collection.errors import DomainError
from survey.collection.people.accounts import Account, read_account
from survey.collection.people.audit_log import note
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.storage.repository import Repository


def allow_row_level(
    repository: Repository, snapshot: RoundSnapshot, account_name: str, reason: str, now: datetime
) -> Account:
    """Note who exports the single responses of a round and why. Whoever calls this may then do it.

    Raises DomainError: still_open, export_reason_needed, export_account_needed (none was named, or it is not one of the
    national team that can sign in).
    """
    if snapshot.round.status != "closed":
        raise DomainError("still_open", round=snapshot.round.id)
    if not reason.strip():
        raise DomainError("export_reason_needed")
    account = read_account(repository, account_name)
    if account is None or account.disabled or account.role != "national":
        raise DomainError("export_account_needed")
    note(
        repository,
        now,
        account.name,
        "exported_single_responses",
        round=snapshot.round.id,
        reason=" ".join(reason.split()),
    )
    return account
