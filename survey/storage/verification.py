"""Reading everything that is kept, to find what cannot be read or does not mean what it should."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from survey.storage.archive import Progress, no_progress
from survey.storage.repository import Place, Record, Repository, Unreadable

RecordCheck = Callable[[Place, str, Record], list[str]]
"""What is wrong with a record that can be read, held against what it should mean; empty when nothing is."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A record that can be read but is not what it should be, and why."""

    place: Place
    key: str
    reasons: tuple[str, ...]


@dataclass(slots=True)
class Verification:
    """How many records and log entries could be read; which records and log lines could not; which are wrong."""

    records: int = 0
    log_entries: int = 0
    unreadable: list[Unreadable] = field(default_factory=list)
    unreadable_log_lines: list[Unreadable] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)


def verify(
    repository: Repository, check: RecordCheck = lambda *_: [], progress: Progress = no_progress
) -> Verification:
    """Read every record and every log; change nothing. Without a check any record that can be read will do."""
    places = list(all_places(repository))
    total = sum(len(repository.keys(place)) for place in places)
    report = Verification()
    for place in places:
        for key, record in repository.read_all(place):
            if isinstance(record, Unreadable):
                report.unreadable.append(record)
            else:
                report.records += 1
                if reasons := check(place, key, record):
                    report.wrong.append(Wrong(place, key, tuple(reasons)))
            progress(report.records + len(report.unreadable), total)
        _read_logs(repository, place, report)
    return report


def quarantine(repository: Repository, unreadable: Iterable[Unreadable]) -> Iterator[tuple[Unreadable, PurePath]]:
    """Move unreadable records out of their places one by one, and say where each is now, so that it can be logged.

    One that can be read after all, or is gone, is left alone.
    """
    for record in unreadable:
        path = repository.quarantine.add(record.place, record.key)
        if path is not None:
            yield record, path


def all_places(repository: Repository, below: Place = ()) -> Iterator[Place]:
    """Every place, each before those below it."""
    for name in repository.places(below):
        yield (*below, name)
        yield from all_places(repository, (*below, name))


def _read_logs(repository: Repository, place: Place, report: Verification) -> None:
    for name in repository.logs(place):
        try:
            for line in repository.log_lines(place, name):
                if isinstance(line, Unreadable):
                    report.unreadable_log_lines.append(line)
                else:
                    report.log_entries += 1
        except Unreadable as whole_log:
            report.unreadable_log_lines.append(whole_log)
