"""A round before it is opened: created, its times, what stands in its way, opened, or deleted."""

from dataclasses import replace
from functools import partial

from flask import current_app, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_pgettext
from wtforms import StringField

from survey.collection.errors import DomainError
from survey.collection.responses.follow_ups import gather
from survey.collection.rounds.assignments import copied_from
from survey.collection.rounds.cautions import opening_ahead
from survey.collection.rounds.next_round import next_round
from survey.collection.rounds.opening import editions, newest_cluster_list, open_round
from survey.collection.rounds.round import (
    Round,
    create_round,
    delete_draft,
    faults_of,
    has_round,
    read_round,
    readable_rounds,
    reschedule,
    round_ids,
    version_of,
)
from survey.languages import Phrase
from survey.web.manage.auth import audit, blueprint
from survey.web.manage.draft_sources import draft_title, drafted, in_the_way, rows_of_boards, sources_of, to_know
from survey.web.manage.notices import Told, done
from survey.web.manage.round_forms import SureForm, TimesForm, closing_field, opening_field
from survey.web.manage.round_titles import edition_title, round_title
from survey.web.site.environment import current_repository, now
from survey.web.site.forms import TextInput
from survey.web.site.language import current_language, same_form_in_other_language, switch_asked_for
from survey.web.site.translations import project

_FIELD_OF = {
    "bad_round_id": "round_id",
    "round_exists": "round_id",
    "bad_year": "year",
    "times_reversed": "closes",
    "unknown_questionnaire": "edition",
    "gate": "edition",
    "unknown_cluster_list": "edition",
    "unknown_round": "earlier",
}

CREATED = Phrase("manage done", "The round was created as a draft. It is not open yet.")
TIMES_KEPT = Phrase("manage done", "The times were kept.")
OPENED = Phrase("manage done", "The round is open, and takes answers.")
OPENED_FROM = Phrase("manage done", "The round is opened. It takes answers from %(opens)s.")
DELETED = Phrase("manage done", "The draft was deleted.")


class NewForm(TimesForm):
    """Asks what is collected in which year, and from which round what it assigned is copied."""

    round_id = StringField(
        lazy_pgettext("manage draft", "Id of the round"),
        description=lazy_pgettext("manage draft", "Lower-case letters, digits and hyphens, at most 40"),
        widget=TextInput(),
        render_kw={"width": "20"},
    )
    edition = StringField()
    year = StringField(
        lazy_pgettext("manage home", "Reporting year"),
        description=lazy_pgettext("manage draft", "Like 2026-27"),
        widget=TextInput(),
        render_kw={"width": "10"},
    )
    earlier = StringField()
    # Once more, since they stand last on the page, and so in the summary of what is wrong.
    opens = opening_field()
    closes = closing_field()


@blueprint.route("/new-round", methods=["GET", "POST"])
def new_round() -> ResponseReturnValue:
    """Create a round in draft, with what an earlier one assigned or with nothing. `after` in the address is the round
    whose next year's is proposed.
    """
    form = NewForm()
    round_id = (form.round_id.data or "").strip()

    def create(new: Round) -> None:
        # Sent twice, it is done already.
        is_new = not has_round(current_repository(), round_id)
        create_round(current_repository(), new)
        if is_new:
            audit("round_created", round=round_id)

    is_valid = form.validate_on_submit()
    if form.is_submitted() and not switch_asked_for():
        faults, new = _asked(form, round_id)
        for fault in faults:
            field = form[_FIELD_OF[fault.code]]
            field.errors = field.errors or [fault.say(current_language())]
        if is_valid and not faults and form.takes(partial(create, new), form.round_id):
            return done(url_for("manage.draft", round_id=round_id), CREATED)
    rounds, _ = readable_rounds(current_repository())
    assigned = [round_ for round_ in reversed(rounds) if round_.assignments]
    known = sorted(editions(project().shelf), key=lambda name: name[1], reverse=True)
    if not form.is_submitted():
        for earlier in (round_ for round_ in rounds if round_.id == request.args.get("after")):
            _propose(form, earlier, next_round(earlier, known, round_ids(current_repository())))
    return same_form_in_other_language() or form.page(
        "manage/new_round.html",
        editions=[(" ".join(name), f"{edition_title(*name)}, {name[1]}") for name in known],
        earlier=[(round_.id, f"{round_title(round_)}, {round_.reporting_year} ({round_.id})") for round_ in assigned],
    )


