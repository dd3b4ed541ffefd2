"""Catalogues made ready for reading: `.mo` files, and a generation that tells every process of a change."""

import hashlib
from pathlib import Path

import polib

from survey.catalogues.files import Places, read_catalogue, replace_file
from survey.catalogues.gate import GateFinding, breaking_findings
from survey.languages import GENERATION_FILE


class Breaking(ValueError):
    """A catalogue has messages that would break a page. Attribute: findings."""

    def __init__(self, findings: list[GateFinding]) -> None:
        super().__init__(f"{len(findings)} messages would break a page")
        self.findings = findings


def compile_catalogues(places: Places) -> list[str]:
    """Compile every Welsh catalogue, all or none, and return the names of those that changed.

    What is not translated, or fuzzy, is left out, so that it shows as missing.

    Raises:
        BadCatalogue: a file cannot be read.
        Breaking: messages have placeholders or tags that would break a page.
    """
    compiled: dict[str, bytes] = {}
    findings: list[GateFinding] = []
    for name in _names(places):
        catalogue = read_catalogue(places.welsh(name))
        findings += breaking_findings(catalogue, name, places.welsh(name).name)
        compiled[name] = compiled_form(catalogue)
    if findings:
        raise Breaking(findings)
    changed = [name for name, content in compiled.items() if replace_file(_mo(places, name), content)]
    write_generation(places.translations)
    return changed


def compiled_form(catalogue: polib.POFile) -> bytes:
    """Return the `.mo` of what is translated; the same catalogue always gives the same bytes."""
    ready = polib.POFile(wrapwidth=0)
    ready.metadata = {
        name: catalogue.metadata[name]
        for name in ("Language", "Content-Type", "Plural-Forms")
        if name in catalogue.metadata
    }
    ready.extend(catalogue.translated_entries())
    return bytes(ready.to_binary())


def write_generation(translations: Path) -> bool:
    """Write down what is compiled now; every process that sees another generation reads its catalogues anew."""
    digest = hashlib.sha256()
    for path in sorted(translations.glob("*/LC_MESSAGES/*.mo")):
        digest.update(path.relative_to(translations).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return replace_file(translations / GENERATION_FILE, digest.hexdigest().encode("ascii") + b"\n")


def _names(places: Places) -> list[str]:
    return sorted(path.stem for path in places.welsh("*").parent.glob("*.po"))


def _mo(places: Places, name: str) -> Path:
    return places.welsh(name).with_suffix(".mo")
