"""The pages about the service itself: privacy, cookies, accessibility, contact."""

from flask import Blueprint, current_app, render_template

blueprint = Blueprint("pages", __name__)


@blueprint.get("/privacy")
def privacy() -> str:
    """What is collected, why, for how long, and people’s rights."""
    return render_template("pages/privacy.html")


@blueprint.get("/cookies")
def cookies() -> str:
    """The cookies the service sets; all of them essential."""
    return render_template("pages/cookies.html", hours=current_app.config["SESSION_HOURS"])


@blueprint.get("/accessibility")
def accessibility() -> str:
    """How far the service is accessible, honestly."""
    return render_template("pages/accessibility.html")


@blueprint.get("/contact")
def contact() -> str:
    """How to reach the people who run it."""
    return render_template("pages/contact.html", address=current_app.config["CONTACT"])
