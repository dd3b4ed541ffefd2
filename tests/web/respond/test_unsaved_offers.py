"""What could not all be saved is offered again wherever its page is come to, until it is saved."""

from collections.abc import Callable

import pytest

from survey.collection.responses.unfinished_forms import LASTS
from survey.storage.repository import StorageError
from survey.storage.tinydb_files.repository import FileRepository
from survey.web.respond import unfinished_forms
from tests.web.checking_client import CheckingClient, Page
from tests.web.respond.conftest import Clock, answer

LIST = "/en/reflection"
ABOUT = "/en/reflection/section/about"
PRACTICE = "/en/reflection/section/practice"
OFFER = "not all of it has been saved"


def offers(page: Page) -> list[str]:
    return [address for address in page.links.values() if "unfinished=" in address and "/sign-in" not in address]


@pytest.fixture
def gone_back(someone: CheckingClient) -> CheckingClient:
    """Somebody who typed what a colleague had just changed, switched the language, and left the page."""
    page = someone.get(ABOUT)
    answer(someone, ABOUT, {"q-name": "Somebody else"})
    someone.submit(page, {"q-name": "Ann"}, button=("switch_language", "cy"))
    return someone


def test_it_is_offered_on_the_list_and_on_its_own_page_only(gone_back: CheckingClient) -> None:
    offered = offers(gone_back.get(LIST))
    assert len(offered) == 1
    assert offers(gone_back.get(ABOUT)) == offered
    assert offers(gone_back.get("/en/reflection/section/outcome/big-01")) == []
    shown = gone_back.get(offered[0])
    assert shown.values(shown.form("answers"))["q-name"] == "Ann"
    assert offers(shown) == [], "it is on this page already"


def test_it_is_offered_to_a_colleague_who_signs_in(
    gone_back: CheckingClient, sign_in: Callable[..., CheckingClient]
) -> None:
    assert offers(sign_in().get(LIST)) == offers(gone_back.get(LIST))


def test_once_it_is_saved_nobody_is_offered_it(gone_back: CheckingClient) -> None:
    conflict = gone_back.submit(gone_back.get(offers(gone_back.get(LIST))[0]), status=409)
    gone_back.submit(conflict, {"keep-name": "mine"})
    assert OFFER not in gone_back.get(LIST).text


def test_once_the_same_is_saved_in_another_way_nobody_is_offered_it(gone_back: CheckingClient) -> None:
    answer(gone_back, ABOUT, {"q-name": "Ann"})
    assert OFFER not in gone_back.get(LIST).text


def test_after_a_day_nobody_is_offered_it(gone_back: CheckingClient, clock: Clock) -> None:
    clock.now += LASTS
    assert OFFER not in gone_back.get(LIST).text


def test_an_item_that_could_not_be_saved_is_offered_beside_its_page(someone: CheckingClient) -> None:
    page = someone.get(PRACTICE)
    add = next(value for button in page.all("button") if "/" in (value := button.get("value", "")))
    item = someone.submit(page, button=("then", add))
    sent = someone.submit(item, {"q-title": "Gŵyl", "q-year": "no year"}, status=422)
    assert [("unfinished" in address, "/stories/" in address) for address in offers(someone.get(PRACTICE))] == [
        (True, True)
    ]
    assert someone.get(offers(someone.get(LIST))[0], status=422).errors == sent.errors


def test_where_nothing_can_be_held_what_was_sent_is_on_the_page_itself(
    someone: CheckingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StorageError("no room")

    page = someone.get(ABOUT)
    answer(someone, ABOUT, {"q-name": "Somebody else"})
    monkeypatch.setattr(unfinished_forms, "hold", full)
    conflict = someone.submit(page, {"q-name": "Ann"}, status=409)
    assert "Ann" in conflict.text
    shown = someone.submit(page, {"q-name": "Ann"}, button=("switch_language", "cy"))
    assert shown.values(shown.form("answers"))["q-name"] == "Ann"


def test_a_record_of_it_that_is_torn_takes_no_page_away(gone_back: CheckingClient, repository: FileRepository) -> None:
    (path,) = (repository.root / "rounds").rglob("unfinished/*.json")
    path.write_text("{torn")
    assert OFFER not in gone_back.get(LIST).text
    assert OFFER not in gone_back.get(ABOUT).text
