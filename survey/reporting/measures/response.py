"""How many clusters are expected, and how far each is."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from survey.collection.responses.response import STATUSES
from survey.reporting.records.frames import UNREADABLE, RoundData


@dataclass(frozen=True, slots=True)
class Responding:
    """Clusters by status, and how many have a submission that counts."""

    expected: int
    by_status: Mapping[str, int]
    counted: int


def responding(data: RoundData, board: str | None = None) -> Responding:
    """The clusters of a health board, or of Wales."""
    clusters = data.clusters if board is None else data.clusters[data.clusters["board"] == board]
    return _responding(clusters)


def _responding(clusters: pd.DataFrame) -> Responding:
    statuses = clusters["status"].value_counts()
    return Responding(
        expected=len(clusters),
        by_status={status: int(statuses.get(status, 0)) for status in (*STATUSES, UNREADABLE)},
        counted=int(clusters["counted"].sum()),
    )
