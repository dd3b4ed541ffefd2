"""Our ranges of hidden numbers beside those of Tau-Argus, for the same tables with the same numbers hidden.

It needs `pytauargus`, which is no requirement of ours: `pip install pytauargus==0.6.0` in an environment of its own
with ours. It audits tables that add up; so what anybody knows besides, and who is among whom, is left out on both
sides.
"""

import importlib
import importlib.util
import sys
import tempfile
from collections.abc import Collection
from pathlib import Path
from random import Random
from typing import Any

from survey.collection.rounds.snapshot import load_snapshot
from survey.reporting.disclosure.audit import ranges
from survey.reporting.disclosure.counts import CountCell, Counts
from survey.reporting.records.people import read_closed
from survey.reporting.workbooks.workforce.release import release_of
from tests.bench.rows import Row, show
from tests.reporting.workforce.survey_of_people import ROUND, closed_round, short_definition

ROUNDS = range(25)
SAME = 1e-3


def run(rounds: Collection[int] = ROUNDS) -> list[Row]:
    """Return how many ranges differ, of those of all hidden numbers; nothing where Tau-Argus is not installed."""
    if importlib.util.find_spec("pytauargus") is None:
        print("pytauargus is not installed: nothing to compare with", file=sys.stderr)
        return []
    compared = differ = 0
    for seed in rounds:
        ours, theirs = _both(seed)
        compared += len(ours)
        differ += sum(
            abs(ours[cell][end] - theirs.get(cell, (-1.0, -1.0))[end]) > SAME for cell in ours for end in (0, 1)
        )
    return [Row("ranges of hidden numbers that differ from Tau-Argus’", differ, compared, "of", 0)]


def _both(seed: int) -> tuple[dict[CountCell, tuple[float, float]], dict[CountCell, tuple[float, float]]]:
    """The least and the most of each hidden number, by ours and by Tau-Argus."""
    threshold = (5, 3, 10)[seed % 3]
    with tempfile.TemporaryDirectory() as folder:
        repository = closed_round(
            Path(folder) / "data", short_definition(), Random(seed).choice((25, 60, 150, 300)), seed
        )
        release = release_of(read_closed(repository, load_snapshot(repository, ROUND)), threshold)
        tables, hidden = Counts(release.counts.values, release.counts.sums), release.hidden
        if len(hidden) == len(tables.values):
            return {}, {}
        found = ranges(tables, hidden, threshold, hidden)
        theirs = _tau_argus(tables, hidden, threshold, Path(folder) / "tables.jj")
    return {cell: (one.low, one.high) for cell, one in found.items()}, theirs


def _tau_argus(
    tables: Counts, hidden: Collection[CountCell], threshold: int, path: Path
) -> dict[CountCell, tuple[float, float]]:
    cells = [*tables.values]
    place = {cell: number for number, cell in enumerate(cells)}
    beyond = max(tables.values.values()) + 10 * threshold
    lines = ["0", str(len(cells))]
    for cell, number in tables.values.items():
        status = "s" if cell not in hidden else "u" if number < threshold else "m"
        lines.append(f"{place[cell]} {number} {number + 1} {status} 0 {beyond} 0 0 0")
    sums = [total for total in tables.sums if total.parts]
    lines.append(str(len(sums)))
    for total in sums:
        parts = " ".join(f"{place[part]} (1)" for part in total.parts)
        lines.append(f"0 {len(total.parts) + 1} : {place[total.whole]} (-1) {parts}")
    path.write_text("\n".join(lines) + "\n", encoding="ascii")
    engine: Any = importlib.import_module("pytauargus.engine")
    return {cells[row["cell"]]: (float(row["min"]), float(row["max"])) for row in engine.audit_jj(str(path))}


if __name__ == "__main__":
    show(run(range(*map(int, sys.argv[1:])) if sys.argv[1:] else ROUNDS))
