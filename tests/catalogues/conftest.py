"""Small catalogues to work on, as a translator would have them."""

from collections.abc import Callable
from pathlib import Path

import polib
import pytest

from survey.catalogues.files import CATALOGUE_NOTE, PLURAL_FORMS, Places, catalogue_from

HEADER = f"""# {CATALOGUE_NOTE}
msgid ""
msgstr ""
"Project-Id-Version: Myfyrio\\n"
"Language: cy\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {PLURAL_FORMS}\\n"

"""


@pytest.fixture
def catalogue() -> Callable[..., polib.POFile]:
    """Returns a function that reads entries, written as in a `.po` file, behind a right header."""
    return lambda entries="": catalogue_from((HEADER + entries).encode(), "interface.po")


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A project of its own, with a page in code and nothing else."""
    for folder in ("survey", "questionnaires", "translations"):
        (tmp_path / folder).mkdir()
    return Places(tmp_path, tmp_path / "translations")
