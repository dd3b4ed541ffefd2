"""A cluster takes its reflection to a meeting as a workbook, sends it back, chooses, and goes on."""

from collections.abc import Callable
from pathlib import Path

import pytest

from survey.collection.responses.lifecycle import save_page
from survey.collection.responses.merge import whole
from survey.collection.responses.response import Writer
from survey.collection.rounds.snapshot import load_snapshot
from tests.journeys.conftest import Arrive
from tests.journeys.service import CLUSTER, OPENING_DAY, ROUND, Service
from tests.journeys.visitor import Visitor
from tests.packs import filled_in

ADDRESS = "/reflection/meeting-pack"
WORDS = {
    "en": {
        "name": "Your name",
        "people": "How many people does your cluster serve?",
        "done": "How did you do this reflection?",
        "both": "Both",
    },
    "cy": {
        "name": "Eich enw",
        "people": "Faint o bobl mae eich clwstwr yn eu gwasanaethu?",
        "done": "Sut aethoch chi ati i hunanfyfyrio?",
        "both": "Y ddau",
    },
}


def downloaded(person: Visitor, language: str, folder: Path) -> bytes:
    with person.page.expect_download() as download:
        person.page.locator(f"main a[href$='/{language}.xlsx']").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path.read_bytes()


def send(person: Visitor, content: bytes, folder: Path, status: int = 200, name: str = "filled.xlsx") -> None:
    path = folder / name
    path.write_bytes(content)
    person.page.locator("input[type=file]").set_input_files(path)
    person.press("#send-pack button[type=submit]", status)


@pytest.mark.parametrize(("language", "script"), [("cy", True), ("en", False)])
def test_a_pack_is_filled_in_off_line_and_taken_in_beside_a_colleague(
    arrive: Arrive, service: Service, code: str, tmp_path: Path, language: str, script: bool
) -> None:
    words = WORDS[language]
    person = arrive(language, width=320, script=script)
    person.sign_in(code)
    person.open("/reflection")
    person.press("main a[href$='/meeting-pack']")
    content = downloaded(person, language, tmp_path)
    snapshot = load_snapshot(service.repository, ROUND)
    page = snapshot.instrument(CLUSTER).page("sign_off")
    assert page is not None
    writer = Writer("cy", "Bob")
    save_page(
        service.repository,
        snapshot,
        CLUSTER,
        page,
        whole({"name": "Bob"}),
        writer=writer,
        now=OPENING_DAY,
        new_id="1" * 16,
    )
    changed = filled_in(content, {words["name"]: "Siân", words["people"]: "lots", words["done"]: words["both"]})
    send(person, changed, tmp_path)
    person.press("#take-in button[type=submit]", status=422)
    person.page.locator("input[value=mine]").check(force=True)
    person.press("#take-in button[type=submit]")
    assert person.page.locator(".nhsuk-notification-banner--success").count() == 1
    kept = service.kept()
    assert kept is not None
    assert kept["pages"]["sign_off"]["answers"] == {"name": "Siân"}
    assert kept["pages"]["about"]["answers"] == {"how_done": "both"}
    person.press(".nhsuk-notification-banner a")
    assert person.path == "/reflection/check"


@pytest.mark.parametrize("size", [2_000_000, 100_000_000])
def test_a_file_of_any_size_is_refused_where_it_was_chosen(
    arrive: Arrive, code: str, tmp_path: Path, size: int
) -> None:
    person = arrive("cy")
    person.sign_in(code)
    person.open(ADDRESS)
    send(person, b"0" * size, tmp_path, 413)
    assert person.page.locator(".nhsuk-error-summary a[href='#pack']").count() == 1


@pytest.mark.parametrize("spoil", [lambda content: content[:9000], lambda _content: b"hello"])
def test_a_file_that_cannot_be_read_is_refused_in_words(
    arrive: Arrive, code: str, tmp_path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    person = arrive("en", width=320)
    person.sign_in(code)
    person.open(ADDRESS)
    send(person, spoil(downloaded(person, "both", tmp_path)), tmp_path, 422)
    assert person.page.locator(".nhsuk-error-summary a[href='#pack']").count() == 1
