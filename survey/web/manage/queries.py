"""Queries to clusters on their answers: asked, followed up, closed, and listed for a round."""

from collections.abc import Iterator
from http import HTTPStatus
from textwrap import shorten
from typing import Any

from flask import current_app, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_pgettext
from wtforms import TextAreaField

from survey.collection.people.contacts import contacts_of_cluster
from survey.collection.people.messages import QUERY, QUEUED_EVENTS, queue
from survey.collection.responses.queries import (
    STATE_WORDS,
    TEAM,
    Query,
    QueryEntry,
    Subject,
    ask,
    close_query,
    queries_of_round,
    read_queries,
    write,
)
from survey.collection.responses.response import read_response
from survey.collection.rounds.clusters import Cluster
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Phrase
from survey.web.manage.auth import audit, blueprint, opened, permits, seen_cluster, sees_board
from survey.web.manage.invitations.post import begin_sending
from survey.web.manage.notices import done
from survey.web.manage.side_by_side import way_back
from survey.web.respond.fields import verbatim
from survey.web.respond.query_gone import query_gone
from survey.web.respond.query_threads import answers_of_submission, query_threads
from survey.web.respond.respondent import Respondent, name_key, questionnaire_title
from survey.web.site.carried_fields import CarriedId, CarriedNumber, PressedButton
from survey.web.site.environment import current_repository, new_id, now
from survey.web.site.forms import SiteForm, TextArea
from survey.web.site.language import current_language, same_form_in_other_language

ASKED = Phrase("manage done", "The cluster was asked. What it answers stands here.")
ASKED_BESIDE = Phrase(
    "manage done", "The cluster was asked. Beside its answer it says whether it has said anything to that."
)
CLOSED = Phrase("manage done", "The question was closed.")
FIRST_WORDS = 80
"""Of a query in a list, in characters."""
COLOURS = {"open": "blue", "answered": "orange", "closed": "grey"}


class AskForm(SiteForm):
    """Asks for the words of the national team. `entry` tells two presses of the button from two entries."""

    text = TextAreaField(
        lazy_pgettext("manage queries", "What do you ask?"),
        description=lazy_pgettext(
            "manage queries", "The cluster reads it in the language that you write, with your account’s name."
        ),
        widget=TextArea(),
    )
    entry = CarriedId()

    def written(self) -> QueryEntry:
        """What was written."""
        words, language = self.text.data or "", current_language().code
        return QueryEntry(self.entry.data or new_id(), TEAM, words, language, g.account.name, now())


class CloseForm(SiteForm):
    """Asks for a query to be closed. `seen` is how many entries were on the page."""

    seen = CarriedNumber()
    close = PressedButton()


@blueprint.get("/rounds/<round_id>/queries")
def queries(round_id: str) -> ResponseReturnValue:
    """The queries of a round that the account may see, those that wait for the national team first."""
    snapshot, asked = opened(round_id), request.args.get("state", "")
    order = list(STATE_WORDS)
    by_cluster: dict[str, list[Query]] = {}
    for code, query in queries_of_round(current_repository(), round_id):
        if sees_board(g.account, snapshot.cluster(code).health_board) and asked in ("", query.state):
            by_cluster.setdefault(code, []).append(query)
    rows = [row for code, of_it in by_cluster.items() for row in _listed(snapshot, snapshot.cluster(code), of_it)]
    rows.sort(key=lambda row: (order.index(row["query"].state), name_key(row["cluster"])))
    audit("queries_viewed", round=round_id)
    return render_template(
        "manage/queries.html",
        **_heading(snapshot),
        rows=rows,
        asked=asked,
        states=[{"value": state, "text": current_language().say(words)} for state, words in STATE_WORDS.items()],
        colours=COLOURS,
    )


@blueprint.route("/rounds/<round_id>/clusters/<cluster_code>/queries/new", methods=["GET", "POST"])
def new_query(round_id: str, cluster_code: str) -> ResponseReturnValue:
    """Ask about the answer that the address names."""
    snapshot = opened(round_id)
    cluster = seen_cluster(snapshot, cluster_code)
    subject = Subject(*(request.args.get(name, "") for name in ("page", "question", "item", "part")))
    number = request.args.get("submission", 0, type=int)
    response = read_response(current_repository(), round_id, cluster_code)
    about = dict(answers_of_submission(Respondent(current_repository(), snapshot, cluster), response, number))
    form = AskForm()
    if subject not in about:
        return query_gone(form.text.data or "")

    def ask_it() -> None:
        if ask(current_repository(), snapshot, cluster_code, subject, number, form.written()):
            audit("query_asked", round=round_id, cluster=cluster_code)
        # Also when it was sent again, after this was stopped before the e-mails were queued.
        _tell(snapshot, cluster)

    beside = request.args.get("beside", "")
    came_from = way_back(round_id, beside, cluster_code, subject.page) if beside else ""
    if form.validate_on_submit() and form.takes(ask_it, form.text):
        return done(came_from, ASKED_BESIDE) if came_from else done(_address(snapshot, cluster), ASKED)
    form.entry.data = form.entry.data or new_id()
    return same_form_in_other_language() or form.page(
        "manage/new_query.html",
        **_heading(snapshot, cluster),
        about=about[subject],
        came_from=came_from,
        by_e_mail=bool(current_app.config["SMTP_HOST"] and contacts_of_cluster(current_repository(), cluster.code)),
    )


