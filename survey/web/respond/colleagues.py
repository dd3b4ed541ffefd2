"""The others of the cluster: who is on a page now, who changed it when, what stood there before, and one's own name."""

from http import HTTPStatus

from flask import abort, g, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_pgettext, pgettext
from wtforms import StringField
from wtforms.validators import Length

from survey.collection.errors import DomainError
from survey.collection.responses.merge import whole
from survey.collection.responses.presence import note_presence
from survey.collection.responses.response import SavedPage
from survey.collection.responses.versions import versions
from survey.web.respond.auth import blueprint
from survey.web.respond.form_targets import keep_page
from survey.web.respond.note_thread import thread_of
from survey.web.respond.overview import answers_of
from survey.web.respond.respondent import NAME, WHOSE, Respondent, title_of, writer
from survey.web.respond.sections import may_change, page_or_404
from survey.web.site.carried_fields import CarriedNumber
from survey.web.site.environment import current_repository, now
from survey.web.site.forms import SiteForm, TextInput
from survey.web.site.language import same_form_in_other_language

LONGEST_NAME = 60


class ColleagueNameForm(SiteForm):
    """Asks for the name under which colleagues see somebody."""

    name = StringField(
        lazy_pgettext("colleagues", "Your name"),
        description=lazy_pgettext(
            "colleagues",
            "Your colleagues see it beside what you change. It is kept with your cluster’s draft. "
            "Leave it empty if you would rather not say.",
        ),
        widget=TextInput(),
        render_kw={"width": "20", "autocomplete": "name", "spellcheck": False},
        filters=[lambda typed: " ".join((typed or "").split())],
        validators=[
            Length(max=LONGEST_NAME, message=lazy_pgettext("colleagues", "Enter a name of 60 characters or fewer")),
        ],
    )


class VersionForm(SiteForm):
    """Asks for an earlier version of a page, by its number."""

    revision = CarriedNumber()


@blueprint.route("/reflection/name", methods=["GET", "POST"])
def name() -> ResponseReturnValue:
    """Ask for a name for this sitting."""
    form = ColleagueNameForm(data={"name": session.get(NAME, "")})
    if form.validate_on_submit():
        session[NAME] = form.name.data
        return redirect(url_for("respond.reflection"), HTTPStatus.SEE_OTHER)
    return same_form_in_other_language() or form.page("respond/name.html")


@blueprint.post("/reflection/presence/<path:key>")
def presence(key: str) -> ResponseReturnValue:
    """For the script of a page: note that somebody is on it; who else is, in words, how often it has been saved,
    and the state of its notes.
    """
    respondent: Respondent = g.respondent
    response = respondent.response()
    page = page_or_404(respondent.path(response), key)
    if not may_change(respondent, response):
        return {"said": "", "revision": 0, "notes": ""}
    others = note_presence(
        current_repository(), respondent.snapshot.round.id, respondent.cluster.code, writer(), page.key, now()
    )
    return {
        "said": _present(others),
        "revision": response.pages.get(page.key, SavedPage()).revision,
        "notes": thread_of(respondent, page, None).state,
    }


@blueprint.get("/reflection/versions/<path:key>")
def page_versions(key: str) -> ResponseReturnValue:
    """The earlier versions of a page, the latest first."""
    respondent: Respondent = g.respondent
    response = respondent.response()
    page = page_or_404(respondent.path(response), key)
    saved = response.pages.get(page.key, SavedPage())
    setting = respondent.setting(page)
    shown = [
        {
            "at": version.save.at,
            "by": version.save.by,
            "revision": version.save.revision,
            "changed": [
                respondent.texts(question.label)
                for question in page.section.questions
                if question.id in version.changed
            ],
            "answers": answers_of(
                page,
                respondent.instrument.walk({**response.answers, page.key: version.answers}),
                saved.written_in or {},
                setting,
            ),
        }
        for version in versions(saved)
    ]
    return render_template(
        "respond/versions.html",
        versions=shown,
        page_title=title_of(page, respondent.texts),
        back=respondent.address(page),
        may_change=may_change(respondent, response),
        hidden=[(WHOSE, respondent.key)],
        restore=url_for("respond.restore_version", key=page.key),
    )


@blueprint.post("/reflection/versions/<path:key>")
def restore_version(key: str) -> ResponseReturnValue:
    """Put an earlier version in the place of what is there, which becomes an earlier version itself."""
    respondent: Respondent = g.respondent
    response = respondent.response()
    page = page_or_404(respondent.path(response), key)
    wanted = VersionForm().revision.data
    earlier = versions(response.pages.get(page.key, SavedPage()))
    chosen = next((version for version in earlier if version.save.revision == wanted), None)
    if chosen is None:
        abort(HTTPStatus.NOT_FOUND)
    try:
        keep_page(respondent, page, whole(chosen.answers))
    except DomainError:
        return redirect(url_for("respond.reflection"), HTTPStatus.SEE_OTHER)
    return redirect(url_for("respond.section", key=page.key, saved=1, restored=wanted), HTTPStatus.SEE_OTHER)


def _present(names: list[str]) -> str:
    """Who else is on a page, in words."""
    if not names:
        return ""
    known = sorted({name for name in names if name})
    if known:
        return pgettext("colleagues", "Also on this page now: %(names)s", names=", ".join(known))
    return pgettext("colleagues", "Somebody else is on this page now.")
