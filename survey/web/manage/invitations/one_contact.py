"""One contact on a page of its own: written down, or mended."""

from typing import Any

from flask import Response, abort, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_pgettext
from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from survey.collection.people.contact_checks import COLUMNS, OF_ONE, Contact
from survey.collection.people.contacts import read_contact
from survey.collection.people.form_secrets import new_form
from survey.collection.people.one_contact import BadContact, add_contact, mend_contact, version_of
from survey.languages import LANGUAGES, UK, Phrase, language
from survey.reporting.files.contact_template import template_csv, template_xlsx
from survey.storage.repository import BadKey
from survey.web.manage.auth import audit, blueprint
from survey.web.manage.invitations.contacts import GONE, cluster_names, clusters_today
from survey.web.manage.made_files import XLSX, download
from survey.web.manage.notices import done, told
from survey.web.respond.respondent import name_key
from survey.web.site.environment import current_repository, now
from survey.web.site.forms import SiteForm, TextInput
from survey.web.site.language import current_language, same_form_in_other_language

PAGE = "manage/invitations/contact.html"
ADDED = Phrase("manage done", "The contact was added.")
MENDED = Phrase("manage done", "The contact was changed.")
LONGEST = 400


def _line(label: Any, **look: Any) -> StringField:
    filters = [lambda typed: (typed or "").strip()[:LONGEST]]
    return StringField(label, filters=filters, widget=TextInput(), render_kw={"autocomplete": "off", **look})


class ContactForm(SiteForm):
    """Asks who is written to for a cluster. `shown` is the contact as it was on the page; `form` is what a new one is
    made of, so that sent twice it is kept once."""

    cluster = SelectField(validate_choice=False)
    name = _line(lazy_pgettext("manage contacts", "Name of the person, or of the mailbox"))
    role = _line(lazy_pgettext("manage contacts", "Role"))
    email = _line(lazy_pgettext("manage contacts", "E-mail address"), spellcheck=False)
    language = RadioField(
        lazy_pgettext("manage contacts", "In which language first?"),
        choices=[SelectChoice(code, language(code).name) for code in LANGUAGES],
        validate_choice=False,
    )
    shown = HiddenField()
    form = HiddenField()

    def contact(self) -> Contact:
        """What was written."""
        return Contact(**{column: self[column].data or "" for column in COLUMNS})

    def name_flaws(self, bad: BadContact) -> None:
        """Say beside each field what is wrong with it."""
        for flaw in bad.flaws:
            self[flaw.column].errors = [current_language().say(OF_ONE[flaw.kind], **flaw.values)]


@blueprint.get("/contacts/template.<any(csv, xlsx):ending>")
def contacts_template(ending: str) -> Response:
    """An empty list with the names of its columns in the language of the page."""
    if ending == "csv":
        return download(template_csv(current_language()), "contacts.csv", "text/csv")
    return download(template_xlsx(clusters_today(), current_language()), "contacts.xlsx", XLSX)


@blueprint.route("/contacts/new", methods=["GET", "POST"])
def new_contact() -> ResponseReturnValue:
    """Write down a contact."""
    form = ContactForm()

    def add() -> None:
        made = add_contact(current_repository(), form.contact(), cluster_names(), _today(), form.form.data or "")
        if made:
            audit("contact_added", cluster=made.cluster)

    if form.validate_on_submit() and _takes(form, add):
        return done(url_for("manage.contacts"), ADDED)
    form.form.data = form.form.data or new_form()
    return same_form_in_other_language() or _page(form)


@blueprint.route("/contacts/<contact>/change", methods=["GET", "POST"])
def change_contact(contact: str) -> ResponseReturnValue:
    """Mend a contact."""
    try:
        kept = read_contact(current_repository(), contact)
    except BadKey:
        abort(404)
    form = ContactForm(obj=kept)

    def mend() -> None:
        whose = current_repository(), contact, form.shown.data or ""
        mended = mend_contact(*whose, form.contact(), cluster_names(), _today(), form.form.data or "")
        if mended:
            audit("contact_changed", cluster=mended.cluster)

    if form.validate_on_submit() and _takes(form, mend):
        return done(url_for("manage.contacts"), MENDED)
    if form.refused:
        kept = read_contact(current_repository(), contact)
    if kept is None:
        return told(url_for("manage.contacts"), GONE)
    form.form.data = form.form.data or new_form()
    if not form.is_submitted() or form.refused:
        form.shown.data = version_of(kept)
    return same_form_in_other_language() or _page(form, kept)


def _takes(form: ContactForm, action: Any) -> bool:
    """Whether what was written is kept; with every flaw at its field where it is not."""
    try:
        return form.takes(action, form.email)
    except BadContact as bad:
        form.name_flaws(bad)
        return False


def _today() -> Any:
    return now().astimezone(UK).date()


def _page(form: ContactForm, kept: Contact | None = None) -> ResponseReturnValue:
    code = current_language().code
    clusters = sorted(clusters_today().clusters, key=name_key)
    options = [{"value": cluster.code, "text": cluster.name(code), "as_is": True} for cluster in clusters]
    languages = {code: language(code).name for code in LANGUAGES}
    return form.page(PAGE, kept=kept, clusters=options, languages=languages)