@blueprint.get("/rounds/<round_id>/clusters/<cluster_code>/queries")
def cluster_queries(round_id: str, cluster_code: str) -> ResponseReturnValue:
    """All queries to a cluster, with all that was written."""
    snapshot = opened(round_id)
    cluster = seen_cluster(snapshot, cluster_code)
    asked = read_queries(current_repository(), round_id, cluster_code)
    response = read_response(current_repository(), round_id, cluster_code)
    audit("queries_viewed", round=round_id, cluster=cluster_code)
    return render_template(
        "manage/cluster_queries.html",
        **_heading(snapshot, cluster),
        threads=query_threads(Respondent(current_repository(), snapshot, cluster), response, asked),
        state_words=STATE_WORDS,
        may_ask=permits(g.account, "manage.query"),
    )


@blueprint.route("/rounds/<round_id>/clusters/<cluster_code>/queries/<query_id>", methods=["GET", "POST"])
def query(round_id: str, cluster_code: str, query_id: str) -> ResponseReturnValue:
    """One query: write to the cluster again, or close it."""
    snapshot = opened(round_id)
    cluster = seen_cluster(snapshot, cluster_code)
    repository = current_repository()
    asked = [query for query in read_queries(repository, round_id, cluster_code) if query.id == query_id]
    form, closing = AskForm(), CloseForm()
    if not asked:
        return query_gone(form.text.data or "")

    def follow_up() -> None:
        if write(repository, round_id, cluster_code, query_id, form.written()):
            audit("query_asked", round=round_id, cluster=cluster_code)
        _tell(snapshot, cluster)

    def close_it() -> None:
        seen = closing.seen.data or 0
        if close_query(repository, round_id, cluster_code, query_id, seen=seen, by=g.account.name, now=now()):
            audit("query_closed", round=round_id, cluster=cluster_code)

    is_closing = closing.close.data is not None
    if is_closing and closing.validate_on_submit() and closing.takes(close_it, closing.seen):
        return done(_address(snapshot, cluster), CLOSED)
    if not is_closing and form.validate_on_submit() and form.takes(follow_up, form.text):
        return done(_address(snapshot, cluster), ASKED)
    asked = [query for query in read_queries(repository, round_id, cluster_code) if query.id == query_id]
    form.entry.data = form.entry.data or new_id()
    closing.seen.data = len(asked[0].entries)
    response = read_response(repository, round_id, cluster_code)
    (thread,) = query_threads(Respondent(repository, snapshot, cluster), response, asked)
    return same_form_in_other_language() or form.page(
        "manage/query.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if closing.refused else None,
        **_heading(snapshot, cluster),
        thread=thread,
        state_words=STATE_WORDS,
        closing=closing,
    )


def _listed(snapshot: RoundSnapshot, cluster: Cluster, asked: list[Query]) -> Iterator[dict[str, Any]]:
    """Queries to a cluster as rows of a list: what each is about, how it begins, and where it is read."""
    response = read_response(current_repository(), snapshot.round.id, cluster.code)
    for thread in query_threads(Respondent(current_repository(), snapshot, cluster), response, asked):
        address = url_for(
            "manage.query", round_id=snapshot.round.id, cluster_code=cluster.code, query_id=thread.query.id
        )
        first = thread.query.entries[0]
        yield {
            "cluster": cluster,
            "query": thread.query,
            "about": thread.about,
            "begins": verbatim(shorten(first.text, FIRST_WORDS, placeholder="…"), first.language),
            "address": address if permits(g.account, "manage.query") else _address(snapshot, cluster, thread.query),
        }


def _tell(snapshot: RoundSnapshot, cluster: Cluster) -> None:
    """Tell the cluster’s contacts by e-mail that there is a question, where that can be; never what it asks."""
    if current_app.config["SMTP_HOST"]:
        number = queue(
            current_repository(),
            snapshot.round.id,
            QUERY,
            contacts_of_cluster(current_repository(), cluster.code),
            now(),
        )
        if number:
            audit(QUEUED_EVENTS[QUERY], round=snapshot.round.id, cluster=cluster.code, number=str(number))
            begin_sending(snapshot)


def _address(snapshot: RoundSnapshot, cluster: Cluster, asked: Query | None = None) -> str:
    """The page of all queries to a cluster, at one of them if it is named."""
    anchor = f"query-{asked.id}" if asked else None
    return url_for("manage.cluster_queries", round_id=snapshot.round.id, cluster_code=cluster.code, _anchor=anchor)


def _heading(snapshot: RoundSnapshot, cluster: Cluster | None = None) -> dict[str, Any]:
    return {
        "round": snapshot.round,
        "questionnaire": questionnaire_title(snapshot),
        "cluster": cluster,
        "cluster_name": cluster.name(current_language().code) if cluster else "",
    }
