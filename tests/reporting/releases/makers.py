"""What child processes of these tests do: release a round of people, or correct it, until they are done or killed."""

import os
import shutil
import signal
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Barrier

from survey.collection.errors import DomainError
from survey.collection.people.accounts import ACCOUNTS, Account
from survey.collection.responses.anonymous import responses_of
from survey.collection.rounds.releases import KeptRelease, read_releases, released_file
from survey.collection.soundness import sound
from survey.languages import language
from survey.reporting.releases.of_people import correct, draft_correction, released
from survey.storage.tinydb_files.repository import FileRepository
from survey.storage.verification import verify
from tests.reporting.releases.sequences import UNDRAWN
from tests.reporting.workforce.survey_of_people import CLOSES, ROUND, closed_round, short_definition
from tests.storage.writers import CHILDREN
from tests.verified import is_clean

LATER = CLOSES + timedelta(days=30)
NEVER = 1_000_000
CHILDREN.set_forkserver_preload(["tests.storage.writers", "tests.reporting.releases.makers"])


def unreleased_and_changed(folder: Path) -> tuple[Path, Path]:
    """The data folders of a round that has no release yet, and of one that has, and has changed since."""
    root, other = folder / "release", folder / "correction"
    repository = closed_round(root, short_definition(), 60, "killed", boards=2, clusters=2)
    repository.write(ACCOUNTS, "eira", asdict(Account("eira", "national", None, "")))
    shutil.copytree(root, other)
    assert not killed_after(other, NEVER)
    changed = FileRepository(other)
    for key in changed.keys(responses_of(ROUND))[:30]:
        changed.delete(responses_of(ROUND), key)
    return root, other


def make(root: Path, flushes: int, at_once: Barrier | None, told: Connection) -> None:
    """Make the first release, or the correction that can be made, and tell its number, or why there is none.

    What is to be kept is settled before the barrier. The process is killed when so many flushes to the disk are done.
    """
    for whose, name, other in UNDRAWN:
        setattr(whose, name, other)
    repository = FileRepository(root)
    keep: Callable[[], KeptRelease]
    if read_releases(repository, ROUND):
        draft = draft_correction(repository, ROUND)
        keep = lambda: correct(repository, draft, "eira", f"because {os.getpid()}", LATER)  # noqa: E731
    else:
        keep = lambda: released(repository, ROUND, 5, "eira", CLOSES)  # noqa: E731
    left, whole = [flushes], os.fsync

    def fsync(descriptor: int) -> None:
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1
        whole(descriptor)

    if at_once:
        at_once.wait()
    os.fsync = fsync
    try:
        told.send(keep().number)
    except DomainError as refused:
        told.send(refused.code)


def killed_after(root: Path, flushes: int) -> bool:
    """Whether a child that makes a release was killed when so many flushes were done; else it came to its end."""
    told, tells = CHILDREN.Pipe(duplex=False)
    child = CHILDREN.Process(target=make, args=(root, flushes, None, tells))
    child.start()
    child.join()
    assert child.exitcode in (0, -signal.SIGKILL)
    assert told.poll() == (child.exitcode == 0)
    return child.exitcode != 0


def two_at_once(root: Path) -> list[int | str]:
    """What two children are told who make a release at the same moment."""
    at_once, pipes = CHILDREN.Barrier(2), [CHILDREN.Pipe(duplex=False) for _ in range(2)]
    children = [CHILDREN.Process(target=make, args=(root, NEVER, at_once, tells)) for _, tells in pipes]
    for child in children:
        child.start()
    found = [told.recv() for told, _ in pipes]
    for child in children:
        child.join()
    return sorted(found, key=str)


def whole_releases(repository: FileRepository) -> int:
    """How many releases there are. Each is whole, and the data folder is sound."""
    releases = read_releases(repository, ROUND)
    assert all(released_file(repository, ROUND, one, which) is not None for one in releases for which in one.files)
    assert is_clean(verify(repository, sound(repository, language("en"))))
    return len(releases)
