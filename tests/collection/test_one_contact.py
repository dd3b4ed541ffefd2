"""One contact is kept, mended and moved alike in files and in the database, also if somebody is stopped half way."""

from dataclasses import replace

import pytest

from survey.collection.errors import DomainError
from survey.collection.people import contacts
from survey.collection.people.contact_checks import Contact
from survey.collection.people.contacts import read_contacts, take_in
from survey.collection.people.one_contact import BadContact, add_contact, mend_contact, version_of
from tests.collection.test_contact_checks import NAMES, SIAN, TODAY


def test_one_contact_is_checked_as_those_of_a_list_are_and_everything_is_named(kept):
    with pytest.raises(BadContact) as caught:
        add_contact(kept, Contact("arfn", "", "", "sian", ""), NAMES, TODAY, "f")
    assert [flaw.column for flaw in caught.value.flaws] == ["cluster", "name", "email", "language"]
    with pytest.raises(BadContact) as caught:
        add_contact(kept, Contact("", "", "", "", ""), NAMES, TODAY, "f")
    missing = ["contact_no_cluster", "contact_name", "contact_no_email", "contact_no_language"]
    assert [flaw.kind for flaw in caught.value.flaws] == missing
    assert read_contacts(kept) == {}


def test_a_contact_that_is_sent_twice_is_kept_once_and_another_of_its_address_is_refused(kept):
    assert add_contact(kept, SIAN, NAMES, TODAY, "f") == SIAN
    assert add_contact(kept, SIAN, NAMES, TODAY, "f") is None
    with pytest.raises(DomainError, match="contact_exists"):
        add_contact(kept, replace(SIAN, name="Siân Jones", email="SIAN@nhs.example"), NAMES, TODAY, "g")
    assert list(read_contacts(kept).values()) == [SIAN]


def test_a_name_is_mended_in_its_place_and_another_address_makes_another_contact(kept):
    add_contact(kept, SIAN, NAMES, TODAY, "f")
    (key,) = read_contacts(kept)
    renamed = replace(SIAN, name="Siân Jones")
    assert mend_contact(kept, key, version_of(SIAN), renamed, NAMES, TODAY, "g") == renamed
    assert list(read_contacts(kept)) == [key]
    moved = replace(renamed, email="sian.jones@nhs.example")
    for expected in (moved, None):
        assert mend_contact(kept, key, version_of(renamed), moved, NAMES, TODAY, "h") == expected
    (new_key,) = read_contacts(kept)
    assert new_key != key


def test_two_people_who_keep_the_same_new_address_at_once_make_it_once(kept, monkeypatch):
    other = replace(SIAN, name="Siân Jones")

    def key_after_hers(*made_of):
        # He has read what there is; now she keeps hers.
        monkeypatch.undo()
        take_in(kept, [other], TODAY, "hers")
        return contacts.key_of(*made_of)

    monkeypatch.setattr(contacts, "key_of", key_after_hers)
    take_in(kept, [SIAN], TODAY, "his")
    assert len(read_contacts(kept)) == 1


def test_a_stale_form_and_an_address_of_somebody_else_change_nothing(kept):
    add_contact(kept, SIAN, NAMES, TODAY, "f")
    add_contact(kept, replace(SIAN, email="gwen@nhs.example"), NAMES, TODAY, "g")
    before = read_contacts(kept)
    key = next(key for key, one in before.items() if one == SIAN)
    with pytest.raises(DomainError, match="contact_changed"):
        mend_contact(kept, key, "older", replace(SIAN, name="Nia"), NAMES, TODAY, "h")
    with pytest.raises(DomainError, match="contact_exists"):
        mend_contact(kept, key, version_of(SIAN), replace(SIAN, email="gwen@nhs.example"), NAMES, TODAY, "h")
    assert read_contacts(kept) == before


def test_a_change_of_address_that_was_stopped_half_way_is_brought_to_its_end(kept, monkeypatch):
    add_contact(kept, SIAN, NAMES, TODAY, "f")
    (key,) = read_contacts(kept)
    moved = replace(SIAN, email="sj@nhs.example")
    with monkeypatch.context() as stopped:
        stopped.setattr(type(kept), "delete", _killed)
        with pytest.raises(KeyboardInterrupt):
            mend_contact(kept, key, version_of(SIAN), moved, NAMES, TODAY, "h")
    assert mend_contact(kept, key, version_of(SIAN), moved, NAMES, TODAY, "h") == moved
    assert list(read_contacts(kept).values()) == [moved]


def _killed(*_):
    raise KeyboardInterrupt
