"""What a list of contacts may call things, and what is said of a cluster that nobody knows."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from survey.collection.errors import DomainError
from survey.collection.list_rows import BadList
from survey.collection.people import contacts
from survey.collection.people.contact_checks import IN_LIST, OF_ONE, ClusterNames, Contact
from survey.collection.people.contacts import contacts_from, read_contacts, take_in
from survey.collection.people.one_contact import BadContact, add_contact, mend_contact, version_of
from survey.collection.rounds.clusters import clusters_from
from survey.languages import language
from survey.questionnaire.json_reader import read_definition
from survey.reporting.files.contact_template import template_csv, template_xlsx
from tests.collection.example import NOW

LIST = Path(__file__).parents[2] / "questionnaires/clusters/clusters-2026.json"
REAL = clusters_from(read_definition(LIST.read_bytes(), "").value)
NAMES = ClusterNames.of(REAL)
TODAY = NOW.date()
SIAN = Contact("arfon", "Siân", "Lead", "sian@nhs.example", "cy")


def listed(*rows, heads="cluster,name,role,email,language"):
    return "\r\n".join((heads, *(",".join(row) for row in rows))).encode()


def fault_of(cluster):
    with pytest.raises(BadList) as caught:
        contacts_from(listed((cluster, *"nr", "a@nhs.example", "cy")), NAMES)
    ((phrase, values),) = caught.value.faults
    return language("en").say(phrase, **values)


@pytest.mark.parametrize("called", ["conwy-east", "Conwy East", "Dwyrain Conwy", "dwyrain conwy", "CONWY-EAST"])
def test_a_cluster_is_called_by_its_code_or_by_its_name_in_either_language(called):
    (contact,) = contacts_from(listed((called, *"nr", "a@nhs.example", "cy")), NAMES)
    assert contact.cluster == "conwy-east"


@pytest.mark.parametrize(
    ("typed", "meant"), [("Conwy Est", "conwy-east"), ("arfn", "arfon"), ("Dwyrain Conwi", "conwy-east")]
)
def test_an_unknown_cluster_gets_the_names_that_are_like_it_each_with_its_code(typed, meant):
    said = fault_of(typed)
    assert said.startswith("Row 2, column “cluster”: ")
    assert typed in said
    assert meant in said.split("these?")[1]


def test_where_no_cluster_is_like_it_none_is_named():
    assert fault_of("zzzzzzzz").endswith("code or name: zzzzzzzz")


def test_a_name_that_two_clusters_have_is_asked_for_by_code():
    twice = [replace(REAL.clusters[0], code=code, names={"cy": "Glan yr Afon", "en": "Riverside"}) for code in "ab"]
    with pytest.raises(BadList) as caught:
        contacts_from(listed(("Riverside", *"nr", "a@nhs.example", "cy")), ClusterNames(twice))
    assert caught.value.faults[0][1]["codes"] == "a, b"


def test_columns_and_languages_may_be_named_in_welsh():
    content = listed(("Arfon", "Siân", "Lead", "sian@nhs.example", "Cymraeg"), heads="Clwstwr,Enw,Rôl,E-bost,Iaith")
    assert contacts_from(content, NAMES) == [SIAN]


def test_every_flaw_is_worded_for_a_list_and_for_one_contact():
    assert IN_LIST.keys() == OF_ONE.keys()


@pytest.mark.parametrize("code", ["cy", "en"])
def test_the_template_filled_in_is_taken_in(code):
    head = template_csv(language(code)).decode("utf-8-sig").strip()
    assert contacts_from(listed(("arfon", "Siân", "Lead", "sian@nhs.example", "cy"), heads=head), NAMES) == [SIAN]
    sheets = sheets_of(template_xlsx(REAL, language(code)))
    assert ",".join(sheets[0][0]) == head
    assert len(sheets[1]) == 1 + len(REAL.clusters)


def sheets_of(content):
    """What is on the sheets of a workbook, row by row."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def test_one_contact_is_checked_as_those_of_a_list_are_and_everything_is_named(repository):
    with pytest.raises(BadContact) as caught:
        add_contact(repository, Contact("arfn", "", "", "sian", ""), NAMES, TODAY, "f")
    assert [flaw.column for flaw in caught.value.flaws] == ["cluster", "name", "email", "language"]
    assert read_contacts(repository) == {}


def test_a_contact_that_is_sent_twice_is_kept_once_and_another_of_its_address_is_refused(repository):
    assert add_contact(repository, SIAN, NAMES, TODAY, "f") == SIAN
    assert add_contact(repository, SIAN, NAMES, TODAY, "f") is None
    with pytest.raises(DomainError, match="contact_exists"):
        add_contact(repository, replace(SIAN, name="Siân Jones", email="SIAN@nhs.example"), NAMES, TODAY, "g")
    assert list(read_contacts(repository).values()) == [SIAN]


def test_a_name_is_mended_in_its_place_and_another_address_makes_another_contact(repository):
    add_contact(repository, SIAN, NAMES, TODAY, "f")
    (key,) = read_contacts(repository)
    renamed = replace(SIAN, name="Siân Jones")
    assert mend_contact(repository, key, version_of(SIAN), renamed, NAMES, TODAY, "g") == renamed
    assert list(read_contacts(repository)) == [key]
    moved = replace(renamed, email="sian.jones@nhs.example")
    for expected in (moved, None):
        assert mend_contact(repository, key, version_of(renamed), moved, NAMES, TODAY, "h") == expected
    (new_key,) = read_contacts(repository)
    assert new_key != key


def test_two_people_who_keep_the_same_new_address_at_once_make_it_once(repository, monkeypatch):
    other = replace(SIAN, name="Siân Jones")

    def key_after_hers(*made_of):
        # He has read what there is; now she keeps hers.
        monkeypatch.undo()
        take_in(repository, [other], TODAY, "hers")
        return contacts.key_of(*made_of)

    monkeypatch.setattr(contacts, "key_of", key_after_hers)
    take_in(repository, [SIAN], TODAY, "his")
    assert len(read_contacts(repository)) == 1


def test_a_stale_form_and_an_address_of_somebody_else_change_nothing(repository):
    add_contact(repository, SIAN, NAMES, TODAY, "f")
    add_contact(repository, replace(SIAN, email="gwen@nhs.example"), NAMES, TODAY, "g")
    before = read_contacts(repository)
    key = next(key for key, one in before.items() if one == SIAN)
    with pytest.raises(DomainError, match="contact_changed"):
        mend_contact(repository, key, "older", replace(SIAN, name="Nia"), NAMES, TODAY, "h")
    with pytest.raises(DomainError, match="contact_exists"):
        mend_contact(repository, key, version_of(SIAN), replace(SIAN, email="gwen@nhs.example"), NAMES, TODAY, "h")
    assert read_contacts(repository) == before


def test_a_change_of_address_that_was_stopped_half_way_is_brought_to_its_end(repository, monkeypatch):
    add_contact(repository, SIAN, NAMES, TODAY, "f")
    (key,) = read_contacts(repository)
    moved = replace(SIAN, email="sj@nhs.example")
    with monkeypatch.context() as stopped:
        stopped.setattr(type(repository), "delete", _killed)
        with pytest.raises(KeyboardInterrupt):
            mend_contact(repository, key, version_of(SIAN), moved, NAMES, TODAY, "h")
    assert mend_contact(repository, key, version_of(SIAN), moved, NAMES, TODAY, "h") == moved
    assert list(read_contacts(repository).values()) == [moved]


def _killed(*_):
    raise KeyboardInterrupt
