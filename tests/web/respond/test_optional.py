"""What may be left out says so, wherever it is asked, and nothing else does."""

import pytest

from tests.web.checking_client import CheckingClient, Page
from tests.web.html import text_of
from tests.web.respond.conftest import answer
from tests.web.respond.example import EVERY_TYPE
from tests.web.respond.test_reflection import SECTION

MARK = " (optional)"


def marked(page: Page) -> list[str]:
    """The labels, legends and headings that carry the mark, without it."""
    words = [text_of(element) for tag in ("label", "legend", "h2", "h3") for element in page.all(tag)]
    return sorted(text.removesuffix(MARK) for text in words if text.endswith(MARK))


def test_every_answer_type_marks_what_may_be_left_out(someone: CheckingClient) -> None:
    optional = [
        question["label"]
        for question in EVERY_TYPE
        if question["type"] not in ("statement", "figure") and not question.get("required")
    ]
    assert {"What happened?", "How are your skills?", "On which day?"} < set(optional)
    assert marked(someone.get(f"{SECTION}/about")) == sorted([*optional, "In which way?", "Which others?"])


def test_a_group_and_its_questions_are_marked_alike(someone: CheckingClient) -> None:
    assert marked(someone.get(f"{SECTION}/practice")) == ["A note", "Stories"]
    assert marked(someone.get(f"{SECTION}/practice/stories/ab12/change")) == ["Since which year?"]


def test_what_is_calculated_is_not_marked(someone: CheckingClient) -> None:
    assert marked(someone.get(f"{SECTION}/outcome/big-01")) == ["What went well?", "Why does it differ?"]


@pytest.mark.parametrize("language", ["cy", "en-XA"])
def test_the_mark_is_said_in_the_language_of_the_page(someone: CheckingClient, language: str) -> None:
    page = someone.get(f"/{language}/reflection/section/practice/stories/ab12/change")
    marks = [text_of(label) for label in page.all("label") if "(" in text_of(label).removeprefix("(cy)")]
    assert len(marks) == 1
    if language == "cy":
        assert marks[0].endswith("(dewisol)")


def test_a_form_to_be_filled_in_on_paper_is_marked_too(someone: CheckingClient) -> None:
    labels = [text_of(label) for label in someone.get("/en/reflection/print?blank=1").by_class("app-paper__label")]
    assert "What happened? (optional)" in labels
    assert "How did you do it?" in labels


def test_a_problem_names_the_question_without_the_mark(someone: CheckingClient) -> None:
    page = answer(someone, f"{SECTION}/about", {"q-people": "lots"}, status=422)
    assert page.errors[0][0].endswith("“How many people?”")
    assert MARK not in someone.get("/en/reflection/check").text
