"""Workers of a real service killed while six browsers save into the same pages.

`python -m tests.bench.killed_workers 100` kills so many.
"""

import os
import sys
import tempfile
from pathlib import Path

from tests.bench.rows import Row, show
from tests.web.respond.killed_workers import killed

KILLS = 1_000


def run() -> list[Row]:
    """Return how many acknowledged answers were lost, and how many saves there were."""
    kills = int(os.environ.get("KILLS", KILLS))
    with tempfile.TemporaryDirectory() as folder:
        outcome = killed(Path(folder) / "data", kills)
    print(f"{outcome}")
    return [Row(f"acknowledged answers lost over {kills:,} kills", len(outcome.lost), outcome.saves, "of", 0)]


if __name__ == "__main__":
    if len(sys.argv) > 1:
        os.environ["KILLS"] = sys.argv[1]
    show(run())
