"""Installing a release beside the one that runs, and changing from one to the other.

A server has its releases side by side, and one link that says which of them runs:

    /srv/myfyrio/releases/myfyrio-1.0.0/     unpacked, with packages of its own in .venv
    /srv/myfyrio/releases/myfyrio-1.1.0/
    /srv/myfyrio/current   -> releases/myfyrio-1.1.0
    /srv/myfyrio/previous  -> releases/myfyrio-1.0.0

A release is never changed while it is current. The link changes in one step; a process that is running has its files by
their real place, and goes on with the release that it began with.
"""

import os
import shutil
import subprocess
import venv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from survey.deployment.release import SUMS, digest

READY = ".ready"
_OTHER_CONTINENTS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Indian", "Pacific")
UNUSED = (
    "**/tests",
    "**/*.pyi",
    *(f"**/*.{ending}" for ending in ("c", "cpp", "h", "pxd", "pxi", "pyx")),
    "highspy/libhighs.so.1.*",
    "lxml/html",
    "lxml/objectify*",
    "numpy/_core/include",
    "numpy/_core/lib",
    "numpy/distutils",
    "numpy/f2py",
    *(f"babel/locale-data/{others}*.dat" for others in ("[!cer]", "c[!y]", "e[!n]", "r[!o]")),
    *(f"{clocks}/zoneinfo/{name}" for clocks in ("pytz", "tzdata") for name in _OTHER_CONTINENTS),
    "pip",
    "pip-*",
    "setuptools",
    "setuptools-*",
    "pkg_resources",
    "_distutils_hack",
    "distutils-precedence.pth",
)
"""What comes along that no service needs: the packages’ own tests, what only checkers of types and compilers of C read,
the solver’s library a second time, readers of HTML, the dates of other languages, the clocks of other continents, and
pip itself with what some Pythons put beside it."""

Run = Callable[..., None]


class NotInstalled(Exception):
    """It cannot be done, and nothing that runs was changed. The message says why and what to do."""


def run(*command: str | Path, **environment: str) -> None:
    """Run a program, whose own words say what goes wrong. Raises NotInstalled."""
    done = subprocess.run(command, env={**os.environ, **environment}, check=False)  # noqa: S603 — none is typed by anybody
    if done.returncode:
        raise NotInstalled(f"{' '.join(map(str, command))}: this failed, as is said above.")


@dataclass(frozen=True)
class UnpackedRelease:
    """An unpacked release."""

    folder: Path

    @property
    def is_ready(self) -> bool:
        """Whether its packages are all there, and those that it asks for."""
        return _read(self.folder / ".venv" / READY) == digest(self.requirements.read_bytes())

    def refuse_unready(self) -> None:
        """Raises NotInstalled where its packages are not all there."""
        if not self.is_ready:
            raise NotInstalled(f"{self.folder} is not installed. Run there: make install")

    @property
    def requirements(self) -> Path:
        return self.folder / "requirements" / "runtime.txt"

    def damaged(self) -> list[str]:
        """The files that are not as they were packed. Raises NotInstalled where nothing says how they were."""
        sums = _read(self.folder / SUMS)
        if not sums:
            raise NotInstalled(
                f"{self.folder} is no release: it has no {SUMS}. Unpack the archive that make release wrote."
            )
        expected = (line.split("  ", 1) for line in sums.splitlines())
        return [name for sum_, name in expected if not _is_as(self.folder / name, sum_)]

    def install(self) -> None:
        """Give it its packages: from `wheels/` in it, or else from the index that pip knows. Raises NotInstalled."""
        damaged = self.damaged()
        if damaged:
            raise NotInstalled(f"{damaged[0]} is not as it was packed, and so {len(damaged)} in all. Unpack it again.")
        packages = self.folder / ".venv"
        (packages / READY).unlink(missing_ok=True)
        try:
            venv.create(packages, clear=True, with_pip=True, symlinks=True)  # else it has Python three times, 20 MB
        except subprocess.CalledProcessError:
            raise NotInstalled("This Python cannot make virtual environments. Install python3-venv.") from None
        python = packages / "bin" / "python"
        wheels = self.folder / "wheels"
        source = ("--no-index", "--find-links", wheels) if wheels.is_dir() else ()
        pip = (python, "-m", "pip", "--disable-pip-version-check", "--quiet")
        try:
            run(*pip, "install", "--no-compile", "--require-hashes", *source, "-r", self.requirements)
        except NotInstalled:
            raise NotInstalled(
                "The packages could not be installed: pip says why above. What runs was not touched. If this machine "
                "reaches no index, make the release with WHEELS=1."
            ) from None
        for path in _unused(packages):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        run(python, "-m", "compileall", "-q", packages / "lib", self.folder / "survey", self.folder / "wsgi.py")
        (packages / READY).write_text(digest(self.requirements.read_bytes()), "ascii")


