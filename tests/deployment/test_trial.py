"""Before a release takes the place of another: its pages come up, and installing it needs nothing but Python."""

import subprocess
import sys
from pathlib import Path

import pytest

from survey.config import ROOT
from survey.deployment.trial import failing_pages


def test_pages_of_a_whole_release_come_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SURVEY_HOSTS", "reflect.example")
    assert failing_pages() == []


def test_a_trial_leaves_the_database_of_the_service_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it can be used is asked by `data check`, which changes nothing."""
    monkeypatch.setenv("SURVEY_DATABASE", "postgresql://nobody@127.0.0.1:1/nothing?connect_timeout=1")
    assert failing_pages() == []


def test_a_release_without_its_styles_is_found_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("survey.web.site.compression.FOLDER", tmp_path)
    assert failing_pages() == ["/static/build/myfyrio.css"]


def test_what_installs_a_release_loads_no_package() -> None:
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import survey.deployment.__main__"
    subprocess.run((sys.executable, "-I", "-S", "-c", code), check=True)
