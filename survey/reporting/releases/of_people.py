"""Making releases of a round of people: the first, and corrections, which are attacked together with all before them.

A release is made once. Both languages of its workbook are kept, and are given out whenever it is asked for again, with
rounded numbers; of the first, for restricted use, with exact ones too. Its threshold is kept for every correction.
"""

import tempfile
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, partial
from pathlib import Path

from survey.collection.errors import DomainError
from survey.collection.people.accounts import account_allowed, note
from survey.collection.responses.anonymous import responses_of, state_of
from survey.collection.rounds.releases import (
    CHARTS,
    EXACT,
    KeptRelease,
    keep_file,
    keep_release,
    read_kept_tracking,
    read_releases,
)
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.config import software_version
from survey.languages import LANGUAGES, Language, Phrase, language
from survey.reporting.disclosure.corrections import ReleasedCounts, correction
from survey.reporting.disclosure.counts import CountCell, TableKey
from survey.reporting.disclosure.protection import RESPONDENTS, Issue, Protected, clusters_with_enough
from survey.reporting.disclosure.rounding import NOT_ROUNDED
from survey.reporting.disclosure.rounding_audit import RoundedRelease, RoundingAttack
from survey.reporting.records.people import BOARD, People, read_closed
from survey.reporting.releases.charts import charts_file
from survey.reporting.releases.exact_numbers import LAST
from survey.reporting.releases.history import (
    COUNTS,
    PEOPLE,
    Parts,
    PastRelease,
    PeopleOfPattern,
    counts_file,
    parts_now,
    people_file,
)
from survey.reporting.workbooks.figures import FIGURES, Figures
from survey.reporting.workbooks.registry import Prepared, kind_of
from survey.storage.repository import Repository

RESTRICTED = Phrase("file name", "exact-restricted")


@dataclass(frozen=True, eq=False)
class ReleaseDraft:
    """A release that is ready to be written. `left_out` are the tables that it cannot show because of earlier ones,
    `state` tells the responses that it is of, `revision` is that of the repository when they were read."""

    snapshot: RoundSnapshot
    number: int
    protected: Protected
    parts: Parts
    left_out: frozenset[TableKey]
    state: str
    revision: str


def released(repository: Repository, round_id: str, threshold: int, by: str, now: datetime) -> KeptRelease:
    """The last release of a round of people; the first is made if there is none. The same for whoever asks meanwhile.

    `threshold` counts only where nothing has been told of the round yet. Raises DomainError: unknown_round, not_open,
    still_open, unreadable_responses; Recoverable; Unreadable when what was released cannot be read; OSError.
    """
    before = read_releases(repository, round_id)
    if before:
        return before[-1]
    draft = _first(repository, load_snapshot(repository, round_id), threshold)
    return _keep(repository, draft, by, "", now) or read_releases(repository, round_id)[-1]


def draft_correction(repository: Repository, round_id: str) -> ReleaseDraft:
    """The correction that could be made now. Nothing is kept.

    Raises DomainError: unknown_round, not_released, unreadable_responses, nothing_to_correct, too_few_changed,
    counted_otherwise; Recoverable, Unreadable.
    """
    snapshot = load_snapshot(repository, round_id)
    earlier = read_releases(repository, round_id)
    if not earlier:
        raise DomainError("not_released")
    threshold, last = earlier[0].threshold, earlier[-1]
    revision, people = _read(repository, snapshot)
    if state_of(people.keys) == last.state:
        raise DomainError("nothing_to_correct")
    figures = _figures(snapshot)
    protected = figures.protect(people, threshold)
    past = [PastRelease(repository, round_id, release) for release in earlier]
    parts = parts_now(people, past[-1].parts, figures.count)
    untold = protected.untold.union(*(release.untold for release in past))
    every, before = protected.every, [release.attacked(people, protected.counts) for release in past]
    rounded = [
        RoundedRelease(release.numbers, every.unseen(release.hidden, release.untold), attacked.counts.known)
        for release, attacked in zip(past, before, strict=True)
    ]
    attack = RoundingAttack(every.counts, every.breakdowns, earlier=rounded)
    safe = correction(
        ReleasedCounts(protected.counts, protected.hidden),
        before,
        {pattern: part.numbers for pattern, part in parts.items()},
        threshold,
        lambda hidden: {every.bases.get(cell, cell) for cell in attack.told(every.unseen(hidden, untold))},
    )
    if len(safe.hidden) == len(protected.counts.values):
        raise DomainError("too_few_changed", threshold=str(threshold))
    # Of a cluster that got enough, or too few, since that was told, the two together would give the number away.
    tells_clusters = last.enough == clusters_with_enough(people, threshold)
    shown = replace(
        protected,
        hidden=safe.hidden,
        tells_clusters=tells_clusters,
        first=past[0].numbers,
        untold=untold,
    )
    return ReleaseDraft(snapshot, last.number + 1, shown, parts, safe.left_out, state_of(people.keys), revision)


