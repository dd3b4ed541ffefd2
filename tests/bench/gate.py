"""The translation gate: how long the whole of it takes, from code and definitions to the last finding."""

import time

from survey.catalogues.extraction import templates
from survey.catalogues.files import Places
from survey.catalogues.gate import findings
from tests.bench.rows import Row

MOST = 3.0
"""Seconds within which whoever saves a text wants to know."""


def run() -> list[Row]:
    times = []
    for _ in range(3):
        start = time.process_time()
        places = Places()
        list(findings(places, templates(places)))
        times.append(time.process_time() - start)
    return [Row("translation gate, processor time", min(times), MOST, "s", 1)]
