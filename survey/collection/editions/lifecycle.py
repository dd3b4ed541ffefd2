"""Adding an edition, changing one, bringing back what it was, and taking it away: each refused where it would harm."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import orjson

from survey.collection.editions.changes import (
    ChangedEdition,
    EditionChange,
    HowEditionChanged,
    change_edition,
    keep_content,
    read_content,
)
from survey.collection.editions.standing import EditionStanding, standing_of
from survey.collection.errors import DomainError
from survey.collection.rounds.round import Round, place, readable_rounds
from survey.collection.rounds.snapshot import SNAPSHOT
from survey.languages import LANGUAGES, language
from survey.questionnaire.builder import JsonObject
from survey.questionnaire.diff import describe, differences
from survey.questionnaire.json_reader import read_file
from survey.questionnaire.json_writer import json_of
from survey.questionnaire.shelf import Shelf
from survey.storage.repository import Repository


def keep_edition(
    repository: Repository, folder: Path, source: JsonObject, seen: str, how: HowEditionChanged, who: str, now: datetime
) -> EditionStanding:
    """Have an edition be as `source` says, which is sound. `seen` is the digest of what whoever does it has looked at.

    Raises DomainError: edition_changed (somebody else has changed it since), edition_in_use.
    """
    name, year = source["id"], source["edition"]
    refuse_other_meaning(repository, source)
    content = keep_content(repository, json_of(source))
    return _change(repository, standing_of(repository, folder, name, year), content, seen, how, who, now)


def restore_edition(
    repository: Repository, folder: Path, name: str, year: str, number: int, seen: str, who: str, now: datetime
) -> EditionStanding:
    """Have an edition be again what it was after its change with a number. Raises DomainError as `keep_edition` does,
    and no_such_change."""
    standing = standing_of(repository, folder, name, year)
    changes = standing.changed.changes if standing.changed else ()
    if not 0 <= number < len(changes) or not changes[number].content:
        raise DomainError("no_such_change")
    content = changes[number].content
    refuse_other_meaning(repository, orjson.loads(read_content(repository, content)))
    return _change(repository, standing, content, seen, "restored", who, now)


def withdraw_edition(
    repository: Repository, folder: Path, name: str, year: str, seen: str, who: str, now: datetime
) -> EditionStanding:
    """Have an edition be what the repository has, or not be there. What it was can be brought back.

    Raises DomainError: edition_changed, edition_planned (a round asks it, and nothing would be left), edition_in_use.
    Raises DefinitionError where a round asks it, and the file of the repository cannot be read.
    """
    standing = standing_of(repository, folder, name, year)
    asking = [round_.id for round_ in rounds_of(repository, name, year) if round_.status != "closed"]
    if asking and not standing.kept:
        raise DomainError("edition_planned", round=asking[0])
    if asking:
        refuse_other_meaning(repository, read_file(Shelf(folder).path(name, year)).value)
    return _change(repository, standing, "", seen, "withdrawn", who, now)


def rounds_of(repository: Repository, name: str, year: str) -> list[Round]:
    """The rounds that ask an edition, or are planned with it."""
    return [
        round_ for round_ in readable_rounds(repository)[0] if (round_.questionnaire, round_.edition) == (name, year)
    ]


def refuse_other_meaning(repository: Repository, source: JsonObject) -> None:
    """Raises DomainError("edition_in_use") where an open round asks this edition, and `source` asks anything else than
    the round does, in other words or in the same."""
    for round_ in rounds_of(repository, source["id"], source["edition"]):
        if round_.status != "open":
            continue
        asked: Mapping[str, object] = orjson.loads(repository.read_bytes(place(round_.id, SNAPSHOT), "definition.json"))
        for difference in differences(dict(asked), source):
            if difference.kind == "meaning":
                said = {code: describe(difference, language(code)) for code in LANGUAGES}
                raise DomainError("edition_in_use", round=round_.id, **said)


def _change(
    repository: Repository,
    standing: EditionStanding,
    content: str,
    seen: str,
    how: HowEditionChanged,
    who: str,
    now: datetime,
) -> EditionStanding:
    """Make one change more, if nobody else has made another since `seen`. What is so already stays as it is."""
    if standing.current == (content or standing.kept):
        return standing

    def change(current: ChangedEdition | None) -> ChangedEdition | None:
        latest = EditionStanding(standing.questionnaire, standing.edition, standing.kept, current)
        if latest.current == (content or standing.kept):
            return current
        if latest.current != seen:
            raise DomainError("edition_changed", edition=standing.edition)
        made = EditionChange(now.isoformat(), who, how, content)
        return ChangedEdition(standing.kept, False, (*(current.changes if current else ()), made))

    made = change_edition(repository, standing.questionnaire, standing.edition, change)
    return EditionStanding(standing.questionnaire, standing.edition, standing.kept, made)


def content_now(repository: Repository, folder: Path, standing: EditionStanding) -> bytes:
    """What an edition is now, as its file would have it; nothing for one that is not there. Raises Unreadable."""
    if standing.is_added:
        return read_content(repository, standing.current)
    path = Shelf(folder).path(standing.questionnaire, standing.edition)
    return path.read_bytes() if path.is_file() else b""
