"""A thousand random rounds with random sequences of releases, attacked by somebody who knows who is in which."""

import tempfile
from pathlib import Path

from survey.reporting.workbooks.registry import Prepared
from tests.bench.rows import Row, show
from tests.reporting.releases.sequences import few, story, undrawn

ROUNDS = 1_000


def run() -> list[Row]:
    """Return how many sequences were corrected at all, and in how many of them a few people can be told apart."""
    Prepared.write = undrawn  # type: ignore[method-assign]
    corrected = given_away = 0
    for seed in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            told = story(Path(folder) / "data", seed)
        corrected += len(told.seen) > 1
        given_away += bool(few(told))
    return [
        Row("sequences of releases without a correction", ROUNDS - corrected, ROUNDS, "of", 0.9),
        Row("sequences that give a few people away", given_away, ROUNDS, "of", 0),
    ]


if __name__ == "__main__":
    show(run())
