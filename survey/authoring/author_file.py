"""A file that an author gives, JSON or a spreadsheet: the edition in it with its Welsh, or all that is wrong."""

from dataclasses import dataclass
from pathlib import Path

from survey.authoring.book import draft_in, welsh_in
from survey.catalogues.files import key_of
from survey.questionnaire.builder import JsonObject
from survey.questionnaire.findings import Finding
from survey.questionnaire.json_writer import json_of
from survey.questionnaire.library import belonging, examine_content

SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".ods")
Welsh = tuple[tuple[str, str, str], ...]
"""Context, English and Welsh of texts."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What was in a file. With findings it is worth nothing; `source` is there as far as it could be read."""

    source: JsonObject | None
    findings: tuple[Finding, ...]
    welsh: Welsh = ()


def taken_in(content: bytes, file: str, folder: Path, edition: str = "", respondent: str = "") -> TakenIn:
    """The edition in a file that is called `file`, held against the frameworks of `folder` too.

    A form in XLSForm says neither its year nor who answers: those are given beside it.
    """
    if Path(file).suffix.lower() in SPREADSHEETS or content.startswith(b"PK"):
        return _from_spreadsheet(content, file, folder, edition, respondent)
    examined = examine_content(content, Path(file), "questionnaire")
    return TakenIn(examined.source, (*examined.findings, *belonging([examined], folder)))


def _from_spreadsheet(content: bytes, file: str, folder: Path, edition: str, respondent: str) -> TakenIn:
    draft = draft_in(content, file, edition, respondent)
    if findings := draft.checked():
        return TakenIn(draft.source or None, tuple(findings))
    examined = examine_content(json_of(draft.source), Path(file), "questionnaire")
    findings = draft.at_their_cells(belonging([examined], folder))
    welsh = tuple((*key_of(entry), entry.msgstr) for entry in welsh_in(draft))
    return TakenIn(draft.source, tuple(findings), welsh)
