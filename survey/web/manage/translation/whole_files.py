"""A catalogue as a file: to be downloaded, and sent back with a look at everything that it would change."""

import time
from http import HTTPStatus

from flask import Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_pgettext
from flask_wtf.file import FileField
from wtforms import BooleanField

from survey.catalogues.files import MOST_BYTES, TOO_LARGE, WELSH, BadCatalogue, canonical, key_of, new_catalogue
from survey.collection.errors import DomainError
from survey.collection.translation.uploads import (
    Upload,
    compared,
    held_upload,
    hold_upload,
    let_upload_go,
    wishes_of,
)
from survey.collection.translation.working_catalogue import kept_catalogue
from survey.languages import Phrase
from survey.web.manage.auth import audit, blueprint
from survey.web.manage.large_files import when_too_large
from survey.web.manage.notices import Told, succeeded, told
from survey.web.manage.translation.desk import Desk
from survey.web.site.environment import new_id, now
from survey.web.site.forms import FileInput, SiteForm
from survey.web.site.language import current_language

PAGE = "manage/translation/upload.html"
A_PAGE = 100
TAKEN = Phrase("translations", "Taken from the file: %(taken)s.")
NOT_TAKEN = Phrase(
    "translations", "Left, because they were changed meanwhile or the file would have undone them: %(left)s."
)
HELD_NO_MORE = Phrase(
    "manage done", "Nothing was changed: this file has been taken already, or it was looked at too long ago."
)


class CatalogueUploadForm(SiteForm):
    """Asks for a catalogue that somebody has worked on elsewhere."""

    file = FileField(
        lazy_pgettext("translations", "The .po file that you have worked on"),
        widget=FileInput(),
        render_kw={"attributes": {"accept": ".po"}},
    )


class TakeForm(SiteForm):
    """Asks for a file to be taken in; what it would undo as well only where that is ticked."""

    undoing = BooleanField()


@blueprint.get("/translations/<catalogue>/file.po")
def catalogue_file(catalogue: str) -> Response:
    """The catalogue as it is now, with what was changed here."""
    desk = Desk.of(catalogue)
    made = new_catalogue(WELSH)
    made.extend([message.entry for message in desk.messages])
    made.extend([entry for entry in kept_catalogue(desk.places, catalogue) if entry.obsolete])
    file = Response(canonical(made), mimetype="text/x-gettext-translation")
    file.headers.set("Content-Disposition", "attachment", filename=f"{catalogue}.po")
    return file


@blueprint.route("/translations/<catalogue>/upload", methods=["GET", "POST"])
def upload(catalogue: str) -> ResponseReturnValue:
    """Take a file to look at; nothing is changed by it yet."""
    desk, form = Desk.of(catalogue), CatalogueUploadForm()
    if not form.validate_on_submit():
        return form.page(PAGE, desk=desk)
    try:
        content = form.file.data.read(MOST_BYTES + 1) if form.file.data else b""
        if not content:
            raise DomainError("no_catalogue")
        differences, aside = compared(content, catalogue, desk.places, desk.messages, desk.words, time.monotonic)
    except DomainError as refused:
        return _refused(desk, refused.say(current_language()))
    except BadCatalogue as refused:
        return _refused(desk, refused.explain(current_language()))
    held = Upload(new_id(), catalogue, now().isoformat(), tuple(differences), aside)
    hold_upload(desk.repository, g.account.name, held)
    audit("catalogue_uploaded", catalogue=catalogue, differences=str(len(differences)))
    return redirect(url_for("manage.uploaded", catalogue=catalogue, upload_id=held.id), HTTPStatus.SEE_OTHER)


@blueprint.route("/translations/<catalogue>/uploads/<upload_id>", methods=["GET", "POST"])
def uploaded(catalogue: str, upload_id: str) -> ResponseReturnValue:
    """Everything that a file would change, before and after; on confirmation it is kept."""
    desk = Desk.of(catalogue)
    held = held_upload(desk.repository, g.account.name, upload_id, now())
    if held is None or held.catalogue != catalogue:
        return told(url_for("manage.catalogue", catalogue=catalogue), HELD_NO_MORE)
    if request.method == "POST":
        return _taken(desk, held)
    pages = max(1, -(-len(held.differences) // A_PAGE))
    number = min(max(request.args.get("page", 1, int), 1), pages)
    shown = held.differences[(number - 1) * A_PAGE : number * A_PAGE]
    return render_template(
        "manage/translation/uploaded.html", desk=desk, held=held, shown=shown, number=number, pages=pages
    )


@when_too_large("manage.upload")
def too_large(catalogue: str) -> ResponseReturnValue:
    """A file of any size may be chosen by mistake: that is said where it was chosen."""
    said = current_language().say(TOO_LARGE, most=MOST_BYTES)
    return _refused(Desk.of(catalogue), said, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def _taken(desk: Desk, held: Upload) -> ResponseReturnValue:
    kept = {key_of(message.entry): message.kept for message in desk.messages}
    wishes = wishes_of(held, kept, with_undoing=bool(TakeForm().undoing.data))
    taken = desk.keep(wishes, "uploaded").kept if wishes else 0
    let_upload_go(desk.repository, g.account.name)
    left = len(held.differences) - taken
    address = url_for("manage.catalogue", catalogue=desk.name, show="changed")
    said = Told(TAKEN, {"taken": taken})
    return told(address, said, Told(NOT_TAKEN, {"left": left})) if left else succeeded(address, said)


def _refused(desk: Desk, said: str, status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY) -> ResponseReturnValue:
    """The page for a file, with why this one was not taken."""
    form = CatalogueUploadForm(formdata=None)
    form.file.errors = [said]
    return form.page(PAGE, status, desk=desk)
