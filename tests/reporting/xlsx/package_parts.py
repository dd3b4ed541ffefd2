"""A written package's parts, to look at and to spoil."""

import io
import re
import zipfile
from pathlib import Path


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def spoil(content: bytes, path: Path, part: str, pattern: str, replacement: str) -> Path:
    """Write the package with one place of a part changed; fail if there is no such place."""
    changed = parts(content)
    changed[part], times = re.subn(pattern, lambda _: replacement, changed[part], count=1)
    assert times == 1, f"nothing in {part} is like {pattern}"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in changed.items():
            archive.writestr(name, text)
    return path
