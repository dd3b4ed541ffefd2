"""`flask demo load`: what it says when it cannot."""

from pathlib import Path

import pytest

from survey import create_app
from survey.commands import demo


def test_a_gate_that_refuses_says_how_much_there_is_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = ["a.po:1: no Welsh", "a.po:2: no Welsh", "b.po:3: no Welsh"]
    monkeypatch.setattr(demo, "translation_gate", lambda _places, _language: lambda _catalogues: found)
    app = create_app({"TESTING": True, "DEMO": True, "DATA": tmp_path / "data", "EXPORTS": tmp_path / "exports"})
    result = app.test_cli_runner().invoke(args=["demo", "load", "--language", "en"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "The Welsh or English text is not ready: a.po:1: no Welsh",
        "3 texts are not ready. To see them, run: translations check",
    ]
