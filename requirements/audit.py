"""`make audit`: the pinned packages beside a list of known weaknesses. No network is needed, and none is asked.

    python -m requirements.audit FILE-OR-FOLDER…

The list is in the format of OSV (osv.dev): a folder of JSON records, or a zip of them as OSV gives it out for PyPI and
for npm. None is kept here: it would be old when it is needed. Exit codes: 0, nothing is known against any package; 1,
something is; 2, it cannot be told, and why.
"""

import argparse
import json
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

HERE = Path(__file__).parent
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)
PYTHON, NODE = "PyPI", "npm"
LOCKS = ("runtime.txt", "dev.txt", "node.txt")
COMPARED = ("ECOSYSTEM", "SEMVER")
TOO_OLD = timedelta(days=30)
HOW = (
    "Where there is a network, fetch the lists “all.zip” of PyPI and npm from OSV (osv.dev, “Data sources”), bring "
    "them here and run: make audit ADVISORIES='pypi.zip npm.zip'"
)

Advisory = dict[str, Any]
Package = tuple[str, str]
"""Where it comes from (PyPI, npm), and its name."""


class CannotTell(Exception):
    """The message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A weakness of a pinned package; `fixed` are the versions that no longer have it."""

    package: Package
    version: str
    advisory: str
    summary: str
    fixed: tuple[str, ...]

    def __str__(self) -> str:
        mended = f"mended in {', '.join(self.fixed)}" if self.fixed else "no version is known that mends it"
        return f"{self.package[1]} {self.version} ({self.package[0]}): {self.advisory}: {self.summary} ({mended})"


def pinned(root: Path) -> dict[Package, set[str]]:
    """The versions that the locks of a project pin, by package."""
    found: dict[Package, set[str]] = {}
    for name in LOCKS:
        for package, version in PINNED.findall((root / "requirements" / name).read_text("utf-8")):
            found.setdefault((PYTHON, canonicalize_name(package)), set()).add(version)
    for path, about in json.loads((root / "package-lock.json").read_text("utf-8"))["packages"].items():
        if path:
            found.setdefault((NODE, path.rpartition("node_modules/")[2]), set()).add(about["version"])
    return found


def advisories(sources: Iterable[Path]) -> Iterator[Advisory]:
    """Every record of these zips and folders. Raises CannotTell for what cannot be read."""
    for source in sources:
        try:
            for content in _contents(source):
                advisory = json.loads(content)
                if not isinstance(advisory, dict) or not isinstance(advisory.get("id"), str):
                    raise ValueError("a record is no advisory of OSV")
                yield advisory
        except (OSError, zipfile.BadZipFile, ValueError) as error:
            raise CannotTell(f"{source} cannot be read: {error}. {HOW}") from error


def findings(packages: dict[Package, set[str]], known: Iterable[Advisory], now: datetime) -> list[Finding]:
    """What is known against the packages. Raises CannotTell for a list that is old, or says nothing of some of them."""
    newest, sources, found = "", set(), []
    for advisory in known:
        newest = max(newest, str(advisory.get("modified", "")))
        for affected in advisory.get("affected", ()):
            package = _package_of(affected)
            sources.add(package[0])
            if package in packages and not advisory.get("withdrawn"):
                found += [
                    Finding(package, version, advisory["id"], advisory.get("summary", ""), tuple(_fixed(affected)))
                    for version in sorted(packages[package])
                    if is_affected(version, affected)
                ]
    missing = sorted({source for source, _ in packages} - sources)
    if missing:
        raise CannotTell(f"The list says nothing of {' and '.join(missing)}, where packages come from. {HOW}")
    if now - datetime.fromisoformat(newest) > TOO_OLD:
        raise CannotTell(f"The list ends on {newest[:10]}: what was found since is not in it. {HOW}")
    return sorted(set(found), key=str)


def is_affected(version: str, affected: dict[str, Any]) -> bool:
    """Whether a version has the weakness. What cannot be compared has it: rather look once too often."""
    if version in affected.get("versions", ()):
        return True
    ranges = [one.get("events", ()) for one in affected.get("ranges", ()) if one.get("type") in COMPARED]
    return any(_is_within(version, events) for events in ranges)


def _is_within(version: str, events: Sequence[dict[str, str]]) -> bool:
    within = False
    for event in events:
        [(what, where)] = event.items()
        try:
            here, there = _version(version), _version(where)
        except InvalidVersion:
            return True
        if (what == "introduced" and here >= there) or (what == "fixed" and here >= there):
            within = what == "introduced"
        elif what == "last_affected" and here > there:
            within = False
    return within


def _version(text: str) -> Version:
    try:
        return Version(text)
    except InvalidVersion:
        # A version of npm before another, in words that Python does not know.
        return Version(f"{text.partition('-')[0]}.dev0")


def _package_of(affected: dict[str, Any]) -> Package:
    package = affected.get("package", {})
    source, name = str(package.get("ecosystem", "")), str(package.get("name", ""))
    return source, canonicalize_name(name) if source == PYTHON else name


def _fixed(affected: dict[str, Any]) -> Iterator[str]:
    for one in affected.get("ranges", ()):
        if one.get("type") in COMPARED:
            yield from (event["fixed"] for event in one.get("events", ()) if "fixed" in event)


def _contents(source: Path) -> Iterator[bytes]:
    if source.is_dir():
        yield from (path.read_bytes() for path in sorted(source.rglob("*.json")))
    else:
        with zipfile.ZipFile(source) as packed:
            yield from (packed.read(name) for name in packed.namelist() if name.endswith(".json"))


def main(given: Sequence[str]) -> int:
    """Say what is known, and return the exit code."""
    parser = argparse.ArgumentParser(prog="make audit", description=__doc__)
    parser.add_argument("advisories", nargs="*", type=Path)
    sources = parser.parse_args(given).advisories
    packages = pinned(HERE.parent)
    try:
        if not sources:
            raise CannotTell(f"Whether the pinned packages have known weaknesses cannot be told without a list. {HOW}")
        found = findings(packages, advisories(sources), datetime.now(UTC))
    except CannotTell as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.writelines(f"{finding}\n" for finding in found)
    count = sum(map(len, packages.values()))
    if found:
        sys.stderr.write("Pin a version that mends it: make lock UPGRADE=1, then make test.\n")
        return 1
    sys.stdout.write(f"Nothing is known against the {count} versions that are pinned.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
