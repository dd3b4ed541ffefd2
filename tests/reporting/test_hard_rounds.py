"""Rounds that are hard to write down: nobody answered, one did, a board without clusters, hundreds of outcomes, words
that no file takes as they are. Each gives a workbook in both languages that keeps the rules."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from survey.collection.responses.lifecycle import save_page, submit
from survey.collection.responses.merge import whole
from survey.collection.responses.response import Writer
from survey.collection.rounds.round import Round, change_round, create_round
from survey.collection.rounds.snapshot import RoundSources, load_snapshot, write_snapshot
from survey.languages import language
from survey.questionnaire.builder import framework_from, questionnaire_from
from survey.questionnaire.texts import messages
from survey.reporting.workbooks.registry import Prepared, prepared, prepared_words
from survey.reporting.xlsx.check.checker import check_workbook
from survey.storage.tinydb_files.repository import FileRepository
from tests.reporting.conftest import words
from tests.reporting.reading import ReadWorkbook
from tests.reporting.small_wales import CLUSTER_NAMES, NOW, QUESTIONNAIRES, SIX, THREE, TWO, answers_of, cluster_list

ROUND = "hard"
ASSIGNED = dict.fromkeys((SIX, THREE, TWO), ("acd-01", "pcmw-01", "pcmw-05"))
Books = dict[str, ReadWorkbook]


def national(repository: FileRepository) -> Prepared:
    return prepared(repository, ROUND, 5, NOW)


def own_words(repository: FileRepository) -> Prepared:
    return prepared_words(repository, ROUND, NOW)


class HardRound:
    """A round of the real questionnaire that a test makes hard before it is written to disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.definition = json.loads((QUESTIONNAIRES / "self-reflection" / "2026.json").read_text("utf-8"))
        name = f"{self.definition['framework']}.json"
        self.framework = json.loads((QUESTIONNAIRES / "frameworks" / name).read_text("utf-8"))
        self.clusters = cluster_list()
        self.assigned: dict[str, tuple[str, ...]] = ASSIGNED
        self.responding: tuple[str, ...] = tuple(CLUSTER_NAMES)[:8]
        self.typed: tuple[str, ...] = ()

    def kept(self) -> FileRepository:
        """The round on disk, with its responses."""
        repository = FileRepository(self.folder / "data")
        found = [*messages(questionnaire_from(self.definition)), *messages(framework_from(self.framework))]
        english = {message.context: message.text for message in found}
        round_ = Round(ROUND, "self-reflection", "2026", "2026-27", "small-wales", assignments=self.assigned)
        create_round(repository, round_)
        sources = RoundSources(self.definition, self.framework, self.clusters)
        digest = write_snapshot(repository, ROUND, sources, self.assigned, {"en": english, "cy": english})
        change_round(repository, ROUND, lambda kept: replace(kept, status="open", snapshot_digest=digest, opens=NOW))
        for code in self.responding:
            self._respond(repository, code)
        return repository

    def workbooks(self, *codes: str, make: Callable[[FileRepository], Prepared] = national) -> Books:
        made = make(self.kept())
        return {code: ReadWorkbook(made.write(language(code), self.folder), words(code)) for code in codes}

    def _respond(self, repository: FileRepository, code: str) -> None:
        snapshot, random = load_snapshot(repository, ROUND), Random(code)
        for page in snapshot.instrument(code).pages:
            answers = answers_of(page, random)
            if self.typed:
                texts = [question.id for question in page.section.questions if question.type == "long_text"]
                answers |= {name: random.choice(self.typed) for name in texts if name in answers}
            number = f"{random.getrandbits(128):032x}"
            save_page(repository, snapshot, code, page, whole(answers), writer=Writer("en"), now=NOW, new_id=number)
        submit(repository, snapshot, code, language="en", now=NOW)


@pytest.fixture
def hard(tmp_path: Path) -> HardRound:
    return HardRound(tmp_path)


