"""What the clusters of a health board reflect on in a round."""

from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Language
from survey.web.respond.respondent import words_of


def assigned_names(snapshot: RoundSnapshot, board_code: str, reader: Language) -> list[str]:
    """The names of the outcomes that are assigned to a board, in the order of the framework."""
    words, assigned = words_of(snapshot, reader), snapshot.round.assigned(board_code)
    outcomes = snapshot.framework.outcomes if snapshot.framework else ()
    return [words(outcome.name) for outcome in outcomes if outcome.id in assigned]
