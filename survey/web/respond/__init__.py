"""The pages on which a cluster answers."""

from flask import Blueprint, render_template

blueprint = Blueprint("respond", __name__)


@blueprint.get("/")
def start() -> str:
    """Where everybody begins."""
    return render_template("respond/start.html")
