"""Catalogues for tests that look at pages: they follow from the code as it is now, not from the last set-up."""

import shutil
from pathlib import Path

from survey.catalogues.compilation import build_pseudo, compile_catalogues
from survey.catalogues.extraction import interface_sources, template
from survey.catalogues.files import Places, canonical
from survey.languages import INTERFACE, REPOSITORY_CATALOGUES


def compile_words_of_today(folder: Path) -> Path:
    """Put Welsh as it is in the repository into the folder, and the pseudo-language of today's messages."""
    shutil.copytree(REPOSITORY_CATALOGUES, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.mo"))
    places = Places(translations=folder)
    places.template(INTERFACE).write_bytes(canonical(template(interface_sources(Places()), formatted=True)))
    compile_catalogues(places)
    build_pseudo(places)
    return folder
