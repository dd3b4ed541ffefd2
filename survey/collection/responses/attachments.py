"""Small files that a cluster attaches to a page of its response as evidence.

What is said of a file stands in the record of the response (`files`, and those of a submission as they were then):

    id, page, name, kind, size, digest, at, by

What is in it stands at (rounds, <round>, files), <cluster>.<digest>: {cluster, digest, at, content}, in base64. It is
kept before anything names it, so that a crash in between leaves content that nothing names, which `data purge` removes
after a day, and never a name without content. Two pages that hold the same file share its content.
"""

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any
from zipfile import ZipFile

from survey.collection.errors import DomainError
from survey.collection.responses.file_kinds import kind_of, safe_name
from survey.collection.responses.response import REFLECTION, AttachedFile, Response, Writer, new_record, read_response
from survey.collection.rounds.extensions import refuse_late
from survey.collection.rounds.round import place
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.questionnaire.walk import Page
from survey.storage.repository import Place, Record, Repository, Unreadable

FILES = "files"


@dataclass(frozen=True, slots=True)
class FileLimits:
    """How many files a page takes, and the largest in bytes. None at all: files are switched off."""

    most: int
    largest: int


def files_of(round_id: str) -> Place:
    """Where the contents of the files of a round are."""
    return place(round_id, FILES)


def takes_files(page: Page, limits: FileLimits) -> bool:
    """Whether files may be attached to a page."""
    return limits.most > 0 and any(question.takes_files for question in page.section.questions)


def attach(
    repository: Repository,
    snapshot: RoundSnapshot,
    cluster_code: str,
    page: Page,
    name: str,
    content: bytes,
    limits: FileLimits,
    *,
    writer: Writer,
    now: datetime,
    new_id: str,
) -> AttachedFile:
    """Attach a file that was sent under a `name` to a page. What it is, its content says.

    Raises DomainError: round_closed, already_submitted, unknown_cluster; files_off, file_empty, evidence_too_large,
    evidence_full, file_twice; and what `kind_of` raises. Then nothing has changed.
    """
    snapshot.cluster(cluster_code)
    refuse_late(repository, snapshot.round, cluster_code, now)
    _refuse_content(page, content, limits)
    kind = kind_of(content)
    digest = hashlib.sha256(content).hexdigest()
    file = AttachedFile(
        new_id, page.key, safe_name(name, kind), kind.endings[0], len(content), digest, now, writer.name
    )

    def change(record: Record | None) -> Record:
        record = record or new_record(new_id, snapshot.round.id, cluster_code)
        _refuse_another(record, file, limits)
        record["files"] = [*record.get("files", []), file.record()]
        return record

    round_id = snapshot.round.id
    change(repository.read(place(round_id, REFLECTION), cluster_code))
    kept = {"cluster": cluster_code, "digest": digest, "at": now.isoformat(), "content": b64encode(content).decode()}
    repository.write(files_of(round_id), _key(cluster_code, digest), kept)
    repository.update(place(round_id, REFLECTION), cluster_code, change)
    if repository.read(files_of(round_id), _key(cluster_code, digest)) is None:
        # Somebody took the same file out of another page in between.
        repository.write(files_of(round_id), _key(cluster_code, digest), kept)
    return file


def detach(repository: Repository, snapshot: RoundSnapshot, cluster_code: str, file_id: str, *, now: datetime) -> None:
    """Take a file out of the draft, and its content out of the service unless a submission or another page has it.

    Taking out what is not there changes nothing. Raises DomainError: round_closed, already_submitted, unknown_cluster.
    """
    snapshot.cluster(cluster_code)
    refuse_late(repository, snapshot.round, cluster_code, now)
    where = place(snapshot.round.id, REFLECTION)
    if not any(file.id == file_id for file in read_response(repository, snapshot.round.id, cluster_code).files):
        return

    def change(record: Record | None) -> Record:
        record = record or new_record("", snapshot.round.id, cluster_code)
        if record["status"] == "submitted":
            raise DomainError("already_submitted")
        record["files"] = [file for file in record.get("files", []) if file["id"] != file_id]
        return record

    digests = {file.digest for file in read_response(repository, snapshot.round.id, cluster_code).files}
    repository.update(where, cluster_code, change)
    for digest in digests - digests_in(read_response(repository, snapshot.round.id, cluster_code)):
        drop_unnamed(repository, snapshot.round.id, _key(cluster_code, digest))


