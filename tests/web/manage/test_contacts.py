"""Contacts one by one, and the empty list to fill in."""

import io

import pytest
from openpyxl import load_workbook

from survey.collection.people.contact_checks import Contact
from survey.collection.people.contacts import read_contacts
from survey.collection.people.one_contact import add_contact
from survey.reporting.files.contact_template import ROWS
from tests.collection.test_messages import GOOD, NAMES, NOW
from tests.web.checking_client import CheckingClient

CONTACTS = "/en/manage/contacts"
FIELDS = {"cluster": "arfon", "name": "Siân", "role": "", "email": "sian@nhs.example", "language": "cy"}


def kept(site):
    return [one.name for one in read_contacts(site.kept).values()]


def test_a_contact_is_written_down_and_mended_on_a_page(site):
    client = site.client("eira")
    page = client.get(f"{CONTACTS}/new")
    for _ in range(2):
        shown = client.submit(page, FIELDS)
    assert shown.path == CONTACTS
    assert "Nothing was changed" in shown.text
    assert kept(site) == ["Siân"]
    (key,) = read_contacts(site.kept)
    assert f"{CONTACTS}/{key}/change" in shown.links.values()
    page = client.get(f"{CONTACTS}/{key}/change")
    assert page.values(page.form("contact"))["cluster"] == "arfon"
    assert "The contact was changed." in client.submit(page, {"name": "Siân Jones"}).text
    assert kept(site) == ["Siân Jones"]
    refused = client.submit(page, {"name": "Nia"}, status=422)
    assert "Somebody else has changed this contact" in refused.text
    assert "What is kept now" in refused.text
    assert "Siân Jones" in refused.text, "beside Nia, who is in the field"
    assert [what for _, what in site.log if what.startswith("contact_")] == ["contact_added", "contact_changed"]


def test_the_log_names_the_cluster_and_nobody(site):
    client = site.client("eira")
    client.submit(client.get(f"{CONTACTS}/new"), FIELDS)
    (entry,) = (one for one in site.kept.entries(("log",), "events") if one["what"] == "contact_added")
    assert entry["cluster"] == "arfon"
    assert "sian" not in str(entry).lower()


@pytest.mark.parametrize("language", ["cy", "en", "en-XA"])
def test_everything_that_is_wrong_is_named_at_its_field(site, language):
    client = site.client("eira", language)
    page = client.get(f"/{language}/manage/contacts/new")
    refused = client.submit(page, {"email": "sian"}, status=422)
    assert [leads for _, leads in refused.errors] == ["#cluster", "#name", "#email", "#language"]
    client.submit(refused, {"name": "x" * 300, "cluster": "arfon", "email": "a@nhs.example"}, status=422)
    assert kept(site) == []


def test_what_is_typed_goes_along_to_the_other_language(site):
    client = site.client("eira")
    page = client.submit(client.get(f"{CONTACTS}/new"), FIELDS, button=("switch_language", "cy"))
    assert page.language == "cy"
    assert page.values(page.form("contact"))["email"] == FIELDS["email"]
    assert kept(site) == []


@pytest.mark.parametrize(("ending", "begins"), [("csv", b"\xef\xbb\xbfclwstwr,enw"), ("xlsx", b"PK")])
def test_an_empty_list_is_there_to_be_filled_in_in_the_language_of_the_page(site, ending, begins):
    answer = site.client("eira", "cy").browser.get(f"/cy/manage/contacts/template.{ending}")
    assert answer.status_code == 200
    assert answer.data.startswith(begins)


def test_in_an_empty_list_the_language_is_chosen_from_those_there_are(site):
    content = site.client("eira").browser.get(f"{CONTACTS}/template.xlsx").data
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    (heading,) = [cell for cell in sheet[1] if cell.value == "language"]
    (rule,) = sheet.data_validations.dataValidation
    assert (rule.type, rule.formula1) == ("list", '"cy,en"')
    assert str(rule.sqref) == f"{heading.column_letter}2:{heading.column_letter}{ROWS + 1}"


def test_a_contact_that_is_gone_is_said_to_be(site):
    add_contact(site.kept, Contact(*GOOD), NAMES, NOW.date(), "f")
    (key,) = read_contacts(site.kept)
    client = site.client("eira")
    page = client.get(f"{CONTACTS}/{key}/change")
    client.submit(client.get(f"{CONTACTS}/{key}/erase"), form="erase")
    assert "not there any more" in client.submit(page, {"name": "Nia"}).text
    assert kept(site) == []
    assert CheckingClient(site.app).redirected(f"{CONTACTS}/{key}/change").startswith("/en/manage/sign-in")


@pytest.mark.parametrize(("language", "missing"), [("en", "the language is missing"), ("cy", "mae’r iaith ar goll")])
def test_everything_that_is_wrong_with_a_list_leads_from_the_summary_to_its_field(site, language, missing):
    client = site.client("eira", language)
    page = client.get(f"/{language}/manage/contacts")
    rows = b"cluster,name,role,email,language\narfon,Nia,,nia@nhs.example,\nnowhere,Gwen,,gwen,en\n"
    token = page.values(page.form("list"))["csrf_token"]
    fields = {"csrf_token": token, "file": (io.BytesIO(rows), "contacts.csv")}
    shown = client.post(page.path, fields, status=422)
    assert [href for _, href in shown.errors] == ["#file"] * 3
    assert missing in shown.errors[0][0]
    assert kept(site) == []
