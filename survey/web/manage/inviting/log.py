"""What went to whom in a round, what the mail server said, and sending again what failed or may have been sent."""

from http import HTTPStatus

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from survey.collection.people.contacts import read_contacts
from survey.collection.people.messages import (
    AGAIN_FROM,
    KIND_WORDS,
    REASON_WORDS,
    STATE_WORDS,
    UNCERTAIN,
    read_messages,
    send_again,
)
from survey.languages import Phrase
from survey.storage.repository import BadKey
from survey.web.manage.auth import audit, blueprint, opened
from survey.web.manage.inviting.post import begin_sending, heading, why_not
from survey.web.manage.notices import done, told
from survey.web.respond.respondent import name_key
from survey.web.site.environment import current_repository, now
from survey.web.site.forms import SiteForm
from survey.web.site.language import current_language

QUEUED_AGAIN = Phrase("manage done", "The e-mail was queued again, and is being sent.")
NOT_AGAIN = Phrase(
    "manage done", "Nothing was changed: the e-mail waits already, was sent meanwhile, or cannot be sent now."
)
COLOURS = {"queued": "blue", "sending": "aqua-green", "sent": "green", "uncertain": "orange", "withdrawn": "grey"}


class AgainForm(SiteForm):
    """Asks for a message to be sent again."""

    message = HiddenField()


@blueprint.get("/rounds/<round_id>/post/log")
def post_log(round_id: str) -> str:
    """Every message of a round, or those in the state and to the cluster that are asked for."""
    snapshot, asked, cluster = opened(round_id), request.args.get("state", ""), request.args.get("cluster", "")
    contacts, language = read_contacts(current_repository()), current_language()
    audit("post_viewed", round=round_id)
    rows = []
    for message in read_messages(current_repository(), round_id, now()):
        if asked in ("", message.state) and cluster in ("", message.cluster):
            name, reason = snapshot.cluster(message.cluster).name(language.code), REASON_WORDS.get(message.said)
            said = language.say(reason) if reason else ""
            rows.append((message, name, contacts.get(message.contact), said))
    return render_template(
        "manage/inviting/log.html",
        **heading(snapshot),
        rows=rows,
        asked=asked,
        cluster=cluster,
        clusters=[
            {"value": one.code, "text": one.name(language.code), "as_is": True}
            for one in sorted(snapshot.clusters.clusters, key=name_key)
        ],
        states=[{"value": state, "text": language.say(words)} for state, words in STATE_WORDS.items()],
        words=STATE_WORDS,
        kinds=KIND_WORDS,
        colours=COLOURS,
        again_from=AGAIN_FROM,
        uncertain=UNCERTAIN,
        form=AgainForm(),
    )


@blueprint.post("/rounds/<round_id>/post/again")
def post_again(round_id: str) -> ResponseReturnValue:
    """Queue a message again, and send it. One that is waiting already, or was sent meanwhile, is left alone."""
    snapshot, form = opened(round_id), AgainForm()
    if not form.validate_on_submit():
        abort(HTTPStatus.BAD_REQUEST)
    key, address = form.message.data or "", url_for("manage.post_log", round_id=round_id)
    if why_not(snapshot) is None and _is_queued_again(round_id, key):
        audit("message_queued_again", round=round_id, message=key)
        begin_sending(snapshot)
        return done(address, QUEUED_AGAIN)
    return told(address, NOT_AGAIN)


def _is_queued_again(round_id: str, key: str) -> bool:
    try:
        return send_again(current_repository(), round_id, key, now())
    except BadKey:
        return False
