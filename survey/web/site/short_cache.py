"""What every request asks the database that hosts share, and hardly ever changes: a process asks it once a second."""

import time
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from flask import Flask

AGAIN = 1.0
"""Seconds after which it is asked again."""

Known = TypeVar("Known")


def lately(app: Flask, what: Hashable, ask: Callable[[], Known]) -> Known:
    """What `ask` gives, or gave a moment ago; `what` is one of a few things. Raises what it raises."""
    known: dict[Hashable, tuple[float, object]] = app.extensions.setdefault("lately", {})
    now = time.monotonic()
    if what not in known or now - known[what][0] >= AGAIN:
        known[what] = now, ask()
    return cast("Known", known[what][1])
