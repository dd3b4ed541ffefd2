"""Catalogues made ready for reading: `.mo` files, and a generation that tells every process of a change."""

import gettext
import hashlib
import io
from functools import cache
from pathlib import Path

from survey.catalogues.files import (
    WELSH,
    BadCatalogue,
    Places,
    compiled_form,
    new_catalogue,
    read_catalogue,
    replace_file,
)
from survey.catalogues.gate import GateFinding, breaking_findings
from survey.languages import GENERATION_FILE, Language


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
    for path in sorted(places.welsh("*").parent.glob("*.po")):
        catalogue = read_catalogue(path)
        findings += breaking_findings(catalogue, path.stem, path.name)
        compiled[path.stem] = compiled_form(catalogue)
    if findings:
        raise Breaking(findings)
    changed = [name for name, content in compiled.items() if replace_file(places.compiled(name), content)]
    write_generation(places.translations)
    return changed


def write_generation(translations: Path) -> bool:
    """Write down what is compiled now; every process that sees another generation reads its catalogues anew."""
    digest = hashlib.sha256()
    for path in sorted(translations.glob("*/LC_MESSAGES/*.mo")):
        digest.update(path.relative_to(translations).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return replace_file(translations / GENERATION_FILE, digest.hexdigest().encode("ascii") + b"\n")


@cache
def uncompiled_welsh(places: Places) -> Language:
    """Return Welsh straight from the `.po` files, for commands that have to speak before anything is compiled.

    A catalogue that cannot be read counts as empty. Each is read once in the life of the process.
    """

    def catalogue(domain: str) -> gettext.NullTranslations:
        try:
            welsh = read_catalogue(places.welsh(domain))
        except (BadCatalogue, OSError):
            welsh = new_catalogue(WELSH)
        return gettext.GNUTranslations(io.BytesIO(compiled_form(welsh)))

    return Language(WELSH, catalogue)
