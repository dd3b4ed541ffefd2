"""Which messages of a catalogue are meant, when something is done to many at once."""

from collections.abc import Iterator
from dataclasses import dataclass

import polib

from survey.catalogues.approvals import Approval
from survey.catalogues.review import is_reviewed


@dataclass(frozen=True)
class MessageFilter:
    """Messages whose context begins with `context`, that contain some words, and that are approved.

    What is "" or None asks nothing. Those that are reviewed already are never meant.
    """

    context: str = ""
    containing: str = ""
    approvals: list[Approval] | None = None

    def among(self, catalogue: polib.POFile) -> Iterator[polib.POEntry]:
        """The messages of a catalogue that are meant, in its order."""
        approved = None if self.approvals is None else self._approved(catalogue)
        for entry in catalogue:
            if entry.obsolete or is_reviewed(entry) or not self._matches(entry):
                continue
            if approved is None or id(entry) in approved:
                yield entry

    def _matches(self, entry: polib.POEntry) -> bool:
        texts = "\n".join([entry.msgid, entry.msgid_plural, entry.msgstr, *entry.msgstr_plural.values()])
        return (entry.msgctxt or "").startswith(self.context) and self.containing.lower() in texts.lower()

    def _approved(self, catalogue: polib.POFile) -> set[int]:
        """The messages that are approved; without a context only where no other has the same English and Welsh."""
        approved: set[int] = set()
        by_english: dict[str, list[polib.POEntry]] = {}
        for entry in catalogue:
            if not entry.obsolete:
                by_english.setdefault(entry.msgid, []).append(entry)
        for approval in self.approvals or ():
            same = [entry for entry in by_english.get(approval.english, ()) if approval.is_for(entry)]
            if len(same) == 1:
                approved.add(id(same[0]))
        return approved
