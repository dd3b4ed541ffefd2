"""What a correction may show, beside the releases that everybody has already.

Whoever has two releases has the difference of each figure that both show: the number, and the answers, of the people
who are in one and not in the other. So the releases are attacked together.

**Who can be set apart.** Each person is in some releases and not in others: that is their *pattern* (“10”: in the
first, not in the second). Add and subtract the figures of one cell over all releases as you like: each person counts
as often as their pattern says, so those who remain are all people of some patterns, and nobody else’s answers do. It is
therefore enough that of each pattern but “in all of them” a cell shown in the correction holds nobody, or as many
people as the threshold. That holds for numbers of people and for the answers (shares, means) that stand beside their
base alike: a base of which nobody changed has the same answers as before, and where many changed, it is the answers of
many together. Somebody whose answers changed is two people: one who went, one who came.

**What is hidden stays hidden.** A correction hides whatever any earlier release hid. So between releases there is
nothing to compare but cells that all of them show, or that only earlier ones do, which were safe then.

**What is left over.** The people of a pattern add up over groups as everybody does. Beside a total that is shown, those
of the hidden groups can be had together; so they too must be nobody or as many as the threshold. Then linear
programming attacks each pattern, with each release that holds its people: nobody is of a pattern in a group without
being in it. Of a hidden cell that holds few people of a pattern, the range that stays possible must be as wide as the
threshold, or as the whole pattern. The attacker is given how many people each pattern has, and how many of it are in
every cell shown: more than the figures say, which show only what went and what came against each other.

**Tables go whole.** Were only the cells left out that changed by few people, the gaps would say where those people are.
So what cannot be shown is left out as a table: what is counted (respondents, a question; an answer, where answers are
protected) in one breakdown. That a table is left out says that a few people changed in it, and not where. How
many of them skipped a question is not protected, as it is not in a first release.

**Rounded numbers.** A table goes, too, that would tell a number exactly beside the rounded ones of all releases
together: that attack (`rounding_audit`) is made when nothing else is found.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from survey.reporting.disclosure.audit import plainly_given_away, too_narrow
from survey.reporting.disclosure.counts import CountCell, Counts, TableKey
from survey.reporting.disclosure.suppression import hidden_cells

EVERYBODY = CountCell("", ())
CHANGED = "changed "
"""Before what is counted, in the cells of those who are in some releases only."""

Pattern = str
"""“1” for each release that somebody is in, “0” for each that they are not in, in the order of releases."""


@dataclass(frozen=True, eq=False)
class ReleasedCounts:
    """What a release counted, and which cells of that it hid."""

    counts: Counts
    hidden: frozenset[CountCell]


@dataclass(frozen=True, slots=True)
class Correction:
    """The cells that a correction hides, and the tables that it leaves out whole because of earlier releases."""

    hidden: frozenset[CountCell]
    left_out: frozenset[TableKey]


def table_of(cell: CountCell) -> TableKey:
    """The table that a cell stands in."""
    return cell.of, cell.group[::2]


def correction(
    present: ReleasedCounts,
    earlier: Sequence[ReleasedCounts],
    patterns: Mapping[Pattern, Mapping[CountCell, int]],
    threshold: int,
    told: Callable[[frozenset[CountCell]], Collection[CountCell]],
) -> Correction:
    """The most that may be shown after earlier releases, oldest first, of what could be shown without them: maybe none.

    `patterns` are the numbers of people of each pattern, the correction counted as the last of the releases. Of what is
    hidden, `told` says of which cells the rounded numbers of all releases together would tell an exact one.
    """
    counts = present.counts
    before = present.hidden.union(*(release.hidden for release in earlier))
    left_out: frozenset[TableKey] = frozenset()
    while True:
        withheld = before | {cell for cell in counts.values if table_of(cell) in left_out}
        hidden = hidden_cells(counts, threshold, withheld)
        if len(hidden) == len(counts.values):
            return Correction(hidden, left_out)
        cells = exposed((*earlier, ReleasedCounts(counts, hidden)), patterns, threshold) or {*told(hidden)}
        if not cells:
            return Correction(hidden, left_out)
        left_out |= _to_leave_out(counts, cells, left_out)


def exposed(
    releases: Sequence[ReleasedCounts], patterns: Mapping[Pattern, Mapping[CountCell, int]], threshold: int
) -> set[CountCell]:
    """The attack on the last of some releases: the cells of which those who are in some of them only can be had.

    What takes programs is asked last, when nothing else is found.
    """
    attacked = list(_attacked(releases, patterns))
    for attack in (plainly_given_away, too_narrow):
        cells = {_unchanged(cell) for counts, hidden in attacked for cell in attack(counts, hidden, threshold)}
        if cells:
            return cells
    return set()


def _attacked(
    releases: Sequence[ReleasedCounts], patterns: Mapping[Pattern, Mapping[CountCell, int]]
) -> Iterator[tuple[Counts, frozenset[CountCell]]]:
    """Each pattern of people who are not in all releases with each release that they are in, and what is hidden."""
    last = releases[-1].hidden
    for pattern, numbers in patterns.items():
        if "0" in pattern and numbers[EVERYBODY]:
            for is_in, release in zip(pattern, releases, strict=True):
                if is_in == "1":
                    joint, changed = _together(release.counts, numbers)
                    yield joint, release.hidden | {changed[cell] for cell in last if cell in changed}


def _together(counts: Counts, numbers: Mapping[CountCell, int]) -> tuple[Counts, dict[CountCell, CountCell]]:
    """All counts of a release with those of the people of a pattern, who are among them; and the cells of these."""
    changed = {cell: CountCell(CHANGED + cell.of, cell.group) for cell in counts.values}
    size = numbers[EVERYBODY]
    known = {changed[cell]: (0.0, float(size)) for cell in counts.values if cell not in counts.loose}
    known[changed[EVERYBODY]] = (float(size), float(size))
    sums = [
        replace(total, whole=changed[total.whole], parts=tuple(changed[part] for part in total.parts))
        for total in counts.sums
    ]
    within = [(changed[part], changed[whole]) for part, whole in counts.within]
    among = [(changed[cell], cell) for cell in counts.values]
    joint = Counts(
        {**counts.values, **{changed[cell]: numbers.get(cell, 0) for cell in counts.values}},
        (*counts.sums, *sums),
        (*counts.within, *within, *among),
        counts.loose | {changed[cell] for cell in counts.loose},
        {**counts.known, **known},
        counts.keep_possible,
        frozenset(changed.values()),
    )
    return joint, changed


def _unchanged(cell: CountCell) -> CountCell:
    return CountCell(cell.of.removeprefix(CHANGED), cell.group)


def _to_leave_out(counts: Counts, cells: set[CountCell], left_out: frozenset[TableKey]) -> frozenset[TableKey]:
    """The tables that some cells are in; if these are left out already, those that add up with them; else all."""
    beside = (other for cell in cells for total in counts.sums_of[cell] for other in total.cells)
    for candidates in (cells, beside, counts.values):
        tables = frozenset(map(table_of, candidates))
        if tables - left_out:
            return tables
    raise AssertionError("what leaves out every table shows nothing, and was not attacked")
