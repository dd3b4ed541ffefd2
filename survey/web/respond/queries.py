"""What the national team asks the cluster about its answers, and the cluster’s words to it."""

from http import HTTPStatus

from flask import g, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_pgettext
from wtforms import BooleanField, TextAreaField

from survey.collection.people.accounts import note
from survey.collection.responses.queries import CLUSTER, OPEN, TOLD_TO_CLUSTER, QueryEntry, write
from survey.web.respond.auth import blueprint
from survey.web.respond.query_gone import query_gone
from survey.web.respond.query_threads import queries_of, query_threads
from survey.web.respond.respondent import NAME, WHOSE, Respondent
from survey.web.site.carried_fields import CarriedId
from survey.web.site.environment import current_repository, new_id, now
from survey.web.site.forms import SiteForm, TextArea
from survey.web.site.language import current_language, same_form_in_other_language


class EntryForm(SiteForm):
    """Asks for the words of one side. `entry` tells two presses of the button from two entries."""

    text = TextAreaField(lazy_pgettext("query", "Your answer to the national team"), widget=TextArea())
    asks_reopening = BooleanField(lazy_pgettext("query", "Please reopen the reflection, so that we can change it"))
    entry = CarriedId()

    def written(self, side: str, by: str) -> QueryEntry:
        """What was written."""
        words, language = self.text.data or "", current_language().code
        return QueryEntry(self.entry.data or new_id(), side, words, language, by, now(), bool(self.asks_reopening.data))


@blueprint.get("/reflection/queries")
def queries() -> ResponseReturnValue:
    """All that the cluster was asked, what waits for it first."""
    respondent: Respondent = g.respondent
    ordered = sorted(queries_of(respondent), key=lambda query: query.state != OPEN)
    return render_template(
        "respond/queries.html",
        threads=query_threads(respondent, respondent.response(), ordered),
        state_words=TOLD_TO_CLUSTER,
    )


@blueprint.route("/reflection/queries/<query_id>", methods=["GET", "POST"])
def query(query_id: str) -> ResponseReturnValue:
    """One query, and a form to answer it as long as it is not closed."""
    respondent: Respondent = g.respondent
    repository, round_id, cluster_code = current_repository(), respondent.snapshot.round.id, respondent.cluster.code
    form = EntryForm()

    def answer() -> None:
        write(repository, round_id, cluster_code, query_id, form.written(CLUSTER, session.get(NAME, "")))
        note(repository, now(), f"cluster {cluster_code}", "query_answered", round=round_id)

    asked = [query for query in queries_of(respondent) if query.id == query_id]
    if not asked:
        return query_gone(form.text.data or "")
    if form.validate_on_submit() and form.takes(answer, form.text):
        return redirect(url_for("respond.query", query_id=query_id, done="sent"), HTTPStatus.SEE_OTHER)
    form.entry.data = form.entry.data or new_id()
    (thread,) = query_threads(respondent, respondent.response(), asked)
    return same_form_in_other_language() or form.page(
        "respond/query.html", thread=thread, state_words=TOLD_TO_CLUSTER, hidden=[(WHOSE, respondent.key)]
    )
