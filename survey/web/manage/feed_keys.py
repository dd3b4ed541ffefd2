"""Keys for the feed of indicators: who takes it, a new key, shown once, and revoking one."""

from http import HTTPStatus

from flask import abort, g, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_pgettext
from wtforms import HiddenField, StringField

from survey.collection.errors import DomainError
from survey.collection.people.feed_keys import key_of_form, make_feed_key, read_feed_keys
from survey.collection.people.feed_keys import revoke_feed_key as revoke
from survey.languages import Phrase
from survey.web.manage.auth import audit, blueprint
from survey.web.manage.notices import done, told
from survey.web.manage.secret_form import GivingForm
from survey.web.site.environment import current_repository, key_ring, now
from survey.web.site.forms import SiteForm, TextInput
from survey.web.site.language import same_form_in_other_language

LONGEST = 60
REPLACED = Phrase(
    "manage done", "This consumer has been given another key since you opened the page. Nothing was changed."
)
REVOKED = Phrase("manage done", "The key was revoked: it opens nothing any more.")


class ConsumerForm(GivingForm):
    """Asks who is to have a key."""

    consumer = StringField(
        lazy_pgettext("manage feed", "Consumer"),
        description=lazy_pgettext(
            "manage feed", "A name for the service that takes the feed: lower-case letters, digits and hyphens."
        ),
        filters=[lambda typed: (typed or "").strip().lower()[:LONGEST]],
        widget=TextInput(),
        render_kw={"width": "20", "autocomplete": "off", "spellcheck": False},
    )


class RevokeForm(SiteForm):
    """Asks whether a key is to be revoked. `shown` is when the one on the page was made."""

    shown = HiddenField()


@blueprint.route("/feed", methods=["GET", "POST"])
def feed_keys() -> ResponseReturnValue:
    """Every key without what opens anything; a new one is shown this once."""
    form = ConsumerForm()
    if form.validate_on_submit() and form.takes(lambda: _make(form), form.consumer):
        key = _key(form)
        page = render_template("manage/feed_key.html", consumer=form.consumer.data, key=key)
        return page, HTTPStatus.OK, {"Cache-Control": "no-store"}
    elsewhere = same_form_in_other_language()
    if elsewhere:
        return elsewhere
    audit("feed_keys_viewed")
    form.begin()
    return form.page("manage/feed_keys.html", keys=read_feed_keys(current_repository()))


@blueprint.route("/feed/<name>/revoke", methods=["GET", "POST"])
def revoke_feed_key(name: str) -> ResponseReturnValue:
    """Say what revoking a key means, and on confirmation do it. One that is revoked already stays so."""
    key = next((key for key in read_feed_keys(current_repository()) if key.name == name), None)
    if key is None:
        abort(HTTPStatus.NOT_FOUND)
    form = RevokeForm()
    if form.validate_on_submit():
        if form.shown.data != key.made_at.isoformat():
            return told(url_for("manage.feed_keys"), REPLACED)
        _revoke(name)
        return done(url_for("manage.feed_keys"), REVOKED)
    return same_form_in_other_language() or render_template("manage/revoke_feed_key.html", key=key, form=form)


def _make(form: ConsumerForm) -> None:
    consumer = form.consumer.data or ""
    if make_feed_key(current_repository(), consumer, _key(form), g.account.name, now(), form.shown_at):
        audit("feed_key_made", consumer=consumer)


def _key(form: ConsumerForm) -> str:
    # Sent again, a form gives what it gave, even if the secret was replaced in between.
    made_of = form.consumer.data or "", g.account.name, form.made_of
    return key_of_form(current_repository(), key_ring().keys, *made_of)


def _revoke(name: str) -> None:
    try:
        revoke(current_repository(), name, now())
    except DomainError:
        return
    audit("feed_key_revoked", consumer=name)
