"""Who took what out of the service, when and why: the entries of the log of events that are about that."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from survey.collection.people.accounts import EVENTS, LOG
from survey.languages import Phrase
from survey.storage.repository import Repository

EXPORTS: Mapping[str, Phrase] = {
    "exported": Phrase("export log", "Written by a command"),
    "exported_single_responses": Phrase("export log", "Single responses of people"),
    "exported_exact_figures": Phrase("export log", "Exact figures of people, for restricted use"),
    "exported_comments": Phrase("export log", "Comments of people that were released"),
    "comments_viewed": Phrase("export log", "Comments or texts read"),
    "data_asked_for": Phrase("export log", "Data asked for"),
    "data_downloaded": Phrase("export log", "Data downloaded"),
    "workbook_downloaded": Phrase("export log", "Workbook downloaded"),
    "response_downloaded": Phrase("export log", "A cluster’s response downloaded"),
    "response_printed": Phrase("export log", "A cluster’s response printed"),
    "evidence_file_downloaded": Phrase("export log", "File of evidence downloaded"),
    "document_downloaded": Phrase("export log", "Report, clusters’ words or peer review pack downloaded"),
    "meeting_pack_downloaded": Phrase("export log", "Meeting pack downloaded"),
    "responses_exported": Phrase("export log", "Responses of clusters written by a command"),
    "released": Phrase("export log", "Figures of people released"),
    "release_corrected": Phrase("export log", "Released figures of people corrected"),
    "backed_up": Phrase("export log", "Backup of everything"),
}
"""What is an export, by the code of its event."""
SAID_APART = frozenset(("at", "who", "what", "round", "reason", "sha256"))


@dataclass(frozen=True, slots=True)
class Export:
    """One export: when, who, what, of which round and why. `details` are what else the log says of it, each by its
    name."""

    at: datetime
    who: str
    what: str
    round: str
    reason: str
    details: tuple[tuple[str, str], ...]


def exports(repository: Repository) -> Iterator[Export]:
    """Every export, oldest first."""
    for entry in repository.entries(LOG, EVENTS):
        if entry["what"] in EXPORTS:
            details = tuple((name, str(value)) for name, value in entry.items() if name not in SAID_APART and value)
            yield Export(
                datetime.fromisoformat(entry["at"]),
                entry["who"],
                entry["what"],
                entry.get("round", ""),
                entry.get("reason", ""),
                details,
            )