def keeps_the_rules(books: Books) -> ReadWorkbook:
    """The English one, when all keep every rule."""
    for book in books.values():
        assert check_workbook(book.path, language("en")) == []
    return books["en"]


def test_without_any_response_every_cluster_is_there_and_nothing_stands_out(hard: HardRound) -> None:
    hard.responding = ()
    book = keeps_the_rules(hard.workbooks("en", "cy"))
    assert len(book.rows("Response by cluster")) == 11
    assert book.rows("Key findings") == [["[z]"] * 3]
    assert {row[-3] for row in book.rows("Answers")} == {0}
    assert all(row[6:] == [0, *["[u]"] * 7] for row in book.rows("Numbers"))


def test_with_one_response_nothing_is_said_but_counts(hard: HardRound) -> None:
    hard.responding = ("c-arfon",)
    book = keeps_the_rules(hard.workbooks("en", "cy"))
    findings = [row[1] for row in book.rows("Key findings")]
    assert findings == ["1 of 11 clusters have a response that counts (9%)."]
    assert {row[-1] for row in book.rows("Answers")} == {"[u]"}


def test_a_board_without_clusters_has_no_rows(hard: HardRound) -> None:
    board = {"code": "W9", "short": "w9", "rpb_en": "P", "rpb_cy": "P", "name_en": "Empty", "name_cy": "Gwag"}
    hard.clusters["health_boards"].append(board)
    book = keeps_the_rules(hard.workbooks("en", "cy"))
    for name in ("Response by health board", "Answers", "Movement by health board", "Criteria by health board"):
        assert "Empty" not in {row[0] for row in book.rows(name)}


def test_names_that_are_the_same_in_both_languages_and_of_two_clusters(hard: HardRound) -> None:
    for cluster in hard.clusters["clusters"]:
        cluster["name_en"] = cluster["name_cy"] = "Llan"
    for board in hard.clusters["health_boards"]:
        board["name_cy"] = board["name_en"]
    book = keeps_the_rules(hard.workbooks("en", "cy"))
    assert len({row[2] for row in book.rows("Response by cluster")}) == 11


TYPED = ("é" * 30_000, "😀 " * 12_000, "a\x0bb\ufffe\x00 [x]", "=1+1", "]]>&lt;_x000D_")


def test_words_are_whole_however_long_and_whatever_is_in_them(hard: HardRound) -> None:
    """Only a character that no XML can hold is another one, which tells that there was one."""
    for section in hard.definition["sections"]:
        for question in section["questions"]:
            if question["type"] == "long_text":
                question["max_length"] = 30_000
    hard.typed = TYPED
    book = keeps_the_rules(hard.workbooks("en", "cy", make=own_words))
    header, rows = book.table("Written answers")
    words_at = [place for place, title in enumerate(header) if title.startswith("What was written")]
    assert len(words_at) == 2
    said = {"".join(row[place] for place in words_at if row[place] != "[z]") for row in rows}
    assert said >= {typed.replace("\x0b", "�").replace("\ufffe", "�").replace("\x00", "�") for typed in TYPED}


def test_three_hundred_outcomes(hard: HardRound) -> None:
    last = max(outcome["number"] for outcome in hard.framework["outcomes"] if outcome["module"] == "pcmw")
    pattern = next(outcome for outcome in hard.framework["outcomes"] if outcome["id"] == "pcmw-01")
    for number in range(last + 1, 301):
        text = json.dumps(pattern).replace("pcmw-01", f"pcmw-{number}")
        hard.framework["outcomes"].append(json.loads(text) | {"number": number})
    hard.assigned = ASSIGNED | {TWO: tuple(f"pcmw-{number}" for number in range(last + 1, 301))}
    hard.responding = ("c-arfon",)
    book = keeps_the_rules(hard.workbooks("en"))
    assert len(book.rows("Maturity by outcome")) == 300 - last + 3
