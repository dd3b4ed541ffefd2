"""A meeting pack: what a file to fill in off line says of itself, sealed so that nobody has changed it.

The seal travels inside the file as one line of text, of which a person reads nothing:

    myfyrio:1:<HMAC-SHA-256 of what follows>:<base64 of the deflated JSON of the pack>

It holds the answers as they were when the pack was made (`base`), so that what was changed in the pack can be told from
what others have saved since, and every fixed text with its place, so that a changed structure can be named.
"""

import base64
import hashlib
import hmac
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

import orjson

from survey.collection.errors import DomainError
from survey.collection.meeting_packs.blanks import BlankKey
from survey.collection.rounds.snapshot import RoundSnapshot

PackLanguage = Literal["cy", "en", "both"]
PACK_LANGUAGES: tuple[PackLanguage, ...] = ("cy", "en", "both")
MARK = "myfyrio:1:"
PURPOSE = b"meeting pack\n"

FixedTexts = Mapping[str, Mapping[str, str]]
"""By the name of a sheet and the name of a cell."""


@dataclass(frozen=True, slots=True)
class PlacedBlank:
    """Where a blank stands: in this cell of this sheet, asked by the texts in the cells of `labels`.

    `choices` numbers the list of `MeetingPack.choices` from which it is filled in, if it is from one.
    """

    key: BlankKey
    sheet: str
    cell: str
    labels: tuple[str, ...]
    choices: int | None = None


@dataclass(frozen=True, slots=True)
class MeetingPack:
    """A pack of a cluster. `fixed` are the texts that nobody is to change, `choices` lists of codes by label."""

    round: str
    snapshot: str
    cluster: str
    language: PackLanguage
    made_at: datetime
    base: Mapping[str, Mapping[str, Any]]
    blanks: tuple[PlacedBlank, ...] = ()
    fixed: FixedTexts | None = None
    choices: tuple[Mapping[str, str], ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it is in, Welsh first."""
        return ("cy", "en") if self.language == "both" else (self.language,)


def sealed(pack: MeetingPack, secret: bytes) -> str:
    """The pack as a line of text. The same pack gives the same line."""
    body = base64.b64encode(zlib.compress(orjson.dumps(asdict(pack), option=orjson.OPT_SORT_KEYS), 9))
    return f"{MARK}{_signature(body, secret)}:{body.decode('ascii')}"


def unsealed(line: str, secret: bytes) -> MeetingPack:
    """The pack of a line. Raises DomainError("pack_unsealed") for one that this service did not write just so."""
    _, _, body = line.removeprefix(MARK).partition(":")
    if not is_sealed_with(line, secret):
        raise DomainError("pack_unsealed")
    # What has our signature was written by `sealed`, so it is what that writes.
    kept = orjson.loads(zlib.decompress(base64.b64decode(body)))
    blanks = tuple(
        PlacedBlank(**{**blank, "key": tuple(blank["key"]), "labels": tuple(blank["labels"])})
        for blank in kept["blanks"]
    )
    made_at = datetime.fromisoformat(kept["made_at"])
    return MeetingPack(**{**kept, "blanks": blanks, "made_at": made_at, "choices": tuple(kept["choices"])})


def is_sealed_with(line: str, secret: bytes) -> bool:
    """Whether a line was made with this secret, and is as it was."""
    signature, _, body = line.removeprefix(MARK).partition(":")
    return hmac.compare_digest(signature.encode(), _signature(body.encode(), secret).encode())


def refuse_foreign(pack: MeetingPack, snapshot: RoundSnapshot, cluster_code: str) -> None:
    """Raises DomainError: pack_of_round (of another one), pack_of_edition (of this one, before it was set up anew),
    pack_of_cluster.
    """
    if pack.round != snapshot.round.id:
        raise DomainError("pack_of_round", round=pack.round)
    if pack.snapshot != snapshot.round.snapshot_digest:
        raise DomainError("pack_of_edition")
    if pack.cluster != cluster_code:
        names = snapshot.clusters.cluster(pack.cluster)
        raise DomainError("pack_of_cluster", **(names.names if names else {"en": pack.cluster}))


def _signature(body: bytes, secret: bytes) -> str:
    return hmac.new(secret, PURPOSE + body, hashlib.sha256).hexdigest()
