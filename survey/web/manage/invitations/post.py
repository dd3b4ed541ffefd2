"""The post of a round: who has a contact, what an e-mail says, how sending stands, and sending what waits."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from flask import Response, abort, current_app, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from survey.collection.errors import DomainError
from survey.collection.people.contact_checks import Contact
from survey.collection.people.contacts import contacts_by_cluster
from survey.collection.people.mail_server import MailServer
from survey.collection.people.messages import (
    INVITATION,
    KIND_WORDS,
    QUEUED,
    SENDING,
    STATE_WORDS,
    STATES,
    ContactMessage,
    read_messages,
)
from survey.collection.people.sign_in_links import refuse_when_not_kept
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Phrase
from survey.reporting.files.e_mails import RULE
from survey.reporting.files.post import looked_at, mail_server, refuse_when_over
from survey.reporting.jobs import FAILED, RUNNING
from survey.reporting.tasks.job import POST, Job
from survey.web.manage.auth import blueprint, opened, seen_cluster
from survey.web.manage.invitations.cluster_filter import Narrowing, narrowing, narrowing_choices
from survey.web.manage.made_files import job_for, kept, looked_for
from survey.web.manage.notices import succeeded, told
from survey.web.respond.respondent import name_key, questionnaire_title
from survey.web.site.environment import current_repository, now
from survey.web.site.forms import SiteForm
from survey.web.site.jobs import ask_for
from survey.web.site.language import current_language

SENDING_NOW = Phrase("manage done", "What waits is being sent.")
NOT_BEGUN = Phrase("manage done", "Nothing was begun: what waits is being sent already, or there is no mail server.")
NOBODY = "nobody@invalid.example"
"""Stands for the sender of an e-mail that is only looked at where no mail server is set."""


@blueprint.get("/rounds/<round_id>/post")
def post(round_id: str) -> Response:
    """How the post of a round stands; while it is being sent, the page looks again by itself."""
    snapshot = opened(round_id)
    messages = read_messages(current_repository(), round_id, now())
    job = kept(_job(snapshot))
    states = Counter(message.state for message in messages)
    contacts = contacts_by_cluster(current_repository())
    asked = narrowing()
    waiting = [message.next_try for message in messages if message.state == QUEUED]
    page = render_template(
        "manage/invitations/post.html",
        **heading(snapshot),
        states=[(state, STATE_WORDS[state], states[state]) for state in STATES if states[state]],
        is_sending=job.status == RUNNING,
        has_failed=job.status == FAILED and bool(waiting),
        why=job.refused.say(current_language()) if job.refused else "",
        waiting=len(waiting),
        next_try=min(waiting) if waiting and min(waiting) > now() else None,
        rows=_clusters(snapshot, asked, contacts, messages),
        of_all=len(snapshot.clusters.clusters),
        without=sum(not contacts[cluster.code] for cluster in snapshot.clusters.clusters),
        asked=asked,
        choices=narrowing_choices(snapshot.clusters.health_boards),
        form=SiteForm(),
        is_over=snapshot.round.is_over(now()),
        has_server=has_server(),
    )
    return looked_for(page, job.status == RUNNING or bool(states[SENDING]))


@blueprint.post("/rounds/<round_id>/post/send")
def send_post(round_id: str) -> ResponseReturnValue:
    """Send what is due, in a process of its own."""
    snapshot = opened(round_id)
    if not SiteForm().validate_on_submit():
        abort(HTTPStatus.BAD_REQUEST)
    address = url_for("manage.post", round_id=round_id)
    return succeeded(address, SENDING_NOW) if begin_sending(snapshot) else told(address, NOT_BEGUN)


@blueprint.get("/rounds/<round_id>/clusters/<cluster_code>/post/<any(invitation, reminder):e_mail>")
def post_preview(round_id: str, cluster_code: str, e_mail: str) -> str:
    """What the contacts of a cluster would be sent. Nothing is sent by it."""
    snapshot = opened(round_id)
    cluster = seen_cluster(snapshot, cluster_code)
    server = MailServer("", 0, "none", current_app.config["SMTP_SENDER"] or NOBODY)
    shown = []
    for contact in contacts_by_cluster(current_repository())[cluster_code]:
        message = ContactMessage("preview", "", cluster_code, e_mail, "", QUEUED, 0, now(), now())
        made = looked_at(current_repository(), snapshot, message, contact, server, request.url_root)
        parts = zip(made["Content-Language"].split(", "), made.get_content().split(f"\n{RULE}\n"), strict=True)
        shown.append((contact, made["Subject"], [(code, text.strip()) for code, text in parts]))
    return render_template(
        "manage/invitations/preview.html",
        **heading(snapshot),
        cluster_name=cluster.name(current_language().code),
        cluster_code=cluster_code,
        shown=shown,
        e_mail=e_mail,
        kinds=KIND_WORDS,
    )


def begin_sending(snapshot: RoundSnapshot) -> bool:
    """Have what is due sent, where there is a mail server; what cannot be sent stays queued. Whether that was begun."""
    return has_server() and ask_for(_job(snapshot), now().isoformat(), site=request.url_root)


def has_server() -> bool:
    """Whether there is a mail server."""
    return bool(current_app.config["SMTP_HOST"])


def why_not(snapshot: RoundSnapshot) -> DomainError | None:
    """Why nothing can be queued and sent now; None when it can."""
    try:
        mail_server(current_app.config)
        refuse_when_over(current_repository(), snapshot, now())
    except DomainError as refused:
        return refused
    return None


def why_no_link(snapshot: RoundSnapshot) -> DomainError | None:
    """Why no cluster can be sent a link now; None when it can, also when it can only read."""
    try:
        mail_server(current_app.config)
        refuse_when_not_kept(current_repository(), snapshot.round.id, now())
    except DomainError as refused:
        return refused
    return None


def heading(snapshot: RoundSnapshot) -> dict[str, Any]:
    """What all pages about the post of a round say of it."""
    refused = why_not(snapshot)
    return {
        "round": snapshot.round,
        "questionnaire": questionnaire_title(snapshot),
        "why_not": refused.say(current_language()) if refused else "",
        "no_server": refused is not None and refused.code == "no_mail_server",
        "of_people": snapshot.questionnaire.respondent == "anonymous",
    }


def _job(snapshot: RoundSnapshot) -> Job:
    return replace(job_for(snapshot, POST), by=g.account.name)


def _clusters(
    snapshot: RoundSnapshot,
    asked: Narrowing,
    contacts: Mapping[str, Sequence[Contact]],
    messages: Iterable[ContactMessage],
) -> list[dict[str, Any]]:
    """The clusters that are asked for, those without a contact first, with the message of each that changed last."""
    last = {message.cluster: message for message in sorted(messages, key=lambda message: message.changed_at)}
    boards = {board.code: board.name(current_language().code) for board in snapshot.clusters.health_boards}
    clusters = [
        cluster
        for cluster in snapshot.clusters.clusters
        if asked.fits(cluster.health_board, cluster.names.values(), contacts[cluster.code])
    ]
    ordered = sorted(clusters, key=lambda cluster: (bool(contacts[cluster.code]), name_key(cluster)))
    return [
        {
            "code": cluster.code,
            "name": cluster.name(current_language().code),
            "board": boards[cluster.health_board],
            "contacts": len(contacts[cluster.code]),
            "kind": KIND_WORDS[last[cluster.code].kind] if cluster.code in last else None,
            "state": STATE_WORDS[last[cluster.code].state] if cluster.code in last else None,
            "preview": url_for(
                "manage.post_preview", round_id=snapshot.round.id, cluster_code=cluster.code, e_mail=INVITATION
            ),
        }
        for cluster in ordered
    ]
