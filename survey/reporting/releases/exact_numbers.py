"""Who may have the exact numbers of a release: the national team, for a reason that is kept."""

from datetime import datetime

from survey.collection.errors import DomainError
from survey.collection.people.accounts import note, read_account
from survey.collection.rounds.releases import EXACT, KeptRelease
from survey.languages import LANGUAGES
from survey.storage.repository import Repository

LAST = 1
"""The last release of a round that has a form with exact numbers: beside those of the first release, those of a
correction can tell a small group (`docs/disclosure.md`).
"""


def has_exact_form(release: KeptRelease) -> bool:
    """Whether exact numbers of a release are given out."""
    return release.number <= LAST and f"{EXACT}{LANGUAGES[0]}" in release.files


def allow_exact(
    repository: Repository, round_id: str, release: KeptRelease, code: str, account: str, reason: str, now: datetime
) -> str:
    """Which file of a release has exact numbers in a language, for an account that says why; both are in the log.

    Raises DomainError: exact_reason_needed, exact_account_needed (none was named, or it is not one of the national team
    that can sign in), no_exact_form (the release is older than that form), exact_of_correction (it comes after `LAST`).
    """
    if not reason.strip():
        raise DomainError("exact_reason_needed")
    asking = read_account(repository, account)
    if asking is None or asking.disabled or asking.role != "national":
        raise DomainError("exact_account_needed")
    if release.number > LAST:
        raise DomainError("exact_of_correction", number=str(release.number))
    which = f"{EXACT}{code}"
    if which not in release.files:
        raise DomainError("no_exact_form", number=str(release.number))
    details = {"round": round_id, "release": str(release.number), "language": code, "reason": " ".join(reason.split())}
    note(repository, now, asking.name, "exported_exact_figures", **details, sha256=release.files[which].sha256)
    return which
