"""What the workforce skills survey asks, and what it must never ask (design: questionnaires.md)."""

import re
from collections import Counter
from itertools import pairwise

import polib
import pytest

from survey.config import ROOT
from survey.questionnaire.builder import questionnaire_from
from survey.questionnaire.definition import Option, Question
from survey.questionnaire.library import check, load_source
from survey.questionnaire.measures import REPEATED
from survey.questionnaire.texts import messages
from survey.questionnaire.types import ANSWER_TYPES

FILE = ROOT / "questionnaires" / "workforce-skills" / "2026.json"
SURVEY = questionnaire_from(load_source(FILE, "questionnaire"))
QUESTIONS = {question.id: question for section in SURVEY.sections for question in section.questions}
ASKED = {name: question for name, question in QUESTIONS.items() if question.type != "statement"}
SKILLS = QUESTIONS["skills"]
LEVELS = ("welsh_understanding", "welsh_reading", "welsh_writing")

CATALOGUE = polib.pofile(str(ROOT / "translations" / "cy" / "LC_MESSAGES" / "workforce-skills.po"), wrapwidth=0)
WELSH = {(entry.msgctxt, entry.msgid): entry for entry in CATALOGUE if not entry.obsolete}
MESSAGES = list(messages(SURVEY))

ABOUT_A_PERSON = re.compile(
    r"\b(name|e-?mail|phone|telephone|address|postcode|birth|age|gender|sex|ethnic\w*|religion|disab\w*|nationality"
    r"|registration|number|surgery|job title)\b",
    re.IGNORECASE,
)


def welsh(option: Option) -> str:
    return str(WELSH[option.label.key, option.label.english].msgstr)


def answers(question: Question) -> int:
    """How many answers a person gives to a question: one for each cell of a matrix."""
    return len(question.rows) * len(question.columns) or 1


def codes(name: str) -> list[str]:
    return [option.code for option in QUESTIONS[name].options]


def problems(name: str, answer: object) -> list[str]:
    question = QUESTIONS[name]
    return [problem.code for problem in ANSWER_TYPES[question.type].read(question, answer, None).problems]


def test_nothing_is_wrong_with_the_file() -> None:
    assert check([FILE]) == []


def test_it_is_answered_by_many_people_unnamed_in_six_parts() -> None:
    assert SURVEY.respondent == "anonymous"
    assert [section.id for section in SURVEY.sections] == [
        "role",
        "skills",
        "training",
        "welsh",
        "staying",
        "anything_else",
    ]


def test_it_is_56_answers_36_of_them_in_the_matrix() -> None:
    assert sum(map(answers, ASKED.values())) == 56
    assert answers(SKILLS) == 36


def test_eighteen_skills_in_four_groups() -> None:
    assert Counter(row.group for row in SKILLS.rows) == {
        "working_as_a_cluster": 5,
        "improving_care": 4,
        "working_with_people": 4,
        "leading": 5,
    }
    assert [group.id for group in SKILLS.row_groups] == list(dict.fromkeys(row.group for row in SKILLS.rows))


def test_the_skills_gap_can_be_counted() -> None:
    importance, confidence = SKILLS.columns
    assert (importance.id, confidence.id) == ("importance", "confidence")
    assert [option.value for option in importance.options] == [1, 2, 3, 4]
    assert [(option.code, option.value) for option in confidence.options][-1] == ("not_applicable", None)
    assert [option.value for option in confidence.options[:-1]] == [1, 2, 3, 4]


def test_training_names_every_skill_as_the_matrix_does_in_both_languages() -> None:
    training = {option.code: option for option in QUESTIONS["training_needs"].options}
    for row in SKILLS.rows:
        option = training[row.id]
        assert option.label.english == row.label.english
        assert welsh(option) == WELSH[row.label.key, row.label.english].msgstr


def test_training_is_ranked_up_to_five_each_once() -> None:
    first_six = codes("training_needs")[:6]
    assert problems("training_needs", first_six[:5]) == []
    assert problems("training_needs", first_six) == ["too_many"]
    assert problems("training_needs", ["finance", "finance"]) == ["repeated"]


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        ("learning_preferences", "no_preference"),
        ("obstacles", "none"),
        ("stay_help", "none"),
        ("stay_help", "prefer_not_to_say"),
    ],
)
def test_an_answer_that_excludes_the_others_stands_alone(question: str, alone: str) -> None:
    other = codes(question)[0]
    assert problems(question, [alone]) == problems(question, [other]) == []
    assert problems(question, [other, alone]) == ["exclusive"]


