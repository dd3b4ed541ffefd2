"""For as long as a test needs other words than those of the repository."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from survey import languages


@contextmanager
def catalogues_in_use(*places: Path) -> Iterator[None]:
    """The folders lead the words of this process; afterwards those do that did before."""
    before = languages._process.chosen
    languages.use_catalogues(*places)
    try:
        yield
    finally:
        languages.use_catalogues(*before)
