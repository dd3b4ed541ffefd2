"""Until when answers are taken: a round is extended or closed, and one cluster is let in late."""

from datetime import datetime
from typing import Any

from flask import current_app, g, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_pgettext
from wtforms import Field

from survey.collection.closing import AT_CLOSE, BEFORE_OPENING, close, clusters_by_status
from survey.collection.errors import DomainError
from survey.collection.local_time import local_moment
from survey.collection.progress import ROUND_WORDS, round_state
from survey.collection.rounds.clusters import Cluster
from survey.collection.rounds.extensions import Grace, end_grace, extend_round, give_grace, hindrances, read_graces
from survey.collection.rounds.round import version_of
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Phrase
from survey.web.manage.auth import audit, blueprint, opened, seen_cluster
from survey.web.manage.notices import Told, done
from survey.web.manage.reason_field import ReasonField
from survey.web.manage.round_forms import MomentField, SureForm
from survey.web.manage.round_times import times_of_round
from survey.web.respond.respondent import questionnaire_title
from survey.web.site.environment import current_repository, now
from survey.web.site.language import current_language, same_form_in_other_language

EXTENDED = Phrase("manage done", "The round takes answers until %(until)s.")
CLOSED = Phrase("manage done", "The round is closed.")
GRACE_GIVEN = Phrase("manage done", "The cluster may answer until %(until)s.")
GRACE_ENDED = Phrase("manage done", "The time that the cluster was given was taken back.")


class LaterForm(SureForm):
    """Asks until when, and why."""

    until = MomentField(lazy_pgettext("manage times", "Until when?"))
    reason = ReasonField(
        lazy_pgettext("manage times", "Why?"),
        description=lazy_pgettext("manage times", "The reason and your account’s name are kept."),
        missing=DomainError("round_reason"),
    )

    def validate_until(self, _field: MomentField) -> None:
        self.attempt(self._time_to_come)

    def moment(self) -> datetime:
        """The time that was written. Raises DomainError."""
        return self.until.moment() or local_moment("")

    def _time_to_come(self) -> None:
        if self.moment() <= now():
            raise DomainError("times_past")


class ExtensionForm(LaterForm):
    """Asks until when everybody may answer, and why. `hindrance` is why the round cannot be extended, if it cannot: of
    that nothing else is said, as the fields that another error could lead to are not on the page any more."""

    hindrance = ""

    def in_summary(self, field: Field) -> list[str]:
        if not self.hindrance:
            return super().in_summary(field)
        return [self.hindrance] if field is self.shown and self.is_submitted() else []


@blueprint.route("/rounds/<round_id>/times", methods=["GET", "POST"])
def times(round_id: str) -> ResponseReturnValue:
    """The times of a round and of clusters that are let in late; with a reason the round takes answers longer."""
    snapshot = opened(round_id)
    form = ExtensionForm()

    def extend() -> None:
        reason = form.reason.data or ""
        if _is_extended(snapshot, form.moment()):
            return
        extended = extend_round(
            current_repository(), round_id, form.moment(), reason=reason, now=now(), shown=form.shown.data or ""
        )
        until = extended.closes.isoformat() if extended.closes else ""
        audit("round_extended", round=round_id, until=until, reason=reason.strip())

    if form.validate_on_submit() and form.takes(extend, form.until):
        return done(url_for("manage.times", round_id=round_id), Told(EXTENDED, {"until": form.moment()}))
    elsewhere = same_form_in_other_language()
    if elsewhere:
        return elsewhere
    form.shown.data = version_of(opened(round_id).round)
    graces = read_graces(current_repository(), round_id)
    late = [(snapshot.cluster(code).name(current_language().code), code, grace) for code, grace in graces.items()]
    late.sort(key=lambda row: current_language().sort_key(row[0]))
    form.hindrance = next(
        (hindrance.say(current_language()) for hindrance in hindrances(current_repository(), snapshot.round)), ""
    )
    return form.page("manage/times.html", **_heading(snapshot), late=late)