@dataclass(frozen=True)
class Server:
    """Where releases lie side by side. `restart` makes the service run the current one; `is_well`: whether it does;
    `check` raises NotInstalled where a release cannot run on the data as they are."""

    folder: Path
    restart: Callable[[], None]
    is_well: Callable[[], bool]
    check: Callable[[UnpackedRelease], None]

    def install(self, release: UnpackedRelease) -> None:
        """Give a release its packages, unless it is the one that runs. Raises NotInstalled."""
        if self._named("current") == release.folder.resolve():
            raise NotInstalled(
                f"{release.folder} is the one that runs. Nothing was changed. Another release goes into a folder of "
                "its own: unpack it there, and run make install there."
            )
        release.install()

    def activate(self, release: UnpackedRelease, before: Callable[[UnpackedRelease], None]) -> None:
        """Make a release the one that runs; go back to the one before if the service does not come up with it.

        `before` is given the release that runs until then, if there is one: to copy the data. One that is current
        already is started again, since what made it so may have been cut short before that. Raises NotInstalled.
        """
        release.refuse_unready()
        self.check(release)
        current = self._named("current")
        if current == release.folder.resolve():
            if not self._comes_up():
                raise NotInstalled(
                    f"{current.name} does not come up. The log of the service says why. To go back: make roll-back"
                )
            return
        if current:
            before(UnpackedRelease(current))
        self._change(release.folder.resolve(), current)

    def roll_back(self) -> Path:
        """Make the release before the one that runs again; return it. Raises NotInstalled."""
        previous = self._named("previous")
        if previous is None:
            raise NotInstalled(f"There is none to go back to: {self.folder / 'previous'} leads nowhere.")
        try:
            self.check(UnpackedRelease(previous))
        except NotInstalled:
            raise NotInstalled(
                f"{previous.name} cannot run on the data as they are now, as is said above. What runs was not touched."
            ) from None
        self._change(previous, self._named("current"))
        return previous

    def _change(self, to: Path, current: Path | None) -> None:
        before = self._named("previous")
        if current:
            self._point("previous", current)
        self._point("current", to)
        if self._comes_up():
            return
        if current is None:
            raise NotInstalled(f"{to.name} does not come up. The log of the service says why.")
        try:
            self.check(UnpackedRelease(current))
        except NotInstalled:
            raise NotInstalled(
                f"{to.name} did not come up, and {current.name} cannot run on the data any more, as is said above. "
                f"{to.name} stays current: the log of the service says what it lacks. If that cannot be mended, stop "
                f"the service, restore the backup that was made just now by the myfyrio of {current.name}, and then: "
                "make roll-back"
            ) from None
        self._point("current", current)
        if before:
            self._point("previous", before)
        else:
            (self.folder / "previous").unlink()
        back = "runs again" if self._comes_up() else "does not come up either: look at the log of the service"
        raise NotInstalled(f"{to.name} did not come up; {current.name} {back}.")

    def _comes_up(self) -> bool:
        try:
            self.restart()
        except NotInstalled:
            return False
        return self.is_well()

    def _named(self, name: str) -> Path | None:
        link = self.folder / name
        return link.resolve() if link.exists() else None

    def _point(self, name: str, to: Path) -> None:
        link, new = self.folder / name, self.folder / f".{name}.new"
        new.unlink(missing_ok=True)
        new.symlink_to(os.path.relpath(to, self.folder))
        new.replace(link)


def _unused(packages: Path) -> Iterator[Path]:
    for site in packages.glob("lib/*/site-packages"):
        for pattern in UNUSED:
            yield from list(site.glob(pattern))


def _is_as(path: Path, expected: str) -> bool:
    try:
        return digest(path.read_bytes()) == expected
    except OSError:
        return False


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError:
        return ""
