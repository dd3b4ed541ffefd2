"""What went to whom in a round, what the mail server said, and sending again what failed or may have been sent."""

from http import HTTPStatus

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from survey.collection.people.contact_checks import Contact
from survey.collection.people.contacts import read_contacts
from survey.collection.people.dispatch import Addressed, send_again
from survey.collection.people.messages import (
    AGAIN_FROM,
    KIND_WORDS,
    REASON_WORDS,
    STATE_WORDS,
    UNCERTAIN,
    ContactMessage,
    read_messages,
)
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Phrase
from survey.reporting.files.post import addressed_now
from survey.storage.repository import BadKey
from survey.web.manage.auth import audit, blueprint, opened
from survey.web.manage.invitations.post import begin_sending, has_server, heading
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
    addressed = addressed_now(current_repository(), snapshot, now())
    audit("post_viewed", round=round_id)
    rows = []
    for message in read_messages(current_repository(), round_id, now()):
        if asked in ("", message.state) and cluster in ("", message.cluster):
            name, contact = snapshot.cluster(message.cluster).name(language.code), contacts.get(message.contact)
            rows.append((message, name, contact, _said(message.said), _again(message, contact, addressed)))
    rows.sort(key=lambda row: language.sort_key(row[1]))
    return render_template(
        "manage/invitations/log.html",
        **heading(snapshot),
        rows=rows,
        asked=asked,
        cluster=cluster,
        clusters=[
            {"value": listed.code, "text": listed.name(language.code), "as_is": True}
            for listed in sorted(snapshot.clusters.clusters, key=name_key)
        ],
        states=[{"value": state, "text": language.say(words)} for state, words in STATE_WORDS.items()],
        words=STATE_WORDS,
        kinds=KIND_WORDS,
        colours=COLOURS,
        has_server=has_server(),
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
    if has_server() and _is_queued_again(snapshot, key):
        audit("message_queued_again", round=round_id, message=key)
        begin_sending(snapshot)
        return done(address, QUEUED_AGAIN)
    return told(address, NOT_AGAIN)


def _said(code: str) -> str:
    """Why a message is no longer needed; empty for anything else that is said of one."""
    reason = REASON_WORDS.get(code)
    return current_language().say(reason) if reason else ""


def _again(message: ContactMessage, contact: Contact | None, addressed: Addressed) -> tuple[bool, str]:
    """Whether a message can be sent again; and of one that did not arrive, why that would be in vain."""
    if message.state not in AGAIN_FROM or contact is None:
        return False, ""
    needless = addressed.why_not(message.kind, message.cluster)
    return not needless, _said(needless)


def _is_queued_again(snapshot: RoundSnapshot, key: str) -> bool:
    repository, round_id = current_repository(), snapshot.round.id
    addressed = addressed_now(repository, snapshot, now())
    try:
        return send_again(repository, round_id, key, addressed, now())
    except BadKey:
        return False
