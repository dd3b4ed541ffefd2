"""From changed English to mended Welsh on an open page, by a translator with nothing but a browser."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FilePayload

from survey.authoring.book import book_of, draft_in
from survey.catalogues.compilation import compile_catalogues
from survey.catalogues.extraction import templates, write_templates
from survey.catalogues.files import Places, canonical, message_id, read_catalogue, replace_file
from survey.catalogues.gate import findings
from survey.catalogues.merge import merged
from survey.collection.people.accounts import add_account
from survey.collection.rounds.clusters import clusters_from
from survey.collection.rounds.opening import read_cluster_list
from survey.collection.rounds.round import change_round, read_round
from survey.collection.rounds.snapshot import load_snapshot
from survey.collection.translation.export import exported
from survey.languages import language as language_of
from survey.questionnaire.editions import next_edition
from survey.storage.data_folder import open_data_folder
from survey.storage.tinydb_files.repository import FileRepository
from tests.journeys.conftest import Arrive
from tests.journeys.service import OPENING_DAY, ROOT, Server, Service
from tests.journeys.visitor import Visitor

NAME = "self-reflection"
BEFORE, NOW = "Who took part in this reflection?", "Who took part in this year’s reflection?"
ROOMS = "Where did you meet?"
WELSH = "Pwy a gymerodd ran yn y myfyrio eleni?"
PLACE = "self-reflection.about.participants.label"
PASSWORD = "llyfr gwyrdd ar y bwrdd"
OFTEN = 12
"""So many requests that both workers of the service have answered some."""


@dataclass
class Project:
    places: Places
    repository: FileRepository

    def faults(self) -> list[tuple[str, str]]:
        """The errors of the gate in the questionnaire: their rules and contexts."""
        made = {NAME: templates(self.places)[NAME]}
        return [(found.rule, found.context) for found in findings(self.places, made) if found.is_error]

    def write(self) -> None:
        """What `translations extract update` does for the questionnaire."""
        made = templates(self.places)[NAME]
        write_templates(self.places, {NAME: made})
        welsh = merged(read_catalogue(self.places.welsh(NAME)), made)
        replace_file(self.places.welsh(NAME), canonical(welsh))


@pytest.fixture(scope="module")
def project(words_of_today: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The questionnaires and catalogues of a service of its own, with an account of a translator."""
    root = tmp_path_factory.mktemp("project")
    shutil.copytree(words_of_today, root / "translations")
    shutil.copytree(ROOT / "questionnaires", root / "questionnaires")
    (root / "survey").symlink_to(ROOT / "survey")
    repository = open_data_folder(root / "data")
    add_account(repository, "sion", "translator", None, PASSWORD, OPENING_DAY)
    add_account(repository, "luned", "author", None, PASSWORD, OPENING_DAY)
    add_account(repository, "eira", "national", None, PASSWORD, OPENING_DAY)
    return Project(Places(root, root / "translations"), repository)


