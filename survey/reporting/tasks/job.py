"""What a job is, and what its work gives: known to those who ask for it and to those who do it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from survey.collection.rounds.round import place
from survey.storage.repository import Place, Repository

MADE = "made"
WORKBOOK, DATA, DOCUMENT, CONTRIBUTIONS = "workbook", "data", "document", "contributions"
RELEASE, DRAFT, CORRECTION = "release", "draft", "correction"
CLUSTER_RELEASE = "cluster_release"
POST, HEADINGS = "post", "headings"
DASHBOARD = "dashboard"


@dataclass(frozen=True, slots=True)
class Job:
    """Work for a round, with how few people hidden.

    `task` is the module of `tasks` that does it. `what`, `language` and `ending` tell the files of a task apart, as far
    as it has several; `by` is the account that a release or correction is made for.
    """

    round: str
    task: str
    threshold: int
    what: str = ""
    language: str = ""
    ending: str = ""
    by: str = ""

    @property
    def place(self) -> Place:
        """Where what it makes is kept."""
        return place(self.round, MADE)

    @property
    def key(self) -> str:
        """The key of what is kept about it."""
        return ".".join(filter(None, (self.task, self.what, self.language, self.ending)))

    @property
    def file(self) -> str:
        """The name under which the file itself is kept."""
        return f"{self.key}.file"


@dataclass(frozen=True, slots=True)
class JobResult:
    """What a job made: a file under a name, of a `state` of what it was made from; or what it found, to be `told`."""

    name: str = ""
    content: bytes = field(default=b"", repr=False)
    state: str = ""
    told: Mapping[str, Any] | None = None


Work = Callable[[Repository, Job, Mapping[str, str], datetime], JobResult]
"""The `work` of a task: of a job, with what came with it, at a moment."""
