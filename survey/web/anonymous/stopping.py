"""Stopping, to go on later: with a code that is shown once, of which only a keyed hash is kept."""

import secrets
from http import HTTPStatus

from flask import g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from survey.collection.access import new_code
from survey.collection.anonymous import keep_resume_code, leads_to
from survey.collection.refusals import Refused
from survey.web.anonymous.blueprint import blueprint
from survey.web.anonymous.doors import gone
from survey.web.anonymous.participant import Participant
from survey.web.clock import now
from survey.web.keeping import access_secret
from survey.web.language import page_in, switch_asked_for
from survey.web.respond.signing_in import SAME_FORM

SHOWN = "code"


@blueprint.route("/later", methods=["GET", "POST"])
def later() -> ResponseReturnValue:
    """Explain how to go on later; a POST shows a code, and the same one again in another language."""
    participant: Participant = g.participant
    if request.method == "GET":
        return render_template("anonymous/later.html", code="")
    other = switch_asked_for()
    if other and other != g.language.code:
        return redirect(page_in(other), SAME_FORM)
    code = request.form.get(SHOWN, "")
    if not leads_to(participant.repository, participant.frozen, access_secret(), code, participant.draft_id):
        code = new_code(secrets.choice)
        try:
            keep_resume_code(
                participant.repository, participant.frozen, access_secret(), participant.draft_id, code, now()
            )
        except Refused:
            return gone()
    return render_template("anonymous/later.html", code=code), HTTPStatus.OK
