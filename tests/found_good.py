"""What was looked at and found good is not looked at again, whichever process of a run had it before it."""

from hashlib import sha256
from pathlib import Path


class Found:
    """The texts that were found good, known by their digests: by this process or, where they share a folder, by all."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._own: set[str] = set()

    def has(self, *texts: str) -> bool:
        return all(self._knows(_digest(text)) for text in texts)

    def note(self, *texts: str) -> None:
        for digest in map(_digest, texts):
            self._own.add(digest)
            if self._folder:
                (self._folder / digest).touch()

    def _knows(self, digest: str) -> bool:
        return digest in self._own or bool(self._folder and (self._folder / digest).exists())


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
