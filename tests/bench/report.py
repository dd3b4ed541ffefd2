"""From the stored responses of 60 clusters, in three years, to the finished national report, and to a board’s pack.

The baseline is the national workbook of the same responses in the same run, beside the limit of the design, 3 s. Two
thirds of the report’s time go into its pictures, which resvg draws; the workbook has none.
Seconds are those of the processor, since other work may wait for it; nothing here waits for anything else.
"""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from survey.collection.rounds.snapshot import load_snapshot
from survey.languages import language
from survey.reporting.reports.national_report import national_report
from survey.reporting.reports.peer_review_files import peer_review_pack
from survey.reporting.workbooks.registry import prepared
from tests.bench.national_workbook import NOW, ROUND, filled
from tests.bench.rows import Row, show

SECONDS = 3.0
BESIDE_WORKBOOK = 5.0
TIMES = 2


def run() -> list[Row]:
    """Return the time of the report beside the limit and beside the workbook, and that of a pack."""
    with tempfile.TemporaryDirectory() as folder:
        repository = filled(Path(folder) / "data")
        snapshot, english = load_snapshot(repository, ROUND), language("en")
        board = snapshot.clusters.clusters[0].health_board
        report = _seconds(lambda: national_report(repository, snapshot, english, False, b"", b""))
        pack = _seconds(lambda: peer_review_pack(repository, snapshot, board, english, "docx", NOW))
        path = Path(folder) / "workbook.xlsx"
        workbook = _seconds(lambda: prepared(repository, ROUND, 5, NOW).write(english, path))
    return [
        Row("national report, limit of time", report, SECONDS, "s", 1),
        Row("national report, national workbook", report, workbook, "s", BESIDE_WORKBOOK),
        Row("peer review pack, limit of time", pack, SECONDS, "s", 1),
    ]


def _seconds(action: Callable[[], object]) -> float:
    """The least time of the processor."""
    taken = []
    for _ in range(TIMES):
        begun = time.process_time()
        action()
        taken.append(time.process_time() - begun)
    return min(taken)


if __name__ == "__main__":
    show(run())
