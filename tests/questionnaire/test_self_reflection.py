"""The annual cluster self-reflection asks everything that the design lists, in every edition that is kept."""

from dataclasses import replace
from itertools import pairwise

import pytest

from survey.questionnaire.definition import Question, Questionnaire
from survey.questionnaire.library import Library, load_all
from survey.questionnaire.walk import Instrument

SELF_REFLECTION = {
    "participants",
    "how_done",
    "population",
    "change",
    "criteria",
    "indicated_level",
    "judged_level",
    "level_difference",
    "went_well",
    "went_less_well",
    "do_differently",
    "evidence_items",
    "evidence_title",
    "evidence_link",
    "evidence_date",
    "evidence_shows",
    "action",
    "action_lead",
    "action_due",
    "action_before",
    "action_went",
    "action_went_comment",
    "enabler",
    "enabler_comment",
    "other_enablers",
    "other_barriers",
    "help_wanted",
    "help_from",
    "good_practice",
    "good_practice_title",
    "good_practice_problem",
    "good_practice_done",
    "good_practice_how",
    "good_practice_learning",
    "good_practice_outcomes",
    "good_practice_contact",
    "good_practice_share",
    "signed_name",
    "signed_role",
    "signed_date",
    "agreed",
    "reservations",
}


@pytest.fixture(scope="module")
def library() -> Library:
    return load_all()


@pytest.fixture(scope="module")
def this_year(library: Library) -> Questionnaire:
    return library.questionnaires["self-reflection", "2026"]


def editions(library: Library) -> list[Questionnaire]:
    return [edition for (name, _), edition in library.questionnaires.items() if name == "self-reflection"]


def by_measure(questionnaire: Questionnaire) -> dict[str, list[Question]]:
    found: dict[str, list[Question]] = {}
    for section in questionnaire.sections:
        for question in section.questions:
            for asked in (question, *question.questions):
                found.setdefault(str(asked.measure), []).append(asked)
    return found


def codes(question: Question) -> list[str]:
    return [option.code for option in question.options]


def test_three_editions_are_kept(library: Library) -> None:
    assert [item.edition for item in editions(library)] == ["2024", "2025", "2026"]


def test_its_sections(this_year: Questionnaire) -> None:
    assert [section.id for section in this_year.sections] == [
        "about",
        "last_year",
        "outcome",
        "worksheet",
        "enablers",
        "good_practice",
        "sign_off",
    ]
    assert [section.id for section in this_year.sections if section.for_each] == ["outcome", "worksheet"]
    assert [section.id for section in this_year.sections if section.worksheet] == ["worksheet"]
    assert this_year.respondent == "cluster"


def test_it_feeds_every_measure_of_a_self_reflection(this_year: Questionnaire) -> None:
    found = by_measure(this_year)
    assert set(found) - {"None"} == SELF_REFLECTION
    assert len(found["enabler"]) == len(found["enabler_comment"]) == 6
    worksheet = this_year.section("worksheet")
    assert worksheet is not None
    assert found["None"] == [question for question in found["None"] if question.id == "participants_others"] + [
        *worksheet.questions
    ]


def test_a_worksheet_asks_the_seven_questions_of_a_logic_model_in_every_edition(library: Library) -> None:
    assert any(section.worksheet for one in library.questionnaires.values() for section in one.sections)
    for questionnaire in library.questionnaires.values():
        for section in questionnaire.sections:
            if section.worksheet:
                assert [question.id for question in section.questions] == [
                    "inputs",
                    "activities",
                    "outputs",
                    "outcomes",
                    "impacts",
                    "barriers",
                    "assumptions",
                ]


def test_the_core_membership_of_a_cluster_is_named(this_year: Questionnaire) -> None:
    assert len(by_measure(this_year)["participants"][0].options) == 13


def test_states_levels_and_scale(this_year: Questionnaire) -> None:
    found = by_measure(this_year)
    assert codes(found["criteria"][0]) == ["in_place", "partly", "not_yet", "dont_know", "not_relevant"]
    assert codes(found["judged_level"][0]) == ["working_towards", "foundation", "developing", "mature"]
    assert codes(found["indicated_level"][0]) == codes(found["judged_level"][0])
    assert [option.value for option in found["enabler"][0].options] == [-2, -1, 0, 1, 2]
    assert codes(found["help_from"][0]) == ["cluster", "pcpg", "health_board", "rpb", "national"]
    assert codes(found["good_practice_share"][0]) == ["beyond", "own_board"]


def test_a_good_practice_example_can_serve_any_outcome(this_year: Questionnaire, library: Library) -> None:
    framework = library.frameworks[this_year.framework_id or ""]
    assert codes(by_measure(this_year)["good_practice_outcomes"][0]) == [outcome.id for outcome in framework.outcomes]


def test_levels_are_called_as_the_framework_calls_them(this_year: Questionnaire, library: Library) -> None:
    framework = library.frameworks[this_year.framework_id or ""]
    labels = {option.code: option.label.english for option in by_measure(this_year)["judged_level"][0].options}
    assert {level.id: level.name.english for level in framework.levels}.items() <= labels.items()


def test_what_is_required_to_submit(this_year: Questionnaire) -> None:
    required = {measure for measure, some in by_measure(this_year).items() for item in some if item.required}
    assert required == {
        "participants",
        "how_done",
        "criteria",
        "judged_level",
        "went_well",
        "went_less_well",
        "do_differently",
        "action",
        "action_went",
        "enabler",
        "signed_name",
        "signed_role",
        "signed_date",
        "agreed",
        "reservations",
    }


def test_good_practice_is_never_required(this_year: Questionnaire, library: Library) -> None:
    instrument = Instrument(this_year, library.frameworks[this_year.framework_id or ""], ())
    answers = {"good_practice": {"examples": [{"id": "a1"}]}}
    assert instrument.walk(answers).gaps("good_practice") == ()


def test_reservations_are_asked_for_only_when_there_are_some(this_year: Questionnaire, library: Library) -> None:
    instrument = Instrument(this_year, library.frameworks[this_year.framework_id or ""], ())
    for code, expected in (("yes", False), ("with_reservations", True)):
        asked = {question.id for question in instrument.walk({"sign_off": {"agreed": code}}).asked["sign_off"]}
        assert ("reservations" in asked) is expected


def test_help_is_asked_from_somebody_only_when_it_is_wanted(this_year: Questionnaire, library: Library) -> None:
    instrument = Instrument(this_year, library.frameworks[this_year.framework_id or ""], ())
    assert "help_from" not in {question.id for question in instrument.walk({}).asked["enablers"]}
    walked = instrument.walk({"enablers": {"help_wanted": "Time"}})
    assert "help_from" in {question.id for question in walked.asked["enablers"]}


def test_earlier_editions_are_continued(library: Library) -> None:
    for earlier, later in pairwise(editions(library)):
        before = {(section.id, item.id) for section in earlier.sections for item in section.questions}
        for section in later.sections:
            for item in section.questions:
                known = (section.id, item.was or item.id) in before
                assert known == (item.since != later.edition), f"{later.edition}: {section.id}.{item.id}"


def test_questions_that_go_on_keep_their_type_and_codes(library: Library) -> None:
    for earlier, later in pairwise(editions(library)):
        before = by_measure(earlier)
        for measure, questions in by_measure(later).items():
            for was, now in zip(before.get(measure, questions), questions, strict=True):
                assert (was.type, codes(was)) == (now.type, codes(now)), measure


def test_the_rule_for_levels_is_the_same_in_every_edition(library: Library) -> None:
    rules = {replace(item.level_rule) for item in editions(library) if item.level_rule}
    assert len(rules) == 1
