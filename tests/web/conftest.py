"""A site with its own empty data folder, and a client that checks every page it fetches."""

from pathlib import Path

import pytest
from flask import Flask

from survey import create_app
from tests.web.checking_client import CheckingClient


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def app(data: Path) -> Flask:
    """The site in its demonstration form, with the pseudo-language."""
    return create_app({"TESTING": True, "DATA": data, "DEMO": True, "PSEUDO": True})


@pytest.fixture
def client(app: Flask) -> CheckingClient:
    """Fetches pages and fails on anything that no page may have."""
    return CheckingClient(app)
