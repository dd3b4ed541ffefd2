"""The switch of language saves what can be saved and keeps the rest on the page."""

import pytest

from survey.collection.responses.response import read_response
from survey.storage.tinydb_files.repository import FileRepository
from tests.web.checking_client import CheckingClient
from tests.web.respond.conftest import answer
from tests.web.respond.example import CLUSTER, ROUND

ABOUT = "reflection/section/about"


@pytest.mark.parametrize(("here", "other"), [("en", "cy"), ("cy", "en"), ("en-XA", "cy")])
def test_what_is_typed_is_there_in_the_other_language(
    someone: CheckingClient, repository: FileRepository, here: str, other: str
) -> None:
    answer(someone, f"/{here}/{ABOUT}", {"q-name": "Ann"})
    typed: dict[str, str | list[str]] = {
        "q-how": "other",
        "q-how_other": "Ar y ffôn",
        "q-who": ["lead", "others"],
        "q-name": "",
        "q-story": "x" * 100,
        "q-people": "not a number",
        "q-date-day": "99",
        "q-skills-sew.important": "in_place",
    }
    page = answer(someone, f"/{here}/{ABOUT}", typed, button=("switch_language", other))
    assert page.path == f"/{other}/{ABOUT}"
    assert page.language == other
    assert page.errors == []
    values = page.values(page.form("answers"))
    assert {name: values.getlist(name) for name in typed} == {
        name: value if isinstance(value, list) else [value] for name, value in typed.items()
    }
    response = read_response(repository, ROUND, CLUSTER)
    assert response.pages["about"].answers == {
        "how": "other",
        "how_other": "Ar y ffôn",
        "who": ["lead", "others"],
        "story": "x" * 100,
        "skills": {"sew": {"important": "in_place"}},
    }
    assert response.pages["about"].written_in == {"how_other": here, "story": here}
    back = someone.submit(page, button=("switch_language", "en"))
    assert back.path == f"/en/{ABOUT}"
    saved = someone.submit(back, {"q-story": "Short", "q-people": "", "q-date-day": ""})
    assert saved.errors == []
    assert read_response(repository, ROUND, CLUSTER).pages["about"].answers == {
        "how": "other",
        "how_other": "Ar y ffôn",
        "who": ["lead", "others"],
        "story": "Short",
        "skills": {"sew": {"important": "in_place"}},
    }


def test_the_version_a_switch_carries_is_the_one_that_was_seen(someone: CheckingClient) -> None:
    page = someone.get(f"/en/{ABOUT}")
    answer(someone, f"/en/{ABOUT}", {"q-name": "Somebody else"})
    page = someone.submit(page, {"q-name": "Ann"}, button=("switch_language", "cy"))
    assert page.values(page.form("answers"))["q-name"] == "Ann"
    conflict = someone.submit(page, status=409)
    assert "Somebody else" in conflict.text


def test_a_switch_without_a_change_saves_nothing(someone: CheckingClient, repository: FileRepository) -> None:
    page = someone.submit(someone.get(f"/en/{ABOUT}"), button=("switch_language", "cy"))
    assert page.path == f"/cy/{ABOUT}"
    assert read_response(repository, ROUND, CLUSTER).status == "not_started"


def test_a_switch_that_saved_everything_leads_to_a_page_that_can_be_loaded_again(someone: CheckingClient) -> None:
    sent = {**someone.get(f"/en/{ABOUT}").values(someone.get(f"/en/{ABOUT}").form("answers")), "q-name": "Ann"}
    reply = someone.browser.post(f"/en/{ABOUT}", data={**sent, "switch_language": "cy"})
    assert (reply.status_code, reply.location) == (303, f"/cy/{ABOUT}")


def test_a_switch_that_could_not_save_everything_leads_to_a_page_that_can_be_loaded_again_too(
    someone: CheckingClient,
) -> None:
    page = someone.get(f"/en/{ABOUT}")
    answer(someone, f"/en/{ABOUT}", {"q-name": "Somebody else"})
    sent = {**page.values(page.form("answers")), "q-name": "Ann", "switch_language": "cy"}
    reply = someone.browser.post(f"/en/{ABOUT}", data=sent)
    assert reply.status_code == 303
    assert reply.location.startswith(f"/cy/{ABOUT}?unfinished=")
    for _ in "twice":
        shown = someone.get(reply.location)
        assert shown.values(shown.form("answers"))["q-name"] == "Ann"


def test_the_code_that_is_being_typed_is_kept(client: CheckingClient) -> None:
    page = client.submit(client.get("/en/sign-in"), {"access_code": "K7QT"}, button=("switch_language", "cy"))
    assert page.path == "/cy/sign-in"
    assert page.values(page.form())["access_code"] == "K7QT"
