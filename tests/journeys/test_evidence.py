"""Evidence in the browser: a list, with a file; refused and cut off without a word lost; looked at on a phone."""

from pathlib import Path

import pytest

from tests.collection.evidence import PDF
from tests.journeys.conftest import Arrive
from tests.journeys.service import Service
from tests.journeys.visitor import Visitor

OUTCOME = "/reflection/section/outcome/pcmw-01"
FILES = OUTCOME.replace("section", "files")


def choose(person: Visitor, folder: Path, content: bytes, name: str = "cynllun tŷ.pdf") -> None:
    path = folder / name
    path.write_bytes(content)
    person.page.locator("input[type=file]").set_input_files(path)


def kept(service: Service) -> tuple[dict[str, object], list[str]]:
    """The answers of the outcome, and the names of the files."""
    record = service.kept()
    assert record is not None
    answers = record["pages"].get(OUTCOME.removeprefix("/reflection/section/"), {}).get("answers", {})
    return answers, [file["name"] for file in record.get("files", [])]


@pytest.mark.parametrize(("language", "script"), [("cy", False), ("en", True)])
def test_evidence_with_a_file_on_a_phone(
    arrive: Arrive, service: Service, code: str, tmp_path: Path, language: str, script: bool
) -> None:
    person = arrive(language, width=320, script=script)
    person.sign_in(code)
    person.open(OUTCOME)
    person.fill({"q-went_well": "Typed first."})
    person.press("main button[value^='evidence/'].nhsuk-button")
    person.fill({"q-title": "Arolwg", "q-link": "www.example.org"})
    person.save(status=422)
    person.fill({"q-link": "https://www.example.org/"})
    person.save()
    assert person.path == OUTCOME
    assert person.value("q-went_well") == "Typed first."

    person.press("main button[value=files]")
    assert person.path == FILES
    choose(person, tmp_path, b"MZ", "plan.pdf")
    if script:
        person.page.locator("#attach button[type=submit]").click()
        person.page.locator("#attach [role=status].app-saving-state--held").wait_for()
        assert ".docx" in person.page.locator("#attach [role=status]").inner_text()
        person.complaints.clear()
    else:
        person.press("#attach button[type=submit]", status=422)
    choose(person, tmp_path, PDF)
    person.press("#attach button[type=submit]")
    assert person.page.get_by_text("cynllun tŷ.pdf").first.is_visible()
    answers, names = kept(service)
    assert names == ["cynllun tŷ.pdf"]
    assert answers["went_well"] == "Typed first."
    with person.page.expect_download() as download:
        person.page.locator("main a[href*='/reflection/file/']").click()
    assert download.value.path().read_bytes() == PDF
    assert download.value.suggested_filename == "cynllun tŷ.pdf"

    person.press("main a[href*='?remove=']")
    person.press("#remove a.nhsuk-button")
    assert kept(service)[1] == ["cynllun tŷ.pdf"]
    person.press("main a[href*='?remove=']")
    person.press("#remove button[type=submit]")
    assert kept(service)[1] == []


def test_a_file_is_still_chosen_when_the_network_goes_and_attached_when_it_is_back(
    arrive: Arrive, service: Service, code: str, tmp_path: Path
) -> None:
    person = arrive("cy", width=320)
    person.sign_in(code)
    person.open(FILES)
    choose(person, tmp_path, PDF)
    person.page.context.set_offline(True)
    person.page.locator("#attach button[type=submit]").click()
    person.page.locator("#attach [role=status]:visible").wait_for()
    assert person.page.locator("#attach [role=status]").inner_text().startswith("Heb ei hatodi: dim cysylltiad")
    person.page.context.set_offline(False)
    person.complaints.clear()
    person.press("#attach button[type=submit]")
    assert kept(service)[1] == ["cynllun tŷ.pdf"]
