"""Time and chance, which enter here and nowhere else in the pages."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask, current_app

ID_LENGTH = 16


def init_app(app: Flask) -> None:
    """Use the configuration’s `NOW`, which tests give, or the real one."""
    app.config.setdefault("NOW", lambda: datetime.now(UTC))


def now() -> datetime:
    """Return this moment in UTC."""
    clock: Callable[[], datetime] = current_app.config["NOW"]
    return clock()


def new_id() -> str:
    """Sixteen hexadecimal digits that nobody has used, for a response or an item in it."""
    return secrets.token_hex(ID_LENGTH // 2)
