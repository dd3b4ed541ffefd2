"""`/healthz`, for whatever watches over the service."""

import os
import shutil

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue

LEAST_FREE_BYTES = 50_000_000

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def health() -> ResponseReturnValue:
    """Say whether answers can be kept, without writing anything: 200 if so, otherwise 503 with what is wrong."""
    folder = current_app.config["DATA"]
    problems = []
    if not current_app.secret_key:
        problems.append("no secret key")
    if not folder.is_dir():
        problems.append("no data folder")
    elif not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        problems.append("data folder is not writable")
    elif shutil.disk_usage(folder).free < LEAST_FREE_BYTES:
        problems.append("disk is nearly full")
    return {"status": "failing" if problems else "ok", "problems": problems}, 503 if problems else 200
