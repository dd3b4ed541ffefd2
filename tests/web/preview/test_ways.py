"""Every way through a questionnaire in the preview, those that lead nowhere, too; and a page as a phone shows it."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from survey import create_app
from survey.questionnaire.library import QUESTIONNAIRES
from tests.shipped import LIBRARY
from tests.web.checking_client import CheckingClient, Page
from tests.web.html import text_of

LANGUAGES = ("cy", "en", "en-XA")
ENDING = "This is not for you. Thank you."


@pytest.fixture
def workforce(data: Path, tmp_path: Path) -> tuple[CheckingClient, Path]:
    """An author, and the file of a questionnaire that may be changed."""
    folder = tmp_path / "questionnaires"
    shutil.copytree(QUESTIONNAIRES, folder)
    app = create_app({"TESTING": True, "DATA": data, "DEMO": True, "QUESTIONNAIRES": folder})
    return CheckingClient(app), folder / "workforce-skills" / "2026.json"


def with_ending(path: Path, *answers: str) -> str:
    """End the questionnaire for whoever gives all of these answers to its first question; where it stands then."""
    source: dict[str, Any] = json.loads(path.read_text("utf-8"))
    section = source["sections"][0]
    asked = section["questions"][0]
    rule = {"all": [{"question": asked["id"], "operator": "=", "answer": answer} for answer in answers]}
    section["questions"].append({"id": "not_for_you", "type": "ending", "label": ENDING, "show_when": rule})
    path.write_text(json.dumps(source), "utf-8")
    return str(section["id"])


def leading_to(page: Page, part: str) -> list[str]:
    return [address for address in page.links.values() if part in address]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("edition", ["self-reflection/2026", "workforce-skills/2026"])
def test_the_ways_through_every_edition_are_shown_in_every_language(
    client: CheckingClient, code: str, edition: str
) -> None:
    page = client.get(f"/{code}/preview/{edition}/ways")
    name, year = edition.split("/")
    ruled = [
        question
        for section in LIBRARY.questionnaires[name, year].sections
        for outer in section.questions
        for question in (outer, *outer.questions)
        if question.show_when and question.revealed_by is None
    ]
    assert len(page.by_class("nhsuk-heading-xs")) == len(ruled)


def test_an_ending_is_said_to_be_there_and_nobody_is_told_to_answer_it(workforce: tuple[CheckingClient, Path]) -> None:
    client, path = workforce
    key = with_ending(path, "other")
    said = client.get("/en/preview/workforce-skills/2026/ways").text
    assert "This is here if “" in said
    assert "This is here if “" in client.get(f"/en/preview/workforce-skills/2026/section/{key}").text
    assert "Never asked" not in said


def test_what_no_answers_lead_to_is_marked_among_the_ways_and_nothing_else_is_shown(
    workforce: tuple[CheckingClient, Path],
) -> None:
    client, path = workforce
    options = json.loads(path.read_text("utf-8"))["sections"][0]["questions"][0]["options"]
    key = with_ending(path, options[0]["code"], options[1]["code"])
    findings = client.get(f"/en/preview/workforce-skills/2026/section/{key}")
    assert "cannot be shown yet" in findings.text
    ways = client.get(findings.links["Every way through it: what is asked when"])
    assert ways.text.count("Never asked") == 1
    marked = next(tag for tag in ways.by_class("nhsuk-heading-xs") if ENDING in text_of(tag))
    assert marked is not None
    source = json.loads(path.read_text("utf-8"))
    source["sections"][0]["questions"][0]["label"] = ""
    path.write_text(json.dumps(source), "utf-8")
    assert "Never asked" not in client.get("/en/preview/workforce-skills/2026/ways").text


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_page_stands_in_two_narrow_frames_in_both_languages(client: CheckingClient, code: str) -> None:
    here = f"/{code}/preview/self-reflection/2026/"
    page = client.get(leading_to(client.get(here + "section/about"), "phone/about")[0])
    frames = page.by_class("app-phones__frame")
    assert [frame.get("src", "").split("/")[1] for frame in frames] == ["cy", "en"]
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    for frame in frames:
        framed = client.get(frame.get("src", ""))
        assert "frame-ancestors 'self'" in framed.headers["Content-Security-Policy"]
        assert framed.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert framed.by_class("app-preview__note") == []
        assert all("framed=yes" in link for link in leading_to(framed, "/section/"))


def test_no_other_page_can_be_framed(client: CheckingClient) -> None:
    for address in ("?framed=yes", "manage/sign-in?framed=yes", "preview/self-reflection/2026/section/about"):
        headers = client.get(f"/en/{address}").headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Frame-Options"] == "DENY"