def test_about_25_professions_and_other_is_a_code_without_words() -> None:
    professions = [code for code in codes("profession") if code != "prefer_not_to_say"]
    assert 24 <= len(professions) <= 27
    assert professions[-1] == "other"


def test_the_only_words_a_person_writes_are_under_the_warning_at_the_end() -> None:
    written = [name for name, question in QUESTIONS.items() if question.type in {"short_text", "long_text"}]
    assert written == ["anything_else"]
    assert [
        (before.id, before.type) for before, after in pairwise(QUESTIONS.values()) if after.id == "anything_else"
    ] == [("warning", "statement")]
    assert "identify anyone" in QUESTIONS["warning"].label.english
    assert QUESTIONS["anything_else"].hint is not None
    assert "identify anyone" in QUESTIONS["anything_else"].hint.english


def test_nothing_is_asked_that_is_made_to_identify() -> None:
    assert {question.type for question in ASKED.values()} == {
        "single_choice",
        "multiple_choice",
        "scale",
        "matrix",
        "ranking",
        "long_text",
    }
    labels = [question.label.english for question in ASKED.values()]
    assert [label for label in labels if ABOUT_A_PERSON.search(label)] == []
    assert ABOUT_A_PERSON.search("What is your date of birth?")


def test_years_and_hours_are_bands() -> None:
    for name in ("years_in_role", "hours", "stay"):
        assert 4 <= len(QUESTIONS[name].options) <= 7


def test_only_the_first_question_is_needed_and_it_can_be_declined() -> None:
    assert [name for name, question in QUESTIONS.items() if question.required] == ["profession"]
    assert next(iter(QUESTIONS)) == "profession"


@pytest.mark.parametrize(
    "name",
    [
        "profession",
        "employer",
        "years_in_role",
        "hours",
        "stay",
        "stay_help",
        "wellbeing_workload",
        "wellbeing_support",
        "wellbeing_energy",
    ],
)
def test_what_can_be_sensitive_can_be_declined_and_does_not_count(name: str) -> None:
    option = QUESTIONS[name].option("prefer_not_to_say")
    assert option is not None
    assert option.value is None


def test_well_being_is_three_items_on_one_scale_the_higher_the_better() -> None:
    items = [question for question in QUESTIONS.values() if question.measure == "wellbeing"]
    assert len(items) == 3
    for item in items:
        assert [option.value for option in item.options] == [1, 2, 3, 4, 5, None]


@pytest.mark.parametrize("name", LEVELS)
def test_welsh_has_the_six_levels_of_the_nhs_each_with_a_plain_line(name: str) -> None:
    options = QUESTIONS[name].options
    assert [option.code for option in options] == [f"level_{level}" for level in range(6)]
    assert [option.value for option in options] == list(range(6))
    assert all(option.hint for option in options)


def test_the_levels_of_welsh_are_called_the_same_in_each_question() -> None:
    first, *others = ([(option.label.english, welsh(option)) for option in QUESTIONS[name].options] for name in LEVELS)
    assert all(names == first for names in others)


def test_every_answer_feeds_a_measure() -> None:
    measures = [question.measure for question in ASKED.values()]
    assert None not in measures
    assert {name for name, count in Counter(measures).items() if count > 1} <= REPEATED


def test_lines_of_the_matrix_are_short_enough_for_a_phone() -> None:
    for row in SKILLS.rows:
        assert len(row.label.english) <= 60
        assert len(WELSH[row.label.key, row.label.english].msgstr) <= 60


def test_every_text_has_welsh() -> None:
    assert len(MESSAGES) > 200
    assert [message for message in MESSAGES if not _has_welsh(WELSH[message.context, message.text])] == []


def _has_welsh(entry: polib.POEntry) -> bool:
    return bool(entry.msgstr) and not entry.fuzzy and entry.msgstr != entry.msgid


@pytest.mark.parametrize(
    ("question", "yes", "no"),
    [
        ("across_clusters", "Ydw", "Nac ydw"),
        ("protected_time", "Oes", "Nac oes"),
        ("welsh_wish", "Hoffwn", "Na hoffwn"),
    ],
)
def test_yes_and_no_answer_the_verb_of_the_question(question: str, yes: str, no: str) -> None:
    said = {option.label.english.split(",")[0]: welsh(option).split(",")[0] for option in QUESTIONS[question].options}
    assert (said["Yes"], said["No"]) == (yes, no)
