"""A file that becomes an edition, once whoever sent it has looked at everything that it would change."""

from http import HTTPStatus
from pathlib import PurePath

from flask import g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_pgettext
from flask_wtf.file import FileField
from wtforms import HiddenField, StringField

from survey.authoring.author_file import taken_in
from survey.collection.editions.changes import digest_of
from survey.collection.editions.held_edition import HeldEdition, held_edition, hold_edition, let_edition_go
from survey.collection.editions.lifecycle import refuse_other_meaning
from survey.collection.editions.standing import standing_of
from survey.collection.errors import DomainError
from survey.collection.translation.from_authors import keep_with_welsh
from survey.collection.translation.incoming_welsh import welsh_beside
from survey.languages import Phrase
from survey.questionnaire.builder import JsonObject, questionnaire_from
from survey.questionnaire.diff import Difference, describe, differences
from survey.questionnaire.findings import Finding, parts
from survey.questionnaire.json_places import label_at
from survey.questionnaire.json_reader import MOST_BYTES
from survey.questionnaire.json_writer import json_of
from survey.web.manage.auth import audit, blueprint, permits
from survey.web.manage.editions.comparison import FATE_COLOURS, FATES, WHYS, with_year_before
from survey.web.manage.editions.findings import findings_in_words
from survey.web.manage.editions.shelf import GONE, source_of
from survey.web.manage.large_files import when_too_large
from survey.web.manage.notices import done, told
from survey.web.site.editions import Edition
from survey.web.site.environment import new_id, now
from survey.web.site.forms import FileInput, SiteForm, TextInput
from survey.web.site.language import current_language, same_form_in_other_language
from survey.web.site.translations import project, translators_repository

PAGE = "manage/editions/upload.html"
LONGEST_NAME = 100
KEPT = Phrase("author", "The edition was kept. It counts from now on.")


class EditionUploadForm(SiteForm):
    """Asks for a file with an edition; for a form in XLSForm, for what that does not say."""

    file = FileField(
        lazy_pgettext("author", "The file that you have written"),
        description=lazy_pgettext("author", "A spreadsheet (.xlsx), a form in XLSForm (.xlsx), or JSON (.json)"),
        widget=FileInput(),
        render_kw={"attributes": {"accept": ".xlsx,.json"}},
    )
    edition = StringField(lazy_pgettext("author", "Year of its edition"), widget=TextInput(), render_kw={"width": "4"})
    respondent = StringField(default="")


class KeepEditionForm(SiteForm):
    """Keeps what was looked at, beside the edition that was `seen`."""

    seen = HiddenField()


@blueprint.route("/questionnaires/upload", methods=["GET", "POST"])
def upload_edition() -> ResponseReturnValue:
    """Look at a file. With a fault in it nothing is kept; without, what it changes is shown first."""
    form = EditionUploadForm()
    if not form.validate_on_submit():
        return same_form_in_other_language() or form.page(PAGE, findings=[])
    content = form.file.data.read(MOST_BYTES + 1) if form.file.data else b""
    if not content:
        return _refused(form, DomainError("no_edition_file").say(current_language()))
    file = PurePath(form.file.data.filename or "").name[-LONGEST_NAME:] or "file"
    said_beside = (form.edition.data or "").strip(), form.respondent.data or ""
    taken = taken_in(content, file, project().questionnaires, *said_beside)
    if taken.findings or taken.source is None:
        said = current_language().npgettext(
            "author",
            "There is %(n)s fault in the file. Nothing was kept.",
            "There are %(n)s faults in the file. Nothing was kept.",
            len(taken.findings),
        )
        return _refused(form, said, taken.findings)
    held = HeldEdition(new_id(), now().isoformat(), "uploaded", taken.source, taken.welsh)
    hold_edition(translators_repository(), g.account.name, held)
    return redirect(url_for("manage.uploaded_edition", held_id=held.id), HTTPStatus.SEE_OTHER)


@blueprint.route("/questionnaires/uploads/<held_id>", methods=["GET", "POST"])
def uploaded_edition(held_id: str) -> ResponseReturnValue:
    """What the file that was sent would change; on confirmation it is kept."""
    repository, form = translators_repository(), KeepEditionForm()
    held = held_edition(repository, g.account.name, held_id, now())
    if held is None:
        is_sent = request.method == "POST"
        return told(url_for("manage.editions", gone=None if is_sent else 1), GONE)
    name, year = held.source["id"], held.source["edition"]

    def keep() -> None:
        seen, who = form.seen.data or "", g.account.name
        before = standing_of(repository, project().questionnaires, name, year).current
        keep_with_welsh(repository, project(), held.source, held.welsh, seen, held.how, who, now())
        let_edition_go(repository, who)
        if standing_of(repository, project().questionnaires, name, year).current != before:
            audit("edition_changed", questionnaire=name, edition=year, how=held.how)

    if form.validate_on_submit() and form.takes(keep, form.seen):
        return done(url_for("manage.edition", name=name, year=year), KEPT)
    return same_form_in_other_language() or _look(held, form)


@when_too_large("manage.upload_edition")
def too_large() -> ResponseReturnValue:
    """A file of any size may be chosen by mistake: that is said where it was chosen."""
    (finding,) = findings_in_words([Finding("", "", "too_large", {"most": MOST_BYTES})])
    return _refused(EditionUploadForm(formdata=None), finding.words, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def _refused(
    form: EditionUploadForm,
    said: str,
    findings: tuple[Finding, ...] = (),
    status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY,
) -> ResponseReturnValue:
    """The page for a file, with why this one was not taken."""
    form.file.errors = [said]
    return form.page(PAGE, status, findings=findings_in_words(findings))


def _look(held: HeldEdition, form: KeepEditionForm) -> ResponseReturnValue:
    """The page of what a file would change, of the edition as it is now or else of the one before."""
    name, year = held.source["id"], held.source["edition"]
    standing = standing_of(translators_repository(), project().questionnaires, name, year)
    edition = Edition(name, year, questionnaire=questionnaire_from(held.source))
    before = source_of(name, year)
    form.seen.data = standing.current
    if not form.errors:
        form.takes(lambda: refuse_other_meaning(translators_repository(), held.source), form.seen)
    return form.page(
        "manage/editions/uploaded.html",
        held=held,
        welsh=welsh_beside(translators_repository(), project(), name, held.welsh),
        translates=permits(g.account, "manage.catalogue"),
        name=name,
        year=year,
        standing=standing,
        is_same=standing.current == digest_of(json_of(held.source)),
        changes=_changes(before, held.source) if before else [],
        comparison=with_year_before(edition),
        fates=FATES,
        fate_colours=FATE_COLOURS,
        whys=WHYS,
        is_refused=form.refused is not None and form.refused.code == "edition_in_use",
    )


def _changes(before: JsonObject, after: JsonObject) -> list[tuple[str, Difference, str]]:
    """Each change with the English of the question that it is about, and in words."""
    changes = []
    for difference in differences(before, after):
        # What is gone has its place in the JSON of before.
        source = before if difference.code in ("removed", "text_removed") else after
        changes.append(
            (label_at(parts(difference.pointer, source), source), difference, describe(difference, current_language()))
        )
    return changes
