"""What somebody may have meant by a name that is not there."""

from collections.abc import Sequence
from difflib import get_close_matches

MOST = 5
LIKENESS = 0.5


def near(typed: str, names: Sequence[str]) -> str:
    """The names most like what was typed, the likest first; all of them where none is like it."""
    return ", ".join(likest(typed, names) or names)


def likest(typed: str, names: Sequence[str]) -> list[str]:
    """The names most like what was typed, the likest first; none where none is like it."""
    by_folded = {name.casefold(): name for name in names}
    return [by_folded[name] for name in get_close_matches(typed.casefold(), by_folded, n=MOST, cutoff=LIKENESS)]
