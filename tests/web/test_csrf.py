"""Forms come from our own pages only; one whose token has expired can be sent again with nothing lost."""

import pytest
from flask import Blueprint, Flask, request

from survey.web.site import language
from survey.web.site.errors import MOST_CARRIED
from tests.web.checking_client import CheckingClient

TYPED = "Dŵr <script>alert(1)</script> & “ŷ”\r\nail linell"


@pytest.fixture
def saved(app: Flask) -> list[dict[str, list[str]]]:
    """What the page `/save` has taken."""
    taken: list[dict[str, list[str]]] = []
    pages = Blueprint("saving", __name__)

    @pages.post("/save")
    def save() -> str:
        taken.append(request.form.to_dict(flat=False))
        return "saved"

    language.register(app, pages)
    return taken


@pytest.mark.parametrize("code", ["cy", "en", "en-XA"])
@pytest.mark.parametrize("token", [{}, {"csrf_token": "expired or forged"}])
def test_form_without_a_good_token_can_be_sent_again(
    client: CheckingClient, saved: list[dict[str, list[str]]], code: str, token: dict[str, str]
) -> None:
    page = client.post(f"/{code}/save?to=here", {"words": TYPED, "some": ["a", "b"], **token}, status=400)
    assert saved == []
    form = page.form("send-again")
    assert form.get("action") == f"/{code}/save?to=here"
    client.browser.post(form.get("action", ""), data=page.values(form))
    assert [{"words": taken["words"], "some": taken["some"]} for taken in saved] == [
        {"words": [TYPED], "some": ["a", "b"]}
    ]


def test_switching_the_language_there_loses_nothing_either(
    client: CheckingClient, saved: list[dict[str, list[str]]]
) -> None:
    page = client.post("/en/save", {"words": TYPED}, status=400)
    switch = next(button for button in page.all("button") if button.get("name") == "switch_language")
    assert switch.get("form") == page.form().get("id")


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_form_of_another_site_is_not_carried(
    client: CheckingClient, saved: list[dict[str, list[str]]], headers: dict[str, str]
) -> None:
    page = client.post("/en/save", {"words": TYPED}, status=400, headers=headers)
    assert saved == []
    assert not list(page.all("main")[0].iter("form"))
    assert "Dŵr" not in page.markup
    assert page.links["Cymraeg"] == "/cy/", "an address that only takes forms cannot be opened in the other language"


def test_own_origin_is_carried(client: CheckingClient, saved: list[dict[str, list[str]]]) -> None:
    headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    page = client.post("/en/save", {"words": TYPED}, status=400, headers=headers)
    assert page.form("send-again") is not None
    assert saved == []


def test_a_form_too_long_for_a_page_is_refused(client: CheckingClient, saved: list[dict[str, list[str]]]) -> None:
    page = client.post("/en/save", {"words": "x" * (MOST_CARRIED + 1)}, status=400)
    assert not list(page.all("main")[0].iter("form"))
    assert len(page.markup) < 10_000
    assert saved == []


def test_token_lasts_as_long_as_the_session(app: Flask) -> None:
    assert app.config["WTF_CSRF_TIME_LIMIT"] is None


def test_what_a_script_sends_begins_no_session(app: Flask, saved: list[dict[str, list[str]]]) -> None:
    """Else its late answer would take the place of the session in which somebody is signing in."""
    by_form, by_script = (
        app.test_client().post("/en/save", data={"words": TYPED}, headers=headers)
        for headers in ({"Accept": "text/html,*/*"}, {"Accept": "*/*"})
    )
    assert (by_form.status_code, by_script.status_code, saved) == (400, 400, [])
    assert any("session=" in cookie for cookie in by_form.headers.getlist("Set-Cookie"))
    assert not any("session=" in cookie for cookie in by_script.headers.getlist("Set-Cookie"))
