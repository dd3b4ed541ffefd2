"""A thousand random rounds with random sequences of releases, attacked by somebody who knows who is in which.

Numbers are attacked as they are shown, rounded and exact; and rounded as they would be if each correction were rounded
by itself, so that it is seen that the attack is one. `python -m tests.bench.releases FIRST LAST` takes some of them.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tests.bench.rows import Row, show
from tests.reporting.releases.joint_attack import ByItself, FromTheFirst
from tests.reporting.releases.sequences import (
    UNDRAWN,
    attacked_exactly,
    attacked_rounded,
    each_by_itself,
    few,
    story,
)

ROUNDS = range(1_000)


def run(rounds: Iterable[int] = ROUNDS) -> list[Row]:
    """Return how many sequences were attacked, and how many numbers in them; and in how many anything is told."""
    for whose, name, other in UNDRAWN:
        setattr(whose, name, other)
    found: Counter[str] = Counter()
    for seed in rounds:
        found += _attacked(seed)
    return [
        Row("sequences of releases without a correction", found["alone"], found["rounds"], "of", 0.9),
        Row("sequences that give a few people away", found["few"], found["rounds"], "of", 0),
        Row("small numbers told by exact ones", found["told exactly"], found["small numbers"], "of", 0),
        Row("numbers told by rounded ones", found["told"], found["numbers"], "of", 0),
        Row(
            "corrections not told, each rounded by itself", found["not told carelessly"], found["corrected"], "of", 0.9
        ),
    ]


def _attacked(seed: int) -> Counter[str]:
    with tempfile.TemporaryDirectory() as folder:
        told = story(Path(folder) / "data", seed)
    exactly, rounded = attacked_exactly(told), attacked_rounded(told, FromTheFirst())
    found = Counter({"rounds": 1, "few": bool(few(told))})
    found += Counter({"small numbers": len(exactly.asked), "told exactly": len(exactly.told())})
    found += Counter({"numbers": len(rounded.attacked), "told": len(rounded.told())})
    if len(told.seen) == 1:
        return found + Counter({"alone": 1})
    careless = attacked_rounded(each_by_itself(told), ByItself())
    return found + Counter({"corrected": 1, "not told carelessly": not careless.told()})


if __name__ == "__main__":
    show(run(range(*map(int, sys.argv[1:])) if sys.argv[1:] else ROUNDS))
