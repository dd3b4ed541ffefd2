"""A piece as it lies in a folder of backups: packed (gzip), and encrypted (age) where there are recipients.

age, because a recipient is one line of settings, it needs no keyring, agent or home folder where the service may write,
and its format is published: `age -d -i KEY PIECE | gunzip` reads a piece without this program.
"""

import gzip
import zlib
from collections.abc import Sequence
from pathlib import Path

from survey.storage.archive import BadArchive
from survey.storage.repository import StorageError


class Sealer:
    """Makes pieces that only the recipients can read; anybody, where there are none."""

    def __init__(self, recipients: Sequence[str]) -> None:
        """Raises StorageError when one is no recipient of age: nothing is ever sealed for fewer than were named."""
        self._recipients = []
        if recipients:
            from pyrage import RecipientError, x25519

            for recipient in recipients:
                try:
                    self._recipients.append(x25519.Recipient.from_str(recipient))
                except RecipientError as error:
                    raise StorageError(
                        f"“{recipient[:80]}” is no recipient of age (age1…): {error}. Nothing was written."
                    ) from error

    def seal(self, data: bytes) -> bytes:
        packed = gzip.compress(data, mtime=0)
        if not self._recipients:
            return packed
        from pyrage import encrypt

        sealed: bytes = encrypt(packed, self._recipients)
        return sealed


class Opener:
    """Reads pieces. What is encrypted needs an identity: the file that `age-keygen` writes."""

    def __init__(self, identity: Path | None) -> None:
        """Raises StorageError when the file of the identity cannot be read or holds none."""
        self._identities = [] if identity is None else _identities(identity)

    @property
    def has_identity(self) -> bool:
        return bool(self._identities)

    def open(self, sealed: bytes, most: int, *, encrypted: bool) -> bytes:
        """What is in a piece, `most` bytes at most. Raises BadArchive."""
        if encrypted:
            from pyrage import DecryptError, decrypt

            try:
                sealed = decrypt(sealed, self._identities)
            except DecryptError as error:
                raise BadArchive(f"The key does not open the backup: {error}.") from error
        try:
            unpacking = zlib.decompressobj(wbits=31)
            data = unpacking.decompress(sealed, most + 1)
        except zlib.error as error:
            raise BadArchive(f"A piece of the backup is damaged: {error}") from error
        if len(data) > most or not unpacking.eof:
            raise BadArchive("A piece of the backup is larger than it may be, or cut short.")
        return data


def _identities(path: Path) -> list[object]:
    from pyrage import IdentityError, x25519

    try:
        lines = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise StorageError(f"The key {path} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
    try:
        identities: list[object] = [
            x25519.Identity.from_str(line.strip()) for line in lines if line.strip() and not line.startswith("#")
        ]
    except IdentityError as error:
        raise StorageError(f"{path} is not a key of age: {error}. It is the file that age-keygen wrote.") from error
    if not identities:
        raise StorageError(f"{path} holds no key of age (AGE-SECRET-KEY-…).")
    return identities
