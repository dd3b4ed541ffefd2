"""Every document that a round of reflections has, by the kind that jobs know it by. No library that draws is loaded
until a document is made: the site imports this module.
"""

from datetime import datetime

from survey.collection.rounds.releases import read_releases
from survey.collection.rounds.round import readable_rounds
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Language
from survey.reporting.workbooks.registry import prepared_words
from survey.storage.repository import Repository

REPORT = "report"
OWN_WORDS = "own-words"
PEER_REVIEW = "peer-review-"
"""Before the short name of a health board."""
WORD, EXCEL = "docx", "xlsx"


def endings_of(kind: str) -> tuple[str, ...]:
    """The formats that a document comes in."""
    return {REPORT: (WORD,), OWN_WORDS: (EXCEL,)}.get(kind, (WORD, EXCEL))


def releases_state(repository: Repository) -> str:
    """Which releases of people there are, of which the report may hold one."""
    rounds, _ = readable_rounds(repository)
    return " ".join(f"{one.id}:{len(read_releases(repository, one.id))}" for one in rounds)


def made_document(
    repository: Repository, snapshot: RoundSnapshot, kind: str, reader: Language, ending: str, now: datetime
) -> tuple[str, bytes]:
    """The name and content of a document. Raises DomainError."""
    if kind == REPORT:
        from survey.reporting.reports.national_report import national_report, report_name

        is_open = snapshot.round.takes_answers(now)
        return report_name(snapshot, reader), national_report(repository, snapshot, reader, is_open, b"", b"").content
    if kind == OWN_WORDS:
        return prepared_words(repository, snapshot.round.id, now).file(reader)
    from survey.reporting.reports.peer_review_files import peer_review_pack

    pack = peer_review_pack(repository, snapshot, kind.removeprefix(PEER_REVIEW), reader, ending, now)
    return pack.name, pack.content
