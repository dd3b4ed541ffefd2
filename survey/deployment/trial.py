"""Whether the pages of this release come up with the settings of the service, on an empty data folder of its own."""

import os
import sys
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory

from survey import create_app
from survey.deployment.program import prepare

PAGES = ("/healthz", "/cy/contact", "/en/contact", "/static/build/myfyrio.css")


def failing_pages() -> list[str]:
    """The addresses of `PAGES` that do not answer as they should. Raises SettingsError."""
    with TemporaryDirectory() as folder:
        # Not in the database either: to open it is to upgrade it, while the release before still runs on it.
        settings = {"DATA": Path(folder, "data"), "DATABASE": None, "HOSTS": None, "LOG_LEVEL": "ERROR"}
        pages = create_app({**settings, "TESTING": True}).test_client()
        return [path for path in PAGES if pages.get(path).status_code != HTTPStatus.OK]


if __name__ == "__main__":
    prepare(os.environ)
    if failing := failing_pages():
        sys.exit(f"These pages of the release fail: {', '.join(failing)}. What runs was not touched.")
