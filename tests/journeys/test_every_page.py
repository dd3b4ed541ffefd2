"""Pages that no other journey stops at, in every language, narrow and wide."""

import pytest

from tests.journeys.conftest import Arrive

OPEN = ("/", "/sign-in", "/privacy", "/cookies", "/accessibility", "/contact", "/manage/sign-in")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_a_page_anybody_may_see(arrive: Arrive, language: str, width: int) -> None:
    person = arrive(language, width)
    for path in OPEN:
        person.open(path)
    person.open("/no-such-page", status=404)


@pytest.mark.parametrize(("language", "width"), [("cy", 320), ("en", 320), ("en-XA", 1280)])
def test_a_page_of_a_cluster_that_has_answered_nothing(arrive: Arrive, code: str, language: str, width: int) -> None:
    person = arrive(language, width)
    person.sign_in(code)
    sections = person.page.locator(".nhsuk-task-list a").evaluate_all(
        "all => all.map(one => '/' + one.pathname.split('/').slice(2).join('/'))"
    )
    assert len(sections) >= 6
    for path in (*sections, "/reflection/check", "/reflection/view"):
        person.open(path)


def test_the_choice_of_language_where_nothing_is_known(arrive: Arrive) -> None:
    for width in (320, 1280):
        person = arrive("fr", width)
        person.go("/")
        assert person.page.locator("main a[hreflang]").count() == 2
