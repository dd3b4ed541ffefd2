"""What a release is made of: a bill of materials in CycloneDX, from the locks. It names no moment and no machine."""

import json
import re
from importlib import metadata
from pathlib import Path
from typing import Any

PINNED = re.compile(r"^([a-z0-9._-]+)==([^ ;\\]+)[^\n]*((?:\n    --hash=\S+(?: \\)?)*)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
BUILT_IN = ("nhsuk-frontend", "dictionary-cy")
"""Of npm: whose styles, scripts and words are in what set-up builds."""


def bill_of_materials(root: Path, version: str) -> bytes:
    """The bill as JSON: every package that is installed on a server, and what is built into the program itself."""
    python = [_of_python(*pinned) for pinned in PINNED.findall((root / "requirements/runtime.txt").read_text("utf-8"))]
    node = json.loads((root / "package-lock.json").read_text("utf-8"))["packages"]
    components = [*filter(None, python), *(_of_npm(name, node[f"node_modules/{name}"]) for name in BUILT_IN)]
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": _component("application", "myfyrio", version, "", "MIT")},
        "components": sorted(components, key=lambda component: str(component["purl"])),
    }
    return json.dumps(bill, indent=1, sort_keys=True).encode() + b"\n"


def _of_python(name: str, version: str, hashes: str) -> dict[str, Any] | None:
    """A package of Python; None where the lock has it for other systems or other versions of Python only."""
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None
    if about["Version"] != version:
        return None
    component = _component("library", name, version, f"pkg:pypi/{name}@{version}", _licence(about))
    files = [{"alg": "SHA-256", "content": digest} for digest in HASH.findall(hashes)]
    # One for each file that the lock takes: which of them it is depends on the server.
    component["externalReferences"] = [
        {"type": "distribution", "url": component["purl"], "hashes": [digest]} for digest in files
    ]
    return component


def _licence(about: metadata.PackageMetadata) -> str:
    """What a package says of its licence: by the standard of today, that of before, or in words."""
    classes = [name for name in about.get_all("Classifier") or () if name.startswith("License :: OSI Approved :: ")]
    named = classes[0].rpartition(" :: ")[2] if classes else (about["License"] or "").partition("\n")[0]
    return about["License-Expression"] or named


def _of_npm(name: str, locked: dict[str, Any]) -> dict[str, Any]:
    purl = f"pkg:npm/{name}@{locked['version']}"
    return _component("library", name, locked["version"], purl, locked.get("license", ""))


def _component(kind: str, name: str, version: str, purl: str, licence: str) -> dict[str, Any]:
    component: dict[str, Any] = {"type": kind, "bom-ref": purl or name, "name": name, "version": version}
    if purl:
        component["purl"] = purl
    if licence:
        component["licenses"] = [{"license": {"name": licence}}]
    return component
