"""Queueing invitations or reminders to the silent: to whom they would go, and on confirmation they are sent."""

import hashlib
from collections.abc import Iterable

from flask import request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from survey.collection.errors import DomainError
from survey.collection.people.contact_checks import Contact
from survey.collection.people.messages import (
    BOUNCED,
    INVITATION,
    KIND_WORDS,
    QUEUED_EVENTS,
    REMINDER,
    not_queued,
    not_to_remind,
    queue,
)
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import CountedPhrase
from survey.reporting.files.post import asked_clusters, not_to_invite, recipients
from survey.web.manage.auth import audit, blueprint, opened, seen_cluster
from survey.web.manage.invitations.post import begin_sending, heading, why_not
from survey.web.manage.notices import Told, done
from survey.web.respond.respondent import name_key
from survey.web.site.environment import current_repository, now
from survey.web.site.forms import SiteForm
from survey.web.site.language import current_language, same_form_in_other_language

MANY_QUEUED = CountedPhrase(
    "manage done", "%(n)s e-mail was queued, and is being sent.", "%(n)s e-mails were queued, and are being sent.", "n"
)


class QueueForm(SiteForm):
    """Asks whether messages are to be sent. `shown` tells to whom, as it was on the page."""

    shown = HiddenField()


@blueprint.route("/rounds/<round_id>/post/<any(invitation, reminder):e_mail>", methods=["GET", "POST"])
def queue_post(round_id: str, e_mail: str) -> ResponseReturnValue:
    """To whom a message of a kind would go; sent from this page, it is queued for them and sending begins. The address
    may ask for one cluster alone."""
    snapshot = opened(round_id)
    form, repository = QueueForm(), current_repository()
    wanted = _wanted(snapshot)
    asked_of = [each for each in recipients(repository, snapshot, now()).items() if each[1].cluster in wanted]
    contacts_in_order = dict(sorted(asked_of, key=lambda each: name_key(snapshot.cluster(each[1].cluster))))
    new = not_queued(repository, round_id, e_mail, contacts_in_order, now())

    def queue_them() -> None:
        refused = why_not(snapshot)
        if refused:
            raise refused
        if form.shown.data != _digest(new):
            raise DomainError("post_changed")
        number = queue(repository, round_id, e_mail, new, now())
        audit(QUEUED_EVENTS[e_mail], round=round_id, number=str(number))

    # With nobody left who has none, the form was sent twice, and that is done already.
    is_done = not new and why_not(snapshot) is None
    if form.validate_on_submit() and (is_done or form.takes(queue_them, form.shown)):
        if new:
            begin_sending(snapshot)
        return done(_way_back(snapshot), Told(MANY_QUEUED, {"n": len(new)}))
    elsewhere = same_form_in_other_language()
    if elsewhere:
        return elsewhere
    form.shown.data = _digest(new)
    spared = not_to_remind(repository, round_id, now()) if e_mail == REMINDER else {}
    left_out = {key: spared[key] for key in contacts_in_order if key in spared}
    submitted = not_to_invite(repository, snapshot, now()) if e_mail == INVITATION else {}
    asked = asked_clusters(repository, snapshot, now()) & wanted
    without = asked - {contact.cluster for contact in contacts_in_order.values()}
    return form.page(
        "manage/invitations/queueing.html",
        **heading(snapshot),
        e_mail=e_mail,
        kind=KIND_WORDS[e_mail],
        back=_way_back(snapshot),
        one_cluster=_name(snapshot, *wanted) if request.args.get("cluster") else "",
        is_over=snapshot.round.is_over(now()),
        rows=[(_name(snapshot, contact.cluster), contact) for contact in new.values()],
        already=len(contacts_in_order.keys() - new.keys() - left_out.keys()),
        bounced=[_who(snapshot, contacts_in_order[key]) for key, state in left_out.items() if state == BOUNCED],
        waiting=[_who(snapshot, contacts_in_order[key]) for key, state in left_out.items() if state != BOUNCED],
        submitted=sorted(
            (_who(snapshot, contact) for contact in submitted.values() if contact.cluster in wanted),
            key=lambda who: current_language().sort_key(who[1]),
        ),
        without=sorted((_name(snapshot, code) for code in without), key=current_language().sort_key),
    )


def _wanted(snapshot: RoundSnapshot) -> set[str]:
    """The cluster that the address asks for, or all; 404 for one that is not there."""
    asked = request.args.get("cluster", "")
    return {seen_cluster(snapshot, asked).code} if asked else {cluster.code for cluster in snapshot.clusters.clusters}


def _way_back(snapshot: RoundSnapshot) -> str:
    """The page of the cluster that the address asks for, or that of the post."""
    if asked := request.args.get("cluster", ""):
        return url_for("manage.response", round_id=snapshot.round.id, cluster_code=asked)
    return url_for("manage.post", round_id=snapshot.round.id)


def _name(snapshot: RoundSnapshot, code: str) -> str:
    return snapshot.cluster(code).name(current_language().code)


def _who(snapshot: RoundSnapshot, contact: Contact) -> tuple[str, str, str]:
    return contact.cluster, _name(snapshot, contact.cluster), contact.email


def _digest(keys: Iterable[str]) -> str:
    return hashlib.sha256(" ".join(sorted(keys)).encode()).hexdigest()
