"""All that is kept, copied from one repository into another, and told apart from anything else by a digest.

What is there already, the same, is not written again: so a copy that was cut short is gone on with. What is in
quarantine is copied into quarantine.
"""

import hashlib
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby, islice, zip_longest
from operator import itemgetter
from typing import Any, TypeVar

import orjson

from survey.storage.archive import Progress, no_progress
from survey.storage.places import LOG
from survey.storage.repository import SET_ASIDE_REASON, Place, Record, Repository, StorageError, Unreadable
from survey.storage.verification import all_places

AT_ONCE = 200
"""Records, or entries of a log, that are kept together."""
Item = TypeVar("Item")


def copy_all(source: Repository, target: Repository, progress: Progress = no_progress) -> str:
    """Copy everything, and return the digest that both have then.

    Nobody writes to either meanwhile. Raises Unreadable when something cannot be read, and StorageError when the target
    holds something else besides.
    """
    places = list(all_places(source))
    for done, place in enumerate(places, start=1):
        _copy_quarantine(source, target, place)
        _copy_records(source, target, place)
        there = set(target.files(place))
        for name in source.files(place):
            content = source.read_bytes(place, name)
            if name not in there or target.read_bytes(place, name) != content:
                target.write_bytes(place, name, content)
        for name in source.logs(place):
            _copy_log(source, target, place, name)
        progress(done, len(places))
    digest = digest_of(source)
    if digest_of(target) != digest:
        raise StorageError(
            "What was copied is not all that is there now: it was changed, or something else was there before. Empty "
            "where it was copied to, and begin again."
        )
    return digest


def digest_of(repository: Repository) -> str:
    """The SHA-256 of everything that is kept, wherever and however. Raises Unreadable."""
    digest = hashlib.sha256()
    for place in sorted(all_places(repository)):
        for kind, name, content in _contents(repository, place):
            said = f"{kind} {'/'.join((*place, name))} {hashlib.sha256(content).hexdigest()}\n"
            digest.update(said.encode())
    return digest.hexdigest()


def _contents(repository: Repository, place: Place) -> Iterator[tuple[str, str, bytes]]:
    for key, record in _records(repository, place):
        yield "record", key, _spelt(_whole(record))
    for key, number, document in repository.quarantine.held(place):
        yield "set aside", f"{key} {number}", _spelt(document)
    for name in repository.files(place):
        yield "file", name, repository.read_bytes(place, name)
    for name in repository.logs(place):
        for entry in repository.log_lines(place, name):
            yield "entry", name, _spelt(_whole(entry))


def _copy_quarantine(source: Repository, target: Repository, place: Place) -> None:
    """Before the records: while one is missing from its place none can be written there."""
    ours, theirs = (_in_quarantine(repository, place) for repository in (source, target))
    for key in sorted(ours.keys() | theirs.keys()):
        if ours.get(key) != theirs.get(key):
            target.delete(place, key)
            for number, document in ours.get(key, {}).items():
                target.quarantine.hold(place, key, number, document)


def _in_quarantine(repository: Repository, place: Place) -> dict[str, dict[int, Any]]:
    documents: dict[str, dict[int, Any]] = {}
    for key, number, document in repository.quarantine.held(place):
        documents.setdefault(key, {})[number] = document
    return documents


def _records(repository: Repository, place: Place) -> Iterator[tuple[str, Record | Unreadable]]:
    """Those that are in their places, and those that cannot be read there. A place that lies in quarantine as a whole
    cannot be copied."""
    held = _in_quarantine(repository, place)
    for key, record in repository.read_all(place):
        if not (isinstance(record, Unreadable) and record.reason == SET_ASIDE_REASON and key in held):
            yield key, record


def _copy_records(source: Repository, target: Repository, place: Place) -> None:
    for records in _batches(_differing(source, target, place)):
        target.write_all(place, [(key, record) for key, record in records if record is not None])
        for key, record in records:
            if record is None:
                target.delete(place, key)


def _differing(source: Repository, target: Repository, place: Place) -> Iterator[tuple[str, Record | None]]:
    """The records that are not the same in the target, as they are in the source; None where there is none. Both are
    read one after the other, so that it does not matter how many there are."""
    ours = ((key, True, record) for key, record in _records(source, place))
    theirs = ((key, False, record) for key, record in _records(target, place))
    for key, both in groupby(merge(ours, theirs, key=itemgetter(0)), key=itemgetter(0)):
        records = {is_ours: record for _, is_ours, record in both}
        if True not in records:
            yield key, None
        elif records.get(False) != _whole(records[True]):
            yield key, _whole(records[True])


def _copy_log(source: Repository, target: Repository, place: Place, name: str) -> None:
    there = sum(1 for _ in target.log_lines(place, name))
    pairs = zip_longest(islice(source.log_lines(place, name), there), target.log_lines(place, name))
    if any(ours != theirs for ours, theirs in pairs):
        raise StorageError(
            f"{'/'.join((*place, name))}{LOG} is another there. Empty where it is copied to, and begin again."
        )
    for entries in _batches(islice(source.log_lines(place, name), there, None)):
        target.append_all(place, name, [_whole(entry) for entry in entries])


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    left = iter(items)
    while batch := list(islice(left, AT_ONCE)):
        yield batch


def _whole(record: Record | Unreadable) -> Record:
    if isinstance(record, Unreadable):
        raise record
    return record


def _spelt(record: Any) -> bytes:
    # A whole fraction is the same number, and a database gives it back as one.
    return orjson.dumps(record, option=orjson.OPT_SORT_KEYS)
