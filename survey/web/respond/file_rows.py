"""Attached files as pages list them, and as they are downloaded: never opened in the page, never run."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO

from flask import Response as FileResponse
from flask import current_app, send_file, url_for
from flask_babel import pgettext

from survey.collection.responses.attachments import FileLimits, takes_files
from survey.collection.responses.file_kinds import BY_ENDING
from survey.collection.responses.response import AttachedFile, Response
from survey.questionnaire.walk import Page
from survey.web.site.language import current_language

MB = 1_000_000
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file: its name, its kind and size in words, and where it is downloaded."""

    file: AttachedFile
    about: str
    href: str


FileAddress = Callable[[AttachedFile], str]
RowsByPage = dict[str, list[FileRow]]


def file_rows(files: Iterable[AttachedFile], address: FileAddress) -> RowsByPage:
    """The files by the key of their page."""
    rows: RowsByPage = {}
    for file in files:
        rows.setdefault(file.page, []).append(FileRow(file, _about(file), address(file)))
    return rows


def rows_of(attached: Iterable[AttachedFile]) -> RowsByPage:
    """Files as the cluster’s own pages list them."""
    return file_rows(attached, lambda attached_file: url_for("respond.file", file_id=attached_file.id))


def rows_on(response: Response, page: Page) -> list[FileRow] | None:
    """The files of the draft on a page; None where none can be attached."""
    return rows_of(response.files).get(page.key, []) if takes_files(page, file_limits()) else None


def downloaded(file: AttachedFile, content: bytes) -> FileResponse:
    """A file to be saved. Whatever is in it, a browser that opens it lets it do nothing."""
    media_type = BY_ENDING[file.kind].media_type
    response = send_file(BytesIO(content), media_type, as_attachment=True, download_name=file.name)
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def file_limits() -> FileLimits:
    """How many files a page takes in this service, and how large they may be."""
    return FileLimits(current_app.config["EVIDENCE_FILES"], current_app.config["EVIDENCE_FILE_SIZE"])


def _about(file: AttachedFile) -> str:
    kind, language = BY_ENDING[file.kind].name, current_language()
    if file.size < MB:
        size = language.number(max(1, round(file.size / 1000)))
        return pgettext("evidence file", "%(kind)s, %(size)s KB", kind=kind, size=size)
    return pgettext("evidence file", "%(kind)s, %(size)s MB", kind=kind, size=language.number(round(file.size / MB, 1)))
