"""The secret kept with the data: replaced with nothing lost, and its forerunners forgotten when nothing needs them."""

from datetime import timedelta

import pytest

from survey.collection.people.access import code_of, issue_code, open_with
from survey.collection.people.accounts import EVENTS, LOG
from survey.collection.responses.anonymous_drafts import close_and_clear, store_resume_code
from survey.storage.key_ring import SPREADS_IN
from tests.collection import anonymous_example
from tests.collection.example import ROUND

CODE, OTHER = "K7QT-9WXM-3FBD", "22KT-9WXM-3FBD"
WHY = ("--reason", "once a year")


@pytest.fixture
def answered(desk):
    desk.opened()
    return desk


@pytest.fixture
def rotated(answered):
    issue_code(answered.kept, answered.kept.key_ring().newest.key, ROUND, "arfon", CODE, answered.now)
    answered.now += timedelta(hours=1)
    answered.done("data", "rotate-secret", *WHY)
    answered.now += SPREADS_IN
    issue_code(answered.kept, answered.kept.key_ring().newest.key, ROUND, "conwy-west", OTHER, answered.now)
    return answered


def test_a_secret_is_replaced_for_a_reason_that_is_logged(answered):
    before = answered.kept.key_ring()
    assert "reason" in answered.refused("data", "rotate-secret", "--reason", " ")
    assert answered.kept.key_ring() == before
    assert "1 earlier one" in answered.done("data", "rotate-secret", *WHY)
    assert "2 earlier ones" in answered.done("data", "rotate-secret", *WHY)
    ring = answered.kept.key_ring()
    assert ring.secrets[0] == before.newest
    assert len(set(ring.keys)) == 3
    assert answered.log[-1] == ("command line", "secret_rotated")
    assert ring.newest.text not in str(list(answered.kept.entries(LOG, EVENTS)))


def test_earlier_secrets_stay_while_anything_needs_them_and_what_does_is_named(rotated):
    before = rotated.kept.key_ring()
    said = rotated.refused("data", "drop-secrets", *WHY)
    assert "Sign-ins and forms may have been begun with them until" in said
    assert f"{ROUND}: the code of arfon." in said
    assert "conwy-west" not in said
    assert f"{ROUND}: meeting packs" in said
    rotated.now += timedelta(days=2)
    said = rotated.refused("data", "drop-secrets", *WHY)
    assert "Sign-ins" not in said
    assert rotated.kept.key_ring() == before


def test_a_code_to_go_on_with_needs_the_secret_it_was_made_with(rotated):
    snapshot = anonymous_example.opened_round(rotated.kept)
    ring = rotated.kept.key_ring()
    for number, (secret, mark) in enumerate(((ring.keys[1], None), (ring.keys[0], ring.mark))):
        draft = anonymous_example.begun(rotated.kept, snapshot, number + 1, now=rotated.now)
        store_resume_code(rotated.kept, snapshot, secret, draft, (CODE, OTHER)[number], rotated.now, mark)
    said = rotated.refused("data", "drop-secrets", *WHY)
    assert f"{anonymous_example.ROUND}: 1 code to go on with" in said
    assert f"{anonymous_example.ROUND}: meeting packs" not in said


def test_earlier_secrets_go_when_nothing_needs_them(rotated):
    close_and_clear(rotated.kept, ROUND, rotated.now)
    rotated.now += timedelta(days=2)
    rotated.done("data", "drop-secrets", *WHY)
    ring = rotated.kept.key_ring()
    assert len(ring.secrets) == 1
    assert (rotated.data / "secret").read_text() == ring.newest.text
    assert open_with(rotated.kept, ring.newest.key, OTHER, demonstration=False).cluster == "conwy-west"
    assert rotated.log[-1] == ("command line", "secrets_dropped")
    assert "There is no earlier secret" in rotated.refused("data", "drop-secrets", *WHY)


def test_what_is_given_up_is_named_and_its_codes_are_shown_as_gone(rotated):
    said = rotated.done("data", "drop-secrets", *WHY, "--anyway")
    assert f"{ROUND}: the code of arfon opens nothing any more." in said
    assert code_of(rotated.kept, ROUND, "arfon").since is None
    assert code_of(rotated.kept, ROUND, "conwy-west").since is not None


def test_a_secret_that_some_process_may_not_know_yet_is_left_its_forerunner(answered):
    answered.done("data", "rotate-secret", *WHY)
    assert "in two minutes" in answered.refused("data", "drop-secrets", *WHY, "--anyway")
    assert len(answered.kept.key_ring().secrets) == 2


def test_verify_says_that_codes_were_made_with_another_secret_and_nothing_of_codes_of_an_earlier_one(rotated):
    assert rotated.run("data", "verify").exit_code == 0
    file = rotated.data / "secret"
    kept = file.read_bytes()
    file.write_bytes(b"0" * 64)
    said = rotated.refused("data", "verify")
    assert f"{ROUND}: codes that were made with another secret than those kept here, and let nobody in: 2." in said
    file.write_bytes(kept)
    rotated.done("data", "drop-secrets", *WHY, "--anyway")
    assert rotated.run("data", "verify").exit_code == 0
