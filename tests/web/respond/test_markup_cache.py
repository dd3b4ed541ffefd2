"""What is drawn once holds nothing that anybody wrote, and is drawn anew when its words change."""

from flask import Flask

from survey.collection.rounds.snapshot import load_snapshot
from survey.languages import language
from survey.storage.tinydb_files.repository import FileRepository
from survey.web.respond.fields.base import _kept, drawn_once
from survey.web.respond.respondent import words_of
from survey.web.site.environment import current_repository
from tests.web.checking_client import CheckingClient
from tests.web.respond.conftest import answer
from tests.web.respond.example import ROUND

ABOUT = "/en/reflection/section/about"


def test_nothing_that_was_written_is_kept_in_memory(app: Flask, someone: CheckingClient) -> None:
    written: dict[str, str | list[str]] = {
        "q-name": "Secretname",
        "q-story": "Secretstory",
        "q-people": "4321",
        "q-date-day": "30",
        "q-date-month": "11",
        "q-date-year": "1987",
    }
    page = answer(someone, ABOUT, written)
    assert all(page.values(page.form("answers"))[name] == value for name, value in written.items())
    with app.app_context():
        snapshot = load_snapshot(current_repository(), ROUND)
    kept = "".join(_kept(words_of(snapshot, language("en")), language("en")).values())
    assert "What happened?" in kept
    assert not [value for value in ("Secretname", "Secretstory", "4321", "1987") if value in kept]


def test_each_language_is_drawn_for_itself(repository: FileRepository) -> None:
    snapshot = load_snapshot(repository, ROUND)
    for code in ("en", "cy"):
        texts = words_of(snapshot, language(code))
        for _ in range(2):
            assert drawn_once(texts, language(code), "look", lambda code=code: code) == code  # type: ignore[misc]
