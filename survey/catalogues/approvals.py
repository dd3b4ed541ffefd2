"""Approvals given elsewhere: what Weblate and Pontoon say a reviewer has approved, read from the files that they give.

Weblate: its XLIFF (`approved="yes"`), or the list of units of its API (JSON). Pontoon: the `.po` that it writes, in
which whatever is translated and not fuzzy has been approved. An approval counts for the very English and Welsh that it
was given for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import polib

from survey.catalogues.files import MOST_BYTES, TOO_LARGE, BadCatalogue, catalogue_from
from survey.languages import Phrase
from survey.questionnaire.json_reader import read_list

NOT_APPROVALS = Phrase("bad catalogue", "the file is neither XLIFF nor a list of units from Weblate, nor a .po file")
APPROVED = 30
"""The number that Weblate has for the state of an approved unit."""


@dataclass(frozen=True, slots=True)
class Approval:
    """One approved translation. `context` is empty where the file does not say it."""

    context: str
    english: str
    welsh: str

    def is_for(self, entry: polib.POEntry) -> bool:
        """Whether this is the message, with the Welsh that was approved."""
        welsh = entry.msgstr or "\0".join(form for _, form in sorted(entry.msgstr_plural.items()))
        same_text = (self.english, self.welsh) == (entry.msgid, welsh)
        return same_text and self.context in {"", entry.msgctxt or ""}


def read_approvals(path: Path) -> list[Approval]:
    """Return what is approved in a file of Weblate or Pontoon.

    Raises:
        BadCatalogue: the file is too large, or not one of these.
    """
    if path.stat().st_size > MOST_BYTES:
        raise BadCatalogue(path.name, TOO_LARGE, most=MOST_BYTES)
    content = path.read_bytes()
    if path.suffix.lower() == ".po":
        return list(_from_po(catalogue_from(content, path.name)))
    try:
        start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
        return list(
            _from_units(read_list(content, path.name, MOST_BYTES)) if start in (b"{", b"[") else _from_xliff(content)
        )
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, ET.ParseError):
        raise BadCatalogue(path.name, NOT_APPROVALS) from None


def _from_po(catalogue: polib.POFile) -> Iterator[Approval]:
    for entry in catalogue.translated_entries():
        welsh = entry.msgstr or "\0".join(form for _, form in sorted(entry.msgstr_plural.items()))
        yield Approval(entry.msgctxt or "", entry.msgid, welsh)


def _from_units(listed: Any) -> Iterator[Approval]:
    for unit in listed["results"] if isinstance(listed, dict) else listed:
        if unit.get("approved") is True or unit.get("state") == APPROVED:
            yield Approval(str(unit.get("context", "")), unit["source"][0], "\0".join(unit["target"]))


def _from_xliff(content: bytes) -> Iterator[Approval]:
    # Entities could name files of this machine or grow without end; a translation needs none.
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise ValueError("document type")
    root = ET.fromstring(content)  # noqa: S314
    if root.tag.rpartition("}")[2] != "xliff":
        raise ValueError("not XLIFF")
    for unit in root.iter():
        if unit.tag.rpartition("}")[2] == "trans-unit" and unit.get("approved") == "yes":
            parts = {part.tag.rpartition("}")[2]: "".join(part.itertext()) for part in unit}
            yield Approval(_context(unit), parts["source"], parts["target"])


def _context(unit: ET.Element) -> str:
    """What a unit says of its `msgctxt`."""
    contexts = (part.text for part in unit.iter() if part.get("context-type") in {"x-po-msgctxt", "x-gettext-msgctxt"})
    return next(contexts, None) or ""
