"""A link to a section survives signing in, and leads nowhere else."""

import pytest

from tests.web.checking_client import CheckingClient, Page
from tests.web.respond.example import CODE

SECTION = "reflection/section/outcome/big-02"


def signed_in(client: CheckingClient, page: Page) -> Page:
    return client.submit(page, {"access_code": CODE})


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
@pytest.mark.parametrize("path", [SECTION, "reflection/check", "reflection/view"])
def test_who_signs_in_goes_on_to_the_page_that_was_asked_for(client: CheckingClient, language: str, path: str) -> None:
    page = client.get(f"/{language}/{path}")
    assert page.path == f"/{language}/sign-in"
    assert signed_in(client, page).path == f"/{language}/{path}"


def test_the_page_is_remembered_across_a_wrong_code_and_the_language_switch(client: CheckingClient) -> None:
    page = client.submit(client.get(f"/en/{SECTION}"), {"access_code": "WRONG"}, status=422)
    page = client.submit(page, button=("switch_language", "cy"))
    assert page.path == "/cy/sign-in"
    assert signed_in(client, page).path == f"/cy/{SECTION}"


@pytest.mark.parametrize(
    "wanted",
    [
        "",
        "reflection/section/outcome/big-99",
        "reflection/section/nothing",
        "reflection/section/nothing/stories/ab12/change",
        "sign-out",
        "manage/",
        "//example.org",
        "/example.org/reflection",
        "https://example.org/",
        "\\example.org",
        "../en/manage/",
        "reflection/section/about%00",
        "reflection/submitted",
        "x" * 3000,
    ],
)
def test_what_is_not_a_page_of_this_cluster_leads_to_the_list(client: CheckingClient, wanted: str) -> None:
    page = signed_in(client, client.get("/en/sign-in", query_string={"next": wanted}))
    assert page.path == "/en/reflection"


def test_the_address_that_is_remembered_names_no_language(client: CheckingClient) -> None:
    assert client.redirected(f"/en/{SECTION}") == f"/en/sign-in?next={SECTION}"
    assert client.redirected("/en/reflection") == "/en/sign-in"