@blueprint.route("/drafts/<round_id>", methods=["GET", "POST"])
def draft(round_id: str) -> ResponseReturnValue:
    """A draft with what stands in its way; its times can be set here."""
    current = drafted(round_id)
    form = TimesForm()

    def set_times() -> None:
        times = form.opens.moment(), form.closes.moment()
        if reschedule(current_repository(), round_id, *times, now(), form.shown.data or "") != current:
            audit("round_rescheduled", round=round_id)

    if form.validate_on_submit() and form.takes(set_times, form.closes):
        return done(url_for("manage.draft", round_id=round_id), TIMES_KEPT)
    if not form.is_submitted():
        form.opens.show(current.opens)
        form.closes.show(current.closes)
    current = as_it_is(form, current)
    return same_form_in_other_language() or form.page(
        "manage/draft.html",
        round=current,
        questionnaire=draft_title(current),
        boards=rows_of_boards(current),
        obstacles=in_the_way(current)[0],
        cautions=to_know(current),
    )


@blueprint.route("/drafts/<round_id>/open", methods=["GET", "POST"])
def opening(round_id: str) -> ResponseReturnValue:
    """What the round would be opened with, and the opening itself."""
    current = drafted(round_id)
    form = SureForm()
    obstacles, gate = in_the_way(current)
    ahead = opening_ahead(current, now(), current_language())

    def open_it() -> None:
        repository = current_repository()
        opened = open_round(
            repository,
            round_id,
            sources_of(current),
            gate,
            now(),
            partial(gather, repository),
            form.shown.data or "",
        )
        audit("round_opened", round=round_id, snapshot=opened.snapshot_digest or "")

    if form.validate_on_submit() and form.takes(open_it, form.shown):
        return done(
            url_for("manage.home"), Told(OPENED_FROM, {"opens": current.opens}) if current.opens and ahead else OPENED
        )
    current = as_it_is(form, current)
    return same_form_in_other_language() or form.page(
        "manage/opening.html",
        round=current,
        questionnaire=draft_title(current),
        boards=rows_of_boards(current),
        obstacles=obstacles,
        cautions=to_know(current),
        ahead=ahead,
    )


@blueprint.route("/drafts/<round_id>/delete", methods=["GET", "POST"])
def deletion(round_id: str) -> ResponseReturnValue:
    """What is lost with a draft, and its deletion."""
    current = drafted(round_id)
    form = SureForm()

    def delete() -> None:
        delete_draft(current_repository(), round_id, form.shown.data or "")
        audit("round_deleted", round=round_id)

    if form.validate_on_submit() and form.takes(delete, form.shown):
        return done(url_for("manage.home"), DELETED)
    current = as_it_is(form, current)
    return same_form_in_other_language() or form.page(
        "manage/deletion.html",
        round=current,
        questionnaire=draft_title(current),
        boards=rows_of_boards(current),
    )


def as_it_is(form: SureForm, current: Round) -> Round:
    """The draft that the page shows, with its version in the form: what was refused is shown, and sent again, with the
    latest. Whoever lost the race against an opening or a deletion is led on as by `drafted`.
    """
    if form.refused:
        current = drafted(current.id)
    if not form.is_submitted() or form.refused:
        form.shown.data = version_of(current)
    return current


def _asked(form: NewForm, round_id: str) -> tuple[list[DomainError], Round]:
    """The round that a form asks for, with everything that is wrong with it: nobody should have to send it again for
    each fault."""
    questionnaire, _, edition = (form.edition.data or "").partition(" ")
    new = Round(
        round_id,
        questionnaire,
        edition,
        (form.year.data or "").strip(),
        cluster_list="",
        opens=form.opens.readable_moment(),
        closes=form.closes.readable_moment(),
        demonstration=current_app.config["DEMO"],
    )
    faults = faults_of(new)
    try:
        new = replace(new, cluster_list=newest_cluster_list(project().shelf))
        sources = sources_of(new)
        if form.earlier.data:
            new = copied_from(read_round(current_repository(), form.earlier.data), new, sources)
    except DomainError as refused:
        faults.append(refused)
    if (faults or form.errors) and has_round(current_repository(), round_id):
        faults.append(DomainError("round_exists", round=round_id))
    return faults, new


def _propose(form: NewForm, earlier: Round, proposed: Round) -> None:
    form.round_id.data, form.year.data = proposed.id, proposed.reporting_year
    form.edition.data = f"{proposed.questionnaire} {proposed.edition}"
    form.earlier.data = earlier.id if earlier.assignments else ""
