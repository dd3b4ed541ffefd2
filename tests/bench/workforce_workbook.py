"""From 30,000 stored responses of people to the finished workforce workbook: time and memory, beside their limits.

The responses are written as files straight away, as the service would leave them, because keeping each durably is
measured elsewhere. Time (of the processor, start and imports included) and memory are those of a process that makes
nothing but one workbook.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random

from survey.collection.responses.anonymous import responses_of
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.storage.places import SHARDS, record_path
from survey.storage.tinydb_files.documents import own_file
from survey.storage.tinydb_files.repository import FileRepository
from tests.bench.rows import Row, show
from tests.reporting.workforce.survey_of_people import ROUND, answers_of, close, opened, real_clusters, real_definition

RESPONSES = 30_000
SECONDS = 5.0
MEGABYTES = 300.0


def run() -> list[Row]:
    """Return the time and the memory of the whole way."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "data"
        _fill(root)
        seconds, megabytes = _export(root, Path(folder) / "workbook.xlsx")
    return [
        Row(f"workforce workbook, {RESPONSES:,} responses, time", seconds, SECONDS, "s", 1),
        Row(f"workforce workbook, {RESPONSES:,} responses, memory", megabytes, MEGABYTES, "MB", 1),
    ]


def _fill(root: Path) -> None:
    definition, clusters = real_definition(), real_clusters()
    _, snapshot = opened(root, definition, clusters)
    random = Random(1)
    codes = [cluster["code"] for cluster in clusters["clusters"]]
    for shard in SHARDS:
        root.joinpath(*responses_of(ROUND), shard).mkdir(parents=True)
    for number in range(RESPONSES):
        key = f"{random.getrandbits(112):028x}{number:04x}"
        data = own_file(_record(snapshot, random.choice(codes), answers_of(definition, random)))
        record_path(root, responses_of(ROUND), key).write_bytes(data)
    close(FileRepository(root))


def _record(snapshot: RoundSnapshot, cluster: str, answers: dict[str, dict[str, object]]) -> dict[str, object]:
    return {
        "round": ROUND,
        "frozen": snapshot.round.snapshot_digest,
        "text_revision": 0,
        "cluster": cluster,
        "submitted_in": "cy",
        "pages": {page: {"answers": found, "written_in": {}} for page, found in answers.items()},
    }


def _export(root: Path, path: Path) -> tuple[float, float]:
    """Make one workbook in a fresh process, and return its seconds and its peak memory in megabytes."""
    program = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from datetime import UTC, datetime\n"
        "from survey.storage.tinydb_files.repository import FileRepository\n"
        "from survey.languages import language\n"
        "from survey.reporting.workbooks.registry import prepared\n"
        "found = prepared(FileRepository(Path(sys.argv[1])), sys.argv[2], 5, datetime(2027, 1, 1, tzinfo=UTC))\n"
        "found.write(language('en'), Path(sys.argv[3]))\n"
        "used = resource.getrusage(resource.RUSAGE_SELF)\n"
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(root), ROUND, str(path)], check=True, capture_output=True, text=True
    )
    seconds, kilobytes = done.stdout.split()
    return float(seconds), int(kilobytes) / 1024


if __name__ == "__main__":
    show(run())
