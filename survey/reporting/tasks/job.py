"""What a job is, and what its work gives: known to those who ask for it and to those who do it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from survey.collection.rounds.round import place
from survey.storage.repository import Place, Repository

WORKBOOKS = "workbooks"
RELEASE, DRAFT, CORRECTION = "release", "draft", "correction"
OF_PEOPLE = frozenset((RELEASE, DRAFT, CORRECTION))
DATA, DOCUMENT, WORKBOOK = "data", "document", "workbook"


@dataclass(frozen=True, slots=True)
class Job:
    """The making of a workbook: of which round, of which kind, in which language, with how few people hidden.

    In place of a language RELEASE stands for the first release of a round of people, which account `by` asked for,
    DRAFT and CORRECTION for a correction that is looked at and made; of DATA and DOCUMENT, what is written and how.
    """

    round: str
    kind: str
    language: str
    threshold: int
    by: str = ""

    @property
    def place(self) -> Place:
        """Where the workbook is kept."""
        return place(self.round, WORKBOOKS)

    @property
    def key(self) -> str:
        """The key of what is kept about it."""
        return f"{self.kind}.{self.language}"

    @property
    def file(self) -> str:
        """The name of the file itself."""
        return f"{self.key}.{'data' if self.kind in (DATA, DOCUMENT) else 'xlsx'}"

    @property
    def task(self) -> str:
        """The module of `tasks` that does it."""
        return self.kind if self.kind in (DATA, DOCUMENT) else self.language if self.language in OF_PEOPLE else WORKBOOK


@dataclass(frozen=True, slots=True)
class Made:
    """What a job made: a file under a name, of a `state` of what it was made from; or what it found, to be `told`."""

    name: str = ""
    content: bytes = field(default=b"", repr=False)
    state: str = ""
    told: Mapping[str, Any] | None = None


Work = Callable[[Repository, Job, Mapping[str, str], datetime], Made]
"""The `work` of a task: of a job, with what came with it, at a moment."""
