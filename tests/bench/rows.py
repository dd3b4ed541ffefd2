"""What a measurement says: our figure beside a baseline taken in the same run."""

from collections.abc import Iterable
from typing import NamedTuple


class Row(NamedTuple):
    """One measurement. `target_ratio` is the most that ours / baseline may be, in the same unit."""

    name: str
    ours: float
    baseline: float
    unit: str
    target_ratio: float

    @property
    def ratio(self) -> float:
        return self.ours / self.baseline

    @property
    def meets_target(self) -> bool:
        return self.ratio <= self.target_ratio


def show(rows: Iterable[Row]) -> None:
    """Print the measurements, one a line."""
    for row in rows:
        verdict = "met" if row.meets_target else "MISSED"
        print(
            f"{row.name:<40} {row.ours:10.3f} {row.unit} | baseline {row.baseline:10.3f} {row.unit} "
            f"| ratio {row.ratio:5.2f} | target ≤ {row.target_ratio:g} {verdict}"
        )
