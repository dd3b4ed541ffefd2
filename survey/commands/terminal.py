"""What commands show a person at a terminal: tables, moments, progress."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from tqdm import tqdm

from survey.languages import Language
from survey.storage.archive import Progress

Item = TypeVar("Item")


def table(rows: Sequence[Sequence[str]], numeric: frozenset[int] = frozenset()) -> str:
    """Rows of text in columns, those in `numeric` set to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if number in numeric else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def moment(time: datetime | None, language: Language) -> str:
    """A moment in the time of the United Kingdom, or a dash where there is none."""
    return language.datetime(time) if time else "–"


def progress(items: Iterable[Item], text: str) -> Iterable[Item]:
    """Show a bar on stderr while `items` are worked through, where a person is watching."""
    return tqdm(items, desc=text, disable=None, leave=False)


@contextmanager
def progress_bar(text: str) -> Iterator[Progress]:
    """The same bar for work that calls back with how far it is."""
    with tqdm(desc=text, disable=None, leave=False) as bar:

        def report(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield report