def content_of(repository: Repository, round_id: str, cluster_code: str, file: AttachedFile) -> bytes:
    """What is in a file. Raises Unreadable when that is not there or not what was attached."""
    key = _key(cluster_code, file.digest)
    record = repository.read(files_of(round_id), key)
    content = None if record is None else intact_content(record)
    if content is None:
        raise Unreadable(files_of(round_id), key, "the file is missing or damaged")
    return content


def zip_files(
    repository: Repository, round_id: str, cluster_code: str, files: Iterable[AttachedFile], target: IO[bytes]
) -> None:
    """Write files into a .zip file, with a folder for each page. Of two of one name on a page, the second has its id
    before it. Raises Unreadable as `content_of` does.
    """
    names: set[str] = set()
    with ZipFile(target, "w") as archive:
        for file in files:
            folder = file.page.replace("/", "-")
            name = f"{folder}/{file.name}"
            name = f"{folder}/{file.id}-{file.name}" if name in names else name
            names.add(name)
            archive.writestr(name, content_of(repository, round_id, cluster_code, file))


def intact_content(record: Record) -> bytes | None:
    """The content in a record; None when it is not what its digest says. Raises KeyError, ValueError, TypeError."""
    content = b64decode(record["content"], validate=True)
    return content if hashlib.sha256(content).hexdigest() == record["digest"] else None


def digests_in(response: Response) -> set[str]:
    """The digests of all files that a response names, in its draft and in everything submitted."""
    return {file.digest for file in response.every_file.values()}


def missing_files(repository: Repository, response: Response) -> Iterator[str]:
    """The names of the files that a response names and of which there is no content."""
    kept = set(repository.keys(files_of(response.round)))
    for file in response.every_file.values():
        if _key(response.cluster, file.digest) not in kept:
            yield file.name


def is_named(repository: Repository, round_id: str, record: Mapping[str, Any]) -> bool:
    """Whether a response names a content."""
    return record["digest"] in digests_in(read_response(repository, round_id, record["cluster"]))


def unnamed_files(repository: Repository, round_ids: Collection[str], older_than: datetime) -> list[tuple[str, str]]:
    """The contents that nothing has named since a moment, by round and key: crashes left them."""
    return [
        (round_id, key)
        for round_id in round_ids
        for key, record in repository.read_all(files_of(round_id))
        if not isinstance(record, Unreadable)
        and datetime.fromisoformat(record["at"]) < older_than
        and not is_named(repository, round_id, record)
    ]


def drop_unnamed(repository: Repository, round_id: str, key: str) -> None:
    """Remove a content that nothing names. One that somebody names in the very moment is put back."""
    record = repository.read(files_of(round_id), key)
    if record is not None and not is_named(repository, round_id, record):
        repository.delete(files_of(round_id), key)
        if is_named(repository, round_id, record):
            repository.write(files_of(round_id), key, record)


def erase_files(repository: Repository, round_id: str, cluster_code: str) -> None:
    """Remove the contents of all files of a cluster, for good."""
    for key in repository.keys(files_of(round_id)):
        if key.startswith(_key(cluster_code, "")):
            repository.delete(files_of(round_id), key)


def _refuse_content(page: Page, content: bytes, limits: FileLimits) -> None:
    if not takes_files(page, limits):
        raise DomainError("files_off")
    if not content:
        raise DomainError("file_empty")
    if len(content) > limits.largest:
        raise DomainError("evidence_too_large", most=f"{limits.largest / 1_000_000:g}")


def _refuse_another(record: Record, file: AttachedFile, limits: FileLimits) -> None:
    if record["status"] == "submitted":
        raise DomainError("already_submitted")
    there = [other for other in record.get("files", []) if other["page"] == file.page]
    twin = next((other for other in there if other["digest"] == file.digest), None)
    if twin:
        raise DomainError("file_twice", name=twin["name"])
    if len(there) >= limits.most:
        raise DomainError("evidence_full")


def _key(cluster_code: str, digest: str) -> str:
    return f"{cluster_code}.{digest}"
