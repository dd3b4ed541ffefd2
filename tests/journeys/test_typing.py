"""What is typed: read and counted in the browser as in the service, in boxes that grow with it."""

import base64
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from survey.config import ROOT
from survey.questionnaire.types.inputs import LongText
from survey.questionnaire.types.typed_dates import MONTHS, read_date
from survey.questionnaire.types.typed_numbers import plain, read_number
from tests.journeys.conftest import Arrive
from tests.journeys.service import Service
from tests.journeys.visitor import Visitor
from tests.questionnaire.examples import question

TYPED: dict[str, list[Any]] = json.loads((ROOT / "tests/questionnaire/typed.json").read_text("utf-8"))
SCRIPTS = ROOT / "survey/web/scripts"
CALL = "async ([script, name, all]) => { const { [name]: f } = await import(script); return all.map((a) => f(...a)) }"

# What a browser sends of a text: a half of a pair is replaced before it leaves.
characters = st.characters(exclude_categories=("Cs",))
snippets = st.sampled_from(
    [*"0123456789,. -~/'’", "\u00a0", "\u2009", "\u200e", "４", "，", "c. ", "tua ", "k", " Mawrth ", "o ", "fai", "26"]
)
texts = st.lists(st.one_of(snippets, st.text(characters, max_size=2)), max_size=9).map("".join)
lines = st.lists(
    st.one_of(st.text(characters), st.sampled_from(["\r\n", "\r", "\x0b", "\u2028", "😀", "w\u0302", "\x00", "👩‍⚕️"]))
).map("".join)


@pytest.fixture(scope="module")
def empty(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def called(page: Page, script: str, name: str, calls: list[list[str]]) -> list[Any]:
    """What a function of a script gives, call by call."""
    source = base64.b64encode((SCRIPTS / script).read_bytes()).decode()
    given: list[Any] = page.evaluate(CALL, [f"data:text/javascript;base64,{source}", name, calls])
    return given


def test_the_examples_are_read_in_the_browser_as_in_the_service(empty: Page) -> None:
    for kind, name in (("whole_number", "wholeNumberIn"), ("decimal", "decimalIn"), ("date", "dateIn")):
        calls = [typed if isinstance(typed, list) else [typed] for typed, _, _ in TYPED[kind]]
        answers = called(empty, "reading.js", name, calls)
        assert dict(zip(map(str, calls), answers, strict=True)) == {
            str(call): answer for call, (_, answer, _) in zip(calls, TYPED[kind], strict=True)
        }


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some=st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=50))
def test_anything_is_read_in_the_browser_as_in_the_service(empty: Page, some: list[tuple[str, str, str]]) -> None:
    alone = [[text] for boxes in some for text in boxes]
    boxes = [list(one) for one in some] + [[text, "", ""] for [text] in alone]
    assert called(empty, "reading.js", "plain", alone) == [plain(text) for [text] in alone]
    for name, decimals in (("wholeNumberIn", False), ("decimalIn", True)):
        wanted = [read_number(text, decimals=decimals).answer for [text] in alone]
        assert called(empty, "reading.js", name, alone) == wanted
    assert called(empty, "reading.js", "dateIn", boxes) == [read_date(*one).answer for one in boxes]


def test_the_months_have_the_same_names_in_the_browser(empty: Page) -> None:
    script = (SCRIPTS / "reading.js").read_text("utf-8")
    assert all(f"'{names}'" in script for names in MONTHS)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some=st.lists(lines, min_size=1, max_size=50))
def test_characters_are_counted_in_the_browser_as_in_the_service(empty: Page, some: list[str]) -> None:
    asked = question("long_text")
    wanted = [len(LongText().read(asked, text, None).answer or "") for text in some]
    assert called(empty, "counting.js", "countedLength", [[text] for text in some]) == wanted


def saved_and_opened_again(visitor: Visitor) -> None:
    path = visitor.path
    visitor.save("list")
    visitor.open(path)


def test_the_counter_of_a_page_counts_like_the_service(arrive: Arrive, service: Service) -> None:
    visitor = arrive("en")
    visitor.sign_in(service.fresh_cluster())
    visitor.open("/reflection/section/about")
    status = visitor.page.locator("#q-change ~ .nhsuk-character-count__status")
    for text, left in (("😀" * 10, "990"), ("w\u0302" * 10, "990"), ("  a\n\nb  ", "996")):
        visitor.fill({"q-change": text})
        assert status.inner_text() == f"You have {left} characters left"
    visitor.fill({"q-change": "😀" * 1000 + "\n"})
    assert status.inner_text() == "You have 0 characters left"
    saved_and_opened_again(visitor)
    assert visitor.value("q-change") == "😀" * 1000
    assert visitor.page.locator("textarea[maxlength]").count() == 0


