"""Which format the database is in, and how its locks say so."""

FORMAT = 1
AS_FOLDER = {1: 3}
"""For each format, that of the data folder whose records are like those of the database."""


def open_for(number: int) -> str:
    """What the rows of `locks` hold as `closed` while services that write a format may write; to all others it is the
    reason why they may not."""
    return "" if number == 1 else f"it was upgraded to format {number}, by a newer version of Myfyrio"
