"""The Word documents that the national team gave for the report of a round: a template of its own, and an earlier
version in which it has written.

    (rounds, <round>, report-files), <kind>.<language>    {name, sha256, by, at}; what is in it beside, as <sha256>.docx

A record that is there holds a document that was looked at; one that was taken back has no `sha256`.
"""

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from survey.collection.people.accounts import note
from survey.collection.rounds.round import place
from survey.storage.repository import Place, Record, Repository, Unreadable

REPORT_FILES = "report-files"
TEMPLATE, EARLIER = "template", "earlier"
KINDS = (TEMPLATE, EARLIER)
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A document under the name that it came with; who gave it, and when."""

    name: str
    sha256: str
    by: str
    at: datetime


def report_files_of(round_id: str) -> Place:
    return place(round_id, REPORT_FILES)


def report_file_from(record: Record | None) -> ReportFile | None:
    """The document of a record; None when it was taken back. Raises KeyError, TypeError, ValueError for a record of
    another kind."""
    if not record or not record["sha256"]:
        return None
    return ReportFile(**{**record, "at": datetime.fromisoformat(record["at"])})


def read_report_file(repository: Repository, round_id: str, kind: str, language_code: str) -> ReportFile | None:
    """What is kept of a kind in a language. Raises Unreadable."""
    where, key = report_files_of(round_id), f"{kind}.{language_code}"
    try:
        return report_file_from(repository.read(where, key))
    except (KeyError, TypeError, ValueError):
        raise Unreadable(where, key, "the record is not that of a document") from None


def report_file_content(repository: Repository, round_id: str, file: ReportFile | None) -> bytes:
    """What is in a document; nothing without one. Raises Unreadable when it is not what was given."""
    if file is None:
        return b""
    where, name = report_files_of(round_id), f"{file.sha256}.docx"
    content = repository.read_bytes(where, name)
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise Unreadable(where, name, "the document is not the one that was given")
    return content


def keep_report_file(
    repository: Repository,
    round_id: str,
    kind: str,
    language_code: str,
    given: tuple[str, bytes],
    by: str,
    now: datetime,
) -> None:
    """Keep a document, by its name and content, in the place of the one before. It has been looked at."""
    name, content = given
    file = ReportFile(name[-LONGEST_NAME:], hashlib.sha256(content).hexdigest(), by, now)
    repository.write_bytes(report_files_of(round_id), f"{file.sha256}.docx", content)
    _write(repository, round_id, f"{kind}.{language_code}", {**asdict(file), "at": now.isoformat()})
    details = {"document": kind, "language": language_code, "sha256": file.sha256}
    note(repository, now, by, "report_file_given", round=round_id, **details)


def take_back_report_file(
    repository: Repository, round_id: str, kind: str, language_code: str, by: str, now: datetime
) -> None:
    """Go on without the document. Twice is the same as once."""
    if read_report_file(repository, round_id, kind, language_code):
        nothing = {"name": "", "sha256": "", "by": by, "at": now.isoformat()}
        _write(repository, round_id, f"{kind}.{language_code}", nothing)
        note(repository, now, by, "report_file_taken_back", round=round_id, document=kind, language=language_code)


def _write(repository: Repository, round_id: str, key: str, record: dict[str, Any]) -> None:
    repository.write(report_files_of(round_id), key, record)