@pytest.mark.parametrize(
    ("language", "said"), [("en", "We read this as 45,000"), ("cy", "Rydym yn darllen hyn fel 45,000")]
)
def test_a_number_says_how_it_is_read_and_comes_back_so(
    arrive: Arrive, service: Service, language: str, said: str
) -> None:
    visitor = arrive(language)
    visitor.sign_in(service.fresh_cluster())
    visitor.page.clock.install()
    visitor.open("/reflection/section/about")
    note = visitor.page.locator("#q-population ~ .app-understood")
    for typed, noted in (("tua 45 000", said), ("45,000", ""), ("45000", ""), ("~45000", said), ("", ""), ("x", "")):
        visitor.fill({"q-population": typed})
        assert note.inner_text() == "", "nothing is said before somebody stops to type"
        visitor.page.clock.fast_forward(1000)
        assert note.inner_text() == noted
    visitor.fill({"q-population": "c. 45,000"})
    saved_and_opened_again(visitor)
    assert visitor.value("q-population") == "45000"


def boxes_of(visitor: Visitor) -> list[str]:
    return [visitor.value(f"q-date-{part}") for part in ("day", "month", "year")]


def test_a_date_pasted_into_the_day_is_parted_into_its_boxes(arrive: Arrive, service: Service) -> None:
    visitor = arrive("cy")
    visitor.sign_in(service.fresh_cluster())
    visitor.page.clock.install()
    visitor.open("/reflection/section/sign_off")
    visitor.control("q-name").fill("3/12/26")
    visitor.control("q-name").press("Control+a")
    visitor.control("q-name").press("Control+c")
    visitor.control("q-date-day").press("Control+v")
    assert boxes_of(visitor) == ["3", "12", "2026"]
    visitor.fill({"q-date-day": "3", "q-date-month": "Fawrth", "q-date-year": "26"})
    visitor.page.clock.fast_forward(1000)
    note = visitor.page.locator("#q-date ~ .app-understood")
    assert note.inner_text() == "Rydym yn darllen hyn fel 3 Mawrth 2026"
    assert boxes_of(visitor) == ["3", "Fawrth", "26"], "what somebody typed box by box is left as it is"
    saved_and_opened_again(visitor)
    assert boxes_of(visitor) == ["3", "3", "2026"]


def test_without_a_script_a_whole_date_in_one_box_is_read_as_well(arrive: Arrive, service: Service) -> None:
    visitor = arrive("en", script=False)
    visitor.sign_in(service.fresh_cluster())
    visitor.open("/reflection/section/sign_off")
    visitor.fill({"q-date-day": "2026-03-12"})
    saved_and_opened_again(visitor)
    assert boxes_of(visitor) == ["12", "3", "2026"]


def test_what_is_missing_of_a_date_is_said_at_its_box(arrive: Arrive, service: Service) -> None:
    visitor = arrive("en", script=False)
    visitor.sign_in(service.fresh_cluster())
    visitor.open("/reflection/section/sign_off")
    visitor.fill({"q-date-day": "3 Mawrth"})
    visitor.save("list", status=422)
    link = visitor.page.locator(".nhsuk-error-summary a")
    assert link.inner_text() == "Add the year: “Date of signing”"
    link.click()
    assert visitor.focused() == "q-date-year"
    wrong = visitor.page.locator(".nhsuk-date-input .nhsuk-input--error")
    assert wrong.evaluate_all("all => all.map(one => one.id)") == ["q-date-year"]
    visitor.fill({"q-date-year": "2026"})
    saved_and_opened_again(visitor)
    assert boxes_of(visitor) == ["3", "3", "2026"]


@pytest.mark.parametrize("knows", [True, False])
def test_a_box_grows_with_its_text_and_is_never_lower_than_its_rows(
    arrive: Arrive, service: Service, knows: bool
) -> None:
    visitor = arrive("en")
    if not knows:
        visitor.context.add_init_script(
            "const known = CSS.supports; CSS.supports = (...asked) => asked[0] !== 'field-sizing' && known(...asked);"
            "const sheet = new CSSStyleSheet(); sheet.replaceSync('textarea { field-sizing: fixed !important }');"
            "document.adoptedStyleSheets.push(sheet)"
        )
    visitor.sign_in(service.fresh_cluster())
    visitor.open("/reflection/section/about")
    box = visitor.control("q-change")
    height = "one => one.getBoundingClientRect().height"
    least = box.evaluate(height)
    assert least > 5 * 20
    visitor.fill({"q-change": "a\nb"})
    assert box.evaluate(height) == least
    visitor.fill({"q-change": "line\n" * 30})
    grown = box.evaluate(height)
    assert grown > 30 * 20
    assert box.evaluate("one => one.scrollHeight <= one.clientHeight")
    saved_and_opened_again(visitor)
    assert box.evaluate(height) >= grown - 30
