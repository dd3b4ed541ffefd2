"""What is new in this year’s edition, against the one before."""

from functools import lru_cache
from pathlib import Path

from survey.catalogues.files import Places
from survey.questionnaire.builder import framework_from, questionnaire_from
from survey.questionnaire.library import load_source
from survey.questionnaire.texts import messages

Key = tuple[str, str]


def new_since_last_year(places: Places, name: str) -> frozenset[Key] | None:
    """Context and English of the texts that the newest edition of a questionnaire, or of the framework, has and the
    one before had not; None where there is no edition before it. Raises DefinitionError."""
    folder = places.questionnaires / ("frameworks" if name == "framework" else name)
    newest = sorted(folder.glob("*.json"), reverse=True)[:2]
    if len(newest) < 2:
        return None
    now, before = (_texts(path, name, path.stat().st_mtime_ns) for path in newest)
    return now - before


@lru_cache(maxsize=16)
def _texts(path: Path, name: str, _changed: int) -> frozenset[Key]:
    if name == "framework":
        return frozenset(
            (message.context, message.text) for message in messages(framework_from(load_source(path, "framework")))
        )
    questionnaire = questionnaire_from(load_source(path, "questionnaire"))
    return frozenset((message.context, message.text) for message in messages(questionnaire))
