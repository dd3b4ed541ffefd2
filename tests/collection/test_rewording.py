"""Wording is corrected in an open round by a logged revision; what would ask something else is refused."""

import copy
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from survey.collection.errors import DomainError
from survey.collection.responses.lifecycle import submit
from survey.collection.rounds.opening import open_round
from survey.collection.rounds.rewording import Revision, Rewording, revise_texts, revisions, rewordings
from survey.collection.rounds.round import close_round, create_round, read_round
from survey.collection.rounds.snapshot import RoundSources, load_snapshot, worded_as
from survey.collection.soundness import sound
from survey.languages import REPOSITORY_CATALOGUES, language
from survey.storage.tinydb_files.repository import FileRepository
from survey.storage.verification import verify
from tests.catalogues_in_use import use_catalogues
from tests.collection.catalogue import write_welsh, write_welsh_of
from tests.collection.example import FRAMEWORK, LATER, NOW, ROUND, SOURCES, save_all, small_round

LABEL = "small.about.how.label"
BEFORE, AFTER = "How did you do it?", "How did you do this?"


@pytest.fixture
def welsh(tmp_path: Path) -> Iterator[Path]:
    write_welsh(tmp_path / "welsh")
    use_catalogues(tmp_path / "welsh")
    yield tmp_path / "welsh"
    use_catalogues(REPOSITORY_CATALOGUES)


@pytest.fixture
def opened(repository: FileRepository, welsh: Path) -> FileRepository:
    create_round(repository, small_round())
    open_round(repository, ROUND, SOURCES, lambda _: [], NOW)
    return repository


def reworded(welsh: Path, label: str = AFTER, **question: Any) -> RoundSources:
    """The files of today with another label of one question, and its Welsh; `question` changes more of it."""
    definition = copy.deepcopy(dict(SOURCES.definition))
    definition["sections"][0]["questions"][0] |= {"label": label, **question}
    write_welsh_of(welsh, definition)
    use_catalogues(welsh)
    return replace(SOURCES, definition=definition)


def revise(repository: FileRepository, sources: RoundSources, **changed: Any) -> Revision:
    given: dict[str, Any] = {"reason": "“it” was unclear", "by": "mair", "vouched": False, "now": LATER}
    given |= {"shown": rewordings(repository, ROUND, sources)} | changed
    return revise_texts(repository, ROUND, sources, given.pop("gate", lambda _: []), **given)


def refused(repository: FileRepository, sources: RoundSources, **changed: Any) -> str:
    before = (read_round(repository, ROUND), revisions(repository, ROUND))
    with pytest.raises(DomainError) as caught:
        revise(repository, sources, **changed)
    assert (read_round(repository, ROUND), revisions(repository, ROUND)) == before
    return caught.value.code


def test_a_correction_is_shown_in_both_languages_and_logged(opened: FileRepository, welsh: Path) -> None:
    sources = reworded(welsh)
    assert rewordings(opened, ROUND, sources) == [
        Rewording(LABEL, "cy", f"Cymraeg: {BEFORE}", f"Cymraeg: {AFTER}"),
        Rewording(LABEL, "en", BEFORE, AFTER),
    ]
    frozen = read_round(opened, ROUND).snapshot_digest
    made = revise(opened, sources)
    assert revisions(opened, ROUND) == [made]
    assert (made.number, made.by, made.reason, made.at) == (1, "mair", "“it” was unclear", LATER)
    snapshot = load_snapshot(opened, ROUND)
    assert (snapshot.texts["cy"].words[LABEL], snapshot.round.snapshot_digest) == (f"Cymraeg: {AFTER}", frozen)
    assert rewordings(opened, ROUND, sources) == []


def test_each_submission_names_the_words_that_it_was_given_under(opened: FileRepository, welsh: Path) -> None:
    snapshot = load_snapshot(opened, ROUND)
    save_all(opened, snapshot)
    first = submit(opened, snapshot, "arfon", language="en", now=LATER)
    revise(opened, reworded(welsh))
    now = load_snapshot(opened, ROUND)
    save_all(opened, now, "conwy-west")
    second = submit(opened, now, "conwy-west", language="en", now=LATER)
    assert (first.text_revision, second.text_revision) == (0, 1)
    said = [worded_as(opened, now, one.text_revision).texts["en"].words[LABEL] for one in (first, second)]
    assert said == [BEFORE, AFTER]