@pytest.fixture(scope="module")
def service(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The service of the project, with two workers."""
    data = project.repository.root
    server = Server(data, project.places.translations, tmp_path_factory.mktemp("log") / "gunicorn.log")
    server.environment["JOURNEYS_PROJECT"] = str(project.places.root)
    yield Service(server.start(), data, project.repository)
    server.stop()


def signed_in(person: Visitor, name: str = "sion") -> Visitor:
    person.send("/manage/sign-in", {"account_name": name, "password": PASSWORD})
    person.open("/manage/")
    return person


def book(source: dict[str, Any]) -> FilePayload:
    """The spreadsheet of a questionnaire, as a browser sends it."""
    content = book_of(source, lambda *_: "", language_of("cy"))
    return {"name": "2027.xlsx", "mimeType": "application/octet-stream", "buffer": content}


def test_changed_english_is_mended_on_a_page_and_an_open_preview_shows_it(arrive: Arrive, project: Project) -> None:
    assert not project.faults()
    path = project.places.questionnaires / NAME / "2026.json"
    path.write_text(path.read_text("utf-8").replace(BEFORE, NOW), encoding="utf-8")
    assert json.loads(path.read_text("utf-8"))
    project.write()
    assert project.faults() == [("fuzzy", PLACE)]
    compile_catalogues(project.places)

    reader = arrive("cy")
    reader.open(f"/preview/{NAME}/2026/section/about")
    assert f"[Heb ei gyfieithu eto] {NOW}" in reader.page.content()

    translator = signed_in(arrive("cy", 320))
    translator.press('main a[href$="/manage/translations/"]')
    translator.press(f'main a[href="/cy/manage/translations/{NAME}?show=needs-you"]')
    translator.press(translator.page.get_by_role("link", name=NOW))
    assert BEFORE in translator.page.inner_text("main")
    translator.fill({"form-0": ""})
    translator.press("#wording button:not([name])", 422)
    translator.fill({"form-0": "Pwy a gymerodd ran & phryd?"})
    translator.press("#wording button:not([name])")
    assert translator.page.locator("#findings").is_visible()
    reader.page.reload()
    assert f"[Heb ei gyfieithu eto] {NOW}" in reader.page.content()
    translator.switch_language()
    translator.switch_language()
    translator.fill({"form-0": WELSH})
    translator.page.locator("#marks").check()
    translator.page.locator('[name="form-0"]').focus()
    translator.page.keyboard.press("Tab")
    assert translator.focused() == "marks"
    translator.press("#wording button:not([name])")
    assert not translator.page.locator("#findings").is_visible()

    for _ in range(OFTEN):
        reader.page.reload()
        assert WELSH in reader.page.content()

    translator.open(f"/preview/{NAME}/2026/section/about?entries=yes")
    translator.press(translator.page.locator("main").get_by_role("link", name=WELSH).first)
    assert translator.control("form-0").input_value() == WELSH

    replace_file(project.places.welsh(NAME), canonical(exported(project.repository, project.places, NAME).catalogue))
    assert not project.faults()
    assert "# adolygwyd: sion, 2026-10-05 [" in project.places.welsh(NAME).read_text("utf-8")


def test_pages_for_many_texts_comments_and_files_are_as_pages_should_be(arrive: Arrive, project: Project) -> None:
    translator = signed_in(arrive("en-XA", 1280))
    translator.open("/manage/translations/interface?words=answers&show=draft")
    translator.page.locator('[name="message"]').first.check()
    translator.press("#review button:not([name])")
    plural = next(entry for entry in read_catalogue(project.places.welsh("interface")) if entry.msgid_plural)
    translator.open(f"/manage/translations/interface/{message_id(plural.msgctxt, plural.msgid)}")
    assert translator.control("form-5").is_visible()
    translator.press('main a[href$="/comment"]')
    translator.switch_language()
    translator.press("#comment-form button:not([name])", 422)
    translator.fill({"comment": "Answers of whom?"})
    translator.press("#comment-form button:not([name])")
    translator.open("/manage/translations/comments")
    translator.press('form[action*="/translations/comments/"] button')
    translator.open("/manage/translations/in-context")
    file = project.places.welsh("workforce-skills").read_text("utf-8")
    changed = {
        "name": "workforce-skills.po",
        "mimeType": "text/plain",
        "buffer": file.replace("sgiliau", "medrau").encode(),
    }
    translator.open("/manage/translations/workforce-skills/upload")
    translator.press("#upload button", 422)
    translator.page.locator("#file").set_input_files(changed)
    translator.press("#upload button")
    translator.page.set_viewport_size({"width": 320, "height": 800})
    translator.go(f"/en-XA{translator.path}")
    translator.press("#confirm button")
    assert translator.path == "/manage/translations/workforce-skills"


def test_next_years_edition_is_made_by_spreadsheet_translated_and_a_round_opened_with_it(
    arrive: Arrive, project: Project
) -> None:
    compile_catalogues(project.places)
    author = signed_in(arrive("cy", 320), "luned")
    author.press('main a[href$="/manage/questionnaires/"]')
    author.press(f'main a[href$="/questionnaires/{NAME}/2026"]')
    with author.page.expect_download() as download:
        author.page.locator('main a[href$="/file.xlsx"]').click()
    draft = draft_in(Path(download.value.path()).read_bytes(), "2026.xlsx")
    source = next_edition(draft.source, "2027")
    about = source["sections"][0]["questions"]
    about.pop()
    about[0]["label"] = "How did you answer these questions?"
    rule = {"all": [{"question": "nobody", "operator": "exists", "answer": True}]}
    about.append({"id": "rooms", "type": "long_text", "label": ROOMS, "since": "2027", "show_when": rule})

    author.press('main a[href$="/questionnaires/upload"]')
    author.page.locator("#file").set_input_files(book(source))
    author.press("#upload button", 422)
    assert ROOMS in author.page.inner_text("main")
    rule["all"][0]["question"] = about[0]["id"]
    author.page.locator("#file").set_input_files(book(source))
    author.press("#upload button")
    told = author.page.inner_text("main")
    assert ROOMS in told
    assert "Heb ei ofyn mwyach" in told
    author.press("#confirm button")
    assert author.path == f"/manage/questionnaires/{NAME}/2027"
    author.open("/manage/questionnaires/")

    translator = signed_in(arrive("cy", 1280))
    meant = {ROOMS: "Ble wnaethoch chi gyfarfod?", about[0]["label"]: "Sut wnaethoch chi ateb y cwestiynau hyn?"}
    for english, welsh in meant.items():
        translator.open(f"/manage/translations/{NAME}?show=needs-you")
        translator.press(translator.page.get_by_role("link", name=english))
        translator.fill({"form-0": welsh})
        translator.press("#wording button:not([name])")

    author.open(f"/manage/questionnaires/{NAME}/2027")
    national = signed_in(arrive("cy", 1280), "eira")
    national.send("/manage/new-round", {"round_id": "sr-2027", "year": "2027-28", "edition": f"{NAME} 2027"})
    boards = clusters_from(read_cluster_list(project.places.shelf, "clusters-2026")).health_boards
    assigned = {board.code: ("pcmw-01",) for board in boards}
    change_round(project.repository, "sr-2027", lambda draft: replace(draft, assignments=assigned))
    national.open("/manage/drafts/sr-2027/open")
    national.press("main form button:not([name])")
    assert read_round(project.repository, "sr-2027").status == "open"
    assert ROOMS in load_snapshot(project.repository, "sr-2027").texts["en"].words.values()
