"""A secret that is replaced while people answer: nobody is signed out, and nothing that was typed is refused."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from flask import Flask

from survey import create_app
from survey.collection.responses.response import read_response
from survey.collection.rounds.round import place
from survey.storage.key_ring import REREAD, SPREADS_IN, mark_of
from survey.storage.tinydb_files.repository import FileRepository
from tests.web.checking_client import CheckingClient
from tests.web.respond import example
from tests.web.respond.conftest import Clock

ABOUT = "/en/reflection/section/about"


def rotate(repository: FileRepository, clock: Clock) -> None:
    repository.change_key_ring(lambda ring: ring.rotated(clock.now))


def test_a_form_of_before_is_saved_after_and_its_session_goes_on(
    someone: CheckingClient, app: Flask, repository: FileRepository, clock: Clock
) -> None:
    page = someone.get(ABOUT)
    for _ in range(2):
        rotate(repository, clock)
        clock.now += SPREADS_IN + timedelta(hours=1)
    someone.submit(page, {"q-name": "Ann"})
    assert read_response(repository, example.ROUND, example.CLUSTER).pages["about"].answers == {"name": "Ann"}
    assert app.config["SECRET_KEY"] == repository.key_ring().newest.text


def test_no_process_signs_with_a_secret_that_another_may_not_know_yet(
    data: Path, app: Flask, repository: FileRepository, clock: Clock, sign_in: Callable[..., CheckingClient]
) -> None:
    other = create_app({"TESTING": True, "DATA": data, "DEMO": True, "NOW": clock})
    earlier = repository.key_ring().newest.text
    rotate(repository, clock)
    for wait in (timedelta(), REREAD, SPREADS_IN - REREAD - timedelta(seconds=1)):
        clock.now += wait
        sign_in().get(ABOUT)
        assert app.config["SECRET_KEY"] == earlier
    clock.now += REREAD
    newest = sign_in()
    page = newest.get(ABOUT)
    assert app.config["SECRET_KEY"] == repository.key_ring().newest.text
    there = CheckingClient(other)
    there.browser._cookies.update(newest.browser._cookies)
    there.submit(page, {"q-name": "Ann"})


def test_what_is_dropped_is_believed_no_more(someone: CheckingClient, repository: FileRepository, clock: Clock) -> None:
    rotate(repository, clock)
    clock.now += SPREADS_IN
    repository.change_key_ring(lambda ring: ring.without_earlier())
    assert someone.get(ABOUT).path == "/en/sign-in"


def test_a_storage_that_cannot_be_read_leaves_the_keys_as_they_were(
    someone: CheckingClient, data: Path, app: Flask, clock: Clock
) -> None:
    before = app.config["SECRET_KEY"]
    (data / "secret").write_bytes(b"\0" * 64)
    clock.now += REREAD
    assert someone.get("/en/contact").path == "/en/contact"
    assert app.config["SECRET_KEY"] == before
    assert someone.browser.get("/healthz").status_code == 503


def test_a_code_of_before_opens_and_is_hashed_anew_when_it_is_used(
    repository: FileRepository, clock: Clock, sign_in: Callable[..., CheckingClient]
) -> None:
    rotate(repository, clock)
    where = place(example.ROUND, "access")
    before = repository.read(where, example.CLUSTER)
    sign_in()
    ring = repository.key_ring()
    after = repository.read(where, example.CLUSTER)
    assert before is not None
    assert after == {**before, "hash": after and after["hash"], "secret": mark_of(ring.newest.key)}
    assert after["hash"] != before["hash"]
    assert repository.read(where, example.OTHER_CLUSTER)["secret"] != after["secret"]  # type: ignore[index]
    repository.change_key_ring(lambda ring: ring.without_earlier())
    sign_in()


def test_a_setting_signs_instead_and_its_earlier_values_are_believed(
    data: Path, open_round: Path, clock: Clock
) -> None:

    shutil.copytree(open_round, data, dirs_exist_ok=True)
    site = {"TESTING": True, "DATA": data, "DEMO": True, "NOW": clock}
    client = CheckingClient(create_app({**site, "SECRET_KEY": "a" * 32}))
    client.sign_in("/en/sign-in", {"access_code": example.CODE})
    page = client.get(ABOUT)
    there = CheckingClient(
        create_app({**site, "SECRET_KEY": "b" * 32, "SECRET_KEY_FALLBACKS": f"{'c' * 32} {'a' * 32}"})
    )
    there.browser._cookies.update(client.browser._cookies)
    there.submit(page, {"q-name": "Ann"})
    elsewhere = CheckingClient(create_app({**site, "SECRET_KEY": "b" * 32}))
    elsewhere.browser._cookies.update(client.browser._cookies)
    assert elsewhere.get(ABOUT).path == "/en/sign-in"