@pytest.mark.parametrize(
    "question",
    [
        {"options": [{"code": "meeting", "label": "At a meeting"}]},
        {"required": False},
        {"hint": "A new hint"},
        {"measure": None},
    ],
)
def test_what_asks_something_else_is_refused(opened: FileRepository, welsh: Path, question: dict[str, Any]) -> None:
    sources = reworded(welsh, **question)
    assert refused(opened, sources, shown=[]) == "meaning_changed"


@pytest.mark.parametrize(
    "label",
    [
        "How did you do it in 3 days?",
        "How did you not do it?",
        "Which of these people took part this time?",
        "Who did it with you?",
    ],
)
def test_words_that_may_ask_something_else_have_to_be_vouched_for(
    opened: FileRepository, welsh: Path, label: str
) -> None:
    sources = reworded(welsh, label)
    assert refused(opened, sources) == "not_vouched"
    assert revise(opened, sources, vouched=True).vouched


def test_a_correction_needs_a_reason_words_that_changed_and_what_was_shown(opened: FileRepository, welsh: Path) -> None:
    assert refused(opened, SOURCES) == "nothing_reworded"
    sources = reworded(welsh)
    assert refused(opened, sources, reason="  ") == "round_reason"
    assert refused(opened, sources, shown=[]) == "revised_meanwhile"


def test_a_fault_of_the_gate_stands_in_the_way(opened: FileRepository, welsh: Path) -> None:
    sources = reworded(welsh)
    shown = rewordings(opened, ROUND, sources)
    with pytest.raises(DomainError, match="gate"):
        revise_texts(
            opened,
            ROUND,
            sources,
            lambda names: [" ".join(names)],
            shown=shown,
            reason="r",
            by="m",
            vouched=True,
            now=NOW,
        )
    assert read_round(opened, ROUND).text_revision == 0


def test_a_closed_round_keeps_its_words(opened: FileRepository, welsh: Path) -> None:
    sources = reworded(welsh)
    shown = rewordings(opened, ROUND, sources)
    close_round(opened, ROUND, LATER)
    assert refused(opened, sources, shown=shown) == "not_open"


def test_a_criterion_of_the_framework_is_corrected_too(opened: FileRepository, welsh: Path) -> None:
    framework = copy.deepcopy(FRAMEWORK)
    framework["outcomes"][0]["criteria"][0]["text"] = "First of one"
    with pytest.raises(DomainError, match="gate"):
        rewordings(opened, ROUND, replace(SOURCES, framework=framework))
    framework["outcomes"][0]["criteria"][0]["level"] = "developing"
    with pytest.raises(DomainError, match="meaning_changed"):
        rewordings(opened, ROUND, replace(SOURCES, framework=framework))


def test_verify_sees_texts_that_were_changed_behind_the_log(opened: FileRepository, welsh: Path) -> None:
    revise(opened, reworded(welsh))
    check = sound(opened, language("en"))
    assert verify(opened, check).wrong == []
    opened.write_bytes(("rounds", ROUND, "texts", "1"), "texts.en.json", b"{}")
    assert [wrong.reasons for wrong in verify(opened, check).wrong] == [
        ("The texts of this correction have been changed since.",)
    ]


def test_a_correction_that_a_crash_cut_short_counts_for_nothing(
    opened: FileRepository, welsh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = reworded(welsh)
    with monkeypatch.context() as crash:
        crash.setattr("survey.collection.rounds.rewording.change_round", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            revise(opened, sources)
    assert revisions(opened, ROUND) == []
    assert load_snapshot(opened, ROUND).texts["en"].words[LABEL] == BEFORE
    made = revise(opened, sources)
    assert (revisions(opened, ROUND), load_snapshot(opened, ROUND).texts["en"].words[LABEL]) == ([made], AFTER)
    assert verify(opened, sound(opened, language("en"))).wrong == []
