"""Responses out and in as JSON Lines, so that an earlier year's results can be brought in.

One line a response, in the order of cluster codes:

    {"cluster": "arfon", "submitted_at": "2025-11-03T10:00:00+00:00", "submitted_in": "cy",
     "pages": {"about": {"answers": {…}, "written_in": {…}}, "outcome/pcmw-01": {…}}}

What comes in is held to the same rules as the pages. Either every line is kept or none is; an import that was
cut short by a crash is completed by repeating it, because the same line makes the same record.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

import orjson

from survey.collection.responses.import_lines import ImportFault, LineReader
from survey.collection.responses.response import REFLECTION, read_response
from survey.collection.rounds.round import place
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.storage.repository import Record, Repository


class Rejected(Exception):
    """An import that was refused whole. Nothing was kept."""

    def __init__(self, faults: list[ImportFault]) -> None:
        super().__init__(len(faults))
        self.faults = faults


def export_lines(repository: Repository, snapshot: RoundSnapshot) -> Iterator[bytes]:
    """What counts of each cluster that has submitted, one line each."""
    for cluster in snapshot.clusters.clusters:
        counted = read_response(repository, snapshot.round.id, cluster.code).counted
        if counted is not None:
            yield orjson.dumps(
                {
                    "cluster": cluster.code,
                    "submitted_at": counted.submitted_at.isoformat(),
                    "submitted_in": counted.submitted_in,
                    "pages": {
                        key: {"answers": answers, "written_in": counted.written_in.get(key, {})}
                        for key, answers in counted.answers.items()
                    },
                },
                option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE,
            )


def import_lines(repository: Repository, snapshot: RoundSnapshot, lines: Iterable[bytes], now: datetime) -> int:
    """Keep every line as a submitted response. Returns how many. Raises Rejected with every fault of every line."""
    faults: list[ImportFault] = []
    records: dict[str, Record] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        reader = LineReader(snapshot, number, now)
        record = reader.read(line)
        faults += reader.faults
        if record is None:
            continue
        cluster = record["cluster"]
        held = repository.read(place(snapshot.round.id, REFLECTION), cluster)
        if cluster in records:
            faults.append(ImportFault(number, "cluster", "cluster_twice"))
        elif held is not None and held != record:
            faults.append(ImportFault(number, "cluster", "response_there"))
        records[cluster] = record
    if not faults and not records:
        faults.append(ImportFault(1, "", "nothing"))
    if faults:
        raise Rejected(faults)
    _store_all(repository, snapshot.round.id, records)
    return len(records)


def _store_all(repository: Repository, round_id: str, records: dict[str, Record]) -> None:
    where = place(round_id, REFLECTION)
    made: list[str] = []
    try:
        for cluster, record in records.items():
            there = repository.read(where, cluster) is not None
            if not repository.create(where, cluster, record):
                raise Rejected([ImportFault(0, cluster, "response_there")])
            if not there:
                made.append(cluster)
    except BaseException:
        for cluster in made:
            repository.delete(where, cluster)
        raise
