"""Texts that are too long for one cell of a format go on in further columns, so that nothing is cut."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from survey.reporting.files.data_file import Cell, places_of
from survey.reporting.records.table_schema import Field

Rows = Iterable[Sequence[Cell]]


def continued(
    fields: tuple[Field, ...], rows: Rows, pieces: Callable[[str], list[str]]
) -> tuple[tuple[Field, ...], Rows]:
    """The columns and rows with as many columns for each text as its longest needs: `NAME`, `NAME.part2` …

    `pieces` cuts a text into what a cell can hold. A row whose text needs fewer has "" in the others.
    """
    places = places_of(fields, "text")
    if not places:
        return fields, rows
    kept = [list(row) for row in rows]
    for place in reversed(places):
        cut = [pieces(cell) if isinstance(cell, str) else [cell] for cell in (row[place] for row in kept)]
        most = max(map(len, cut), default=1)
        further = tuple(replace(fields[place], name=f"{fields[place].name}.part{part}") for part in range(2, most + 1))
        fields = (*fields[: place + 1], *further, *fields[place + 1 :])
        for row, parts in zip(kept, cut, strict=True):
            row[place : place + 1] = [*parts, *[""] * (most - len(parts))]
    return fields, kept
