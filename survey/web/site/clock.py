"""Time and chance, which enter here and nowhere else in the pages. Tests give their own through the configuration."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask, current_app


def init_app(app: Flask) -> None:
    """Use the configuration’s `NOW` and `TOKEN`, or the real ones."""
    app.config.setdefault("NOW", lambda: datetime.now(UTC))
    app.config.setdefault("TOKEN", lambda: secrets.token_urlsafe(32))


def now() -> datetime:
    """Return this moment in UTC."""
    clock: Callable[[], datetime] = current_app.config["NOW"]
    return clock()


def token() -> str:
    """Return a text that nobody can guess, fit for an address or a file name."""
    source: Callable[[], str] = current_app.config["TOKEN"]
    return source()
