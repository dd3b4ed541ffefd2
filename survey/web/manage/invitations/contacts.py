"""The contacts of clusters: listed by health board, taken in from a list after a look at what changes, and erased."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from http import HTTPStatus
from typing import Any

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_pgettext

from survey.collection.errors import DomainError
from survey.collection.list_rows import BadList
from survey.collection.people.contact_checks import COLUMNS, HEADS, ClusterNames, Contact
from survey.collection.people.contacts import (
    ContactChanges,
    changes_by,
    contacts_from,
    erase_contacts,
    read_contact,
    read_contacts,
    take_in,
)
from survey.collection.rounds.clusters import ClusterList
from survey.languages import LANGUAGES, UK, Phrase, language
from survey.storage.repository import BadKey
from survey.web.manage.auth import audit, blueprint
from survey.web.manage.given_lists import (
    HELD_NO_MORE,
    TOO_LARGE,
    ConfirmForm,
    ListForm,
    held,
    hold,
    let_go,
    list_field,
    said,
)
from survey.web.manage.invitations.cluster_filter import narrowing, narrowing_choices
from survey.web.manage.large_files import when_too_large
from survey.web.manage.notices import done, told
from survey.web.manage.people.boards import newest_clusters
from survey.web.respond.respondent import name_key
from survey.web.site.environment import current_repository, now
from survey.web.site.forms import SiteForm
from survey.web.site.language import current_language, same_form_in_other_language

KEPT = Phrase("manage done", "The list of contacts was kept.")
ERASED = Phrase("manage done", "The contact was erased.")
GONE = Phrase("manage done", "This contact is not there any more.")


class ContactsForm(ListForm):
    """Asks for a list of contacts."""

    file = list_field(
        lazy_pgettext("manage contacts", "A list of contacts, as an .xlsx workbook or CSV"),
        lazy_pgettext(
            "manage contacts",
            "The first row names the columns: %(english)s, or in Welsh: %(welsh)s. Name a cluster by its code, or by "
            "its name in either language.",
            english=", ".join(HEADS["en"]),
            welsh=", ".join(HEADS["cy"]),
        ),
    )


@blueprint.route("/contacts", methods=["GET", "POST"])
def contacts() -> ResponseReturnValue:
    """The contacts there are; a list that is sent here is held, to be looked at with what it would change."""
    form = ContactsForm()
    if not form.validate_on_submit():
        return _page(form)
    try:
        listed = contacts_from(form.content(), cluster_names())
    except BadList as bad:
        return _refused(said(bad))
    list_id = hold("contacts", (COLUMNS, *map(astuple, listed)))
    return redirect(url_for("manage.listed_contacts", list_id=list_id), HTTPStatus.SEE_OTHER)


@blueprint.route("/contacts/lists/<list_id>", methods=["GET", "POST"])
def listed_contacts(list_id: str) -> ResponseReturnValue:
    """What a list that was sent would change; on confirmation it is kept."""
    form, content = ConfirmForm(), held("contacts", list_id)
    if content is None:
        return told(url_for("manage.contacts"), HELD_NO_MORE)
    try:
        listed = contacts_from(content, cluster_names())
    except BadList as bad:
        return _refused(said(bad))

    def keep() -> None:
        wanted = changes_by(current_repository(), listed)
        if form.shown.data != _digest(wanted):
            raise DomainError("contacts_changed")
        changes = take_in(current_repository(), listed, now().astimezone(UK).date(), list_id)
        if changes.new or changes.changed:
            audit("contacts_taken_in", new=str(len(changes.new)), changed=str(len(changes.changed)))
        let_go()

    if form.validate_on_submit() and form.takes(keep, form.shown):
        return done(url_for("manage.contacts"), KEPT)
    return _look(form, listed, list_id)


@blueprint.route("/contacts/<contact>/erase", methods=["GET", "POST"])
def erase_contact(contact: str) -> ResponseReturnValue:
    """Erase whoever has the address of a contact, in every cluster."""
    form, kept = SiteForm(), _contact(contact)
    if kept is None:
        return told(url_for("manage.contacts"), GONE)
    if form.validate_on_submit():
        number = erase_contacts(current_repository(), kept.email)
        if number:
            audit("contacts_erased", number=str(number))
        return done(url_for("manage.contacts"), ERASED)
    same = [
        listed for listed in read_contacts(current_repository()).values() if listed.email.lower() == kept.email.lower()
    ]
    names = [_name(newest_clusters(), listed.cluster) for listed in same]
    return same_form_in_other_language() or form.page(
        "manage/invitations/erase_contact.html", contact=kept, clusters=sorted(names, key=current_language().sort_key)
    )


@when_too_large("manage.contacts")
def contacts_too_large() -> ResponseReturnValue:
    """A file of any size may be chosen by mistake: that is said where it was chosen."""
    return _refused([current_language().say(TOO_LARGE)], HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def _page(form: ContactsForm, status: HTTPStatus | None = None) -> ResponseReturnValue:
    audit("contacts_viewed")
    newest = newest_clusters()
    asked, every = narrowing(), list(_by_board(newest))
    boards = [(name, [row for row in clusters if asked.fits(code, *row["sought"])]) for code, name, clusters in every]
    return form.page(
        "manage/invitations/contacts.html",
        status,
        boards=[(name, clusters) for name, clusters in boards if clusters],
        shown=sum(len(clusters) for _, clusters in boards),
        of_all=sum(len(clusters) for _, _, clusters in every),
        asked=asked,
        choices=narrowing_choices(newest.health_boards if newest else ()),
        languages=_languages(),
    )


def _refused(faults: list[str], status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY) -> ResponseReturnValue:
    """The page with everything that is wrong with a list, of which nothing was kept."""
    form = ContactsForm(formdata=None)
    form.file.errors = faults
    return _page(form, status)


def _look(form: ConfirmForm, listed: list[Contact], list_id: str) -> ResponseReturnValue:
    changes = changes_by(current_repository(), listed)
    form.shown.data = _digest(changes)
    clusters = newest_clusters()
    return form.page(
        "manage/invitations/contact_changes.html",
        new=[(_name(clusters, contact.cluster), contact) for contact in changes.new],
        changed=[(_name(clusters, contact.cluster), contact) for contact in changes.changed],
        same=changes.same,
        languages=_languages(),
        list_id=list_id,
    )


def _languages() -> dict[str, str]:
    return {code: language(code).name for code in LANGUAGES}


def _by_board(clusters: ClusterList | None) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    """Health boards, by code and name, with their clusters and the contacts of each; at the end, under no board,
    clusters that are on no list now."""
    there, code = read_contacts(current_repository()), current_language().code
    of: dict[str, list[tuple[str, Contact]]] = {}
    for key, contact in there.items():
        of.setdefault(contact.cluster, []).append((key, contact))
    if clusters:
        today = clusters.on(now().astimezone(UK).date())
        for board in sorted(today.health_boards, key=name_key):
            own = sorted(today.of_board(board.code), key=name_key)
            yield (
                board.code,
                board.name(code),
                [_row(cluster.name(code), of.pop(cluster.code, []), cluster.names.values()) for cluster in own],
            )
    if of:
        yield "", "", [_row(_name(clusters, gone), rest, ()) for gone, rest in of.items()]


def _row(name: str, contacts: list[tuple[str, Contact]], names: Iterable[str]) -> dict[str, Any]:
    """A cluster on the page, with what it is looked for by: its names in either language, and its contacts."""
    people = [contact for _, contact in contacts]
    return {"name": name, "contacts": contacts, "sought": ((name, *names), people)}


def clusters_today() -> ClusterList:
    """The clusters of the newest list that exist today; none where there is no list."""
    newest = newest_clusters() or ClusterList("", (), ())
    return newest.on(now().astimezone(UK).date())


def cluster_names() -> ClusterNames:
    """What a contact’s cluster may be called."""
    return ClusterNames.of(clusters_today())


def _name(clusters: ClusterList | None, code: str) -> str:
    cluster = clusters.cluster(code) if clusters else None
    return cluster.name(current_language().code) if cluster else code


def _contact(key: str) -> Contact | None:
    try:
        return read_contact(current_repository(), key)
    except BadKey:
        abort(HTTPStatus.NOT_FOUND)


def _digest(changes: ContactChanges) -> str:
    return hashlib.sha256(repr(changes).encode()).hexdigest()
