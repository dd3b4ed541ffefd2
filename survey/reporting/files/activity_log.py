"""The log of who did, saw and took out what as CSV: codes as they are kept, the event in words too; times by the clocks
of the United Kingdom, with how far they are from UTC.
"""

import csv
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from io import StringIO

from survey.collection.people.activity import MOMENTS, LogEntry, event_in_words
from survey.languages import Language, by_our_clocks
from survey.reporting.files.data_file import safe
from survey.reporting.files.lines import BYTE_ORDER_MARK

COLUMNS = ("at_europe_london", "who", "what", "in_words", "round", "reason", "details")


def activity_csv(entries: Iterable[LogEntry], language: Language) -> bytes:
    """Entries in their order, one a row."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for entry in entries:
        details = "; ".join(f"{name}={_as_written(name, value)}" for name, value in entry.details)
        cells = (entry.who, entry.what, event_in_words(entry.what, language), entry.round, entry.reason, details)
        writer.writerow([by_our_clocks(entry.at), *map(safe, cells)])
    return BYTE_ORDER_MARK + text.getvalue().encode()


def _as_written(name: str, value: str) -> str:
    """A detail in the file: as the log has it, but for times."""
    if name not in MOMENTS or "T" not in value:
        return value
    with suppress(ValueError):
        return by_our_clocks(datetime.fromisoformat(value))
    return value
