"""Which examples of good practice may leave the health board they come from."""

import pandas as pd

from survey.reporting.records.answers import ANSWERED
from survey.reporting.records.frames import RoundData

MAY_BE_SHARED = "beyond"
Example = tuple[str, int]
"""A cluster's code and the number of its example, from 1."""


def examples(data: RoundData) -> list[Example]:
    """Every example in responses that count, by cluster code and number."""
    return _examples(data.of("good_practice_share"))


def shared_examples(data: RoundData) -> set[Example]:
    """Those whose cluster said that clusters and health boards across Wales may see it. No answer means no."""
    rows = data.of("good_practice_share")
    return set(_examples(rows[(rows["state"] == ANSWERED) & (rows["value"] == MAY_BE_SHARED)]))


def _examples(rows: pd.DataFrame) -> list[Example]:
    return sorted(rows[["cluster", "item"]].itertuples(index=False, name=None))
