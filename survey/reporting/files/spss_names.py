"""Names and labels as SPSS allows them: so many bytes, and no two names alike."""

import re
from collections.abc import Sequence

LONGEST_NAME = 64
RESERVED = frozenset({"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"})
_FORBIDDEN = re.compile(r"[^A-Za-z0-9_.]")


def spss_names(names: Sequence[str]) -> list[str]:
    """The names in their order, each as like its own as can be."""
    taken = set(RESERVED)
    given = []
    for name in names:
        chosen = wished = _allowed(name)
        number = 2
        while len(chosen) > LONGEST_NAME or chosen.casefold() in taken:
            ending = f"_{number}"
            chosen = wished[: LONGEST_NAME - len(ending)].rstrip("._") + ending
            number += 1
        taken.add(chosen.casefold())
        given.append(chosen)
    return given


def _allowed(name: str) -> str:
    """A name of allowed characters that begins with a letter and ends in neither dot nor underscore."""
    allowed = _FORBIDDEN.sub("_", name).rstrip("._")
    return allowed if allowed[:1].isalpha() else f"v{allowed}"


def cut(text: str, most: int) -> str:
    """A text on one line that takes at most so many bytes; what is cut ends in “…”."""
    text = " ".join(text.split())
    if len(text.encode()) <= most:
        return text
    return text.encode()[: most - len("…".encode())].decode(errors="ignore").rstrip() + "…"
