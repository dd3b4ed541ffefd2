"""Until when each round is kept, what is due, and the removal of a round whose time is over."""

from datetime import date
from typing import Any

from flask import current_app, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_pgettext
from wtforms import StringField

from survey.collection.errors import DomainError
from survey.collection.local_time import local_day
from survey.collection.purge import HELD, held_of_round, purge_round
from survey.collection.rounds.retention import keep_until, read_retention, refuse_undue, suggested_day
from survey.collection.rounds.round import has_round, readable_rounds, version_of
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.languages import Phrase
from survey.web.manage.auth import audit, blueprint, opened
from survey.web.manage.copies import copies
from survey.web.manage.notices import done, succeeded, told
from survey.web.manage.reason_field import ReasonField
from survey.web.manage.round_forms import SureForm
from survey.web.respond.respondent import questionnaire_title
from survey.web.site.environment import current_repository, now
from survey.web.site.forms import TextInput
from survey.web.site.language import current_language, same_form_in_other_language

KEPT = Phrase("manage done", "The day until which the round is kept was settled.")
REMOVED = Phrase("manage done", "Everything that was kept of the round was removed.")
REMOVED_ALREADY = Phrase("manage done", "Nothing is kept of this round any more. Nothing was changed.")


class RetentionForm(SureForm):
    """Asks until when a round is kept. `shown` is what was settled of it when the page was made, if anything."""

    until = StringField(
        lazy_pgettext("manage retention", "Until which day is it kept?"),
        description=lazy_pgettext("manage retention", "Like 30 November 2033 or 30/11/2033"),
        widget=TextInput(),
        render_kw={"width": "20"},
    )
    reason = ReasonField(
        lazy_pgettext("manage retention", "Why another day than the one suggested?"),
        description=lazy_pgettext("manage times", "The reason and your account’s name are kept."),
    )


@blueprint.get("/retention")
def retentions() -> ResponseReturnValue:
    """Every round that has been closed, with its day; what is due comes first."""
    rounds, _ = readable_rounds(current_repository())
    closed = [load_snapshot(current_repository(), round_.id) for round_ in rounds if round_.status == "closed"]
    listed = [_heading(snapshot) for snapshot in closed]
    listed.sort(key=lambda row: row["retention"].until if row["retention"] else date.max)
    return render_template("manage/retentions.html", listed=listed)


@blueprint.route("/rounds/<round_id>/retention", methods=["GET", "POST"])
def retention(round_id: str) -> ResponseReturnValue:
    """Settle until when a round is kept."""
    snapshot = opened(round_id)
    form = RetentionForm()
    suggested = suggested_day(snapshot.round, snapshot.questionnaire.respondent)

    def keep() -> None:
        until, reason = local_day(form.until.data or ""), form.reason.data or ""
        whose = {"by": g.account.name, "reason": reason, "shown": form.shown.data or ""}
        before = read_retention(current_repository(), round_id)
        settled = keep_until(current_repository(), round_id, until, suggested=suggested, now=now(), **whose)
        if settled == before:
            return
        audit("retention_settled", round=round_id, until=until.isoformat(), reason=reason.strip())

    if form.validate_on_submit() and form.takes(keep, form.until, retention_reason=form.reason):
        return done(url_for("manage.retention", round_id=round_id), KEPT)
    settled = read_retention(current_repository(), round_id)
    day = settled.until if settled else suggested
    if not form.is_submitted() and day:
        form.until.data = current_language().date(day)
    if not form.is_submitted() or form.refused:
        form.shown.data = settled.version if settled else ""
    return same_form_in_other_language() or form.page("manage/retention.html", **_heading(snapshot))


@blueprint.route("/rounds/<round_id>/removal", methods=["GET", "POST"])
def removal(round_id: str) -> ResponseReturnValue:
    """What would be removed of a round whose time is over, and its removal."""
    if request.method == "POST" and not has_round(current_repository(), round_id):
        return told(url_for("manage.retentions"), REMOVED_ALREADY)
    snapshot = opened(round_id)
    form = SureForm()

    def purge() -> None:
        if form.shown.data != version_of(snapshot.round):
            raise DomainError("round_changed", round=round_id)
        purge_round(current_app.extensions["repository"], round_id, g.account.name, now())

    if form.validate_on_submit() and form.takes(purge, form.shown):
        return succeeded(url_for("manage.retentions"), REMOVED)
    form.shown.data = version_of(snapshot.round)
    return same_form_in_other_language() or form.page(
        "manage/removal.html",
        **_heading(snapshot),
        refusal=_undue(round_id),
        copies=copies(),
    )


def _undue(round_id: str) -> str:
    """Why the round cannot be removed; nothing if it can."""
    try:
        refuse_undue(current_repository(), round_id, now())
    except DomainError as refused:
        return refused.say(current_language())
    return ""


def _heading(snapshot: RoundSnapshot) -> dict[str, Any]:
    round_id, settled = snapshot.round.id, read_retention(current_repository(), snapshot.round.id)
    held = held_of_round(current_repository(), round_id)
    return {
        "round": snapshot.round,
        "questionnaire": questionnaire_title(snapshot),
        "retention": settled,
        "is_due": settled is not None and settled.is_over(now()),
        "suggested": suggested_day(snapshot.round, snapshot.questionnaire.respondent),
        "held": [current_language().say(HELD[name], n=number) for name, number in held.items()],
    }
