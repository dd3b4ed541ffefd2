"""Which outcomes each health board reflects on: one table of boxes to tick, while a round is in draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from survey.collection.errors import DomainError
from survey.collection.rounds.assignments import Assignments, assign_table, dropped
from survey.collection.rounds.clusters import HealthBoard, clusters_from
from survey.collection.rounds.rotation import last_assigned, out_of_balance, suggested
from survey.collection.rounds.round import Round, read_round, read_rounds
from survey.languages import Phrase
from survey.web.manage.auth import audit, blueprint
from survey.web.manage.draft_sources import boards_of, draft_title, drafted, outcome_names, sources_of
from survey.web.manage.drafts import show_version
from survey.web.manage.notices import done, told
from survey.web.manage.round_forms import SureForm
from survey.web.site.environment import current_repository, now
from survey.web.site.language import same_form_in_other_language

KEPT = Phrase("manage done", "The outcomes of the health boards were kept.")
UNREADABLE = Phrase("manage done", "Nothing was kept: the files of this round cannot be read now.")


@dataclass(frozen=True, slots=True)
class Cell:
    """An outcome for a health board: whether it is ticked, whether that is kept, and when the board had it last."""

    board: HealthBoard
    is_ticked: bool
    is_kept: bool
    last: str


@dataclass(frozen=True, slots=True)
class Row:
    """An outcome for every health board, and how many boards and clusters would reflect on it."""

    outcome: str
    name: str
    cells: Sequence[Cell]
    boards: int
    clusters: int


@blueprint.route("/drafts/<round_id>/outcomes", methods=["GET", "POST"])
def draft_outcomes(round_id: str) -> ResponseReturnValue:
    """Tick and keep. A form of before somebody else’s change keeps its ticks, and shows what is kept now."""
    current = drafted(round_id)
    form = SureForm()
    try:
        sources = sources_of(current)
    except DomainError:
        address = url_for("manage.draft", round_id=round_id)
        abort(told(address, UNREADABLE) if request.method == "POST" else redirect(address, HTTPStatus.SEE_OTHER))
    names, boards = outcome_names(sources), boards_of(sources)
    kept = {board.code: current.assigned(board.code) for board in boards}
    ticked: Assignments = kept
    earlier = [one for one in read_rounds(current_repository()) if _is_before(one, current)]
    is_suggested = "suggested" in request.args and not form.is_submitted()
    if is_suggested:
        ticked = suggested(list(names), [board.code for board in boards], earlier)
    if form.is_submitted():
        ticked = {board.code: tuple(request.form.getlist(f"board-{board.code}")) for board in boards}

    def assign() -> None:
        assign_table(current_repository(), round_id, ticked, sources, form.shown.data or "")
        for board, outcomes in ticked.items():
            if set(outcomes) != set(kept[board]):
                taken = " ".join(dropped(current, board, outcomes))
                details = {"outcomes": " ".join(outcomes), **({"dropped": taken} if taken else {})}
                audit("outcomes_assigned", round=round_id, health_board=board, **details)

    if form.validate_on_submit() and form.takes(assign, form.shown):
        return done(url_for("manage.draft_outcomes", round_id=round_id), KEPT)
    show_version(form, read_round(current_repository(), round_id))
    nobody, many = out_of_balance(list(names), ticked)
    day = (current.opens or now()).date()
    asked = {board.code: len(clusters_from(sources.clusters).on(day).of_board(board.code)) for board in boards}
    return same_form_in_other_language() or form.page(
        "manage/draft_outcomes.html",
        round=current,
        questionnaire=draft_title(current),
        boards=[(board, asked[board.code], len(set(ticked[board.code]) & names.keys())) for board in boards],
        rows=_rows(names, boards, asked, ticked, kept, last_assigned(earlier)),
        is_suggested=is_suggested,
        nobody=[names[outcome] for outcome in nobody],
        many=[names[outcome] for outcome in many],
        has_earlier=bool(earlier),
    )


def _rows(
    names: Mapping[str, str],
    boards: Sequence[HealthBoard],
    asked: Mapping[str, int],
    ticked: Assignments,
    kept: Assignments,
    years: Mapping[str, Mapping[str, str]],
) -> list[Row]:
    """A row for each outcome; `asked` are the numbers of clusters of the boards."""
    rows = []
    for outcome, name in names.items():
        cells = [
            Cell(
                board,
                outcome in ticked[board.code],
                outcome in kept[board.code],
                years.get(board.code, {}).get(outcome, ""),
            )
            for board in boards
        ]
        having = [cell.board.code for cell in cells if cell.is_ticked]
        rows.append(Row(outcome, name, cells, len(having), sum(asked[code] for code in having)))
    return rows


def _is_before(one: Round, current: Round) -> bool:
    """Whether a round is an earlier year’s of the same questionnaire, as real or made up."""
    return one.reporting_year < current.reporting_year and (one.questionnaire, one.demonstration) == (
        current.questionnaire,
        current.demonstration,
    )
