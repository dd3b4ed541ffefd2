"""Where somebody was going who has to sign in first. The address of the sign-in page keeps it, in no language."""

from flask import current_app, request, url_for
from werkzeug.exceptions import HTTPException

from survey.web.respond.respondent import Respondent
from survey.web.site.language import current_language, language_in_address

KEPT = frozenset({"respond.section", "respond.item", "respond.check", "respond.view"})


def sign_in_address() -> str:
    """The sign-in page, from which the page that was asked for is reached."""
    asked_for = request.path.removeprefix(f"/{language_in_address()}/")
    return url_for("respond.sign_in", next=asked_for if request.endpoint in KEPT else None)


def destination(respondent: Respondent | None) -> str:
    """Where to go after signing in: to the page that was asked for, if there is one that this cluster is asked.

    The address is made anew from the page that the one in the query stands for, so it never leads to another site.
    """
    listed = url_for("respond.reflection")
    try:
        wanted = f"/{current_language().code}/{request.args.get('next', '')}"
        endpoint, values = current_app.create_url_adapter(request).match(wanted, method="GET")  # type: ignore[union-attr]
    except HTTPException:
        return listed
    if respondent is None or endpoint not in KEPT:
        return listed
    if "key" in values and values["key"] not in respondent.path(respondent.response()).asked:
        return listed
    return url_for(endpoint, **values)
