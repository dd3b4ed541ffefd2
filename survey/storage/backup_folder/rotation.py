"""Which backups are kept, and which are let go: those of the last days, weeks and months in which there was one.

Days, weeks and months without a backup do not count, as with restic’s `--keep-daily`: so nothing goes because time has
passed, or because a clock was wrong, but only because there are newer ones. The newest is always kept.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from survey.storage.backup_folder.listing import Backup


@dataclass(frozen=True, slots=True)
class Keep:
    """Of how many days, weeks and months the last backup is kept; one of the three at least is not 0."""

    days: int
    weeks: int = 0
    months: int = 0

    @property
    def longest(self) -> int:
        """Days after which nothing is left of what was erased, if there is a backup every day."""
        return max(self.days, 7 * self.weeks, 31 * self.months)


_PERIODS: dict[str, Callable[[datetime], object]] = {
    "days": lambda at: at.date(),
    "weeks": lambda at: at.isocalendar()[:2],
    "months": lambda at: (at.year, at.month),
}


def let_go(backups: Sequence[Backup], keep: Keep) -> list[Backup]:
    """Those of the backups, which are given oldest first, that are not kept."""
    kept = {backups[-1].number} if backups else set()
    for name, period in _PERIODS.items():
        kept.update(_last_of_each(reversed(backups), period, getattr(keep, name)))
    return [backup for backup in backups if backup.number not in kept]


def _last_of_each(newest_first: Iterable[Backup], period: Callable[[datetime], object], most: int) -> Iterable[int]:
    seen: set[object] = set()
    for backup in newest_first:
        when = period(backup.at)
        if when not in seen and len(seen) < most:
            seen.add(when)
            yield backup.number
