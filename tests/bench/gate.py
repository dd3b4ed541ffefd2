"""The translation gate: how long the whole of it takes, from code and definitions to the last finding, where nobody has
looked at any message before.
"""

import time
from dataclasses import replace
from pathlib import Path

from survey.catalogues.extraction import templates
from survey.catalogues.files import Places
from survey.catalogues.findings_cache import FindingsCache
from survey.catalogues.gate import findings
from survey.catalogues.message_check import read_words
from tests.bench.rows import Row

MOST = 3.0
"""Seconds within which whoever saves a text wants to know."""


def run() -> list[Row]:
    times = []
    for _ in range(3):
        start = time.process_time()
        places = Places()
        made = templates(places)
        words = replace(read_words(places, made), found=FindingsCache(Path(), ""))
        list(findings(places, made, words=words))
        times.append(time.process_time() - start)
    return [Row("translation gate, processor time", min(times), MOST, "s", 1)]
