"""Tables of counts small enough to follow by hand: groups that add up to Wales, and two breakdowns crossed."""

from itertools import product

from survey.reporting.disclosure.counts import CountCell, Counts, Sum

WALES = CountCell("", ())


def cell(name: str) -> CountCell:
    return CountCell("", tuple(name.split()))


def one_way(**numbers: int) -> Counts:
    """Groups that add up to Wales."""
    parts = {cell(name): number for name, number in numbers.items()}
    return Counts({WALES: sum(numbers.values()), **parts}, (Sum(WALES, tuple(parts)),))


def two_way(rows: list[list[int]]) -> Counts:
    """A table with both its margins and its total."""
    values: dict[CountCell, int] = {}
    across, down = range(len(rows)), range(len(rows[0]))
    for row, column in product(across, down):
        values[cell(f"r{row} c{column}")] = rows[row][column]
    sums = [Sum(cell(f"r{row}"), tuple(cell(f"r{row} c{column}") for column in down)) for row in across]
    sums += [Sum(cell(f"c{column}"), tuple(cell(f"r{row} c{column}") for row in across)) for column in down]
    for one in sums:
        values[one.whole] = sum(values[part] for part in one.parts)
    values[WALES] = sum(map(sum, rows))
    sums += [Sum(WALES, tuple(cell(f"r{row}") for row in across)), Sum(WALES, tuple(cell(f"c{c}") for c in down))]
    return Counts(values, tuple(sums))
