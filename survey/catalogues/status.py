"""How far the translation of each catalogue is."""

from dataclasses import dataclass

import polib

from survey.catalogues.review import is_reviewed


@dataclass(frozen=True, slots=True)
class CatalogueStatus:
    """Numbers of messages: every message is exactly one of missing, fuzzy, draft and reviewed."""

    catalogue: str
    missing: int
    fuzzy: int
    draft: int
    reviewed: int

    @property
    def total(self) -> int:
        return self.missing + self.fuzzy + self.draft + self.reviewed


def status_of(name: str, catalogue: polib.POFile) -> CatalogueStatus:
    """Count the messages in use: a translation that no person has marked as reviewed is a draft."""
    counts = {"missing": 0, "fuzzy": 0, "draft": 0, "reviewed": 0}
    for entry in catalogue:
        if not entry.obsolete:
            counts[_state(entry)] += 1
    return CatalogueStatus(name, **counts)


def _state(entry: polib.POEntry) -> str:
    if entry.fuzzy:
        return "fuzzy"
    if not entry.translated():
        return "missing"
    return "reviewed" if is_reviewed(entry) else "draft"
