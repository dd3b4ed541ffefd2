"""The application that a server runs: `gunicorn wsgi:app`, `flask --app wsgi …`; for our commands without its pages."""

import gc
import os
import sys

from survey import create_app, create_program
from survey.commands import is_one_asked_for
from survey.config import SettingsError

# Nothing here multiplies matrices, for which numpy would have threads of its own ready, in every process.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
is_run_by_flask = os.environ.get("FLASK_RUN_FROM_CLI") == "true"
is_command = is_run_by_flask and is_one_asked_for(sys.argv[1:])
if is_command:
    # It ends soon and leaves next to nothing unreachable. Looking for that after every 700 new objects, as Python does
    # else, took a tenth of the time of a workbook.
    gc.set_threshold(20_000)
try:
    app = create_program() if is_command else create_app()
except SettingsError as error:
    for fault in error.faults:
        sys.stderr.write(f"{fault}\n")
    # gunicorn ends where a worker says so by this code of its own, 3; after any other it starts workers for ever.
    sys.exit(2 if is_run_by_flask else 3)
