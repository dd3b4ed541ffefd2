"""Reading everything that is kept, to find what cannot be read or does not mean what it should."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from survey.collection.activity import note
from survey.collection.archive import Progress, no_progress
from survey.collection.files import FileRepository
from survey.collection.repository import Place, Record, Unreadable

Check = Callable[[Place, str, Record], list[str]]
"""What is wrong with a record that can be read, held against what it should mean; empty when nothing is."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A record that can be read but is not what it should be, and why."""

    place: Place
    key: str
    reasons: tuple[str, ...]


@dataclass(slots=True)
class Report:
    """How many records and log entries could be read; which records and log lines could not; which are wrong."""

    records: int = 0
    log_entries: int = 0
    unreadable: list[Unreadable] = field(default_factory=list)
    unreadable_log_lines: list[Unreadable] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not (self.unreadable or self.unreadable_log_lines or self.wrong)


def no_check(_place: Place, _key: str, _record: Record) -> list[str]:
    """Any record that can be read will do."""
    return []


def verify(repository: FileRepository, check: Check = no_check, progress: Progress = no_progress) -> Report:
    """Read every record and every log; change nothing."""
    places = list(all_places(repository))
    total = sum(len(repository.keys(place)) for place in places)
    report = Report()
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


def set_aside(
    repository: FileRepository, unreadable: Iterable[Unreadable], now: datetime, who: str = "command line"
) -> list[Path]:
    """Move unreadable records out of their places, note each in the log, and say where they are now.

    One that can be read after all, or is gone, is left alone.
    """
    moved = []
    for one in unreadable:
        aside = repository.set_aside(one.place, one.key)
        if aside is not None:
            note(
                repository,
                now,
                who,
                "record_set_aside",
                place="/".join(one.place),
                key=one.key,
                reason=one.reason,
                kept_as=str(aside.relative_to(repository.root)),
            )
            moved.append(aside)
    return moved


def all_places(repository: FileRepository) -> Iterator[Place]:
    """Every place, each before those below it."""

    def below(place: Place) -> Iterator[Place]:
        for name in repository.places(place):
            yield (*place, name)
            yield from below((*place, name))

    return below(())


def _read_logs(repository: FileRepository, place: Place, report: Report) -> None:
    for name in repository.logs(place):
        try:
            for line in repository.log_lines(place, name):
                if isinstance(line, Unreadable):
                    report.unreadable_log_lines.append(line)
                else:
                    report.log_entries += 1
        except Unreadable as whole_log:
            report.unreadable_log_lines.append(whole_log)
