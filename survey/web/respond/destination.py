"""Where somebody was going who has to sign in first. The address of the sign-in page keeps it, in no language."""

from flask import request, url_for

from survey.web.respond.respondent import Respondent
from survey.web.site.sign_in import asked_for, page_to_go_to

KEPT = frozenset({"respond.section", "respond.item", "respond.check", "respond.view", "respond.queries"})


def sign_in_address() -> str:
    """The sign-in page, from which the page that was asked for is reached."""
    return url_for("respond.sign_in", next=asked_for(KEPT))


def destination(respondent: Respondent | None) -> str:
    """Where to go after signing in: to the page that was asked for, if there is one that this cluster is asked."""
    page = page_to_go_to(KEPT, request.args.get("next", ""))
    if respondent is None or page is None:
        return url_for("respond.reflection")
    endpoint, values = page
    if "key" in values and values["key"] not in respondent.path(respondent.response()).asked:
        return url_for("respond.reflection")
    return url_for(endpoint, **values)
