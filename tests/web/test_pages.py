"""The pages about the service itself, in every language."""

import pytest

from tests.web.checking_client import CheckingClient

LANGUAGES = ("cy", "en", "en-XA")
PAGES = ("privacy", "cookies", "accessibility", "contact")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_page_is_there_in_every_language(client: CheckingClient, language: str, page: str) -> None:
    fetched = client.get(f"/{language}/{page}")
    assert len(fetched.text) > 300


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_leads_to_the_pages_about_the_service(client: CheckingClient, language: str) -> None:
    leads_to = set(client.get(f"/{language}/contact").links.values())
    assert {f"/{language}/{page}" for page in PAGES} <= leads_to


def test_pages_say_what_is_expected_of_them(client: CheckingClient) -> None:
    assert "public interest" in client.get("/en/privacy").text
    assert "not yet been audited" in client.get("/en/accessibility").text
    assert "After 12 hours" in client.get("/en/cookies").text
    assert "Writing in Welsh will not lead to a delay" in client.get("/en/contact").text


def test_cookies_page_names_every_cookie_that_is_set(client: CheckingClient) -> None:
    page = client.get("/en/cookies")
    with client.browser.session_transaction() as session:
        session["anything"] = "set"
    client.get("/en/contact")
    named = {cookie.key for cookie in client.browser._cookies.values()}
    assert named == {"session", "language"}
    assert all(name in page.text for name in named)
