"""Every document that a round of reflections has, by the kind that jobs know it by. No library that draws is loaded
until a document is made: the site imports this module.
"""

from datetime import datetime

from survey.collection.reports.contributions import contributions_of
from survey.collection.reports.report_files import (
    EARLIER,
    KINDS,
    TEMPLATE,
    read_report_file,
    report_file_content,
    report_files_of,
)
from survey.collection.rounds.extensions import may_still_change
from survey.collection.rounds.releases import read_releases
from survey.collection.rounds.round import readable_rounds
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Language
from survey.reporting.workbooks.registry import prepared_words
from survey.storage.repository import Repository

REPORT = "report"
OWN_WORDS = "own-words"
PEER_REVIEW = "peer-review-"
BOARD_WORKBOOK = "board-workbook-"
"""Before the short name of a health board."""
OF_BOARDS = (BOARD_WORKBOOK, PEER_REVIEW)
WORD, EXCEL = "docx", "xlsx"


def endings_of(kind: str) -> tuple[str, ...]:
    """The formats that a document comes in."""
    if kind.startswith(BOARD_WORKBOOK):
        return (EXCEL,)
    return {REPORT: (WORD,), OWN_WORDS: (EXCEL,)}.get(kind, (WORD, EXCEL))


def state_beside_answers(repository: Repository, round_id: str) -> str:
    """What tells what else a report is made from: releases of people, the team’s words, its own documents."""
    rounds, _ = readable_rounds(repository)
    releases = (f"{round_.id}:{len(read_releases(repository, round_.id))}" for round_ in rounds)
    given = (repository.revision(place(round_id)) for place in (contributions_of, report_files_of))
    return " ".join((*releases, *given))


def given_for(repository: Repository, snapshot: RoundSnapshot, language_code: str) -> dict[str, bytes]:
    """The documents that were given for the report in a language, by their kind; nothing for one that was not.

    Raises Unreadable.
    """
    round_id = snapshot.round.id
    return {
        kind: report_file_content(repository, round_id, read_report_file(repository, round_id, kind, language_code))
        for kind in KINDS
    }


def made_document(
    repository: Repository, snapshot: RoundSnapshot, kind: str, reader: Language, ending: str, now: datetime
) -> tuple[str, bytes]:
    """The name and content of a document. Raises DomainError."""
    if kind == REPORT:
        from survey.reporting.reports.national_report import national_report, report_name

        is_open = may_still_change(repository, snapshot.round, now)
        given = given_for(repository, snapshot, reader.code)
        made = national_report(repository, snapshot, reader, is_open, given[TEMPLATE], given[EARLIER])
        return report_name(snapshot, reader), made.content
    if kind == OWN_WORDS:
        return prepared_words(repository, snapshot.round.id, now).file(reader)
    if kind.startswith(BOARD_WORKBOOK):
        from survey.reporting.reports.board_workbook import board_file

        own = board_file(repository, snapshot, kind.removeprefix(BOARD_WORKBOOK), reader, now)
        return own.name, own.content
    from survey.reporting.reports.peer_review_files import peer_review_pack

    pack = peer_review_pack(repository, snapshot, kind.removeprefix(PEER_REVIEW), reader, ending, now)
    return pack.name, pack.content
