"""Items of a repeating group: added, changed and removed on pages of their own."""

from collections.abc import Callable

import pytest

from survey.collection.responses.response import read_response
from survey.storage.tinydb_files.repository import FileRepository
from tests.web.checking_client import CheckingClient, Page
from tests.web.respond.conftest import answer
from tests.web.respond.example import CLUSTER, ROUND
from tests.web.respond.test_reflection import complete

LANGUAGES = ("cy", "en", "en-XA")
PRACTICE = "reflection/section/practice"
STORIES = f"/en/{PRACTICE}/stories"
SignIn = Callable[..., CheckingClient]


def stories(repository: FileRepository) -> list[dict[str, object]]:
    pages = read_response(repository, ROUND, CLUSTER).pages
    found: list[dict[str, object]] = (pages["practice"].answers or {}).get("stories", []) if "practice" in pages else []
    return found


ADD = -1


def buttons(page: Page) -> list[str]:
    """The values of the buttons of a group on its page: those of each item, then that which adds one."""
    values = [button.get("value", "") for button in page.all("button") if button.get("name") == "then"]
    return [value for value in values if "/" in value]


def pressed(someone: CheckingClient, page: Page, button: str | int) -> Page:
    """Where a button of a group leads, with all that is on the page."""
    value = buttons(page)[button] if isinstance(button, int) else button
    return someone.submit(page, button=("then", value))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_item_is_added_changed_and_removed(
    someone: CheckingClient, repository: FileRepository, language: str
) -> None:
    group = someone.get(f"/{language}/{PRACTICE}")
    form = pressed(someone, group, ADD)
    group = someone.submit(form, {"q-title": "Ŵyl", "q-year": "2025"}, button=("then", "continue"))
    assert group.path == f"/{language}/{PRACTICE}"
    item_id = form.path.split("/")[-2]
    assert stories(repository) == [{"id": item_id, "title": "Ŵyl", "year": 2025}]
    change, remove = (f"/{language}/{PRACTICE}/stories/{item_id}/{what}" for what in ("change", "remove"))
    assert [pressed(someone, group, name).path for name in buttons(group)[:2]] == [change, remove]
    answer(someone, change, {"q-title": "Gŵyl"})
    assert stories(repository) == [{"id": item_id, "title": "Gŵyl", "year": 2025}]
    confirm = someone.get(remove)
    assert "Gŵyl" in confirm.text
    assert someone.submit(confirm).path == f"/{language}/{PRACTICE}"
    assert stories(repository) == []


def test_an_item_is_called_by_its_number_and_added_by_the_words_of_the_definition(someone: CheckingClient) -> None:
    for number, item_id in enumerate(("aa", "bb"), start=1):
        assert "Add a story" in someone.get(f"/en/{PRACTICE}").text
        new = someone.get(f"{STORIES}/{item_id}/change")
        assert f"Stories Story {number}" in new.text
        someone.submit(new, {"q-title": "One"})
        assert f"Stories Story {number}" in someone.get(f"{STORIES}/{item_id}/change").text


def test_opening_the_page_of_a_new_item_keeps_nothing(someone: CheckingClient, repository: FileRepository) -> None:
    someone.get(f"{STORIES}/ab12/change")
    assert read_response(repository, ROUND, CLUSTER).status == "not_started"


