"""The story the demonstration tells: which years, which outcomes where, how far along each cluster is.

Levels drift upwards over three years, boards differ, and assignments overlap between boards and come back to a
board after one year or two, so that every kind of movement appears.
"""

import math
import random
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from survey.questionnaire.framework import Outcome

Finish = Literal["submitted", "in_progress", "silent"]


@dataclass(frozen=True, slots=True)
class StoryYear:
    """One round of the demonstration. `assignments` are by the short name of the health board."""

    round: str
    edition: str
    reporting_year: str
    opens: datetime
    closes: datetime | None
    progress: float
    assignments: dict[str, tuple[str, ...]]
    unfinished: int
    silent: int


YEARS: tuple[StoryYear, ...] = (
    StoryYear(
        round="self-reflection-2024",
        edition="2024",
        reporting_year="2024-25",
        opens=datetime(2024, 9, 2, 8, tzinfo=UTC),
        closes=datetime(2024, 11, 29, 17, tzinfo=UTC),
        progress=0.0,
        assignments={
            "aneurin-bevan": ("pcmw-01", "pcmw-05", "acd-01"),
            "betsi-cadwaladr": ("pcmw-02", "pcmw-06", "acd-02"),
            "cardiff-and-vale": ("pcmw-03", "pcmw-07", "acd-03"),
            "cwm-taf-morgannwg": ("pcmw-04", "pcmw-08", "acd-04"),
            "hywel-dda": ("pcmw-05", "pcmw-09", "acd-05"),
            "powys": ("pcmw-01", "pcmw-10", "acd-06"),
            "swansea-bay": ("pcmw-11", "pcmw-13", "acd-07"),
        },
        unfinished=2,
        silent=4,
    ),
    StoryYear(
        round="self-reflection-2025",
        edition="2025",
        reporting_year="2025-26",
        opens=datetime(2025, 9, 1, 8, tzinfo=UTC),
        closes=datetime(2025, 11, 28, 17, tzinfo=UTC),
        progress=0.5,
        assignments={
            "aneurin-bevan": ("pcmw-05", "pcmw-12", "acd-02"),
            "betsi-cadwaladr": ("pcmw-03", "pcmw-09", "acd-01"),
            "cardiff-and-vale": ("pcmw-03", "pcmw-10", "acd-04"),
            "cwm-taf-morgannwg": ("pcmw-01", "pcmw-11", "acd-04"),
            "hywel-dda": ("pcmw-02", "pcmw-07", "acd-06"),
            "powys": ("pcmw-04", "pcmw-13", "acd-06"),
            "swansea-bay": ("pcmw-06", "pcmw-13", "acd-03"),
        },
        unfinished=1,
        silent=2,
    ),
    StoryYear(
        round="self-reflection-2026",
        edition="2026",
        reporting_year="2026-27",
        opens=datetime(2026, 9, 1, 8, tzinfo=UTC),
        closes=None,
        progress=1.0,
        assignments={
            "aneurin-bevan": ("pcmw-01", "pcmw-12", "acd-01"),
            "betsi-cadwaladr": ("pcmw-02", "pcmw-06", "pcmw-09", "acd-02"),
            "cardiff-and-vale": ("pcmw-03", "pcmw-07", "acd-05"),
            "cwm-taf-morgannwg": ("pcmw-04", "pcmw-08", "acd-04"),
            "hywel-dda": ("pcmw-02", "pcmw-05", "acd-05"),
            "powys": ("pcmw-01", "pcmw-10", "acd-07"),
            "swansea-bay": ("pcmw-06", "pcmw-11", "acd-03"),
        },
        unfinished=5,
        silent=3,
    ),
)

_BOARD_AHEAD = {
    "aneurin-bevan": 0.5,
    "betsi-cadwaladr": -0.1,
    "cardiff-and-vale": 0.3,
    "cwm-taf-morgannwg": 0.1,
    "hywel-dda": -0.3,
    "powys": 0.2,
    "swansea-bay": -0.2,
}
_HARDNESS = {"foundation": -1.9, "developing": 0.2, "mature": 1.9, None: 0.3}


def chance(*names: str) -> random.Random:
    """A source of chance that is the same for the same names, on every machine."""
    return random.Random("/".join(names))  # noqa: S311 (made-up data, not a secret)


def finishes(year: StoryYear, cluster_codes: tuple[str, ...]) -> dict[str, Finish]:
    """How far each cluster gets in a year."""
    order = list(cluster_codes)
    chance("finish", year.round).shuffle(order)
    silent = order[: year.silent]
    unfinished = order[year.silent : year.silent + year.unfinished]
    return {
        code: "silent" if code in silent else "in_progress" if code in unfinished else "submitted"
        for code in cluster_codes
    }


def criterion_states(year: StoryYear, board: str, cluster_code: str, outcome: Outcome) -> dict[str, str]:
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


def judged(year: StoryYear, indicated: str | None, cluster_code: str, outcome: Outcome) -> str:
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
