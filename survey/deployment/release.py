"""The archive of a release: all that a server needs, already built, and the same bytes from the same commit.

    python -m survey.deployment.release dist [--wheels FOLDER]

It holds what is committed, without the tests, and what set-up has built of it: styles, scripts and compiled
catalogues. So a server needs no Node. Beside them stand a list of what it is made of (CycloneDX) and the digest of
every file.
"""

import argparse
import gzip
import hashlib
import io
import re
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from survey.config import ROOT, software_version
from survey.deployment.bill import bill_of_materials

LEFT_OUT = (
    "tests/",
    ".ci/",
    ".git",
    ".editorconfig",
    "package",
    ".npmrc",
    "requirements/dev",
    "requirements/node",
    "requirements/installer",
    "requirements/audit",
)
BUILT = ("survey/web/static/build/**/*", "translations/cy/**/*.mo", "node_modules/dictionary-cy/*")
NEEDED = (
    "survey/web/static/build/myfyrio.css",
    "survey/web/static/build/page.js",
    "translations/cy/LC_MESSAGES/interface.mo",
    "node_modules/dictionary-cy/index.dic",
)
CHANGELOG = "docs/changelog.md"
SUMS = "SHA256SUMS"
BILL = "bill-of-materials.cdx.json"


class NoRelease(Exception):
    """It cannot be made. The message says why and what to do."""


def make_release(root: Path, target: Path, wheels: Path | None = None) -> Path:
    """Write the archive of the commit that is checked out, and its digest beside it. Raises NoRelease."""
    version = software_version().split()[-1]
    files = {name: root / name for name in sorted({*_committed(root), *_built(root)})}
    _refuse_unready(root, version)
    contents = {name: path.read_bytes() for name, path in files.items()}
    contents[BILL] = bill_of_materials(root, version)
    for wheel in sorted(wheels.glob("*")) if wheels else ():
        contents[f"wheels/{wheel.name}"] = wheel.read_bytes()
    contents[SUMS] = "".join(f"{digest(data)}  {name}\n" for name, data in sorted(contents.items())).encode()
    programs = {name for name, path in files.items() if path.stat().st_mode & 0o100}
    archive = packed(f"myfyrio-{version}", contents, programs, int(_git(root, "log", "-1", "--format=%ct")))
    target.mkdir(parents=True, exist_ok=True)
    path = target / f"myfyrio-{version}.tar.gz"
    path.write_bytes(archive)
    path.with_name(f"{path.name}.sha256").write_text(f"{digest(archive)}  {path.name}\n", "utf-8")
    return path


def packed(folder: str, contents: Mapping[str, bytes], programs: set[str], moment: int) -> bytes:
    """The bytes of an archive with these files in one folder. Nothing in it says who made it, where or when."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, data in sorted(contents.items()):
            entry = tarfile.TarInfo(f"{folder}/{name}")
            entry.size, entry.mtime, entry.mode = len(data), moment, 0o755 if name in programs else 0o644
            archive.addfile(entry, io.BytesIO(data))
    return gzip.compress(plain.getvalue(), 9, mtime=0)


def _committed(root: Path) -> Iterator[str]:
    return (name for name in _git(root, "ls-files", "-z").split("\0") if name and not name.startswith(LEFT_OUT))


def _built(root: Path) -> Iterator[str]:
    return (str(path.relative_to(root)) for pattern in BUILT for path in root.glob(pattern) if path.is_file())


def _refuse_unready(root: Path, version: str) -> None:
    changed = _git(root, "status", "--porcelain", "--untracked-files=no")
    if changed:
        raise NoRelease(f"These files are not as they were committed:\n{changed}\nCommit them first, or put them back.")
    for name in NEEDED:
        if not (root / name).is_file():
            raise NoRelease(f"{name} is not built. Run: make setup")
    if not re.search(rf"^## {re.escape(version)}\b", (root / CHANGELOG).read_text("utf-8"), re.MULTILINE):
        raise NoRelease(f"{CHANGELOG} says nothing of version {version}, which pyproject.toml gives. Write it.")


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(("git", *arguments), cwd=root, capture_output=True, text=True, check=False)  # noqa: S603, S607
    if done.returncode:
        raise NoRelease(f"git {arguments[0]}: {done.stderr.strip()}")
    return done.stdout.strip()


def digest(data: bytes) -> str:
    """The SHA-256 of bytes, as `sha256sum` says it."""
    return hashlib.sha256(data).hexdigest()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", type=Path)
    parser.add_argument("--wheels", type=Path, help="a folder of packages to install from, where there is no network")
    given = parser.parse_args()
    try:
        sys.stdout.write(f"{make_release(ROOT, given.target, given.wheels)}\n")
    except NoRelease as error:
        sys.exit(str(error))
