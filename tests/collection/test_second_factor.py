"""Codes of an app: each taken once, half a minute early or late; recovery codes for the day it is gone."""

from datetime import timedelta

import pytest
from pyotp import TOTP

from survey.collection.errors import DomainError
from survey.collection.people.second_factor import (
    STEP,
    begin_second_factor,
    confirm_second_factor,
    has_second_factor,
    recovery_codes_of_form,
    remove_second_factor,
    take_code,
    unconfirmed_secret,
)
from survey.storage.tinydb_files.repository import FileRepository
from tests.collection.example import NOW

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def kept(tmp_path):
    return FileRepository(tmp_path)


@pytest.fixture
def app(kept):
    """The app on the phone, once it has been confirmed."""
    begin_second_factor(kept, "nia")
    app = TOTP(unconfirmed_secret(kept, "nia"))
    confirm_second_factor(kept, "nia", app.at(NOW), ["aaaabbbb", "cccc"], NOW)
    return app


def refused(function, *arguments):
    with pytest.raises(DomainError) as raised:
        function(*arguments)
    return raised.value.code


def test_it_is_asked_for_only_after_a_code_has_confirmed_it(kept):
    begin_second_factor(kept, "nia")
    app = TOTP(unconfirmed_secret(kept, "nia"))
    assert refused(confirm_second_factor, kept, "nia", "000000x", [], NOW) == "wrong_factor_code"
    assert not has_second_factor(kept, "nia")
    confirm_second_factor(kept, "nia", app.at(NOW), [], NOW)
    assert has_second_factor(kept, "nia")
    assert unconfirmed_secret(kept, "nia") is None
    assert refused(begin_second_factor, kept, "nia") == "factor_there"
    assert refused(confirm_second_factor, kept, "nia", app.at(LATER), [], LATER) == "factor_there"
    assert refused(confirm_second_factor, kept, "sara", app.at(NOW), [], NOW) == "factor_not_begun"


def test_a_code_is_taken_once_and_none_of_before_it(kept, app):
    assert refused(take_code, kept, "nia", app.at(NOW), NOW) == "wrong_factor_code"
    take_code(kept, "nia", app.at(LATER), LATER)
    assert refused(take_code, kept, "nia", app.at(LATER), LATER) == "wrong_factor_code"
    assert refused(take_code, kept, "nia", app.at(LATER - timedelta(seconds=STEP)), LATER) == "wrong_factor_code"


@pytest.mark.parametrize(("steps", "is_taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_clocks_may_differ_by_one_step(kept, app, steps, is_taken):
    code = app.at(LATER + timedelta(seconds=steps * STEP))
    if is_taken:
        take_code(kept, "nia", f" {code[:3]} {code[3:]} ", LATER)
    else:
        assert refused(take_code, kept, "nia", code, LATER) == "wrong_factor_code"


def test_a_recovery_code_is_taken_once_and_the_others_are_left(kept, app):
    assert refused(take_code, kept, "nia", "dddd", LATER) == "wrong_factor_code"
    begun = kept.read(("second_factors",), "nia")["recovery"]
    assert len(begun) == 2
    take_code(kept, "nia", "cccc", LATER)
    assert refused(take_code, kept, "nia", "cccc", LATER) == "wrong_factor_code"
    assert kept.read(("second_factors",), "nia")["recovery"] == begun[:1]
    take_code(kept, "nia", " AAAA-BBBB", LATER)


@pytest.mark.parametrize("code", ["", " ", "ŵ", "000000", "9" * 300, "²²²²²²"])
def test_no_rubbish_is_a_code(kept, app, code):
    if code != app.at(LATER):
        assert refused(take_code, kept, "nia", code, LATER) == "wrong_factor_code"


def test_recovery_codes_are_many_of_112_bits_and_kept_as_digests(kept, tmp_path):
    codes = recovery_codes_of_form(kept, [b"old"], "sara", "a form")
    assert len(set(codes)) == 10
    assert {len(code) for code in codes} == {28}
    begin_second_factor(kept, "sara")
    confirm_second_factor(kept, "sara", TOTP(unconfirmed_secret(kept, "sara")).at(NOW), codes, NOW)
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert not [code for code in codes if code.encode() in written]
    assert codes != recovery_codes_of_form(kept, [b"old"], "sara", "another")
    take_code(kept, "sara", codes[3], NOW)


def test_sent_again_a_form_shows_the_same_recovery_codes_also_after_a_new_secret_for_a_while(kept):
    begin_second_factor(kept, "sara")
    code = TOTP(unconfirmed_secret(kept, "sara")).at(NOW)
    codes = recovery_codes_of_form(kept, [b"old"], "sara", "a form")
    assert confirm_second_factor(kept, "sara", code, codes, NOW)
    again = recovery_codes_of_form(kept, [b"new", b"old"], "sara", "a form")
    assert again == codes
    assert not confirm_second_factor(kept, "sara", code, again, NOW)
    assert refused(confirm_second_factor, kept, "sara", code, ["other"], NOW) == "factor_there"
    assert refused(confirm_second_factor, kept, "sara", code, again, LATER) == "factor_there"


def test_once_it_is_taken_away_no_code_opens_anything(kept, app):
    assert remove_second_factor(kept, "nia")
    assert not remove_second_factor(kept, "nia")
    assert not has_second_factor(kept, "nia")
    assert refused(take_code, kept, "nia", app.at(LATER), LATER) == "wrong_factor_code"
