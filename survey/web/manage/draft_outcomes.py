"""Which outcomes each health board reflects on: one table of boxes to tick, while a round is in draft; of all health
boards, or of one, which is shorter on a telephone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from survey.collection.errors import DomainError
from survey.collection.rounds.assignments import Assignments, assign_table, dropped, merged
from survey.collection.rounds.clusters import HealthBoard, clusters_from
from survey.collection.rounds.rotation import last_assigned, out_of_balance, suggested
from survey.collection.rounds.round import Round, read_rounds, version_of
from survey.languages import Phrase, day_of
from survey.web.manage.auth import audit, blueprint
from survey.web.manage.draft_sources import boards_of, draft_title, drafted, outcome_names, sources_of
from survey.web.manage.notices import done, told
from survey.web.site.carried_fields import CarriedTexts
from survey.web.site.environment import current_repository, now
from survey.web.site.forms import SiteForm
from survey.web.site.language import current_language, same_form_in_other_language

TICKED, SEEN = "board-", "seen-"
KEPT = Phrase("manage done", "The outcomes of the health boards were kept.")
UNREADABLE = Phrase("manage done", "Nothing was kept: the files of this round cannot be read now.")


class TicksForm(SiteForm):
    """Takes the ticks of the health boards that were on the page, and what it said was kept of each;
    `_form_class_of` adds both. What is refused is said of all of them."""

    ticks = HiddenField()
    shown_board = CarriedTexts(name="shown-board")

    @property
    def ticked(self) -> Assignments:
        """What was ticked for the health boards that were on the page."""
        codes = {name.removeprefix(TICKED) for name in self._fields if name.startswith(TICKED)}
        return {code: tuple(self[TICKED + code].data) for code in codes & set(self.shown_board.data)}

    @property
    def seen(self) -> Assignments:
        """What was kept, as the page said that was sent."""
        fields = {name.removeprefix(SEEN): field for name, field in self._fields.items() if name.startswith(SEEN)}
        return {code: tuple(field.data.split()) for code, field in fields.items() if field.data is not None}


BoardDifference = tuple[HealthBoard, list[str], list[str]]
"""A health board, with the outcomes that it loses and those that it gains."""


@dataclass(frozen=True, slots=True)
class TickCell:
    """An outcome for a health board: whether it is ticked, whether that is kept, and when the board had it last."""

    board: HealthBoard
    is_ticked: bool
    is_kept: bool
    last: str


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """An outcome with its boxes, and how many health boards and clusters would reflect on it."""

    outcome: str
    name: str
    cells: Sequence[TickCell]
    boards: int
    clusters: int


@blueprint.route("/drafts/<round_id>/outcomes", methods=["GET", "POST"])
def draft_outcomes(round_id: str) -> ResponseReturnValue:
    """Tick and keep. Of a form of before somebody else’s change, the changes are put upon what is kept now, and shown
    with what the other has changed, before anything is kept."""
    current = drafted(round_id)
    try:
        sources = sources_of(current)
    except DomainError:
        address = url_for("manage.draft", round_id=round_id)
        abort(told(address, UNREADABLE) if request.method == "POST" else redirect(address, HTTPStatus.SEE_OTHER))
    names, boards = outcome_names(sources), boards_of(sources)
    form = _form_class_of(boards)()
    kept = _kept(current, boards)
    ticked: Assignments = kept
    seen: Assignments = kept
    earlier = [round_ for round_ in read_rounds(current_repository()) if _is_before(round_, current)]
    is_suggested = "suggested" in request.args and not form.is_submitted()
    shown = _shown(boards)
    if is_suggested:
        asked_about = [board.code for board in shown]
        others = {code: outcomes for code, outcomes in kept.items() if code not in asked_about}
        ticked = {**kept, **suggested(list(names), asked_about, earlier, others)}
    if form.is_submitted():
        ticked, seen = {**kept, **form.ticked}, {**kept, **form.seen}

    def assign() -> None:
        # What is kept already need not be asked about again.
        if not _is_same(seen, kept) and not _is_same(ticked, kept):
            raise DomainError("round_changed", round=round_id)
        assign_table(current_repository(), round_id, ticked, sources, version_of(current))
        for board, outcomes in ticked.items():
            if set(outcomes) != set(kept[board]):
                taken = " ".join(dropped(current, board, outcomes))
                details = {"outcomes": " ".join(outcomes), **({"dropped": taken} if taken else {})}
                audit("outcomes_assigned", round=round_id, health_board=board, **details)

    if form.validate_on_submit() and form.takes(assign, form.ticks):
        board = request.args.get("board") or None
        return done(url_for("manage.draft_outcomes", round_id=round_id, board=board), KEPT)
    elsewhere: list[BoardDifference] = []
    if form.refused:
        current = drafted(round_id)
        kept = _kept(current, boards)
        elsewhere = _difference(names, boards, seen, kept)
        ticked, seen = merged(seen, ticked, kept), kept
    nobody, many = out_of_balance(list(names), ticked)
    day = day_of(current.opens or now())
    asked = {board.code: len(clusters_from(sources.clusters).on(day).of_board(board.code)) for board in boards}
    return same_form_in_other_language() or form.page(
        "manage/draft_outcomes.html",
        round=current,
        questionnaire=draft_title(current),
        boards=[(board, asked[board.code], len(set(ticked[board.code]) & names.keys())) for board in shown],
        choices=[{"value": board.code, "text": board.name(current_language().code), "as_is": True} for board in boards],
        board=request.args.get("board", ""),
        clusters=sum(asked.values()),
        of_all=len(boards),
        rows=_rows(names, shown, asked, ticked, kept, last_assigned(earlier)),
        seen=seen,
        ticked=ticked,
        is_refused=form.refused is not None,
        elsewhere=elsewhere,
        difference=_difference(names, boards, kept, ticked) if form.refused else [],
        is_suggested=is_suggested,
        nobody=[names[outcome] for outcome in nobody],
        many=[names[outcome] for outcome in many],
        has_earlier=bool(earlier),
    )


def _kept(current: Round, boards: Sequence[HealthBoard]) -> Assignments:
    return {board.code: current.assigned(board.code) for board in boards}


def _is_same(assigned: Assignments, other: Assignments) -> bool:
    return all(set(outcomes) == set(other[board]) for board, outcomes in assigned.items())


def _difference(
    names: Mapping[str, str], boards: Sequence[HealthBoard], before: Assignments, after: Assignments
) -> list[BoardDifference]:
    """The health boards that have not the same after as before: what they lose by it, and what gain."""
    changed_boards = []
    for board in boards:
        had, has = before[board.code], after[board.code]
        lost = [names.get(outcome_id, outcome_id) for outcome_id in had if outcome_id not in has]
        gained = [names.get(outcome_id, outcome_id) for outcome_id in has if outcome_id not in had]
        if lost or gained:
            changed_boards.append((board, lost, gained))
    return changed_boards


def _shown(boards: Sequence[HealthBoard]) -> list[HealthBoard]:
    """The health board that the address asks for; all where it asks for none that there is."""
    return [board for board in boards if board.code == request.args.get("board")] or list(boards)


def _form_class_of(boards: Sequence[HealthBoard]) -> type[TicksForm]:
    fields: dict[str, Any] = {TICKED + board.code: CarriedTexts() for board in boards}
    fields |= {SEEN + board.code: HiddenField() for board in boards}
    return type("TicksForm", (TicksForm,), fields)


def _rows(
    names: Mapping[str, str],
    shown: Sequence[HealthBoard],
    asked: Mapping[str, int],
    ticked: Assignments,
    kept: Assignments,
    years: Mapping[str, Mapping[str, str]],
) -> list[OutcomeRow]:
    """A row for each outcome with the boxes of the health boards that are shown; `asked` are the numbers of clusters of
    all."""
    rows = []
    for outcome, name in names.items():
        cells = [
            TickCell(
                board,
                outcome in ticked[board.code],
                outcome in kept[board.code],
                years.get(board.code, {}).get(outcome, ""),
            )
            for board in shown
        ]
        having = [code for code, outcomes in ticked.items() if outcome in outcomes]
        rows.append(OutcomeRow(outcome, name, cells, len(having), sum(asked[code] for code in having)))
    return rows


def _is_before(earlier: Round, current: Round) -> bool:
    """Whether a round is an earlier year’s of the same questionnaire, as real or made up."""
    return earlier.reporting_year < current.reporting_year and (earlier.questionnaire, earlier.demonstration) == (
        current.questionnaire,
        current.demonstration,
    )
