"""From the stored responses of 60 clusters, in three years, to the finished national workbook.

The baseline is XlsxWriter writing the same cells raw in the same run; the limits of the design stand as rows of their
own. From the command line it is the processor time, and the peak memory, of the whole process of `export workbook`,
start and imports included, beside what `rounds list` takes for itself.
"""

import json
import os
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
from survey.config import ROOT
from survey.languages import language
from survey.questionnaire.builder import framework_from, questionnaire_from
from survey.questionnaire.texts import messages
from survey.reporting.workbooks.registry import prepared
from survey.storage.tinydb_files.data_format import FORMAT, make_secret, write_format
from survey.storage.tinydb_files.repository import FileRepository
from tests.bench.rows import Row, show
from tests.reporting.small_wales import QUESTIONNAIRES, answers_of

YEARS = (2024, 2025, 2026)
ROUND = "bench-2026"
NOW = datetime(2027, 1, 1, tzinfo=UTC)
SECONDS = 2.0
FROM_COMMAND, BOTH_LANGUAGES = 1.5, 2.2
MEGABYTES = 200.0
WRITING = 4.0
TIMES = 5


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
            *_commanded(repository.root, Path(folder)),
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


def _commanded(root: Path, target: Path) -> list[Row]:
    """What the command takes, for one language and for both, once Python has compiled it; and a command that does
    nearly nothing."""
    write_format(root, FORMAT)
    make_secret(root)
    export = ("export", "workbook", ROUND, "--output", str(target))
    one, both, nothing = (
        min(_process(root, *arguments) for _ in range(TIMES))
        for arguments in ((*export, "--language", "en"), export, ("rounds", "list"))
    )
    return [
        Row("national workbook by command, limit of time", one[0], FROM_COMMAND, "s", 1),
        Row("the same in both languages", both[0], BOTH_LANGUAGES, "s", 1),
        Row("the same, beside a command that lists rounds", one[0], nothing[0], "s", 5),
        Row("memory of the command, both languages", both[1], MEGABYTES, "MB", 1),
    ]


def _process(root: Path, *arguments: str) -> tuple[float, float]:
    """The processor time in seconds and the peak memory in megabytes of a command."""
    program = (
        "import resource, subprocess, sys\n"
        "subprocess.run([sys.executable, '-m', 'flask', '--app', 'wsgi', *sys.argv[1:]], check=True, "
        "stdout=subprocess.DEVNULL)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)\n"
    )
    environment = {**os.environ, "SURVEY_DATA": str(root)}
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT, env=environment)
    seconds, megabytes = map(float, done.stdout.split())
    return seconds, megabytes


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    show(run())
