"""What somebody may have meant by a name that is not there."""

from collections.abc import Sequence
from difflib import get_close_matches

MOST = 5
LIKENESS = 0.5


def near(typed: str, names: Sequence[str]) -> str:
    """The names most like what was typed, the likest first; all of them where none is like it."""
    by_folded = {name.casefold(): name for name in names}
    found = get_close_matches(typed.casefold(), by_folded, n=MOST, cutoff=LIKENESS)
    return ", ".join([by_folded[name] for name in found] or names)
