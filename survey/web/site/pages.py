"""The pages about the service itself: privacy, cookies, accessibility, contact."""

from flask import Blueprint, render_template, request

blueprint = Blueprint("pages", __name__)


@blueprint.get("/privacy", endpoint="privacy")
@blueprint.get("/cookies", endpoint="cookies")
@blueprint.get("/accessibility", endpoint="accessibility")
@blueprint.get("/contact", endpoint="contact")
def page() -> str:
    """The page of the endpoint’s name; each is a template."""
    name = str(request.endpoint).removeprefix("pages.")
    return render_template(f"pages/{name}.html")
