"""A list is held for whoever sent it until she keeps it, and brings nobody back."""

from datetime import timedelta

from survey.collection.people.contact_checks import Contact
from survey.collection.people.contacts import erase_contacts, read_contacts, take_in
from survey.collection.people.held_lists import HELD_LISTS, HeldList, held_list, hold_list
from survey.storage.tinydb_files.repository import FileRepository
from tests.collection.example import NOW

GWEN = Contact("arfon", "Gwen", "", "gwen@nhs.example", "cy")


def held(repository, who, listed="", at=NOW):
    hold_list(repository, who, HeldList(f"of-{who}", at.isoformat(), "contacts", listed))


def there(repository, who, now=NOW):
    return held_list(repository, who, "contacts", f"of-{who}", now)


def test_a_held_list_is_of_one_account_and_one_kind_for_a_day(repository):
    held(repository, "eira")
    assert there(repository, "eira") == HeldList("of-eira", NOW.isoformat(), "contacts", "")
    assert held_list(repository, "eira", "clusters", "of-eira", NOW) is None
    assert held_list(repository, "nia", "contacts", "of-eira", NOW) is None
    assert there(repository, "eira", NOW + timedelta(days=1)) is None


def test_whoever_is_erased_is_in_no_held_list_and_lists_of_others_stay(repository):
    held(repository, "eira", "arfon,Gwen,,Gwen@NHS.example,cy\r\n")
    held(repository, "nia", "arfon,Angharad,,angharad.gwen@nhs.example,cy\r\n")
    held(repository, "non")
    (repository.root / HELD_LISTS[0] / "non.json").write_bytes(b"{torn")
    erase_contacts(repository, "gwen@nhs.example")
    assert repository.keys(HELD_LISTS) == ["nia"]


def test_a_list_that_is_taken_in_twice_at_once_makes_no_contact_twice(tmp_path):
    keys = []
    for place, list_id in (("one", "a"), ("other", "a"), ("later", "b")):
        repository = FileRepository(tmp_path / place)
        take_in(repository, [GWEN], NOW.date(), list_id)
        keys += read_contacts(repository)
    assert keys[0] == keys[1] != keys[2]
