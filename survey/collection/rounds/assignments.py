"""Which outcomes the clusters of each health board reflect on: assigned while a round is in draft."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from survey.collection.errors import DomainError
from survey.collection.near_names import near
from survey.collection.rounds.clusters import ClusterList, HealthBoard, clusters_from
from survey.collection.rounds.round import Round, change_round, refuse_changed, refuse_opened
from survey.collection.rounds.snapshot import RoundSources
from survey.storage.repository import Repository

Assignments = Mapping[str, tuple[str, ...]]


def assign_outcomes(
    repository: Repository, round_id: str, board_name: str, outcomes: tuple[str, ...], sources: RoundSources
) -> Round:
    """Assign outcomes to a health board, given by code or name, in place of what it had.

    Raises DomainError: unknown_round, not_draft, unknown_health_board, unknown_outcome.
    """
    board = board_of(sources, board_name)
    return _assigned(repository, round_id, sources, lambda current: {**current.assignments, board.code: outcomes})


def add_outcomes(
    repository: Repository, round_id: str, board_name: str, outcomes: tuple[str, ...], sources: RoundSources
) -> Round:
    """Assign outcomes to a health board beside what it had. Raises what `assign_outcomes` raises."""
    board = board_of(sources, board_name)
    return _assigned(
        repository,
        round_id,
        sources,
        lambda current: {**current.assignments, board.code: (*current.assigned(board.code), *outcomes)},
    )


def assign_table(
    repository: Repository, round_id: str, table: Assignments, sources: RoundSources, shown: str | None = None
) -> Round:
    """Assign outcomes to all health boards at once, by code. `shown` is the version of the round that whoever asks has
    seen.

    Raises DomainError: unknown_round, round_changed, not_draft, unknown_health_board, unknown_outcome.
    """
    boards = {board_of(sources, name).code: outcomes for name, outcomes in table.items()}
    return _assigned(repository, round_id, sources, lambda _: boards, shown)


def merged(seen: Assignments, wanted: Assignments, kept: Assignments) -> Assignments:
    """What is kept now, with what somebody changed of what they had `seen`. Nobody’s change is lost: of one outcome of
    one health board there are only two ways to have it.
    """
    result = {}
    for board, outcomes in kept.items():
        before, after = set(seen.get(board, outcomes)), set(wanted.get(board, outcomes))
        result[board] = tuple(sorted((set(outcomes) - (before - after)) | (after - before)))
    return result


def copied_from(earlier: Round, new: Round, sources: RoundSources) -> Round:
    """A new round with what an earlier one assigned, as far as the boards and outcomes are still there."""
    boards = {board.code for board in clusters_from(sources.clusters).health_boards}
    known = set(outcome_ids(sources))
    kept = {
        board: tuple(outcome for outcome in outcomes if outcome in known)
        for board, outcomes in earlier.assignments.items()
        if board in boards
    }
    return replace(new, assignments={board: outcomes for board, outcomes in kept.items() if outcomes})


def dropped(current: Round, board_code: str, outcomes: tuple[str, ...]) -> tuple[str, ...]:
    """What a health board would lose if it were assigned these outcomes in place of what it has."""
    return tuple(outcome for outcome in current.assigned(board_code) if outcome not in outcomes)


def board_of(sources: RoundSources, name: str) -> HealthBoard:
    """The health board of a code, a short name, or a name in either language.

    Raises DomainError("unknown_health_board"), with those that are like it.
    """
    boards: ClusterList = clusters_from(sources.clusters)
    for board in boards.health_boards:
        if name.strip().casefold() in (known.casefold() for known in (board.code, board.short, *board.names.values())):
            return board
    names = [board.short for board in boards.health_boards]
    raise DomainError("unknown_health_board", board=name, near=near(name, names))


def outcome_ids(sources: RoundSources) -> list[str]:
    """The ids of the outcomes that there are to assign, in the order of the framework."""
    return [outcome["id"] for outcome in (sources.framework or {}).get("outcomes", ())]


def _assigned(
    repository: Repository,
    round_id: str,
    sources: RoundSources,
    assignments: Callable[[Round], Assignments],
    shown: str | None = None,
) -> Round:
    known = outcome_ids(sources)

    def change(current: Round) -> Round:
        refuse_opened(current)
        wanted = {board: tuple(sorted(set(outcomes))) for board, outcomes in assignments(current).items()}
        if all(set(wanted.get(board, ())) == set(current.assigned(board)) for board in {*wanted, *current.assignments}):
            # Sent twice, it is done already.
            return current
        refuse_changed(current, shown)
        for outcome in sorted({outcome for board in wanted for outcome in set(wanted[board]) - set(known)}):
            if outcome not in {kept for board in wanted for kept in current.assigned(board)}:
                raise DomainError("unknown_outcome", outcome=outcome, near=near(outcome, known))
        return replace(current, assignments=wanted)

    return change_round(repository, round_id, change)
