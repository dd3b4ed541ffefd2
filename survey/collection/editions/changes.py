"""What was done to an edition here, kept over the file of the repository until that is the same.

    (editions), <questionnaire>             {editions: {<year>: {base, settled, changes: [{at, who, how, content}]}}}
    (editions, contents), <sha256>.json     what an edition came to by a change, as its file would have it

Changes are only added: undoing one is another. `content` names what the edition came to; "" is that the file of the
repository counts, if there is one. `base` is what that file was when the last change was made, "" for none; they are
`settled` once it has what they came to. Nothing here names a release, so a new one meets them as the old one did.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import orjson

from survey.storage.repository import Place, Record, Repository, Unreadable

EDITIONS: Place = ("editions",)
CONTENTS: Place = (*EDITIONS, "contents")
HowEditionChanged = Literal["uploaded", "copied", "gathered", "restored", "withdrawn"]


@dataclass(frozen=True, slots=True)
class EditionChange:
    """What somebody made of an edition."""

    at: str
    who: str
    how: HowEditionChanged
    content: str

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)


@dataclass(frozen=True, slots=True)
class ChangedEdition:
    """An edition with what was done to it here, the oldest first."""

    base: str
    settled: bool = False
    changes: tuple[EditionChange, ...] = ()

    @property
    def latest(self) -> str:
        return self.changes[-1].content if self.changes else ""

    def leads(self, kept: str) -> bool:
        """Whether the edition is as it was made here, and not as the repository has it, which is `kept`."""
        return bool(self.latest) and self.latest != kept and not (self.settled and kept)

    def clashes(self, kept: str) -> bool:
        """Whether the repository has come to something else meanwhile: somebody has to choose."""
        return self.leads(kept) and kept not in ("", self.base)

    def current(self, kept: str) -> str:
        """What the edition is."""
        return self.latest if self.leads(kept) else kept


def digest_of(content: bytes | None) -> str:
    """What tells a definition from every other; "" for none."""
    return hashlib.sha256(content).hexdigest() if content else ""


def changed_from(record: Mapping[str, Any] | None) -> dict[str, ChangedEdition]:
    """The editions of a record by their years. Raises KeyError, TypeError for a record that is none."""
    editions = record["editions"] if record else {}
    return {
        year: ChangedEdition(
            str(edition["base"]),
            bool(edition["settled"]),
            tuple(EditionChange(**change) for change in edition["changes"]),
        )
        for year, edition in editions.items()
    }


def contents_of(record: Mapping[str, Any]) -> set[str]:
    """Everything that the editions of a record have ever come to. Raises what `changed_from` raises."""
    return {change.content for edition in changed_from(record).values() for change in edition.changes if change.content}


def read_changed(repository: Repository, questionnaire: str) -> dict[str, ChangedEdition]:
    """The editions of a questionnaire that something was done to here, by their years. Raises Unreadable."""
    try:
        return changed_from(repository.read(EDITIONS, questionnaire))
    except (KeyError, TypeError, AttributeError):
        raise Unreadable(EDITIONS, questionnaire, "the record does not hold changes of editions") from None


def change_edition(
    repository: Repository,
    questionnaire: str,
    year: str,
    change: Callable[[ChangedEdition | None], ChangedEdition | None],
) -> ChangedEdition | None:
    """Let `change` change an edition, and return it. Nobody else changes any of the questionnaire then."""

    def change_record(record: Record | None) -> Record:
        editions = changed_from(record)
        made = change(editions.get(year))
        if made is not None:
            editions[year] = made
        # As JSON has it: a record holds lists, no tuples.
        written: Record = orjson.loads(orjson.dumps({"editions": editions}))
        return written

    return changed_from(repository.update(EDITIONS, questionnaire, change_record)).get(year)


def keep_content(repository: Repository, content: bytes) -> str:
    """Keep what an edition comes to; its digest is its name."""
    name = digest_of(content)
    repository.write_bytes(CONTENTS, f"{name}.json", content)
    return name


def read_content(repository: Repository, name: str) -> bytes:
    """What an edition came to. Raises Unreadable, also when it is not what was kept."""
    content = repository.read_bytes(CONTENTS, f"{name}.json")
    if digest_of(content) != name:
        raise Unreadable(CONTENTS, f"{name}.json", "the definition is not the one that was kept")
    return content
