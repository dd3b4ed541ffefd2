"""What the scripts of the pages do by themselves."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from html import escape
from random import Random
from typing import Any, get_args
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from survey.config import ROOT
from survey.questionnaire.definition import LevelRule
from survey.questionnaire.levels import indicated_level
from survey.questionnaire.library import load_all
from survey.questionnaire.rules import Condition, Operator, Rule, holds
from tests.journeys.conftest import Arrive
from tests.journeys.service import Service

SCRIPTS = ROOT / "survey/web/static"
DATE = {"q-it-day": "9", "q-it-month": "2", "q-it-year": "2026"}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.route("**/*.js", lambda route: route.fulfill(path=SCRIPTS / urlsplit(route.request.url).path[1:]))
    page.route("**/empty", lambda route: route.fulfill(content_type="text/html", body="<!DOCTYPE html>"))
    page.goto("http://scripts.test/empty")
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
        ({**DATE, "q-it-month": "Chwefror", "q-it-year": "26"}, "2026-02-09", "2026-02-09"),
        ({"q-it-day": "9/2/26", "q-it-month": "", "q-it-year": ""}, "2026-02-09", "2026-02-10"),
        ({**DATE, "q-it-day": "31"}, None, "2026-01-31"),
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
    page.add_script_tag(url="/respond.js", type="module")
    shown = [one.is_visible() for one in page.locator("p").all()]
    assert shown == [holds(Rule("all", (condition,)), lambda _: answer) for condition in conditions]


@pytest.mark.parametrize("part", ["1", "sew.important", "big-01.f1"])
def test_an_answer_in_parts_is_seen_to_be_there(page: Page, part: str) -> None:
    told = {"all": [{"question": "it", "operator": "exists", "answer": True, "answer_of": None}]}
    page.set_content(
        f'<form id="answers">{boxes({f"q-it-{part}": "in_place"})}'
        f'<p data-show-when="{escape(json.dumps(told))}">Asked</p></form>'
    )
    page.add_script_tag(url="/respond.js", type="module")
    assert page.locator("p").is_visible()


def test_the_level_is_the_same_in_the_browser_as_in_the_service(page: Page) -> None:
    (framework,) = load_all().frameworks.values()
    chance = Random(7)
    rule = LevelRule("1", frozenset({"in_place"}), frozenset({"not_relevant"}))
    outcome = next(outcome for outcome in framework.outcomes if outcome.has_levels)
    told = {
        "levels": [
            {"level": level.id, "criteria": [criterion.id for criterion in outcome.at_level(level.id)]}
            for level in framework.levels
        ],
        "met": ["in_place"],
        "left_out": ["not_relevant"],
        "below": rule.below,
    }
    seen = set()
    for _ in range(40):
        share = chance.choice((0.7, 0.95, 1))
        states = {
            criterion.id: "in_place" if chance.random() < share else chance.choice(("not_relevant", "not_yet"))
            for criterion in outcome.criteria
            if chance.random() < share
        }
        radios = "".join(
            f'<input type="radio" name="q-it-{name}" value="{state}" checked>' for name, state in states.items()
        )
        shown = f"<div data-level-rule='{json.dumps(told)}' data-value='none'><button></button></div>"
        page.set_content(f'<form id="answers">{radios}{shown}</form>')
        page.add_script_tag(path=ROOT / "survey/web/static/levels.js", type="module")
        level = indicated_level(framework, outcome, states, rule) or ""
        expect(page.locator("[data-level-rule]"), str(states)).to_have_attribute("data-value", level)
        seen.add(level)
    assert len(seen) >= 4, seen


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_count_of_characters_writes_numbers_as_the_page_does(
    service: Service, arrive: Arrive, language: str
) -> None:
    visitor = arrive(language)
    visitor.sign_in(service.fresh_cluster())
    visitor.open("/reflection/section/outcome/pcmw-01")
    counts = visitor.page.locator(".nhsuk-character-count__status").all_inner_texts()
    assert any("2,000" in count for count in counts), counts
