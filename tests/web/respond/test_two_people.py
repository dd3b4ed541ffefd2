"""Two people of one cluster on the same page: nothing is overwritten unseen."""

from collections.abc import Callable

import pytest

from survey.collection.responses.response import read_response
from survey.collection.responses.versions import versions
from survey.storage.tinydb_files.repository import FileRepository
from tests.web.checking_client import CheckingClient, Page
from tests.web.html import text_of
from tests.web.respond.conftest import answer
from tests.web.respond.example import CLUSTER, OTHER_CODE, ROUND

LANGUAGES = ("cy", "en", "en-XA")
ABOUT = "/en/reflection/section/about"
OUTCOME = "/en/reflection/section/outcome/big-01"
SignIn = Callable[..., CheckingClient]


def answers_in(repository: FileRepository, key: str = "about") -> object:
    return read_response(repository, ROUND, CLUSTER).pages[key].answers


def asked_about(page: Page) -> list[str]:
    return page.values(page.form("answers"))["settling"].split()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_second_is_shown_both_versions_and_chooses(
    sign_in: SignIn, repository: FileRepository, language: str
) -> None:
    ann, bob = sign_in(), sign_in()
    path = f"/{language}/reflection/section/about"
    seen = bob.get(path)
    answer(ann, path, {"q-story": "Stori Ann\nyn llawn", "q-people": "5", "q-name": "Ann"})
    conflict = bob.submit(seen, {"q-story": "Bob’s story", "q-people": "5", "q-how": "meeting"}, status=409)
    assert asked_about(conflict) == ["keep-story"]
    assert text_of(conflict.by_id("keep-story-mine")) == "Bob’s story"
    assert text_of(conflict.by_id("keep-story-theirs")) == "Stori Annyn llawn"
    kept = {"story": "Stori Ann\nyn llawn", "people": 5, "name": "Ann", "how": "meeting"}
    assert answers_in(repository) == kept, "all that nobody else has touched is saved at once"

    undecided = bob.submit(conflict, {}, status=422)
    assert [href for _, href in undecided.errors] == ["#keep-story"]
    settled = bob.submit(undecided, {"keep-story": "mine"})
    assert settled.path == path
    assert answers_in(repository) == {**kept, "story": "Bob’s story"}


def test_both_texts_can_be_kept_one_after_the_other(sign_in: SignIn, repository: FileRepository) -> None:
    ann, bob = sign_in(), sign_in()
    seen = bob.get(ABOUT)
    answer(ann, ABOUT, {"q-story": "Ann’s story", "q-people": "5"})
    conflict = bob.submit(seen, {"q-story": "Bob’s story", "q-people": "6"}, status=409)
    assert asked_about(conflict) == ["keep-story", "keep-people"]
    offered = [radio.get("value") for radio in conflict.all("input") if radio.get("name") == "keep-people"]
    assert offered == ["mine", "theirs"], "there is no number that is both"
    bob.submit(conflict, {"keep-story": "both", "keep-people": "theirs"})
    assert answers_in(repository) == {"story": "Ann’s story\n\nBob’s story", "people": 5}


def test_a_third_save_meanwhile_is_shown_again(sign_in: SignIn, repository: FileRepository) -> None:
    ann, bob = sign_in(), sign_in()
    seen = bob.get(ABOUT)
    answer(ann, ABOUT, {"q-story": "First", "q-name": "Ann"})
    conflict = bob.submit(seen, {"q-story": "Bob’s", "q-name": "Bob"}, status=409)
    answer(ann, ABOUT, {"q-story": "Second"})
    again = bob.submit(conflict, {"keep-story": "mine", "keep-name": "theirs"}, status=409)
    assert "Second" in again.text
    assert answers_in(repository) == {"story": "Second", "name": "Ann"}
    assert asked_about(again) == ["keep-name", "keep-story"], "what was decided can be seen, and changed"
    bob.submit(again, {"keep-story": "mine", "keep-name": "theirs"})
    assert answers_in(repository) == {"story": "Bob’s", "name": "Ann"}


