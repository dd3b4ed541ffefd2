"""Reports and packs of rounds that are hard to write down: each comes out whole, says what there is, and opens."""

from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest

from survey.collection.errors import DomainError
from survey.collection.rounds.snapshot import load_snapshot
from survey.languages import language
from survey.reporting.reports.national_report import national_report
from survey.reporting.reports.peer_review_files import peer_review_pack
from survey.storage.tinydb_files.repository import FileRepository
from tests.reporting.reports.reading import ReadDocument, text
from tests.reporting.small_wales import NOW, SIX, THREE, TWO
from tests.reporting.test_hard_rounds import ROUND, TYPED, HardRound, hard  # noqa: F401 (a fixture)

EMPTY = {"code": "W9", "short": "w9", "rpb_en": "P", "rpb_cy": "P", "name_en": "Empty", "name_cy": "Gwag"}


def report_of(repository: FileRepository) -> ReadDocument:
    snapshot = load_snapshot(repository, ROUND)
    return ReadDocument(national_report(repository, snapshot, language("en"), True, b"", b"").content)


def pack_of(repository: FileRepository, ending: str, board: str = SIX) -> bytes:
    return peer_review_pack(repository, load_snapshot(repository, ROUND), board, language("en"), ending, NOW).content


def nobody(round_: HardRound) -> None:
    round_.responding = ()


def one(round_: HardRound) -> None:
    round_.responding = ("c-arfon",)


def same_names(round_: HardRound) -> None:
    for place in (*round_.clusters["clusters"], *round_.clusters["health_boards"]):
        place["name_cy"] = place["name_en"]


def board_without_clusters(round_: HardRound) -> None:
    round_.clusters["health_boards"].append(EMPTY)


def outcome_of_nobody(round_: HardRound) -> None:
    """Every outcome but one, which nobody was assigned."""
    round_.assigned = dict.fromkeys((SIX, THREE, TWO), ("acd-01",))


@pytest.mark.parametrize("harden", [nobody, one, same_names, board_without_clusters, outcome_of_nobody])
def test_report_and_packs_come_out_whole(hard: HardRound, harden: Callable[[HardRound], None]) -> None:  # noqa: F811
    harden(hard)
    repository = hard.kept()
    report = report_of(repository)
    expected = 11
    assert (
        report.paragraphs.count(f"Responses that count: {len(hard.responding)}. Clusters expected: {expected}.") == 2
    ), "in the summary and in the chapter"
    document = ReadDocument(pack_of(repository, "docx"))
    assert next(heading for level, heading in document.headings if level == 1) == "Who has submitted"
    assert len(openpyxl.load_workbook(BytesIO(pack_of(repository, "xlsx"))).worksheets) > 10
    told = "\n".join((*report.paragraphs, *document.paragraphs))
    assert "Empty" not in told
    headings = "\n".join(heading for _, heading in (*report.headings, *document.headings))
    assert ("PCMW 5" in headings) == (harden is not outcome_of_nobody)
    assert ("PCMW 5: " in told.split("No cluster was asked about these outcomes this year: ")[1].split("\n")[0]) == (
        harden is outcome_of_nobody
    )


def test_a_board_without_clusters_has_no_pack(hard: HardRound) -> None:  # noqa: F811
    board_without_clusters(hard)
    with pytest.raises(DomainError) as refused:
        pack_of(hard.kept(), "docx", EMPTY["code"])
    assert refused.value.code == "unknown_health_board"


def test_words_are_whole_however_long_and_whatever_is_in_them(hard: HardRound) -> None:  # noqa: F811
    for section in hard.definition["sections"]:
        for question in section["questions"]:
            if question["type"] == "long_text":
                question["max_length"] = 30_000
    hard.typed, hard.responding = TYPED, ("c-arfon", "c-cwm", "c-dwyfor", "c-llyn", "c-lon", "c-chwarel")
    repository = hard.kept()
    report_of(repository)
    said = {text(paragraph) for paragraph in ReadDocument(pack_of(repository, "docx")).styled("Reply")}
    for typed in TYPED:
        whole = typed.replace("\x0b", "�").replace("\ufffe", "�").replace("\x00", "�").strip()
        assert any(whole in one for one in said), typed[:20]
