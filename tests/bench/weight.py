"""What a service holds in memory while it is used: whether that grows once everything has been loaded."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.bench.served import Service

SAMPLES = 5.0
"""Seconds between two looks."""
WARM = 0.2
"""The part of the time in which everything is loaded."""
GROWTH = 1.05


@dataclass
class Weight:
    """Megabytes of all workers together, as often as was looked."""

    sizes: list[float] = field(default_factory=list)

    def mean(self, begin: float, end: float) -> float:
        """What was held on average in a part of the time."""
        first = min(int(len(self.sizes) * begin), len(self.sizes) - 1)
        part = self.sizes[first : max(first + 1, int(len(self.sizes) * end))]
        return sum(part) / len(part)

    @property
    def warm(self) -> float:
        """What was held when everything had been loaded."""
        return self.mean(WARM, 2 * WARM)

    @property
    def last(self) -> float:
        return self.mean(1 - WARM, 1)

    def line(self) -> str:
        """The curve in twenty steps, and whether what was held has grown."""
        curve = " ".join(f"{self.mean(step / 20, (step + 1) / 20):.0f}" for step in range(20))
        grown = (self.last / self.warm - 1) * 100
        said = "within" if self.last <= self.warm * GROWTH else "MORE than"
        return f"  memory, MB: {curve}; grown by {grown:.1f} % since it was warm, {said} {(GROWTH - 1) * 100:.0f} %\n"


@contextmanager
def weighed(service: Service) -> Iterator[Weight]:
    """Look until the end of the block."""
    weight, done = Weight(), threading.Event()

    def look() -> None:
        while not done.wait(SAMPLES):
            weight.sizes.append(service.megabytes())

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield weight
    finally:
        done.set()
        thread.join()
        weight.sizes.append(service.megabytes())
