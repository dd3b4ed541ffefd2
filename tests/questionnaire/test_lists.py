"""Long lists: what of one is offered after an answer, in which order, and what of an answer that does not fit."""

from survey.languages import language
from survey.questionnaire.builder import questionnaire_from
from survey.questionnaire.lists import in_order, narrowed
from survey.questionnaire.texts import Texts
from survey.questionnaire.walk import Instrument
from tests.questionnaire.examples import question, questionnaire, source


def test_an_option_of_another_answer_is_kept_in_the_draft_and_cannot_be_submitted() -> None:
    instrument = Instrument(questionnaire("list_choice"), None)
    fitting = instrument.walk({"page": {"part": "north", "asked": "a"}})
    other = instrument.walk({"page": {"part": "south", "asked": "a"}})
    assert (fitting.gaps(), other.answers["page"]["asked"]) == ((), "a")
    assert [gap.problem.code for gap in other.gaps()] == ["of_another_answer"]


def test_what_belongs_to_no_answer_and_everything_before_an_answer_is_offered() -> None:
    asked = question("list_choice")
    assert [one.code for one in narrowed(asked, {"part": "south"}.get).options] == ["c", "none"]
    assert narrowed(asked, {}.get).options == asked.options
    assert not Instrument(questionnaire("list_choice"), None).walk({"page": {"asked": "a"}}).gaps()


def test_a_list_is_in_the_order_of_the_alphabet_of_the_reader_with_the_last_at_its_end() -> None:
    options = question("list_choice").options
    words = Texts("en", {option.label.key: option.label.english for option in options})
    assert [one.code for one in in_order(options, words, language("en"))] == ["c", "d", "a", "b", "none"]
    assert [one.code for one in in_order(options, words, language("cy"))] == ["c", "d", "b", "a", "none"]


def test_questions_that_share_a_list_hold_it_once_however_long_it_is() -> None:
    whole = source("list_choice")
    whole["option_sets"]["practices"] = [{"code": f"p{n}", "label": f"Practice {n}"} for n in range(2_000)]
    asked = whole["sections"][0]["questions"][1]
    whole["sections"][0]["questions"].append(asked | {"id": "again"})
    one, other = questionnaire_from(whole).sections[0].questions[1:]
    assert one.options is other.options
    assert len(one.options) == 2_000
