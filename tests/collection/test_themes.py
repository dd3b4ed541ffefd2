"""Themes: the team's own short list for each question, in both languages, kept with its round."""

from dataclasses import replace

import pytest

from survey.collection.errors import DomainError
from survey.collection.reading.decisions import NOT_READ, TextReading
from survey.collection.reading.selection import UNTAGGED, TextFilter
from survey.collection.reading.texts import WrittenText
from survey.collection.reading.themes import (
    MOST_THEMES,
    Theme,
    earlier_themes,
    keep_themes,
    known_themes,
    read_themes,
    take_over,
    themes_of,
    version_of,
)
from survey.collection.rounds.round import Round, change_round, create_round
from survey.collection.soundness import sound
from survey.languages import language
from survey.storage.repository import Unreadable
from survey.storage.verification import verify
from tests.collection.example import NOW, ROUND, opened_round
from tests.verified import is_clean

ASKED = "about.change"
PAY, TIME = Theme("", "Cyflog", "Pay"), Theme("", "Amser", "Time")


def kept(repository, round_id=ROUND):
    return read_themes(repository, round_id).get(ASKED, ())


def keep(repository, *themes, seen=None):
    keep_themes(repository, ROUND, ASKED, version_of(kept(repository) if seen is None else seen), themes, NOW)


def test_a_theme_keeps_its_code_when_it_is_renamed_and_its_code_is_not_given_again(repository):
    keep(repository, PAY, TIME)
    keep(repository, Theme("t1", "Tâl", "Pay  and  reward"))
    keep(repository, *kept(repository), Theme("", "Llwyth", "Load"))
    assert kept(repository) == (Theme("t1", "Tâl", "Pay and reward"), Theme("t3", "Llwyth", "Load"))


def test_two_themes_never_have_one_code(repository):
    keep(repository, PAY)
    one = kept(repository)[0]
    keep(repository, one, replace(TIME, code=one.code))
    assert kept(repository) == (one, replace(TIME, code="t2"))


def test_a_code_that_the_list_has_not_is_given_by_the_list(repository):
    keep(repository, replace(PAY, code="'; --"))
    assert kept(repository) == (replace(PAY, code="t1"),)


@pytest.mark.parametrize(
    ("themes", "code"),
    [
        ((Theme("", "Cyflog", ""),), "half_a_theme"),
        ((Theme("", " ", "Pay"),), "half_a_theme"),
        ((Theme("", "a" * 61, "Pay"),), "long_theme"),
        ((PAY, Theme("", "Tâl", "PAY")), "theme_twice"),
        (tuple(Theme("", f"c{n}", f"e{n}") for n in range(MOST_THEMES + 1)), "many_themes"),
    ],
)
def test_a_list_that_cannot_be_is_refused_and_changes_nothing(repository, themes, code):
    keep(repository, TIME)
    with pytest.raises(DomainError) as caught:
        keep(repository, *themes)
    assert caught.value.code == code
    assert caught.value.say(language("cy"))
    assert kept(repository) == (replace(TIME, code="t1"),)


def test_two_who_change_a_list_at_once_do_not_write_over_each_other(repository):
    keep(repository, PAY)
    with pytest.raises(DomainError) as caught:
        keep(repository, TIME, seen=())
    assert caught.value.code == "themes_changed"
    keep(repository, PAY, seen=())
    assert kept(repository) == (replace(PAY, code="t1"),)


def test_the_list_can_begin_as_that_of_the_year_before_with_its_codes(repository):
    snapshot = opened_round(repository)
    before = Round("small-2025", snapshot.round.questionnaire, "2025", "2025-26", snapshot.round.cluster_list)
    create_round(repository, before)
    change_round(repository, before.id, lambda draft: replace(draft, status="open", snapshot_digest="x"))
    keep_themes(repository, before.id, ASKED, version_of(()), (PAY, TIME), NOW)
    seen = version_of(kept(repository, before.id))
    keep_themes(repository, before.id, ASKED, seen, (Theme("t2", "Amser", "Time"),), NOW)
    assert earlier_themes(repository, snapshot, ASKED) == (Theme("t2", "Amser", "Time"),)
    take_over(repository, snapshot, ASKED, NOW)
    keep(repository, *kept(repository), PAY)
    assert [theme.code for theme in kept(repository)] == ["t2", "t3"]
    take_over(repository, snapshot, ASKED, NOW)
    assert len(kept(repository)) == 2


def test_a_list_that_cannot_be_read_is_named(repository):
    opened_round(repository)
    keep(repository, PAY)
    assert is_clean(verify(repository, sound(repository, language("en"))))
    repository.write(themes_of(ROUND), ASKED, {"themes": [{"code": "t1"}], "next": 2})
    with pytest.raises(Unreadable):
        read_themes(repository, ROUND)
    assert len(verify(repository, sound(repository, language("en"))).wrong) == 1


def test_texts_are_chosen_by_all_that_is_wanted(repository):
    themes = {ASKED: (replace(PAY, code="t1"), replace(TIME, code="t2"))}
    texts = [
        WrittenText("1", ASKED, "One.", "en", "arfon", "B1", "pcmw-01"),
        WrittenText("2", ASKED, "Dau.", "cy", "môn", "B1", "pcmw-02"),
        WrittenText("3", ASKED, "Tri.", "cy", "conwy", "B2", "pcmw-01"),
        WrittenText("4", "other.question", "Four.", "en"),
    ]
    readings = {
        "1": TextReading("released", themes=frozenset({"t1", "t2"})),
        "3": TextReading("withheld", themes=frozenset({"t9"})),
    }

    def found(**wanted):
        return "".join(text.key for text, _ in TextFilter(**wanted).selected(texts, readings, themes))

    assert found() == "1234"
    assert found(asked=ASKED) == "123"
    assert found(written_in="cy") == "23"
    assert found(board="B1", outcome="pcmw-01") == "1"
    assert found(state="waiting") == "24"
    assert found(theme="t2") == "1"
    assert found(asked=ASKED, theme=UNTAGGED) == "23"
    assert found(theme="t9") == ""


def test_a_theme_that_is_no_more_on_the_list_counts_no_more():
    assert known_themes(TextReading(themes=frozenset({"t1", "t2"})), (replace(PAY, code="t1"),)) == frozenset({"t1"})
    assert known_themes(NOT_READ, (replace(PAY, code="t1"),)) == frozenset()
