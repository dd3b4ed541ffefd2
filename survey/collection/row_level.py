"""Single responses of an anonymous round as data: only for a reason, in a person's name, and not before it is closed.

They hold no name, but profession, cluster and the rest together can point to one person, so they are treated as
personal data: whoever takes them out of the service answers for them.
"""

from datetime import datetime

from survey.collection.accounts import Account, read_account
from survey.collection.activity import note
from survey.collection.frozen import FrozenRound
from survey.collection.refusals import Refused
from survey.collection.repository import Repository


def allow_row_level(
    repository: Repository, frozen: FrozenRound, account_name: str, reason: str, now: datetime
) -> Account:
    """Note who exports the single responses of a round and why. Whoever calls this may then do it.

    Raises Refused: still_open, export_reason_needed, export_account_needed (none was named, or it is not one of the
    national team that can sign in).
    """
    if frozen.round.status != "closed":
        raise Refused("still_open", round=frozen.round.id)
    if not reason.strip():
        raise Refused("export_reason_needed")
    account = read_account(repository, account_name)
    if account is None or account.disabled or account.role != "national":
        raise Refused("export_account_needed")
    note(
        repository,
        now,
        account.name,
        "exported_single_responses",
        round=frozen.round.id,
        reason=" ".join(reason.split()),
    )
    return account
