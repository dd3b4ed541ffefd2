"""The lists of clusters that the national team took in, over the files of the repository.

    (cluster_lists,), <id of the list>    {list, by, at}: the list as its file would have it

Once there is one, lists of the repository are no longer the newest, so that an upgrade takes nothing back. A round
keeps the clusters that it was opened with.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from survey.collection.errors import DomainError
from survey.questionnaire.json_writer import json_of
from survey.questionnaire.library import examine_content, sound_source
from survey.questionnaire.shelf import Added
from survey.storage.repository import Place, Record, Repository, Unreadable

CLUSTER_LISTS: Place = ("cluster_lists",)
CLUSTERS = "clusters"
"""The folder of lists in the repository."""


def kept_lists(repository: Repository) -> tuple[Added, ...]:
    """The lists that were taken in. Raises Unreadable."""
    return _kept_lists(repository, repository.revision(CLUSTER_LISTS))


def keep_list(
    repository: Repository,
    made: Mapping[str, Any],
    current: Mapping[str, Any],
    shown: str,
    by: str,
    now: datetime,
) -> None:
    """Keep a list, made of the one there is, in its place. `shown` is the version of that as whoever keeps it has seen
    it. Raises DomainError("clusters_changed"), DefinitionError."""
    sound_list(made)

    def change(before: Record | None) -> Record:
        if version_of(before["list"] if before else current) != shown:
            raise DomainError("clusters_changed")
        return {"list": dict(made), "by": by, "at": now.isoformat()}

    repository.update(CLUSTER_LISTS, made["id"], change)


def sound_list(made: Mapping[str, Any]) -> None:
    """Raises DefinitionError with everything that is wrong with a list."""
    sound_source(examine_content(json_of(made), Path(f"{made['id']}.json"), CLUSTERS))


def version_of(made: Mapping[str, Any]) -> str:
    """What tells a list from another."""
    return hashlib.sha256(json_of(made)).hexdigest()


@lru_cache(maxsize=8)
def _kept_lists(repository: Repository, _revision: str) -> tuple[Added, ...]:
    lists = []
    for list_id, record in repository.read_all(CLUSTER_LISTS):
        if isinstance(record, Unreadable):
            raise record
        lists.append(Added(CLUSTERS, list_id, json_of(record["list"])))
    return tuple(lists)
