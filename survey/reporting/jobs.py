"""Making the national workbook for a page: in a process of its own, so that no other request waits for it.

What was made last is kept beside its round, and can be made anew at any time:

    rounds/<round>/workbooks/<language>.json   {making: {state, since}, made: {state, at, name, sha256}, failed}
    rounds/<round>/workbooks/national.<language>.xlsx

This module loads no pandas until a workbook is made: the site imports it.
"""

import hashlib
import logging
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson

from survey.collection.responses.response import REFLECTION
from survey.collection.rounds.round import place, round_ids
from survey.config import ROOT
from survey.languages import GENERATION_FILE, REPOSITORY_CATALOGUES, language, log_missing, when_missing
from survey.storage.repository import Place, Record, Repository, Unreadable
from survey.storage.tinydb_files.repository import FileRepository

WORKBOOKS = "workbooks"
MISSING, MAKING, READY, FAILED = "missing", "making", "ready", "failed"
LOW_PRIORITY = 10
PATIENCE = timedelta(minutes=2)
"""After so long without a result, whoever was making a workbook is taken to have died."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Order:
    """A workbook to be made: of which round, in which language, from which state of the answers."""

    round: str
    language: str
    state: str


@dataclass(frozen=True, slots=True)
class Made:
    """How a workbook stands. `state`, `made_at`, `name` and `sha256` are those of the file there is, else empty."""

    status: str
    content: Callable[[], bytes | None]
    state: str = ""
    made_at: datetime | None = None
    name: str = ""
    sha256: str = ""


def data_state(repository: Repository, round_id: str) -> str:
    """A digest of everything a workbook is made from: every round's record and responses, and the catalogues."""
    whole = hashlib.sha256(f"{round_id}\n".encode())
    generation = REPOSITORY_CATALOGUES / GENERATION_FILE
    whole.update(generation.read_bytes() if generation.is_file() else b"")
    for other in round_ids(repository):
        for where in (place(other), place(other, REFLECTION)):
            for key, record in repository.read_all(where):
                kept = str(record).encode() if isinstance(record, Unreadable) else orjson.dumps(record)
                whole.update(f"{other}/{key} {len(kept)}\n".encode() + kept)
    return whole.hexdigest()


def made_workbook(repository: Repository, round_id: str, language_code: str, now: datetime) -> Made:
    """The workbook in a language as it stands now."""
    record = repository.read(_place(round_id), language_code)
    made = (record or {}).get("made")
    status = _status(record, now)
    if made is None:
        return Made(status, lambda: None)

    def content() -> bytes | None:
        data = repository.read_bytes(_place(round_id), _file(language_code))
        return data if hashlib.sha256(data).hexdigest() == made["sha256"] else None

    return Made(status, content, made["state"], datetime.fromisoformat(made["at"]), made["name"], made["sha256"])


def reserve(repository: Repository, round_id: str, language_code: str, now: datetime) -> Order | None:
    """An order for the workbook of the answers as they are; None when it is there already, or being made."""
    order = Order(round_id, language_code, data_state(repository, round_id))

    def change(record: Record | None) -> Record:
        status = _status(record, now)
        if status == MAKING or (record and status == READY and record["made"]["state"] == order.state):
            raise _NothingToDo
        made = record["made"] if record else None
        return {"making": {"state": order.state, "since": now.isoformat()}, "made": made, "failed": False}

    try:
        repository.update(_place(round_id), language_code, change)
    except _NothingToDo:
        return None
    return order


def make(repository: Repository, order: Order, now: datetime, smallest_group: int) -> None:
    """Make the workbook of an order and keep it. When it cannot be made, say so in its record, and raise."""
    from survey.reporting.workbooks.registry import export_workbook

    state = data_state(repository, order.round)
    try:
        with tempfile.TemporaryDirectory() as folder:
            words = language(order.language)
            path = export_workbook(repository, order.round, smallest_group, now, words, Path(folder))
            content = path.read_bytes()
    except BaseException:
        _keep(repository, order, {"making": None, "failed": True})
        raise
    repository.write_bytes(_place(order.round), _file(order.language), content)
    made = {"state": state, "at": now.isoformat(), "name": path.name, "sha256": hashlib.sha256(content).hexdigest()}
    _keep(repository, order, {"making": None, "failed": False, "made": made})


def start(root: Path, order: Order, smallest_group: int) -> None:
    """Make the workbook of an order in a process of its own. Returns at once."""
    process = subprocess.Popen(  # noqa: S603 (our own program, with names that have been checked)
        [
            *(sys.executable, "-m", "survey.reporting.jobs"),
            *(str(root), str(smallest_group), order.round, order.language, order.state),
        ],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    threading.Thread(target=process.wait, daemon=True).start()


def main(arguments: list[str]) -> int:
    """What the process of its own runs: root of the data folder, smallest group, round, language, state."""
    root, smallest_group, *ordered = arguments
    os.nice(LOW_PRIORITY)
    when_missing(log_missing)
    try:
        make(FileRepository(Path(root)), Order(*ordered), datetime.now(UTC), int(smallest_group))
    except Exception as error:
        log.exception("the workbook could not be made: %s", type(error).__name__)
        return 1
    return 0


class _NothingToDo(Exception):
    pass


def _keep(repository: Repository, order: Order, changes: dict[str, Any]) -> None:
    repository.update(_place(order.round), order.language, lambda record: {"made": None, **(record or {}), **changes})


def _status(record: Record | None, now: datetime) -> str:
    if record is None:
        return MISSING
    if record["making"]:
        return MAKING if now - datetime.fromisoformat(record["making"]["since"]) < PATIENCE else FAILED
    if record["failed"]:
        return FAILED
    return READY if record["made"] else MISSING


def _place(round_id: str) -> Place:
    return place(round_id, WORKBOOKS)


def _file(language_code: str) -> str:
    return f"national.{language_code}.xlsx"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
