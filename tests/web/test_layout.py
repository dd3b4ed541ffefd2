"""The parts of every page that are drawn once: for each language and mount, with the words of today."""

import pytest
from flask import Flask

from survey import languages
from tests.catalogues_in_use import catalogues_in_use


def _foot(app: Flask, address: str, root: str = "") -> str:
    page = app.test_client().get(address, environ_overrides={"SCRIPT_NAME": root}).text
    return page[page.index("<footer") :]


def test_each_language_has_a_foot_of_its_own_however_often_it_was_drawn(app: Flask) -> None:
    for _ in range(2):
        assert 'href="/en/privacy">Privacy</a>' in _foot(app, "/en/privacy")
        assert 'href="/cy/privacy">Preifatrwydd</a>' in _foot(app, "/cy/privacy")


def test_the_foot_of_a_service_that_is_mounted_elsewhere_leads_there(app: Flask) -> None:
    _foot(app, "/en/privacy")
    assert 'href="/elsewhere/en/privacy"' in _foot(app, "/en/privacy", root="/elsewhere")


def test_the_foot_is_drawn_anew_when_a_catalogue_has_changed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages._process, "missing_rule", languages.mark_missing)
    before = _foot(app, "/cy/privacy")
    with catalogues_in_use():
        assert "⚠Privacy⚠" in _foot(app, "/cy/privacy")
    assert _foot(app, "/cy/privacy") == before
