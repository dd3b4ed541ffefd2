"""Words lost, of all that people type while they go off line, reload, go back and the service is killed.

`python -m tests.bench.lost_words [RUNS] [SEED]`: each run is one of `tests/journeys/random_runs.py`, every tenth of
them without scripts. What is lost is told with the seed of its run and the acts.
"""

import sys
import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

from tests.bench.rows import Row, show
from tests.catalogues_in_use import use_catalogues
from tests.journeys.browser import CHROMIUM_FLAGS, chromium
from tests.journeys.random_runs import RandomRun
from tests.journeys.service import Server, Service, load_small_demonstration
from tests.words_of_today import compile_words_of_today

RUNS, SEED = 500, 1
AT_ONCE = 4
WITHOUT_SCRIPTS = 10
TOLD_EVERY = 10


def run(runs: int = RUNS, seed: int = SEED) -> list[Row]:
    """How many words were lost, beside how many were typed."""
    seeds = range(seed, seed + runs)
    shares = [seeds[start::AT_ONCE] for start in range(AT_ONCE)]
    with ProcessPoolExecutor(AT_ONCE) as processes:
        done = list(processes.map(partial(_runs, time.monotonic()), shares))
    finished, typed, lost = (sum(counts) for counts in zip(*done, strict=True))
    return [
        Row(f"words lost in {finished} random runs", lost, typed, "words", 0.0),
        Row("runs that did not come to an end", runs - finished, runs, "runs", 0.0),
    ]


def _runs(began: float, seeds: Iterable[int]) -> tuple[int, int, int]:
    """Runs that came to their end, words typed in them, words lost."""
    finished = typed = lost = 0
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        here = Path(folder)
        catalogues = compile_words_of_today(here / "translations")
        use_catalogues(catalogues)
        server = Server(here / "data", catalogues, here / "gunicorn.log")
        repository = load_small_demonstration(here / "data")
        service = Service(server.start(), here / "data", repository)
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS)
        for seed in seeds:
            random_run = RandomRun(browser, service, server, seed, script=seed % WITHOUT_SCRIPTS != 0)
            try:
                words = random_run.lost()
            except (Error, AssertionError) as error:
                print(f"run {seed} did not come to its end: {error}", *random_run.acts, sep="\n  ", flush=True)
                continue
            finished, typed, lost = finished + 1, typed + len(random_run.typed), lost + len(words)
            if words:
                print(f"run {seed} lost {' '.join(words)}", *random_run.acts, sep="\n  ", flush=True)
            if finished % TOLD_EVERY == 0:
                print(f"{time.monotonic() - began:.0f} s: {finished} runs, {typed} words, {lost} lost", flush=True)
        browser.close()
        server.stop()
    return finished, typed, lost


if __name__ == "__main__":
    show(run(*map(int, sys.argv[1:])))
