"""The keys by which the service knows what it has signed: sessions, tokens of forms, drafts, browsers.

They are those that are kept with the data, unless the setting gives others. A process looks every `REREAD` whether a
key has been replaced; nothing is signed with a new one before all of them know it. What cannot be read just now stays
as it was: the pages say so themselves when they need what is kept.
"""

from contextlib import suppress
from datetime import datetime
from typing import cast

from flask import Flask, current_app

from survey.storage.key_ring import REREAD, KeyRing
from survey.storage.repository import StorageError

KEYS = "signing_keys"


class SigningKeys:
    """The keys of an application, and when they were last looked for."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.are_set = bool(app.config["SECRET_KEY"])
        self._looked_at: datetime | None = None
        if self.are_set:
            self._take(app.config["SECRET_KEY"], app.config["SECRET_KEY_FALLBACKS"])

    def take(self, ring: KeyRing) -> None:
        """Sign with what is kept with the data, unless the setting gives a key."""
        if not self.are_set:
            self._looked_at = self.app.config["NOW"]()
            signing = ring.signing(self._looked_at)
            self._take(signing.text, [secret.text for secret in ring.secrets if secret != signing])

    def look_again(self) -> None:
        """Take what another process may have kept meanwhile."""
        now: datetime = self.app.config["NOW"]()
        if self._looked_at is not None and abs(now - self._looked_at) >= REREAD:
            # Whoever comes meanwhile does not wait for a storage that is away.
            self._looked_at = now
            with suppress(StorageError):
                self.take(self.app.extensions["repository"].key_ring())

    def _take(self, signing: str, others: list[str]) -> None:
        # In this order: another thread may read between them, and must find no key missing.
        self.app.config["SECRET_KEY_FALLBACKS"] = [*others, signing]
        self.app.config["WTF_CSRF_SECRET_KEY"] = [*others, signing]
        self.app.config["SECRET_KEY"] = signing


def init_app(app: Flask) -> None:
    """Sign with the key of the setting, if there is one."""
    app.extensions[KEYS] = SigningKeys(app)


def keys_of(app: Flask) -> SigningKeys:
    """The keys of an application."""
    return cast("SigningKeys", app.extensions[KEYS])


def believed() -> list[str]:
    """What something may have been signed with; the last is what is signed with now."""
    return list(current_app.config.get("WTF_CSRF_SECRET_KEY") or [])
