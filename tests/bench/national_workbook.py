"""From the stored responses of 60 clusters, in three years, to the finished national workbook.

The baseline is XlsxWriter writing the same cells raw in the same run; the two limits of the design, 2 s and 250 MB,
stand as rows of their own. Memory is the peak of a process that makes nothing but one workbook.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from random import Random

import openpyxl
import xlsxwriter

from survey.collection.responses.lifecycle import save_page, submit
from survey.collection.responses.merge import whole
from survey.collection.responses.response import Writer
from survey.collection.rounds.round import Round, change_round, create_round
from survey.collection.rounds.snapshot import RoundSnapshot, RoundSources, load_snapshot, write_snapshot
from survey.languages import language
from survey.questionnaire.builder import framework_from, questionnaire_from
from survey.questionnaire.texts import messages
from survey.reporting.workbooks.registry import prepared
from survey.storage.tinydb_files.repository import FileRepository
from tests.bench.rows import Row, show
from tests.reporting.small_wales import QUESTIONNAIRES, answers_of

YEARS = (2024, 2025, 2026)
ROUND = "bench-2026"
NOW = datetime(2027, 1, 1, tzinfo=UTC)
SECONDS = 2.0
MEGABYTES = 250.0
WRITING = 4.0
TIMES = 3


def run() -> list[Row]:
    """Return the time of the whole way, beside the limit and beside writing the cells alone; and the memory."""
    with tempfile.TemporaryDirectory() as folder:
        repository = filled(Path(folder) / "data")
        path = Path(folder) / "workbook.xlsx"
        ours = min(_seconds(lambda: _export(repository, path)) for _ in range(TIMES))
        cells = _cells(path)
        raw = min(_seconds(lambda: _raw(cells)) for _ in range(TIMES))
        return [
            Row("national workbook, limit of time", ours, SECONDS, "s", 1),
            Row("national workbook, raw writing", ours, raw, "s", WRITING),
            Row("national workbook, limit of memory", _megabytes(repository.root, path), MEGABYTES, "MB", 1),
        ]


def _export(repository: FileRepository, path: Path) -> None:
    prepared(repository, ROUND, 5, NOW).write(language("en"), path)


def filled(root: Path) -> FileRepository:
    """Three years of answers of 60 clusters."""
    repository = FileRepository(root)
    for year in YEARS:
        snapshot = _opened(repository, year)
        for cluster in snapshot.clusters.clusters:
            random = Random(f"{year} {cluster.code}")
            for page in snapshot.instrument(cluster.code).pages:
                answers = answers_of(page, random)
                save_page(
                    repository,
                    snapshot,
                    cluster.code,
                    page,
                    whole(answers),
                    writer=Writer("cy"),
                    now=NOW - timedelta(days=1),
                    new_id="0",
                )
            submit(repository, snapshot, cluster.code, language="cy", now=NOW - timedelta(hours=1))
    return repository


def _opened(repository: FileRepository, year: int) -> RoundSnapshot:
    def read(*path: str) -> dict[str, object]:
        return dict(json.loads(QUESTIONNAIRES.joinpath(*path).read_text("utf-8")))

    definition = read("self-reflection", f"{year}.json")
    framework = read("frameworks", "cluster-development-framework-2022.json")
    clusters = read("clusters", "clusters-2026.json")
    outcomes = [outcome.id for outcome in framework_from(framework).outcomes]
    boards = [board["code"] for board in clusters["health_boards"]]  # type: ignore[attr-defined]
    assigned = {
        board: tuple(sorted(outcomes[(place * 3 + shift + year) % len(outcomes)] for shift in range(3)))
        for place, board in enumerate(boards)
    }
    found = [*messages(questionnaire_from(definition)), *messages(framework_from(framework))]
    english = {message.context: message.text for message in found}
    round_id = f"bench-{year}"
    kept = Round(round_id, "self-reflection", str(year), f"{year}-{year % 100 + 1}", "all", assignments=assigned)
    create_round(repository, kept)
    texts = {"en": english, "cy": english}
    digest = write_snapshot(repository, round_id, RoundSources(definition, framework, clusters), assigned, texts)
    opens = datetime(year, 9, 1, tzinfo=UTC)
    change_round(repository, round_id, lambda draft: replace(draft, status="open", snapshot_digest=digest, opens=opens))
    return load_snapshot(repository, round_id)


def _cells(path: Path) -> list[list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(path, read_only=True)
    return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]


def _raw(sheets: list[list[tuple[object, ...]]]) -> None:
    with xlsxwriter.Workbook(BytesIO(), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        day = book.add_format({"num_format": "d mmmm yyyy"})
        for rows in sheets:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                for place, value in enumerate(row):
                    if isinstance(value, datetime):
                        sheet.write_datetime(number, place, value, day)
                    elif value is not None:
                        sheet.write(number, place, value)


def _megabytes(root: Path, path: Path) -> float:
    """The peak memory of a fresh process that makes one workbook."""
    program = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from datetime import UTC, datetime\n"
        "from survey.storage.tinydb_files.repository import FileRepository\n"
        "from survey.languages import language\n"
        "from survey.reporting.workbooks.registry import prepared\n"
        "now = datetime(2027, 1, 1, tzinfo=UTC)\n"
        "prepared(FileRepository(Path(sys.argv[1])), sys.argv[2], 5, now).write(language('en'), Path(sys.argv[3]))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(root), ROUND, str(path)], check=True, capture_output=True, text=True
    )
    return int(done.stdout) / 1024


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    show(run())
