"""The application that a server runs: `gunicorn wsgi:app`, `flask --app wsgi …`."""

import sys

from survey import create_app
from survey.config import SettingsError

try:
    app = create_app()
except SettingsError as error:
    for fault in error.faults:
        sys.stderr.write(f"{fault}\n")
    sys.exit(2)