def test_sending_a_new_item_twice_adds_one(someone: CheckingClient, repository: FileRepository) -> None:
    page = someone.get(f"{STORIES}/ab12/change")
    for _ in range(2):
        someone.submit(page, {"q-title": "One"})
    assert len(stories(repository)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_valid_part_of_an_item_is_kept(someone: CheckingClient, repository: FileRepository, language: str) -> None:
    path = f"/{language}/{PRACTICE}/stories/ab12/change"
    page = answer(someone, path, {"q-title": "One", "q-year": "long ago"}, status=422)
    assert [href for _, href in page.errors] == ["#q-year"]
    assert page.values(page.form("answers"))["q-year"] == "long ago"
    assert stories(repository) == [{"id": "ab12", "title": "One"}]
    someone.submit(page, {"q-year": "1999"})
    assert stories(repository) == [{"id": "ab12", "title": "One", "year": 1999}]


def test_there_are_never_more_than_the_most(someone: CheckingClient, repository: FileRepository) -> None:
    late = someone.get(f"{STORIES}/d/change")
    for item_id in "abc":
        answer(someone, f"{STORIES}/{item_id}/change", {"q-title": item_id})
    group = someone.get(f"/en/{PRACTICE}")
    assert "the most you can add" in group.text
    page = someone.submit(late, {"q-title": "One too many"}, status=422)
    assert page.values(page.form("answers"))["q-title"] == "One too many"
    assert len(stories(repository)) == 3


def test_two_people_add_and_change_different_items_without_conflict(
    sign_in: SignIn, repository: FileRepository
) -> None:
    ann, bob = sign_in(), sign_in()
    answer(ann, f"{STORIES}/a/change", {"q-title": "First"})
    seen_by_ann, seen_by_bob = ann.get(f"{STORIES}/a/change"), bob.get(f"{STORIES}/b/change")
    ann.submit(seen_by_ann, {"q-title": "First again"})
    bob.submit(seen_by_bob, {"q-title": "Second"})
    assert [story["title"] for story in stories(repository)] == ["First again", "Second"]


def test_two_people_who_change_one_item_are_shown_both(sign_in: SignIn, repository: FileRepository) -> None:
    ann, bob = sign_in(), sign_in()
    answer(ann, f"{STORIES}/a/change", {"q-title": "First"})
    seen = bob.get(f"{STORIES}/a/change")
    answer(ann, f"{STORIES}/a/change", {"q-title": "By Ann", "q-year": "2001"})
    conflict = bob.submit(seen, {"q-title": "By Bob"}, status=409)
    assert stories(repository)[0]["title"] == "By Ann"
    bob.submit(conflict, {"keep-title": "mine"})
    assert stories(repository) == [{"id": "a", "title": "By Bob", "year": 2001}]


def test_two_windows_of_one_browser_are_one_person_on_an_item_too(sign_in: SignIn) -> None:
    ann, bob = sign_in(), sign_in()
    answer(ann, f"{STORIES}/ab12/change", {"q-title": "One"})
    first = ann.get(f"{STORIES}/ab12/change")
    answer(bob, f"{STORIES}/cd34/change", {"q-title": "Another item"})
    answer(ann, f"{STORIES}/ab12/change", {"q-title": "Two"})
    conflict = ann.submit(first, {"q-title": "Three"}, status=409)
    assert conflict.heading.endswith("You have saved these answers again since")


def test_an_item_that_was_changed_meanwhile_is_not_removed_unseen(sign_in: SignIn, repository: FileRepository) -> None:
    ann, bob = sign_in(), sign_in()
    answer(ann, f"{STORIES}/a/change", {"q-title": "First"})
    confirm = bob.get(f"{STORIES}/a/remove")
    answer(ann, f"{STORIES}/a/change", {"q-title": "Second"})
    again = bob.submit(confirm, status=409)
    assert "Second" in again.text
    bob.submit(again)
    assert stories(repository) == []


def test_nobody_is_asked_whether_to_remove_an_item_of_what_is_submitted(someone: CheckingClient) -> None:
    complete(someone)
    answer(someone, f"{STORIES}/a/change", {"q-title": "Walks"})
    assert "Walks" in someone.get(f"{STORIES}/a/remove").text
    someone.submit(someone.get("/en/reflection/check"))
    assert someone.redirected(f"{STORIES}/a/remove") == f"/en/{PRACTICE}#q-stories"


def test_an_item_that_was_removed_meanwhile_can_be_kept(sign_in: SignIn, repository: FileRepository) -> None:
    ann, bob = sign_in(), sign_in()
    answer(ann, f"{STORIES}/a/change", {"q-title": "First"})
    seen = bob.get(f"{STORIES}/a/change")
    ann.submit(ann.get(f"{STORIES}/a/remove"))
    conflict = bob.submit(seen, {"q-title": "By Bob"}, status=409)
    assert "removed it" in conflict.text
    bob.submit(conflict, {"keep-title": "mine"})
    assert stories(repository) == [{"id": "a", "title": "By Bob"}]


def test_saving_the_page_keeps_its_items(someone: CheckingClient, repository: FileRepository) -> None:
    page = someone.get(f"/en/{PRACTICE}")
    answer(someone, f"{STORIES}/a/change", {"q-title": "First"})
    someone.submit(page, button=("then", "list"))
    assert len(stories(repository)) == 1


@pytest.mark.parametrize(
    "place", ["about/name/a", "practice/nothing/a", "practice/stories/A-B", "practice/stories/" + "a" * 33]
)
def test_an_item_of_nothing_is_not_found(someone: CheckingClient, place: str) -> None:
    someone.get(f"/en/reflection/section/{place}/change", status=404)


def test_a_missing_part_of_an_item_is_a_gap_with_a_link(someone: CheckingClient) -> None:
    answer(someone, f"{STORIES}/ab12/change", {"q-year": "2020"})
    page = someone.submit(someone.get("/en/reflection/check"), status=422)
    address = next(href for href in page.links.values() if "ab12" in href and "#q-title" in href)
    assert address == f"{STORIES}/ab12/change?back=check#q-title"
    assert someone.get(address.split("#")[0]).by_id("q-title") is not None


def test_what_was_typed_beside_a_group_is_saved_before_its_buttons_lead_away(
    someone: CheckingClient, repository: FileRepository
) -> None:
    practice = someone.get(f"/en/{PRACTICE}")
    item = someone.submit(practice, {"q-note": "Typed first"}, button=("then", "stories/ab12/change"))
    assert item.path == f"{STORIES}/ab12/change"
    assert read_response(repository, ROUND, CLUSTER).pages["practice"].answers == {"note": "Typed first"}


def test_a_web_address_that_is_none_is_kept_and_said_to_be_wrong(
    someone: CheckingClient, repository: FileRepository
) -> None:
    about = "/en/reflection/section/about"
    page = answer(someone, about, {"q-where": "ftp://example.org/"}, status=422)
    assert [href for _, href in page.errors] == ["#q-where"]
    answers = read_response(repository, ROUND, CLUSTER).pages["about"].answers
    assert answers == {"where": "ftp://example.org/"}
    assert "https:// or http://" in someone.get(about).text
    assert "ftp://example.org/" not in someone.get("/en/reflection/check").links.values()
