"""Making releases of a round of clusters: what stands in the workbook is kept, in both languages, as it was.

A release is provisional as long as any cluster may still answer, as one that was let in late. Each after the first says
what has changed.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from survey.collection.errors import DomainError
from survey.collection.people.accounts import account_allowed, note
from survey.collection.rounds.extensions import may_still_change
from survey.collection.rounds.releases import CHARTS, INDICATORS, KeptRelease, keep_file, keep_release, read_releases
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.config import software_version
from survey.languages import LANGUAGES, language
from survey.reporting.disclosure.protection import Issue
from survey.reporting.releases.charts import charts_file
from survey.reporting.releases.indicators import indicators_file
from survey.reporting.workbooks.registry import Prepared, data_of_clusters, prepared_issue
from survey.storage.repository import Repository

NamedContent = tuple[str, bytes]
"""The name and the content of a file."""


def _workbook(made: Prepared, code: str) -> NamedContent:
    return made.file(language(code))


def _charts(made: Prepared, code: str) -> NamedContent:
    return f"charts.{code}.json", charts_file(made.workbook(language(code)))


def _indicators(made: Prepared, snapshot: RoundSnapshot) -> NamedContent:
    return "indicators.json", indicators_file(snapshot, made.workbook(language(LANGUAGES[0])))


CONTENTS: Mapping[str, Callable[[Prepared, str], NamedContent]] = {"": _workbook, CHARTS: _charts}
"""The files of a release in each language, by what stands before the language in their names."""
CONTENTS_ONCE: Mapping[str, Callable[[Prepared, RoundSnapshot], NamedContent]] = {INDICATORS: _indicators}
"""The files of a release of the national workbook that hold both languages, by their names."""


def release_clusters(repository: Repository, round_id: str, by: str, changed: str, now: datetime) -> KeptRelease:
    """Make the next release of a round of clusters. `changed` says what has changed since the one before, if any.

    Raises DomainError: unknown_round, not_open (in draft), released_by_itself (people answer it), released_after_close,
    correction_account_needed, change_needed, nothing_to_release, unreadable_reflections, released_meanwhile; OSError.
    """
    snapshot = load_snapshot(repository, round_id)
    if snapshot.questionnaire.respondent == "anonymous":
        raise DomainError("released_by_itself", round=round_id)
    if not snapshot.round.is_over(now):
        raise DomainError("released_after_close", round=round_id)
    account = account_allowed(repository, by, "correct_release")
    if account is None:
        raise DomainError("correction_account_needed")
    earlier = read_releases(repository, round_id)
    if earlier and not changed.strip():
        raise DomainError("change_needed")
    provisional, state = may_still_change(repository, snapshot.round, now), state_of_clusters(repository, snapshot)
    if earlier and earlier[-1].state == state and earlier[-1].provisional == provisional:
        raise DomainError("nothing_to_release")
    issue = Issue(len(earlier) + 1, now, account.name, " ".join(changed.split()))
    files = _made(repository, snapshot, issue, now)
    release = KeptRelease(
        number=issue.number,
        at=now,
        by=issue.by,
        reason=issue.reason,
        threshold=0,
        software=software_version(),
        state=state,
        revision=state,
        enough=None,
        left_out=(),
        files={
            which: keep_file(repository, round_id, issue.number, which, name, content)
            for which, (name, content) in files.items()
        },
        provisional=provisional,
    )
    if not keep_release(repository, round_id, release):
        raise DomainError("released_meanwhile")
    event = "release_corrected" if earlier else "released"
    details = {"release": str(issue.number), "reason": issue.reason}
    note(repository, now, account.name, event, round=round_id, **details)
    return release


def state_of_clusters(repository: Repository, snapshot: RoundSnapshot) -> str:
    """A digest of all that a release of clusters is made from. No response is read for it."""
    return hashlib.sha256("\n".join(data_of_clusters(repository, snapshot)).encode()).hexdigest()


def _made(repository: Repository, snapshot: RoundSnapshot, issue: Issue, now: datetime) -> dict[str, NamedContent]:
    made = prepared_issue(repository, snapshot, issue, now)
    if made.unreadable:
        named = "/".join((*made.unreadable[0].place, made.unreadable[0].key))
        raise DomainError("unreadable_reflections", record=named)
    described = {code: made.workbook(language(code)) for code in LANGUAGES}
    made = replace(made, workbook=lambda reader: described[reader.code])
    files = {f"{before}{code}": content(made, code) for before, content in CONTENTS.items() for code in LANGUAGES}
    if made.kind.name == "national":
        files |= {which: content(made, snapshot) for which, content in CONTENTS_ONCE.items()}
    return files