def test_only_what_both_have_changed_is_asked_about(sign_in: SignIn, repository: FileRepository) -> None:
    ann, bob = sign_in(), sign_in()
    answer(ann, ABOUT, {"q-name": "Ann", "q-people": "5"})
    seen = bob.get(ABOUT)
    answer(ann, ABOUT, {"q-people": "6", "q-name": "Annie"})
    conflict = bob.submit(seen, {"q-story": "Mine alone", "q-people": "7"}, status=409)
    assert asked_about(conflict) == ["keep-people"]
    bob.submit(conflict, {"keep-people": "theirs"})
    assert answers_in(repository) == {"name": "Annie", "people": 6, "story": "Mine alone"}


def test_two_people_on_one_page_who_change_different_answers_are_asked_nothing(
    sign_in: SignIn, repository: FileRepository
) -> None:
    ann, bob = sign_in(), sign_in()
    answer(ann, OUTCOME, {"q-criteria-big-01.f1": "in_place", "q-well": "All"})
    seen = bob.get(OUTCOME)
    answer(ann, OUTCOME, {"q-criteria-big-01.f1": "not_yet"})
    bob.submit(seen, {"q-criteria-big-01.m1": "not_yet", "q-well": ""})
    assert answers_in(repository, "outcome/big-01") == {"criteria": {"big-01.f1": "not_yet", "big-01.m1": "not_yet"}}


def test_a_double_click_is_no_conflict(someone: CheckingClient, repository: FileRepository) -> None:
    page = someone.get(ABOUT)
    for _ in range(2):
        someone.submit(page, {"q-name": "Ann"})
    assert read_response(repository, ROUND, CLUSTER).pages["about"].revision == 1


def test_criteria_are_settled_one_by_one(sign_in: SignIn, repository: FileRepository) -> None:
    ann, bob = sign_in(), sign_in()
    seen = bob.get(OUTCOME)
    first = "q-criteria-big-01.f1"
    answer(ann, OUTCOME, {first: "in_place", "q-criteria-big-01.m1": "not_yet"})
    conflict = bob.submit(seen, {first: "not_yet"}, status=409)
    assert asked_about(conflict) == ["keep-criteria-big-01.f1"]
    bob.submit(conflict, {"keep-criteria-big-01.f1": "mine"})
    assert answers_in(repository, "outcome/big-01") == {"criteria": {"big-01.f1": "not_yet", "big-01.m1": "not_yet"}}


def test_what_is_invalid_waits_until_the_rest_is_settled(sign_in: SignIn, repository: FileRepository) -> None:
    ann, bob = sign_in(), sign_in()
    seen = bob.get(ABOUT)
    answer(ann, ABOUT, {"q-name": "Ann", "q-people": "5"})
    conflict = bob.submit(seen, {"q-name": "Bob", "q-people": "many"}, status=409)
    page = bob.submit(conflict, {"keep-name": "mine"}, status=422)
    assert [href for _, href in page.errors] == ["#q-people"]
    assert page.values(page.form("answers"))["q-people"] == "many"
    assert answers_in(repository) == {"name": "Bob", "people": 5}


def test_a_page_that_comes_back_undoes_nothing_that_a_colleague_did_meanwhile(
    sign_in: SignIn, repository: FileRepository
) -> None:
    ann, bob = sign_in(), sign_in()
    seen = bob.get(ABOUT)
    answer(ann, ABOUT, {"q-name": "Ann"})
    page = bob.submit(seen, {"q-story": "Mine", "q-people": "many"}, status=422)
    bob.submit(page, {"q-people": "6"})
    assert answers_in(repository) == {"name": "Ann", "story": "Mine", "people": 6}


def test_the_choices_can_be_read_in_the_other_language(sign_in: SignIn, repository: FileRepository) -> None:
    ann, bob = sign_in(), sign_in()
    seen = bob.get(ABOUT)
    answer(ann, ABOUT, {"q-name": "Ann"})
    conflict = bob.submit(seen, {"q-name": "Bob"}, status=409)
    page = bob.submit(conflict, {"keep-name": "mine"}, button=("switch_language", "cy"))
    assert page.path == "/cy/reflection/section/about"
    assert page.values(page.form("answers"))["keep-name"] == "mine"
    assert answers_in(repository) == {"name": "Ann"}
    bob.submit(page)
    assert answers_in(repository) == {"name": "Bob"}


