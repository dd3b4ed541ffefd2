"""A durable submission of an anonymous response when 30,000 are held, beside one when 300 are held.

Both take turns on the same disk. A submission is what the page does: read the draft, hold it against the definition,
keep the response, remove the draft.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from uuid import UUID

from survey.collection.responses.anonymous import responses_of, submit_draft
from survey.collection.responses.anonymous_drafts import begin, save_draft
from survey.collection.responses.merge import whole
from survey.collection.rounds.opening import read_sources
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.demonstration.staff import Member
from survey.demonstration.workforce import EDITION, QUESTIONNAIRE
from survey.questionnaire.library import QUESTIONNAIRES
from survey.storage.places import SHARDS
from survey.storage.tinydb_files.documents import own_file
from survey.storage.tinydb_files.repository import FileRepository
from tests.bench.rows import Row, show
from tests.collection.anonymous_example import opened_with

MANY, FEW = 30_000, 300
TARGET = 1.5
TIMES = 300
NOW = datetime(2026, 11, 1, 9, tzinfo=UTC)
ROUND = "bench-2026"


def run() -> list[Row]:
    """Medians over submissions that take turns, so that both meet the same disk."""
    with tempfile.TemporaryDirectory() as folder:
        sites = [_site(Path(folder) / str(held), held) for held in (MANY, FEW)]
        times: list[list[float]] = [[], []]
        for number in range(TIMES):
            for (repository, snapshot), taken in zip(sites, times, strict=True):
                taken.append(_submission(repository, snapshot, number))
    many, few = (statistics.median(taken[TIMES // 10 :]) * 1000 for taken in times)
    return [Row(f"durable submit, {MANY:,} held beside {FEW}", many, few, "ms", TARGET)]


def _site(root: Path, held: int) -> tuple[FileRepository, RoundSnapshot]:
    """An open round that holds so many responses, written without waiting for the disk."""
    repository = FileRepository(root)
    sources = read_sources(QUESTIONNAIRES, QUESTIONNAIRE, EDITION, "clusters-2026")
    snapshot = opened_with(repository, ROUND, sources, NOW)
    _submission(repository, snapshot, -1)
    folder = root.joinpath(*responses_of(ROUND))
    clusters = [cluster.code for cluster in snapshot.clusters.clusters]
    people = [answers_of(snapshot, number) for number in range(50)]
    for number, response_id in enumerate(_ids("held", held)):
        record = {
            "round": ROUND,
            "frozen": snapshot.round.snapshot_digest,
            "text_revision": 0,
            "cluster": clusters[number % len(clusters)],
            "submitted_in": "cy",
            "pages": {key: {"answers": page, "written_in": {}} for key, page in people[number % 50].items()},
        }
        (folder / response_id[:2] / f"{response_id}.json").write_bytes(own_file(record))
    assert len(list(folder.iterdir())) == len(SHARDS)
    assert len(repository.keys(responses_of(ROUND))) == held + 1
    os.sync()
    return repository, snapshot


def _submission(repository: FileRepository, snapshot: RoundSnapshot, number: int) -> float:
    draft_id, response_id = _ids(f"submitted {number}", 2)
    cluster = snapshot.clusters.clusters[number % 60].code
    begin(repository, snapshot, cluster, draft_id=draft_id, response_id=response_id, now=NOW)
    answers = answers_of(snapshot, number % 50)
    for page in snapshot.instrument(cluster).pages:
        save_draft(repository, snapshot, draft_id, page, whole(answers[page.key]), language="cy", now=NOW)
    start = time.perf_counter()
    submit_draft(repository, snapshot, draft_id, response_id, language="cy", now=NOW)
    return time.perf_counter() - start


def answers_of(snapshot: RoundSnapshot, number: int) -> dict[str, dict[str, object]]:
    """A person's answers by page, the same for the same number."""
    member = Member("powys", Random(number))
    return {section.id: member.answers(section) for section in snapshot.questionnaire.sections}


def _ids(name: str, count: int) -> Iterator[str]:
    random = Random(name)
    return (UUID(int=random.getrandbits(128), version=4).hex for _ in range(count))


if __name__ == "__main__":
    show(run())
