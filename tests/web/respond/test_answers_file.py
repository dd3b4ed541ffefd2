"""Keeping a copy of what was submitted."""

import zipfile
from io import BytesIO

import pytest

from survey.storage.tinydb_files.repository import FileRepository
from tests.web.checking_client import CheckingClient
from tests.web.respond import example

ANSWERS = example.BEFORE | {
    "outcome/big-01": {"criteria": {"big-01.f1": "in_place", "big-01.m1": "in_place"}, "level": "mature", "well": "Da"}
}


@pytest.fixture
def done(repository: FileRepository) -> None:
    example.submit(repository, example.ROUND, ANSWERS)


@pytest.mark.parametrize("page", ["submitted", "view", "view/1"])
def test_the_receipt_and_what_was_submitted_lead_to_print_and_to_a_document_in_each_language(
    done: None, someone: CheckingClient, page: str
) -> None:
    links = someone.get(f"/en/reflection/{page}").links.values()
    assert "/en/reflection/print?submission=1" in links
    names = {"cy": "atebion-journey-2026-arfon.cy.docx", "en": "answers-journey-2026-arfon.en.docx"}
    for code, name in names.items():
        (address,) = [link for link in links if link.endswith(f"{code}.docx")]
        answered = someone.browser.get(address)
        assert answered.status_code == 200
        assert answered.headers["Content-Disposition"] == f"attachment; filename={name}"
        with zipfile.ZipFile(BytesIO(answered.data)) as package:
            assert "Hen stori" in package.read("word/document.xml").decode()


def test_a_draft_has_no_document(someone: CheckingClient) -> None:
    page = someone.get("/en/reflection/view")
    assert not [link for link in page.links.values() if link.endswith(".docx")]
    assert someone.browser.get("/en/reflection/view/1/en.docx").status_code == 404