def test_colleagues_on_different_pages_never_collide(sign_in: SignIn, repository: FileRepository) -> None:
    ann, bob = sign_in(), sign_in()
    seen = bob.get(OUTCOME)
    answer(ann, ABOUT, {"q-name": "Ann"})
    bob.submit(seen, {"q-well": "All of it"})
    assert answers_in(repository) == {"name": "Ann"}
    assert answers_in(repository, "outcome/big-01") == {"well": "All of it"}


@pytest.mark.parametrize(
    "base", ["", "name", "name:", "name:short", "a b", "name:AAAAAAAA:x", "9" * 5000, "<b>:AAAAAAAA"]
)
def test_a_base_that_was_never_shown_overwrites_nothing(sign_in: SignIn, repository: FileRepository, base: str) -> None:
    ann, bob = sign_in(), sign_in()
    seen = bob.get(ABOUT)
    answer(ann, ABOUT, {"q-name": "Ann", "q-people": "5"})
    conflict = bob.submit(seen, {"base": base, "q-name": "Bob", "q-people": "6"}, status=409)
    assert asked_about(conflict) == ["keep-name", "keep-people"]
    assert answers_in(repository) == {"name": "Ann", "people": 5}


def test_a_page_of_an_earlier_release_overwrites_nothing_and_clears_nothing(
    sign_in: SignIn, repository: FileRepository
) -> None:
    ann, bob = sign_in(), sign_in()
    seen = bob.get(ABOUT)
    answer(ann, ABOUT, {"q-name": "Ann", "q-people": "5"})
    sent = seen.values(seen.form("answers"))
    del sent["base"]
    reply = bob.browser.post(ABOUT, data={**sent, "version": "0", "q-name": "Bob", "q-story": "Mine"})
    bob.get(reply.location, status=409)
    assert answers_in(repository) == {"name": "Ann", "people": 5, "story": "Mine"}


def test_two_windows_of_one_browser_are_one_person(someone: CheckingClient, sign_in: SignIn) -> None:
    colleague = sign_in()
    first, second, theirs = someone.get(ABOUT), someone.get(ABOUT), colleague.get(ABOUT)
    someone.submit(second, {"q-story": "In the second", "q-name": "Ann"})
    conflict = someone.submit(first, {"q-story": "In the first"}, status=409)
    assert conflict.heading == "About you You have saved these answers again since"
    assert "somebody else" not in conflict.text.lower()
    assert someone.get(ABOUT).form("answers").get("data-own") == "name story"
    assert colleague.get(ABOUT).form("answers").get("data-own") is None
    conflict = colleague.submit(theirs, {"q-story": "Of a colleague"}, status=409)
    assert "Somebody else has changed these answers" in conflict.heading


def test_whoever_wrote_last_is_told_of_each_answer(someone: CheckingClient, sign_in: SignIn) -> None:
    first = someone.get(ABOUT)
    answer(someone, ABOUT, {"q-story": "In the second", "q-name": "Ann"})
    answer(sign_in(), ABOUT, {"q-name": "Bob"})
    conflict = someone.submit(first, {"q-story": "In the first", "q-name": "Anna"}, status=409)
    assert "Somebody else has changed these answers" in conflict.heading
    words = [text_of(heading) for heading in conflict.all("h3")]
    assert words == ["What you typed", "What somebody else saved", "What you typed", "What you saved"]


def test_the_page_of_choices_has_an_address_of_its_own_to_which_going_back_sends_nothing(
    sign_in: SignIn, repository: FileRepository
) -> None:
    ann, bob = sign_in(), sign_in()
    seen = bob.get(ABOUT)
    answer(ann, ABOUT, {"q-story": "Ann’s"})
    sent = {**seen.values(seen.form("answers")), "q-story": "Bob’s"}
    there = bob.browser.post(ABOUT, data=sent)
    assert there.status_code == 303
    conflict = bob.get(there.location, status=409)
    answer(ann, ABOUT, {"q-story": "Ann’s, later"})
    assert "Ann’s, later" in bob.get(there.location, status=409).text, "it shows what is there now"
    again = bob.submit(bob.get(there.location, status=409), {}, status=422)
    assert [href for _, href in again.errors] == ["#keep-story"]
    assert bob.get(there.location, status=422).errors == again.errors
    assert bob.submit(again, {"keep-story": "mine"}).errors == []
    back = bob.get(there.location)
    assert back.heading == "About you"
    assert back.values(back.form("answers"))["q-story"] == "Bob’s"
    assert answers_in(repository) == {"story": "Bob’s"}
    assert conflict.heading != back.heading


