"""Everything that is held about a cluster: as one file, for a reason that is kept; and erasing a response for good."""

from http import HTTPStatus

from flask import abort, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_pgettext
from wtforms import HiddenField

from survey.collection.errors import DomainError
from survey.collection.responses.attachments import erase_files
from survey.collection.responses.lifecycle import erase, has_anything
from survey.collection.responses.response import read_response
from survey.collection.subject_access import held_file, held_of_cluster
from survey.languages import Phrase
from survey.web.manage.auth import audit, blueprint, opened, seen_cluster
from survey.web.manage.copies import copies
from survey.web.manage.made_files import download
from survey.web.manage.notices import done
from survey.web.manage.reason_field import ReasonField
from survey.web.respond.respondent import questionnaire_title
from survey.web.site.environment import current_repository
from survey.web.site.forms import SiteForm
from survey.web.site.language import current_language, same_form_in_other_language

ZIP = "application/zip"
ERASED = Phrase("manage done", "The response was erased.")


class ReasonForm(SiteForm):
    """Asks why. `shown` is what was on the page of what it is about."""

    reason = ReasonField(
        lazy_pgettext("manage held", "Why?"),
        description=lazy_pgettext(
            "manage held", "The reason and the name of your account are kept in the log. Put nothing personal there."
        ),
        missing=DomainError("held_reason"),
    )
    shown = HiddenField()


@blueprint.route("/rounds/<round_id>/clusters/<cluster_code>/held", methods=["GET", "POST"])
def held(round_id: str, cluster_code: str) -> ResponseReturnValue:
    """What there is about a cluster, of all rounds, and the file of it. A draft and notes are its people’s own."""
    snapshot = opened(round_id)
    cluster = seen_cluster(snapshot, cluster_code)
    form = ReasonForm()
    records = list(held_of_cluster(current_repository(), cluster_code, with_drafts=False))
    if form.validate_on_submit():
        audit("cluster_taken_out", cluster=cluster_code, reason=(form.reason.data or "").strip())
        return download(held_file(records), f"{cluster_code}.zip", ZIP)
    return same_form_in_other_language() or form.page(
        "manage/held.html",
        round=snapshot.round,
        cluster=cluster,
        cluster_name=cluster.name(current_language().code),
        records=sorted("/".join((*record.place, record.key)) for record in records),
    )


@blueprint.route("/rounds/<round_id>/clusters/<cluster_code>/erase", methods=["GET", "POST"])
def erasure(round_id: str, cluster_code: str) -> ResponseReturnValue:
    """What is lost with the response of a cluster, and its removal for good."""
    snapshot = opened(round_id)
    cluster = seen_cluster(snapshot, cluster_code)
    if snapshot.questionnaire.respondent != "cluster":
        abort(HTTPStatus.NOT_FOUND)
    form = ReasonForm()
    response = read_response(current_repository(), round_id, cluster_code)
    version = f"{response.status} {response.counted.number if response.counted else 0}"
    is_there = has_anything(current_repository(), round_id, cluster_code)

    def remove() -> None:
        if form.shown.data != version:
            raise DomainError("response_changed")
        # Noted first, so that nothing is ever gone without a word of why.
        audit("response_erased", round=round_id, cluster=cluster_code, reason=(form.reason.data or "").strip())
        erase(current_repository(), round_id, cluster_code)
        erase_files(current_repository(), round_id, cluster_code)

    # What is sent a second time, after it was done, leads to the same page.
    if (form.is_submitted() and not is_there) or (form.validate_on_submit() and form.takes(remove, form.reason)):
        address = url_for("manage.response", round_id=round_id, cluster_code=cluster_code)
        return done(address, ERASED)
    form.shown.data = version
    return same_form_in_other_language() or form.page(
        "manage/erasure.html",
        round=snapshot.round,
        questionnaire=questionnaire_title(snapshot),
        cluster=cluster,
        cluster_name=cluster.name(current_language().code),
        is_there=is_there,
        copies=copies(),
    )
