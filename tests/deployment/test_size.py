"""How much disk the packages of a release take."""

import re
from fnmatch import fnmatch
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement

from survey.deployment.installation import UNUSED

RUNTIME = Path(__file__).parents[2] / "requirements" / "runtime.txt"
MOST = 250_000_000
BLOCK = 4096
PATTERNS = [each for name in UNUSED for each in (name.replace("**", "*"), f"{name.replace('**', '*')}/*")]


def required() -> list[str]:
    """The packages that are asked for on this machine."""
    lines = re.findall(r"(?m)^(\w[^\\\n]*==[^\\\n]*)", RUNTIME.read_text("utf-8"))
    found = [Requirement(line.strip()) for line in lines]
    return [one.name for one in found if one.marker is None or one.marker.evaluate()]


def on_disk(name: str) -> int:
    """What the files of a package that are kept take, whole blocks of them, with what Python compiles of it."""
    package = distribution(name)
    folder = Path(str(package.locate_file("")))
    kept = [folder / str(file) for file in package.files or [] if not is_unused(str(file))]
    sizes = [path.stat().st_size for path in kept if path.exists()]
    return sum(-(-size // BLOCK) * BLOCK for size in sizes)


def is_unused(file: str) -> bool:
    """Whether an installation takes the file away."""
    return any(fnmatch(file, pattern) for pattern in PATTERNS)


def test_the_packages_of_a_release_take_250_mb_of_disk_at_most() -> None:
    sizes = {name: on_disk(name) for name in required()}
    assert min(sizes.values()) > 0
    assert sum(sizes.values()) <= MOST, sorted(sizes.items(), key=lambda item: -item[1])[:10]
