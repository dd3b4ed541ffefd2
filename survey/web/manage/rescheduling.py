"""The times of a round that has been opened, set anew; where that leaves less time, after a question."""

from flask import url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from survey.collection.progress import not_submitted
from survey.collection.rounds.round import Round, leaves_less_time, reschedule, version_of
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.web.manage.auth import audit, blueprint, opened
from survey.web.manage.drafts import TIMES_KEPT
from survey.web.manage.notices import done
from survey.web.manage.round_forms import TimesForm
from survey.web.manage.round_times import times_of_round
from survey.web.respond.respondent import name_key, questionnaire_title
from survey.web.site.environment import current_repository, now, today
from survey.web.site.language import current_language, same_form_in_other_language


class ReschedulingForm(TimesForm):
    """Asks from when and until when. `sure` are the times of which the page has said that they leave less time."""

    sure = HiddenField()

    def times(self) -> str:
        """The times as they were written."""
        return f"{self.opens.data}; {self.closes.data}"

    def shortens(self, current: Round) -> bool:
        """Whether there is less time to answer with these times, if they can be at all. Raises DomainError."""
        return leaves_less_time(current, self.opens.moment(), self.closes.moment(), now())


@blueprint.route("/rounds/<round_id>/times/change", methods=["GET", "POST"])
def rescheduling(round_id: str) -> ResponseReturnValue:
    """Set the times of an open round, as `rounds reschedule` does."""
    snapshot = opened(round_id)
    current = snapshot.round
    form = ReschedulingForm()

    def set_times() -> None:
        times = form.opens.moment(), form.closes.moment()
        changed = reschedule(current_repository(), round_id, *times, now(), form.shown.data or "")
        if changed != current:
            moments = {"opens": changed.opens, "closes": changed.closes}
            details = {name: moment.isoformat() for name, moment in moments.items() if moment}
            audit("round_rescheduled", round=round_id, **details)

    is_asked = False
    if form.validate_on_submit():
        is_asked = form.shortens(current) and form.sure.data != form.times()
        if not is_asked and form.takes(set_times, form.closes):
            return done(url_for("manage.times", round_id=round_id), TIMES_KEPT)
    if not form.is_submitted():
        form.opens.show(current.opens)
        form.closes.show(current.closes)
    elsewhere = same_form_in_other_language()
    if elsewhere:
        return elsewhere
    form.sure.data = form.times() if is_asked else ""
    if form.refused:
        current = opened(round_id).round
    if not form.is_submitted() or form.refused:
        form.shown.data = version_of(current)
    return form.page(
        "manage/rescheduling.html",
        round=current,
        times=times_of_round(current),
        questionnaire=questionnaire_title(snapshot),
        of_people=snapshot.questionnaire.respondent == "anonymous",
        is_asked=is_asked,
        waiting=_waiting(snapshot) if is_asked else [],
    )


def _waiting(snapshot: RoundSnapshot) -> list[str]:
    """The names of the clusters that have not submitted; none of a round that people answer."""
    clusters = not_submitted(current_repository(), snapshot, today())
    return [cluster.name(current_language().code) for cluster in sorted(clusters, key=name_key)]
