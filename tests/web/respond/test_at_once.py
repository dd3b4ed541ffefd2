"""Saves that arrive at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from survey.collection.responses.response import read_response
from survey.storage.tinydb_files.repository import FileRepository
from tests.web.checking_client import CheckingClient
from tests.web.respond.conftest import answer
from tests.web.respond.example import CLUSTER, ROUND

ABOUT = "/en/reflection/section/about"
CHECK = "/en/reflection/check"
PEOPLE = 4
SignIn = Callable[..., CheckingClient]


def test_of_several_saves_at_once_one_is_kept_and_the_others_are_asked(
    sign_in: SignIn, repository: FileRepository
) -> None:
    people = [sign_in() for _ in range(PEOPLE)]
    pages = [person.get(ABOUT) for person in people]

    def save(number: int) -> int:
        sent = pages[number].values(pages[number].form("answers"))
        sent["q-name"] = f"Person {number}"
        return people[number].browser.post(ABOUT, data=sent, follow_redirects=True).status_code

    with ThreadPoolExecutor(PEOPLE) as at_once:
        answers = sorted(at_once.map(save, range(PEOPLE)))
    assert answers == [200] + [409] * (PEOPLE - 1)
    kept = read_response(repository, ROUND, CLUSTER).pages["about"]
    assert kept.revision == 1


def test_answers_to_different_questions_that_are_saved_at_once_are_all_kept(
    sign_in: SignIn, repository: FileRepository
) -> None:
    typed = {"q-name": "Ann", "q-people": "5", "q-story": "A story", "q-how": "meeting"}
    people = [sign_in() for _ in typed]
    pages = [person.get(ABOUT) for person in people]

    def save(number: int) -> int:
        name = list(typed)[number]
        sent = {**pages[number].values(pages[number].form("answers")), name: typed[name]}
        return people[number].browser.post(ABOUT, data=sent).status_code

    with ThreadPoolExecutor(len(typed)) as at_once:
        assert list(at_once.map(save, range(len(typed)))) == [303] * len(typed)
    kept = read_response(repository, ROUND, CLUSTER).pages["about"]
    assert kept.answers == {"name": "Ann", "people": 5, "story": "A story", "how": "meeting"}


def test_items_added_at_once_are_all_kept(sign_in: SignIn, repository: FileRepository) -> None:
    people = [sign_in() for _ in range(3)]
    addresses = [f"/en/reflection/section/practice/stories/{item_id}/change" for item_id in "abc"]
    pages = [person.get(address) for person, address in zip(people, addresses, strict=True)]

    def add(number: int) -> int:
        sent = pages[number].values(pages[number].form("answers"))
        sent["q-title"] = f"Story {number}"
        return people[number].browser.post(addresses[number], data=sent).status_code

    with ThreadPoolExecutor(3) as at_once:
        assert list(at_once.map(add, range(3))) == [303] * 3
    stories = (read_response(repository, ROUND, CLUSTER).pages["practice"].answers or {})["stories"]
    assert sorted(story["title"] for story in stories) == ["Story 0", "Story 1", "Story 2"]


def test_of_two_who_submit_at_once_one_submission_is_made(sign_in: SignIn, repository: FileRepository) -> None:
    ann = sign_in()
    criteria = {"q-criteria-big-01.f1": "in_place", "q-criteria-big-01.m1": "in_place"}
    answer(ann, ABOUT, {"q-how": "meeting"})
    answer(ann, "/en/reflection/section/outcome/big-01", {**criteria, "q-level": "mature"})
    answer(ann, "/en/reflection/section/outcome/big-02", {"q-criteria-big-02.s1": "in_place", "q-level": "mature"})
    people = [ann, sign_in()]
    pages = [person.get(CHECK) for person in people]

    def submit(number: int) -> int:
        return people[number].browser.post(CHECK, data=pages[number].values(pages[number].form("submit"))).status_code

    with ThreadPoolExecutor(2) as at_once:
        assert list(at_once.map(submit, range(2))) == [303, 303]
    assert len(read_response(repository, ROUND, CLUSTER).submissions) == 1
