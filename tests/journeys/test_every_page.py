"""Pages that no other journey stops at, in every language, narrow and wide."""

import pytest

from survey.demonstration.load import ACCOUNT, PASSWORD
from tests.journeys.conftest import Arrive
from tests.journeys.service import ROUND

OPEN = ("/", "/sign-in", "/privacy", "/cookies", "/accessibility", "/contact", "/manage/sign-in")
PREVIEWS = (
    "/preview/",
    "/preview/self-reflection/2026/",
    "/preview/self-reflection/2026/section/about",
    "/preview/self-reflection/2026/section/outcome/pcmw-06",
    "/preview/self-reflection/2026/item/examples/good_practice",
    "/preview/workforce-skills/2026/section/skills",
    "/preview/workforce-skills/2026/section/skills/2",
    "/preview/self-reflection/2026/texts/outcome/pcmw-06",
    "/preview/interface/",
    "/preview/interface/survey/web/templates/pages/contact.html",
)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_a_page_anybody_may_see(arrive: Arrive, language: str, width: int) -> None:
    person = arrive(language, width)
    for path in OPEN:
        person.open(path)
    person.open("/no-such-page", status=404)


@pytest.mark.parametrize(("language", "width"), [("cy", 320), ("en-XA", 1280)])
def test_a_page_as_its_author_sees_it(arrive: Arrive, language: str, width: int) -> None:
    person = arrive(language, width)
    for path in PREVIEWS:
        person.open(path)


def test_what_a_round_sends_and_heads_its_sheets_with(arrive: Arrive) -> None:
    person = arrive("cy", 320)
    person.send("/manage/sign-in", {"account_name": ACCOUNT, "password": PASSWORD})
    sheets = f"/manage/translations/in-context/{ROUND}"
    person.open(f"{sheets}/e-mails")
    person.open(sheets)
    person.press("#headings button")
    person.page.locator("main table").first.wait_for()
    person.open(sheets)


@pytest.mark.parametrize(("language", "width"), [("cy", 1280), ("en-XA", 320)])
def test_a_page_of_a_cluster_that_has_answered_nothing(arrive: Arrive, code: str, language: str, width: int) -> None:
    person = arrive(language, width)
    person.sign_in(code)
    person.open("/reflection")
    sections = person.page.locator(".nhsuk-task-list a").evaluate_all(
        "all => all.map(one => '/' + one.pathname.split('/').slice(2).join('/'))"
    )
    assert len(sections) >= 6
    for path in (*sections, "/reflection/check", "/reflection/view", "/reflection/story"):
        person.open(path)


def test_the_choice_of_language_where_nothing_is_known(arrive: Arrive) -> None:
    for width in (320, 1280):
        person = arrive("fr", width)
        person.go("/")
        assert person.page.locator("main a[hreflang]").count() == 2
