"""What the scripts of the pages do by themselves."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from html import escape
from typing import Any, get_args

import pytest
from playwright.sync_api import Browser, Page

from survey.config import ROOT
from survey.questionnaire.rules import Condition, Operator, Rule, holds
from tests.journeys.conftest import Arrive
from tests.journeys.service import Service

DATE = {"q-it-day": "9", "q-it-month": "2", "q-it-year": "2026"}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def boxes(answers: dict[str, str]) -> str:
    return "".join(f'<input name="{name}" value="{escape(text)}">' for name, text in answers.items())


@pytest.mark.parametrize(
    ("typed", "answer", "right"),
    [
        ({"q-it": "9"}, 9, 10),
        ({"q-it": "10"}, 10, 9),
        ({"q-it": "7"}, 7, 7),
        (DATE, "2026-02-09", "2026-01-31"),
        (DATE, "2026-02-09", "2026-02-10"),
        (DATE, "2026-02-09", "2026-02-09"),
        ({"q-it": "pear"}, "pear", "plum"),
        ({"q-it": ""}, None, "apple"),
    ],
)
def test_a_rule_means_the_same_in_the_browser_as_in_the_service(
    page: Page, typed: dict[str, str], answer: Any, right: Any
) -> None:
    conditions = [Condition("it", operator, True if operator == "exists" else right) for operator in get_args(Operator)]
    shown_when = "".join(
        f'<p data-show-when="{escape(json.dumps({"all": [asdict(condition)]}))}">Asked</p>' for condition in conditions
    )
    page.set_content(f'<form id="answers">{boxes(typed)}{shown_when}</form>')
    page.add_script_tag(path=ROOT / "survey/web/static/respond.js", type="module")
    shown = [one.is_visible() for one in page.locator("p").all()]
    assert shown == [holds(Rule("all", (condition,)), lambda _: answer) for condition in conditions]


@pytest.mark.parametrize("part", ["1", "sew.important", "big-01.f1"])
def test_an_answer_in_parts_is_seen_to_be_there(page: Page, part: str) -> None:
    told = {"all": [{"question": "it", "operator": "exists", "answer": True, "answer_of": None}]}
    page.set_content(
        f'<form id="answers">{boxes({f"q-it-{part}": "in_place"})}'
        f'<p data-show-when="{escape(json.dumps(told))}">Asked</p></form>'
    )
    page.add_script_tag(path=ROOT / "survey/web/static/respond.js", type="module")
    assert page.locator("p").is_visible()


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_count_of_characters_writes_numbers_as_the_page_does(
    service: Service, arrive: Arrive, language: str
) -> None:
    visitor = arrive(language)
    visitor.sign_in(service.fresh_cluster())
    visitor.open("/reflection/section/outcome/pcmw-01")
    counts = visitor.page.locator(".nhsuk-character-count__status").all_inner_texts()
    assert any("2,000" in count for count in counts), counts
