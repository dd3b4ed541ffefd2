"""What the scripts of the pages do by themselves."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from html import escape
from random import Random
from typing import Any, get_args
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from survey.config import ROOT
from survey.languages import language as language_of
from survey.questionnaire.definition import LevelRule
from survey.questionnaire.figures import Figure, source_of, worked_out
from survey.questionnaire.levels import indicated_level
from survey.questionnaire.library import load_all
from survey.questionnaire.rules import Condition, Operator, Rule, holds
from tests.journeys.conftest import Arrive
from tests.journeys.service import Service

SCRIPTS = ROOT / "survey/web/scripts"
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


ANSWERED = """<form id="answers"><input name="csrf_token" value="1"><input value="no name"><fieldset name="q-set">
<input name="q-a" value="x"><input name="q-a-b" type="hidden" value="y"><textarea name="q-t">\none\ntwo</textarea>
<input name="q-c" type="checkbox" value="1" checked><input name="q-c" type="checkbox" value="2">
<input name="q-c" type="checkbox" checked>
<input name="q-r" type="radio" value="1"><input name="q-r" type="radio" value="2" checked>
<input name="q-none" type="radio">
<select name="q-s"><option value="">-<option value="1" selected></select>
<select name="q-first"><option>a<option>b</select>
<select name="q-shut"><option disabled selected>a<option>b</select><button name="q-b" value="b">B</button>
<input name="q-off" value="x" disabled></fieldset><fieldset disabled><textarea name="q-t2">x</textarea></fieldset>
<div hidden><input name="q-hidden" value="h"></div><input name="q-f" type="file"></form>
<input name="q-out" form="answers" value="o">"""


def test_the_answers_on_a_form_are_those_that_it_sends_found_without_laying_the_page_out(page: Page) -> None:
    page.set_content(ANSWERED)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable")

    def layouts() -> float:
        metrics = devtools.send("Performance.getMetrics")["metrics"]
        return float(next(metric["value"] for metric in metrics if metric["name"] == "LayoutCount"))

    before = layouts()
    found, sent = page.evaluate(
        """async () => {
            const { answersOf } = await import('/fields.js')
            const form = document.forms[0]
            let found
            for (let time = 0; time < 50; time++) {
                form.style.paddingTop = `${time}px`
                found = answersOf(form)
            }
            return [found, [...new FormData(form)].filter(([name]) => name.startsWith('q-') && name !== 'q-f')]
        }"""
    )
    assert found == sent
    assert len(found) == 10, found
    assert layouts() - before < 25


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
        page.add_script_tag(path=ROOT / "survey/web/scripts/levels.js", type="module")
        level = indicated_level(framework, outcome, states, rule) or ""
        expect(page.locator("[data-level-rule]"), str(states)).to_have_attribute("data-value", level)
        seen.add(level)
    assert len(seen) >= 4, seen


ANSWERS: dict[str, Any] = {
    "staff": 1200,
    "posts": 2.5,
    "none": None,
    "words": "x",
    "from": "2026-03-01",
    "to": "2026-02-27",
    "left_out": 7,
}
FIGURES = [
    ("sum", ("staff", "posts", "none")),
    ("sum", ("none",)),
    ("sum", ("staff", "away.hours")),
    ("mean", ("staff", "posts", "left_out")),
    ("count", ("staff", "words", "none", "left_out", "away.items")),
    ("difference", ("posts", "staff")),
    ("difference", ("to", "from")),
    ("difference", ("to", "away.day")),
    ("difference", ("to", "none")),
    ("mean", ("away.three", "none")),
]
AWAY: dict[str, Any] = {"away.hours": 0.125, "away.items": [{"id": "a"}, {"id": "b"}], "away.day": "2025-12-31"}


@pytest.mark.parametrize("language", ["cy", "en"])
def test_figures_come_to_the_same_in_the_browser_as_in_the_service(page: Page, language: Any) -> None:
    def known(name: str) -> Any:
        return {**ANSWERS, **AWAY, "left_out": None}.get(name)

    texts = {f"q-{name}": str(ANSWERS[name]) for name in ("posts", "words", "none") if ANSWERS[name]}
    for name in ("from", "to"):
        parts = zip(("year", "month", "day"), ANSWERS[name].split("-"), strict=True)
        texts |= {f"q-{name}-{part}": text for part, text in parts}
    hidden = f'<div data-question="left_out"><div data-show-when hidden>{boxes({"q-left_out": "7"})}</div></div>'
    here = f'<input name="q-staff" data-reads="whole_number" value="1,200">{boxes(texts)}{hidden}'
    told = [
        {
            "operation": operation,
            "sources": [{"question": name} if name in ANSWERS else asdict(source_of(name, known)) for name in names],
        }
        for operation, names in FIGURES
    ]
    shown = "".join(
        f'<div data-figure="{escape(json.dumps(one))}" data-value="?"><p data-there hidden><b data-number></b></p>'
        "<p data-not-yet>-</p><button>Update</button></div>"
        for one in told
    )
    page.set_content(f'<html lang="{language}"><form id="answers">{here}{shown}</form></html>')
    page.add_script_tag(url="/figures.js", type="module")
    expect(page.locator("[data-value='?']")).to_have_count(0)
    numbers = [worked_out(Figure(operation, names), known) for operation, names in FIGURES]
    written = ["-" if number is None else format_number(language)(number) for number in numbers]
    assert [one.inner_text().strip() for one in page.locator("[data-figure]").all()] == written
    page.fill("[name=q-staff]", "2,400")
    expect(page.locator("[data-number]").first).to_have_text("2,402.5")


def test_what_comes_back_into_the_page_is_shown_with_what_belongs_to_it(page: Page) -> None:
    page.set_content(
        '<main><form id="answers"><div data-module="nhsuk-radios"><input type="radio" name="q-it" value="other" '
        'data-aria-controls="which"></div><div id="which" class="nhsuk-radios__conditional">Which?</div></form></main>'
        "<style>.nhsuk-radios__conditional--hidden { display: none }</style>"
    )
    page.add_script_tag(path=ROOT / "survey/web/static/build/page.js", type="module")
    expect(page.locator("#which")).to_be_hidden()
    page.evaluate(
        "const form = document.forms[0]; form.elements['q-it'].checked = true;"
        "form.dispatchEvent(new Event('restored', { bubbles: true }))"
    )
    expect(page.locator("#which")).to_be_visible()


def format_number(code: Any) -> Callable[[float], str]:
    return language_of(code).number


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_count_of_characters_writes_numbers_as_the_page_does(
    service: Service, arrive: Arrive, language: str
) -> None:
    visitor = arrive(language)
    visitor.sign_in(service.fresh_cluster())
    visitor.open("/reflection/section/outcome/pcmw-01")
    counts = visitor.page.locator(".nhsuk-character-count__status").all_inner_texts()
    assert any("2,000" in count for count in counts), counts
