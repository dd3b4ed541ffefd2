"""The start page, and signing in and out with an access code."""

from http import HTTPStatus

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from survey.web.respond.access_code import AccessCodeForm
from survey.web.respond.blueprint import blueprint
from survey.web.respond.respondent import SIGNED_IN, sign_in_with
from survey.web.site.language import same_form_in_other_language


@blueprint.get("/")
def start() -> ResponseReturnValue:
    """What this is, who it is for, and the way in."""
    return render_template("respond/start.html")


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Ask for the access code, and sign in with it."""
    form = AccessCodeForm()
    if form.validate_on_submit():
        sign_in_with(form.grant)
        return redirect(url_for("respond.reflection"), HTTPStatus.SEE_OTHER)
    return same_form_in_other_language() or form.page("respond/sign_in.html")


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Sign out, and go to the start page."""
    session.pop(SIGNED_IN, None)
    return redirect(url_for("respond.start"), HTTPStatus.SEE_OTHER)
