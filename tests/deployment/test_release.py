"""The archive of a release: whole, the same whenever it is made, and never of something that nobody committed."""

import gzip
import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from survey.config import ROOT, software_version
from survey.deployment.release import BILL, SUMS, NoRelease, make_release

VERSION = software_version().split()[-1]
FILES = {
    "docs/changelog.md": f"# What changed\n\n## {VERSION}\n",
    "docs/deployment/myfyrio": "#!/bin/sh\n",
    "survey/__init__.py": "",
    "tests/test_one.py": "",
    ".gitignore": "build\n*.mo\nnode_modules\n",
}
BUILT = (
    "survey/web/static/build/myfyrio.css",
    "survey/web/static/build/page.js",
    "translations/cy/LC_MESSAGES/interface.mo",
    "node_modules/dictionary-cy/index.dic",
)


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=x", "-c", "user.email=x@x.example")
    subprocess.run(("git", *who, *arguments), cwd=folder, check=True, capture_output=True)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small program that is committed and built."""
    tree = tmp_path / "tree"
    for name, text in {**FILES, **dict.fromkeys(BUILT, "built")}.items():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text(text)
    (tree / "docs/deployment/myfyrio").chmod(0o755)
    (tree / "requirements").mkdir()
    shutil.copy(ROOT / "requirements/runtime.txt", tree / "requirements")
    shutil.copy(ROOT / "package-lock.json", tree)
    git(tree, "init", "-q")
    git(tree, "add", ".")
    git(tree, "commit", "-qm", "All")
    return tree


def contents(archive: Path) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(gzip.decompress(archive.read_bytes()))) as packed:
        return {one.name: packed.extractfile(one).read() for one in packed.getmembers()}  # type: ignore[union-attr]


def test_the_same_commit_gives_the_same_bytes(tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = make_release(tree, tmp_path / "one").read_bytes()
    for path in tree.rglob("*"):
        os.utime(path, (1, 1))
    monkeypatch.setattr("time.time", lambda: 2e9)
    second = make_release(tree, tmp_path / "other")
    assert second.read_bytes() == first
    digest = (tmp_path / "other" / f"{second.name}.sha256").read_text()
    assert digest == f"{hashlib.sha256(first).hexdigest()}  myfyrio-{VERSION}.tar.gz\n"


def test_it_holds_what_is_built_and_no_tests_and_a_digest_of_every_file(tree: Path, tmp_path: Path) -> None:
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    (wheels / "tiny-1.0-py3-none-any.whl").write_bytes(b"wheel")
    (tree / "stray.txt").write_text("nobody committed this")
    archive = make_release(tree, tmp_path, wheels)
    found = {name.partition("/")[2]: data for name, data in contents(archive).items()}
    assert set(found) == {
        *BUILT,
        *("docs/changelog.md", "docs/deployment/myfyrio", "survey/__init__.py", "requirements/runtime.txt"),
        *("wheels/tiny-1.0-py3-none-any.whl", BILL, SUMS),
    }
    sums = dict(reversed(line.split("  ")) for line in found.pop(SUMS).decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in found.items()}
    with tarfile.open(archive) as packed:
        modes = {one.name.partition("/")[2]: (one.mode, one.uid, one.uname) for one in packed.getmembers()}
    assert (modes["docs/deployment/myfyrio"], modes["survey/__init__.py"]) == ((0o755, 0, ""), (0o644, 0, ""))


def test_the_bill_names_every_package_with_its_version_and_licence(tree: Path, tmp_path: Path) -> None:
    found = contents(make_release(tree, tmp_path))
    bill = json.loads(found[f"myfyrio-{VERSION}/{BILL}"])
    assert (bill["bomFormat"], bill["specVersion"], bill["metadata"]["component"]["version"]) == (
        "CycloneDX",
        "1.6",
        VERSION,
    )
    by_name = {one["name"]: one for one in bill["components"]}
    assert {"flask", "tinydb", "highspy", "nhsuk-frontend", "dictionary-cy"} <= set(by_name)
    assert not {"pytest", "mypy", "sass"} & set(by_name)
    flask = by_name["flask"]
    assert flask["purl"] == f"pkg:pypi/flask@{flask['version']}"
    assert flask["licenses"] == [{"license": {"name": "BSD-3-Clause"}}]
    assert len(flask["externalReferences"][0]["hashes"][0]["content"]) == 64
    assert len({one["bom-ref"] for one in bill["components"]}) == len(bill["components"])


@pytest.mark.parametrize("fault", ["changed", "not built", "unsaid"])
def test_there_is_no_release_of_what_is_not_committed_built_and_described(
    tree: Path, tmp_path: Path, fault: str
) -> None:
    if fault == "changed":
        (tree / "survey/__init__.py").write_text("# another")
    elif fault == "not built":
        (tree / BUILT[0]).unlink()
    else:
        (tree / "docs/changelog.md").write_text("# What changed\n")
        git(tree, "commit", "-qam", "Unsaid")
    with pytest.raises(NoRelease):
        make_release(tree, tmp_path)
    assert list(tmp_path.glob("*.tar.gz")) == []
