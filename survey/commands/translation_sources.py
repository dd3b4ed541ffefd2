"""Where other states of the catalogues come from: a revision of Git, a folder that was sent out, one file."""

import subprocess
from pathlib import Path
from typing import Protocol

import polib

from survey.catalogues.files import WELSH, Places, catalogue_from, new_catalogue, read_catalogue
from survey.commands.cli_i18n import Refusal
from survey.languages import Language, Phrase

SENT = "sent"
"""The folder in one that was sent out which keeps what was sent."""
NO_SOURCE = Phrase("translations command", "There is no file, no folder and no revision of Git of this name: %(name)s")
NOT_OURS = Phrase(
    "translations command", "No catalogue has the name of this file: %(name)s. It has to be one of: %(names)s"
)


class StateOfCatalogues(Protocol):
    """Another state of the catalogues. `base` is what both states come from. None is what it does not have."""

    def catalogue(self, name: str) -> polib.POFile | None: ...

    def base(self, name: str) -> polib.POFile | None: ...


class GitRevision:
    """The catalogues as they are committed in a revision; the base is where it and ours parted."""

    def __init__(self, places: Places, commit: str) -> None:
        self._places, self._commit = places, commit
        self._parted = _git(places.root, "merge-base", "HEAD", commit).decode().strip()

    def catalogue(self, name: str) -> polib.POFile:
        """The catalogue as it was, without messages where there was none yet."""
        return self._committed(self._commit, name) or new_catalogue(WELSH)

    def base(self, name: str) -> polib.POFile | None:
        return self._committed(self._parted, name) if self._parted else None

    def _committed(self, commit: str, name: str) -> polib.POFile | None:
        path = self._places.welsh(name)
        # Seen from the folder that git runs in, wherever the repository begins.
        content = _git(self._places.root, "show", f"{commit}:./{path.relative_to(self._places.root).as_posix()}")
        return catalogue_from(content, path.name) if content else None


class Folder:
    """The catalogues of a folder that `translations push` has written; the base is what it wrote."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def catalogue(self, name: str) -> polib.POFile | None:
        return _read(self._folder / f"{name}.po")

    def base(self, name: str) -> polib.POFile | None:
        return _read(self._folder / SENT / f"{name}.po")


class OneFile:
    """One catalogue, of which nobody knows from what it was made."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def catalogue(self, name: str) -> polib.POFile | None:
        return read_catalogue(self._file) if self._file.stem == name else None

    def base(self, name: str) -> polib.POFile | None:
        return None


def source_named(given: str, places: Places, language: Language) -> StateOfCatalogues:
    """What somebody has named. Raises Refusal where there is nothing of that name."""
    path = Path(given)
    if path.is_dir():
        return Folder(path)
    if path.is_file():
        if path.stem not in places.names():
            raise Refusal(language.say(NOT_OURS, name=path.name, names=", ".join(places.names())))
        return OneFile(path)
    commit = _git(places.root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{given}^{{commit}}")
    if not commit:
        raise Refusal(language.say(NO_SOURCE, name=given))
    return GitRevision(places, commit.decode().strip())


def _read(path: Path) -> polib.POFile | None:
    return read_catalogue(path) if path.is_file() else None


def _git(folder: Path, *arguments: str) -> bytes:
    """What git says; nothing where it fails, or is not there."""
    try:
        ran = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)  # noqa: S603, S607
    except OSError:
        return b""
    return ran.stdout if ran.returncode == 0 else b""
