"""The story the demonstration tells: which years, which outcomes where, how far along each cluster is.

Levels drift upwards over three years, boards differ, and assignments overlap between boards and come back to a
board after one year or two, so that every kind of movement appears.
"""

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from survey.demonstration import made_up
from survey.questionnaire.framework import Outcome

Finish = Literal["submitted", "in_progress", "silent"]


@dataclass(frozen=True, slots=True)
class DemonstrationRound:
    """One round of the demonstration. `assignments` are by the short name of the health board."""

    round: str
    edition: str
    reporting_year: str
    opens: datetime
    closes: datetime
    progress: float
    assignments: Mapping[str, Sequence[str]]
    unfinished: int
    silent: int


def dated(name: str) -> list[dict[str, Any]]:
    """The years, or the waves, of the story, with `opens` and `closes` as moments."""
    return [
        told | {part: told[part] and datetime.fromisoformat(told[part]) for part in ("opens", "closes")}
        for told in made_up("story")[name]
    ]


YEARS = tuple(DemonstrationRound(**year) for year in dated("years"))
_BOARD_AHEAD: Mapping[str, float] = made_up("story")["boards_ahead"]
_HARDNESS = {"foundation": -1.9, "developing": 0.2, "mature": 1.9, None: 0.3}


def chance(*names: str) -> random.Random:
    """A source of chance that is the same for the same names, on every machine."""
    return random.Random("/".join(names))  # noqa: S311 (made-up data, not a secret)


def finishes(year: DemonstrationRound, cluster_codes: tuple[str, ...]) -> dict[str, Finish]:
    """How far each cluster gets in a year."""
    order = list(cluster_codes)
    chance("finish", year.round).shuffle(order)
    silent = order[: year.silent]
    unfinished = order[year.silent : year.silent + year.unfinished]
    return {
        code: "silent" if code in silent else "in_progress" if code in unfinished else "submitted"
        for code in cluster_codes
    }


def criterion_states(year: DemonstrationRound, board: str, cluster_code: str, outcome: Outcome) -> dict[str, str]:
    """What a cluster says of each criterion of an outcome."""
    ahead = _BOARD_AHEAD[board] + chance("cluster", cluster_code).gauss(0, 0.7) + year.progress
    ahead += chance("outcome", cluster_code, outcome.id).gauss(0, 0.6)
    ahead += chance("year", year.round, cluster_code, outcome.id).gauss(0, 0.45)
    states = {}
    for criterion in outcome.criteria:
        die = chance("criterion", cluster_code, criterion.id)
        progress = ahead - _HARDNESS[criterion.level] + die.gauss(0, 0.8)
        likelihood = 1 / (1 + math.exp(-2.2 * progress))
        states[criterion.id] = _state(likelihood, die)
    return states


def _state(likelihood: float, die: random.Random) -> str:
    aside = die.random()
    if aside < 0.03:
        return "dont_know"
    if aside < 0.05:
        return "not_relevant"
    if likelihood > 0.55:
        return "in_place"
    return "partly" if likelihood > 0.3 else "not_yet"


def judged(year: DemonstrationRound, indicated: str | None, cluster_code: str, outcome: Outcome) -> str:
    """The level a cluster judges itself to be at: mostly the indicated one, sometimes a step beside it."""
    ladder = ("working_towards", "foundation", "developing", "mature")
    die = chance("judged", year.round, cluster_code, outcome.id)
    step = ladder.index(indicated) if indicated in ladder else die.choice((0, 1, 1, 2))
    aside = die.random()
    if aside < 0.22:
        step += 1
    elif aside < 0.3:
        step -= 1
    return ladder[max(0, min(step, len(ladder) - 1))]
