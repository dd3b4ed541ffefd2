"""What was given out of a round: the first release, and those after it. Each stays as it is.

    (rounds, <round>, releases), <number>            what `KeptRelease` says
    (rounds, <round>, releases, <number>)            its files, under names that hold their hashes
    (rounds, <round>, releases), tracking            {threshold, enough}: what was told of clusters at the close

A release is there when its record is. Files without one are of a try that did not come to its end, and mean nothing.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any

from survey.collection.rounds.round import place
from survey.storage.repository import Place, Repository, Unreadable

EXACT = "exact-"
CHARTS = "charts-"
INDICATORS = "indicators"
RELEASES = "releases"
TRACKING = "tracking"


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """A file of a release: what whoever downloads it sees as its name, its name here, and what is in it."""

    name: str
    kept_as: str
    sha256: str


@dataclass(frozen=True, slots=True)
class KeptRelease:
    """A release of a round. The first has the number 1 and no reason; each other of people is a correction. One of
    clusters is `provisional` as long as any of them may still answer, and the one after it says what has changed.

    `threshold` is the smallest number of people that it shows, `state` that of the responses it was made from, with
    `revision` as the repository had it; `enough` are the clusters that it says have the threshold, None where it does
    not say. `left_out` are tables that earlier releases forbid. `files` has the workbook by language; its charts, with
    their tables, by `charts`; its “indicators”; its restricted form, with exact numbers, by `exact`; and what later
    corrections are held against: “counts” and “people”.
    """

    number: int
    at: datetime
    by: str
    reason: str
    threshold: int
    software: str
    state: str
    revision: str
    enough: tuple[str, ...] | None
    left_out: tuple[tuple[str, tuple[str, ...]], ...]
    files: Mapping[str, ReleaseFile]
    provisional: bool = False

    @property
    def is_of_people(self) -> bool:
        """Whether its figures are of people, in which small numbers are not shown."""
        return self.threshold > 0


@dataclass(frozen=True, slots=True)
class Tracking:
    """Which clusters were told to have the threshold, and what that was, when a round closed."""

    threshold: int
    enough: tuple[str, ...]


def releases_of(round_id: str) -> Place:
    return place(round_id, RELEASES)


def read_releases(repository: Repository, round_id: str) -> list[KeptRelease]:
    """The releases of a round, in their order. Raises Unreadable when one of them cannot be read, or is missing."""
    where = releases_of(round_id)
    releases: list[KeptRelease] = []
    for key, record in repository.read_all(where):
        if isinstance(record, Unreadable):
            raise record
        if key != TRACKING:
            releases.append(release_from(where, key, record))
    releases.sort(key=lambda release: release.number)
    for number, release in enumerate(releases, start=1):
        if release.number != number:
            raise Unreadable(where, str(number), "a release is missing: there are later ones")
    return releases


def release_from(where: Place, key: str, record: Mapping[str, Any]) -> KeptRelease:
    """A release from its record. Raises Unreadable for a record that is none."""
    try:
        fields = {
            **record,
            "at": datetime.fromisoformat(record["at"]),
            "enough": None if record["enough"] is None else tuple(record["enough"]),
            "left_out": tuple((of, tuple(breakdowns)) for of, breakdowns in record["left_out"]),
            "files": {name: ReleaseFile(**file) for name, file in record["files"].items()},
        }
        release = KeptRelease(**fields)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise Unreadable(where, key, "the record is not that of a release") from None
    if str(release.number) != key:
        raise Unreadable(where, key, "the release lies under another number than its own")
    return release


def keep_file(repository: Repository, round_id: str, number: int, which: str, name: str, content: bytes) -> ReleaseFile:
    """Keep a file for a release that is being made. It stands for nothing until the release is kept."""
    sha256 = hashlib.sha256(content).hexdigest()
    kept_as = f"{which}-{sha256[:16]}{PurePath(name).suffix}"
    repository.write_bytes((*releases_of(round_id), str(number)), kept_as, content)
    return ReleaseFile(name, kept_as, sha256)


def keep_release(repository: Repository, round_id: str, release: KeptRelease) -> bool:
    """Keep a release for good. False: another has its number already, and stays."""
    record = {**asdict(release), "at": release.at.isoformat()}
    record["enough"] = None if release.enough is None else list(release.enough)
    record["left_out"] = [[of, list(breakdowns)] for of, breakdowns in release.left_out]
    if not release.provisional:
        del record["provisional"]
    return repository.create(releases_of(round_id), str(release.number), record)


def released_file(repository: Repository, round_id: str, release: KeptRelease, which: str) -> bytes:
    """A file of a release, as it was made. Raises Unreadable when it is not there, or another."""
    file = release.files[which]
    where = (*releases_of(round_id), str(release.number))
    content = repository.read_bytes(where, file.kept_as)
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise Unreadable(where, file.kept_as, "the file is not the one that was released")
    return content


def keep_tracking(repository: Repository, round_id: str, tracking: Tracking, responses: int) -> None:
    """Keep what was told of clusters at the close, and how many responses there were. What is kept already stays."""
    record = {"threshold": tracking.threshold, "enough": list(tracking.enough), "responses": responses}
    repository.create(releases_of(round_id), TRACKING, record)


def read_kept_tracking(repository: Repository, round_id: str) -> Tracking | None:
    """What was told of clusters at the close; None for a round that closed before that was kept. Raises Unreadable."""
    record = repository.read(releases_of(round_id), TRACKING)
    try:
        return Tracking(int(record["threshold"]), tuple(record["enough"])) if record else None
    except (KeyError, TypeError, ValueError):
        raise Unreadable(releases_of(round_id), TRACKING, "the record is not that of a close") from None


def responses_at_close(repository: Repository, round_id: str) -> int | None:
    """How many responses a round closed with; None where that was not kept."""
    record = repository.read(releases_of(round_id), TRACKING) or {}
    responses = record.get("responses")
    return responses if isinstance(responses, int) else None