@blueprint.route("/rounds/<round_id>/close", methods=["GET", "POST"])
def closing(round_id: str) -> ResponseReturnValue:
    """What a close means, and the close itself."""
    opened(round_id)
    form = SureForm()

    def close_it() -> None:
        # One that was stopped in the middle comes to its end, though the page was made before it.
        shown = None if opened(round_id).round.status == "closed" else form.shown.data or ""
        close(current_repository(), round_id, current_app.config["SMALLEST_GROUP"], now(), shown)
        audit("round_closed", round=round_id)

    # What is sent a second time, after it was done, leads to the same page.
    if form.validate_on_submit() and (form.takes(close_it, form.shown) or opened(round_id).round.status == "closed"):
        return done(url_for("manage.times", round_id=round_id), CLOSED)
    elsewhere = same_form_in_other_language()
    if elsewhere:
        return elsewhere
    form.shown.data = version_of(opened(round_id).round)
    snapshot = opened(round_id)
    standing = clusters_by_status(current_repository(), snapshot, now())
    is_waiting = round_state(snapshot.round, now()) == "waiting"
    said = {
        status: current_language().say(AT_CLOSE[status], n=number)
        for status, number in standing.items()
        if number or (status == "submitted" and not is_waiting)
    }
    can_be_extended = not any(hindrances(current_repository(), snapshot.round))
    return form.page(
        "manage/closing.html",
        **_heading(snapshot),
        standing=said,
        can_be_extended=can_be_extended,
        before_opening=_before_opening(snapshot) if is_waiting else "",
    )


@blueprint.route("/rounds/<round_id>/clusters/<cluster_code>/grace", methods=["GET", "POST"])
def grace(round_id: str, cluster_code: str) -> ResponseReturnValue:
    """Let one cluster answer until a time after the round’s own."""
    snapshot = opened(round_id)
    cluster = seen_cluster(snapshot, cluster_code)
    form = LaterForm()

    def give() -> None:
        reason, until = form.reason.data or "", form.moment()
        repository = current_repository()
        whose = {"by": g.account.name, "reason": reason, "shown": form.shown.data or ""}
        before = read_graces(repository, round_id).get(cluster_code)
        if give_grace(repository, snapshot, cluster_code, until, now=now(), **whose) == before:
            return
        details = {"cluster": cluster_code, "until": until.isoformat(), "reason": reason.strip()}
        audit("grace_given", round=round_id, **details)

    if form.validate_on_submit() and form.takes(give, form.until):
        address = url_for("manage.response", round_id=round_id, cluster_code=cluster_code)
        return done(address, Told(GRACE_GIVEN, {"until": form.moment()}))
    given = read_graces(current_repository(), round_id).get(cluster_code)
    if given and form.until.data is None:
        form.until.show(given.until)
    elsewhere = same_form_in_other_language()
    return elsewhere or _grace_page(form, snapshot, cluster, given)


@blueprint.post("/rounds/<round_id>/clusters/<cluster_code>/grace/end")
def grace_end(round_id: str, cluster_code: str) -> ResponseReturnValue:
    """Take back the time that a cluster was given; what is taken back already stays so."""
    snapshot = opened(round_id)
    cluster = seen_cluster(snapshot, cluster_code)
    form = LaterForm()

    def end() -> None:
        if end_grace(current_repository(), snapshot, cluster_code, form.shown.data or ""):
            audit("grace_ended", round=round_id, cluster=cluster_code)

    if form.takes(end, form.until):
        return done(url_for("manage.response", round_id=round_id, cluster_code=cluster_code), GRACE_ENDED)
    given = read_graces(current_repository(), round_id).get(cluster_code)
    return _grace_page(form, snapshot, cluster, given)


def _grace_page(form: LaterForm, snapshot: RoundSnapshot, cluster: Cluster, given: Grace | None) -> ResponseReturnValue:
    form.shown.data = given.version if given else ""
    name = cluster.name(current_language().code)
    return form.page("manage/grace.html", **_heading(snapshot), cluster=cluster, cluster_name=name, given=given)


def _before_opening(snapshot: RoundSnapshot) -> str:
    """What a close means before the opening time."""
    opens = current_language().datetime(snapshot.round.opens) if snapshot.round.opens else ""
    return current_language().say(BEFORE_OPENING[snapshot.questionnaire.respondent], opens=opens)


def _is_extended(snapshot: RoundSnapshot, until: datetime) -> bool:
    """Whether the round takes answers until just then: sent twice, it is done already."""
    return snapshot.round.status == "open" and snapshot.round.closes == until


def _heading(snapshot: RoundSnapshot) -> dict[str, Any]:
    return {
        "round": snapshot.round,
        "questionnaire": questionnaire_title(snapshot),
        "times": times_of_round(snapshot.round),
        "state": current_language().say(ROUND_WORDS[round_state(snapshot.round, now())]),
        "of_people": snapshot.questionnaire.respondent == "anonymous",
    }
