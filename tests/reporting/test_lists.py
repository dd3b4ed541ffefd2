"""A long list in what is written of it: the answers that were given, and words that tell options apart."""

from types import SimpleNamespace
from typing import Any, cast

import numpy as np

from survey.collection.meeting_packs.blanks import blanks_of
from survey.languages import language
from survey.questionnaire.texts import texts_in
from survey.questionnaire.types import answer_type
from survey.questionnaire.walk import Instrument
from survey.reporting.documents.description import PackWords
from survey.reporting.workbooks.generic.answers import AskedItem, PossibleAnswer
from survey.reporting.workbooks.generic.clusters import answers_shown
from tests.questionnaire.examples import question, questionnaire

TEXTS = texts_in(language("en"), questionnaire("list_choice"), None)


def asked_of_two(type_name: str) -> AskedItem:
    """What two clusters chose of the options of a type: both the first."""
    one = question(type_name)
    variable: Any = SimpleNamespace(asks=one, question=one)
    first, *others = (option.label for option in one.options)
    nobody = [PossibleAnswer(label.key, label, np.array([False, False])) for label in others]
    both = PossibleAnswer(first.key, first, np.array([True, True]))
    return AskedItem("page.asked", variable, (), np.array([True, True]), (both, *nobody), excluding=True)


def test_a_table_has_the_options_of_a_long_list_that_somebody_chose_and_all_of_a_short_one() -> None:
    assert len(list(answers_shown(asked_of_two("list_choice")))) == 1
    assert len(list(answers_shown(asked_of_two("single_choice")))) == len(question("single_choice").options)


def test_a_meeting_pack_tells_options_apart_that_read_alike_and_has_them_in_order() -> None:
    page = Instrument(questionnaire("list_choice"), None).pages[0]
    part, asked = page.section.questions
    snapshot = cast("Any", SimpleNamespace(texts={"en": TEXTS}))
    (blank,) = blanks_of(page, asked)
    assert PackWords(snapshot, ("en",)).choices(blank, part.options) == (
        ("Cwm Surgery (South)", "c"),
        ("Cwm Surgery (North)", "d"),
        ("Llan Surgery", "a"),
        ("Lodge Surgery", "b"),
        ("Another practice", "none"),
    )
    assert answer_type(asked).searched