def test_a_page_with_mistakes_has_an_address_too_until_they_are_mended(
    someone: CheckingClient, sign_in: SignIn, repository: FileRepository
) -> None:
    page = someone.get(ABOUT)
    sent = {**page.values(page.form("answers")), "q-name": "Ann", "q-people": "many"}
    there = someone.browser.post(ABOUT, data=sent)
    assert there.status_code == 303
    for language in ("en", "cy"):
        page = someone.get(there.location.replace("/en/", f"/{language}/"), status=422)
        assert page.values(page.form("answers"))["q-people"] == "many"
        assert [href for _, href in page.errors] == ["#q-people"]
    sign_in().get(there.location, status=422)
    sign_in(OTHER_CODE).get(there.location)
    someone.submit(someone.get(there.location, status=422), {"q-people": "5"})
    assert someone.get(there.location).errors == []
    assert answers_in(repository) == {"name": "Ann", "people": 5}


def test_a_text_of_before_that_going_back_has_put_into_the_page_replaces_nothing_unasked(
    someone: CheckingClient, repository: FileRepository
) -> None:
    answer(someone, ABOUT, {"q-story": "Old words", "q-people": "5"})
    answer(someone, ABOUT, {"q-story": "New words", "q-people": "6"})
    # What a browser without scripts sends after Back: the page as it is now, with what was typed then.
    conflict = someone.submit(someone.get(ABOUT), {"q-story": "Old words", "q-people": "5"}, status=409)
    assert asked_about(conflict) == ["keep-story"], "a number can be chosen anew at any time"
    assert answers_in(repository) == {"story": "New words", "people": 5}
    assert conflict.heading == "About you You have saved these answers again since"
    someone.submit(conflict, {"keep-story": "mine"})
    assert answers_in(repository) == {"story": "Old words", "people": 5}, "whoever says that she wants it gets it"


def test_a_text_of_before_that_is_written_on_replaces_nothing_of_a_colleague_unasked(
    sign_in: SignIn, repository: FileRepository
) -> None:
    ann, bob = sign_in(), sign_in()
    answer(ann, ABOUT, {"q-story": "Ann’s words"})
    answer(bob, ABOUT, {"q-story": "Ann’s words and those of Bob"})
    conflict = ann.submit(ann.get(ABOUT), {"q-story": "Ann’s words, and more"}, status=409)
    assert asked_about(conflict) == ["keep-story"]
    ann.submit(conflict, {"keep-story": "both"})
    assert answers_in(repository) == {"story": "Ann’s words and those of Bob\n\nAnn’s words, and more"}
    answer(ann, ABOUT, {"q-story": "Something else"})
    assert answers_in(repository) == {"story": "Something else"}, "nobody is asked about a text that is new"


def test_a_text_of_before_is_asked_about_in_the_other_language_too(
    someone: CheckingClient, repository: FileRepository
) -> None:
    answer(someone, ABOUT, {"q-story": "Old words"})
    answer(someone, ABOUT, {"q-story": "New words"})
    page = someone.get(ABOUT)
    shown = someone.submit(page, {"q-story": "Old words"}, button=("switch_language", "cy"))
    assert answers_in(repository) == {"story": "New words"}
    assert text_of(shown.by_id("q-story")) == "Old words", "and what was sent is not lost"


def test_each_press_of_a_button_without_scripts_can_be_read_again(
    someone: CheckingClient, repository: FileRepository
) -> None:
    for words in ("First", "Second", "Third"):
        answer(someone, ABOUT, {"q-story": words})
    page = read_response(repository, ROUND, CLUSTER).pages["about"]
    assert [version.answers["story"] for version in versions(page)] == ["Third", "Second", "First"]
