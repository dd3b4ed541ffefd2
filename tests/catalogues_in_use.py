"""Other words than those of the repository, for as long as a test needs them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from survey import languages


def use_catalogues(*places: Path) -> None:
    """Choose for this process the folders of catalogues; a message comes from the first that has it."""
    languages._process.chosen = places
    languages._process.read_anew()


@contextmanager
def catalogues_in_use(*places: Path) -> Iterator[None]:
    """The folders lead the words of this process; afterwards those do that did before."""
    before = languages._process.chosen
    use_catalogues(*places)
    try:
        yield
    finally:
        use_catalogues(*before)
