"""Stopping, to go on later: with a code that is shown once, of which only a keyed hash is kept."""

import secrets

from flask import g, make_response, render_template, request
from flask.typing import ResponseReturnValue

from survey.collection.errors import DomainError
from survey.collection.people.access_codes import new_code
from survey.collection.responses.anonymous_drafts import resume, store_resume_code
from survey.web.anonymous.auth import gone
from survey.web.anonymous.blueprint import blueprint
from survey.web.anonymous.participant import Participant, let_go_of_draft
from survey.web.site.clock import now
from survey.web.site.language import same_form_in_other_language
from survey.web.site.storage import access_secret

SHOWN = "code"


@blueprint.route("/later", methods=["GET", "POST"])
def later() -> ResponseReturnValue:
    """Explain how to go on later; a POST shows a code, and the same one again in another language."""
    participant: Participant = g.participant
    if request.method == "GET":
        return render_template("anonymous/later.html", code="")
    elsewhere = same_form_in_other_language()
    if elsewhere:
        return elsewhere
    code = request.form.get(SHOWN, "")
    try:
        if not _is_shown_again(participant, code):
            code = new_code(secrets.choice)
            store_resume_code(
                participant.repository, participant.snapshot, access_secret(), participant.draft_id, code, now()
            )
    except DomainError:
        return gone()
    # From now on it is the code that leads to the answers, not the browser: somebody else may use that next.
    return let_go_of_draft(make_response(render_template("anonymous/later.html", code=code)))


def _is_shown_again(participant: Participant, code: str) -> bool:
    """Whether a code that the form carried is a real one: in the other language the page is shown once more."""
    try:
        resume(participant.repository, participant.snapshot, access_secret(), participant.cluster.code, code, now())
    except DomainError:
        return False
    return True