def correct(repository: Repository, draft: ReleaseDraft, by: str, reason: str, now: datetime) -> KeptRelease:
    """Make a correction. Raises DomainError: correction_reason_needed, correction_account_needed (none was named, or it
    is not one of the national team that can sign in), released_meanwhile; OSError."""
    if not reason.strip():
        raise DomainError("correction_reason_needed")
    account = account_allowed(repository, by, "correct_release")
    if account is None:
        raise DomainError("correction_account_needed")
    made = _keep(repository, draft, account.name, " ".join(reason.split()), now)
    if made is None:
        raise DomainError("released_meanwhile")
    return made


def _first(repository: Repository, snapshot: RoundSnapshot, threshold: int) -> ReleaseDraft:
    """The first release. What was told of clusters at the close is known already: of a cluster that has changed since,
    nothing is told, nor the total of its health board."""
    revision, people = _read(repository, snapshot)
    told = read_kept_tracking(repository, snapshot.round.id)
    threshold = told.threshold if told else threshold
    enough = clusters_with_enough(people, threshold)
    changed = set(told.enough if told else enough) ^ set(enough)
    boards = {snapshot.cluster(code).health_board for code in changed}
    withheld = frozenset(CountCell(RESPONDENTS, (BOARD, board)) for board in boards)
    protected = replace(_figures(snapshot).protect(people, threshold, withheld), tells_clusters=not changed)
    parts = {"1": PeopleOfPattern(people.keys, protected.counts.values)}
    return ReleaseDraft(snapshot, 1, protected, parts, frozenset(), state_of(people.keys), revision)


def _read(repository: Repository, snapshot: RoundSnapshot) -> tuple[str, People]:
    """As which revision the responses of a round were read, and every one of them. Raises DomainError."""
    revision = repository.revision(responses_of(snapshot.round.id))
    people = read_closed(repository, snapshot)
    if people.unreadable:
        named = "/".join((*people.unreadable[0].place, people.unreadable[0].key))
        raise DomainError("unreadable_responses", record=named)
    return revision, people


def _keep(repository: Repository, draft: ReleaseDraft, by: str, reason: str, now: datetime) -> KeptRelease | None:
    """Write a release: its files, then its record, with which it is there. None when another has its number by then."""
    snapshot, figures = draft.snapshot, _figures(draft.snapshot)
    protected = replace(draft.protected, issue=Issue(draft.number, now, by, reason, draft.left_out))
    kind, describe = kind_of(snapshot), partial(figures.describe, repository)
    # What anybody may see is described once, so that its charts are those of the very cells that are written.
    public = Prepared(kind, snapshot, cache(partial(describe, protected)), ())
    forms = {"": public}
    if draft.number <= LAST:
        exact = replace(protected, rounded_to=NOT_ROUNDED)
        forms[EXACT] = Prepared(kind, snapshot, partial(describe, exact), (), RESTRICTED)
    contents = {
        COUNTS: ("counts.json", counts_file(protected, draft.parts)),
        PEOPLE: ("people.json", people_file(draft.parts)),
        **{f"{CHARTS}{code}": (f"charts.{code}.json", charts_of(public, language(code))) for code in LANGUAGES},
    }
    with tempfile.TemporaryDirectory() as folder:
        for before, workbook in forms.items():
            for code in LANGUAGES:
                path = workbook.write(language(code), Path(folder))
                contents[f"{before}{code}"] = (path.name, path.read_bytes())
    round_id = snapshot.round.id
    release = KeptRelease(
        number=draft.number,
        at=now,
        by=by,
        reason=reason,
        threshold=protected.threshold,
        software=software_version(),
        state=draft.state,
        revision=draft.revision,
        enough=clusters_with_enough(protected.people, protected.threshold) if protected.tells_clusters else None,
        left_out=tuple(sorted(draft.left_out)),
        files={
            which: keep_file(repository, round_id, draft.number, which, name, content)
            for which, (name, content) in contents.items()
        },
    )
    if not keep_release(repository, round_id, release):
        return None
    event = "release_corrected" if reason else "released"
    note(repository, now, by, event, round=round_id, release=str(draft.number), reason=reason)
    return release


def charts_of(prepared: Prepared, reader: Language) -> bytes:
    """The file of the charts that are in a workbook."""
    return charts_file(prepared.workbook(reader))


def _figures(snapshot: RoundSnapshot) -> Figures:
    return FIGURES[kind_of(snapshot).name]
