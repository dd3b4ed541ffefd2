"""What is new in this year’s edition, against the one before."""

from functools import lru_cache
from pathlib import Path

from survey.catalogues.files import Places
from survey.questionnaire.builder import framework_from, questionnaire_from
from survey.questionnaire.library import sound_source
from survey.questionnaire.shelf import Shelf
from survey.questionnaire.texts import messages

Key = tuple[str, str]


def new_since_last_year(places: Places, name: str) -> frozenset[Key] | None:
    """Context and English of the texts that the newest edition of a questionnaire, or of the framework, has and the
    one before had not; None where there is no edition before it. Raises DefinitionError."""
    shelf, folder = places.shelf, "frameworks" if name == "framework" else name
    newest = [path for path in shelf.files() if path.parent.name == folder][-2:]
    if len(newest) < 2:
        return None
    before, now = (_texts(shelf, path, _state(path)) for path in newest)
    return now - before


@lru_cache(maxsize=16)
def _texts(shelf: Shelf, path: Path, _state: int) -> frozenset[Key]:
    source = sound_source(shelf.examine(path))
    root = framework_from(source) if path.parent.name == "frameworks" else questionnaire_from(source)
    return frozenset((message.context, message.text) for message in messages(root))


def _state(path: Path) -> int:
    return path.stat().st_mtime_ns if path.is_file() else 0
