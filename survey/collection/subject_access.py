"""Everything that is held about a cluster, in one file, for whoever asks to see it.

It is found by looking at every record of every round, so that a new kind of record is in it by itself. What opens doors
(hashes, tokens, the links of anonymous rounds, by which their records are called) is left out, and so are the answers
of people who are unnamed: those are nobody’s to look up.
"""

import base64
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace

import orjson

from survey.collection.people.access import LINKS
from survey.collection.people.accounts import EVENTS, LOG
from survey.collection.people.contacts import CONTACTS
from survey.collection.responses.attachments import FILES
from survey.collection.responses.response import REFLECTION
from survey.collection.rounds.round import place, round_ids
from survey.storage.repository import Place, Record, Repository, Unreadable
from survey.storage.verification import all_places

OWN = frozenset(("notes", "unfinished", "presence"))
"""What a cluster’s people wrote or are writing for themselves alone."""
_OF_PEOPLE = "skills"
_DRAFT = frozenset(("pages", "files"))
_DOORS = frozenset(("hash", "token"))


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """A record about a cluster, and where it lies; `key` is its own, or a number where that would open a door."""

    place: Place
    key: str
    record: Record


def held_of_cluster(repository: Repository, cluster_code: str, *, with_drafts: bool) -> Iterator[HeldRecord]:
    """Every record about a cluster, round by round, then its contacts and what the log says of it. Without drafts also
    without notes and whatever else is its people’s own until they submit.
    """
    for round_id in round_ids(repository):
        records = [
            held
            for below in all_places(repository, place(round_id))
            if _OF_PEOPLE not in below
            for held in _at(repository, below, cluster_code)
        ]
        yield from records if with_drafts else _without_drafts(records)
    for key, record in repository.find(CONTACTS, cluster=cluster_code):
        if not isinstance(record, Unreadable):
            yield HeldRecord(CONTACTS, key, record)
    log = [entry for entry in repository.entries(LOG, EVENTS) if _is_of(cluster_code, "", entry)]
    if log:
        yield HeldRecord(LOG, EVENTS, {"entries": log})


def held_file(records: list[HeldRecord]) -> bytes:
    """The records as one zip: each as readable JSON under its place, attached files as they were."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for held in records:
            record = dict(held.record)
            content = record.pop("content", None) if held.place[-1] == FILES else None
            name = "/".join((*held.place, held.key))
            if isinstance(content, str):
                archive.writestr(_dated(name), base64.b64decode(content))
            archive.writestr(_dated(f"{name}.json"), orjson.dumps(record, option=orjson.OPT_INDENT_2))
    return buffer.getvalue()


def _at(repository: Repository, below: Place, cluster_code: str) -> Iterator[HeldRecord]:
    """The records about a cluster at a place, without what opens a door."""
    of_cluster = [
        (key, {name: value for name, value in record.items() if name not in _DOORS})
        for key, record in repository.read_all(below)
        if not isinstance(record, Unreadable) and _is_of(cluster_code, key, record)
    ]
    for number, (key, record) in enumerate(of_cluster, 1):
        yield HeldRecord(below, str(number) if below[-1] == LINKS else key, record)


def _is_of(cluster_code: str, key: str, record: Record) -> bool:
    return (
        key == cluster_code
        or key.startswith(f"{cluster_code}.")
        or record.get("cluster") == cluster_code
        or record.get("who") == f"cluster {cluster_code}"
    )


def _without_drafts(records: list[HeldRecord]) -> Iterator[HeldRecord]:
    """What was submitted, and what is not the cluster’s own until it is."""
    submitted = {
        file["digest"]
        for held in records
        for submission in held.record.get("submissions", ())
        for file in submission.get("files", ())
    }
    for held in records:
        if held.place[-1] == REFLECTION:
            yield replace(held, record={name: value for name, value in held.record.items() if name not in _DRAFT})
        elif held.place[-1] == FILES:
            if held.record["digest"] in submitted:
                yield held
        elif held.place[-1] not in OWN:
            yield held


def _dated(name: str) -> zipfile.ZipInfo:
    """The same file each time, whenever it is made."""
    return zipfile.ZipInfo(name, (2022, 1, 1, 0, 0, 0))
