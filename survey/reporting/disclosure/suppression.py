"""What to hide: small counts, and as many others as it takes that no small one can be worked out.

Primary: every count below the threshold, none included, every count that rules out what must stay possible, and
whatever is counted within them. Secondary: wherever a
total is shown, at least two of its parts are hidden or none, and those hidden come to the threshold together. Then
the audit attacks the result, and as long as it succeeds, more is hidden. It ends: when all is hidden, nothing is
left to work with.
"""

from collections.abc import Iterable

from survey.reporting.disclosure.audit import too_narrow
from survey.reporting.disclosure.counts import CountCell, Counts, Sum


def hidden_cells(counts: Counts, threshold: int, withheld: frozenset[CountCell] = frozenset()) -> frozenset[CountCell]:
    """The cells that must not be shown when `threshold` is the smallest number of people that may be.

    `withheld` are hidden whatever they hold. The same counts always give the same cells, in whatever language they are
    told.
    """
    hidden = {cell for cell, value in counts.values.items() if value < threshold or counts.tells_too_much(cell)}
    hidden |= withheld & counts.values.keys()
    while True:
        _complete(counts, hidden, threshold)
        narrow = too_narrow(counts, frozenset(hidden), threshold)
        if not narrow:
            return frozenset(hidden)
        before = len(hidden)
        _widen(counts, hidden, narrow)
        if len(hidden) == before:
            hidden.add(min(counts.values.keys() - hidden, key=lambda cell: (counts.values[cell], cell)))


def _complete(counts: Counts, hidden: set[CountCell], threshold: int) -> None:
    """Hide what is within something hidden, and enough of every sum, until there is no more to do."""
    changed = True
    while changed:
        before = len(hidden)
        hidden.update(part for part, whole in counts.within if whole in hidden)
        for total in counts.sums:
            while _gives_away(total, counts, hidden, threshold):
                hidden.add(_cheapest(total, counts, hidden))
        changed = len(hidden) > before


def _gives_away(total: Sum, counts: Counts, hidden: set[CountCell], threshold: int) -> bool:
    parts = [cell for cell in total.parts if cell in hidden]
    if total.whole in hidden:
        return not parts and bool(total.parts)
    return bool(parts) and (len(parts) == 1 or counts.total(parts) < threshold)


def _cheapest(total: Sum, counts: Counts, hidden: set[CountCell]) -> CountCell:
    """The part of a sum that costs least to hide; the whole when every part is hidden."""
    shown = [cell for cell in total.parts if cell not in hidden]
    cost = {cell: (_exposed(cell, total, counts, hidden), counts.values[cell], cell) for cell in shown}
    return min(shown, key=cost.__getitem__, default=total.whole)


def _exposed(cell: CountCell, apart_from: Sum, counts: Counts, hidden: set[CountCell]) -> int:
    """In how many other sums the cell would be the only one hidden, so that another would have to follow."""
    return sum(
        total is not apart_from and not any(other in hidden for other in total.cells) for total in counts.sums_of[cell]
    )


def _widen(counts: Counts, hidden: set[CountCell], narrow: Iterable[CountCell]) -> None:
    """Hide one more cell beside each that is known too well, in whichever of its sums that costs least."""
    for cell in narrow:
        choices = [
            (_exposed(other, total, counts, hidden), other == total.whole, counts.values[other], other)
            for total in counts.sums_of[cell]
            for other in total.cells
            if other not in hidden
        ]
        wholes = [
            (0, True, counts.values[whole], whole)
            for part, whole in counts.within
            if part == cell and whole not in hidden
        ]
        if choices or wholes:
            hidden.add(min(choices or wholes)[-1])
