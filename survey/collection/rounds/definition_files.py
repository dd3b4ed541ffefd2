"""Today's files, as a round would be opened with them: read, checked whole, found by name."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from survey.collection.errors import DomainError
from survey.collection.rounds.snapshot import RoundSources
from survey.questionnaire.findings import DefinitionError
from survey.questionnaire.library import check, load_source

_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,79}[a-z0-9])?")
CLUSTERS = "clusters"
FRAMEWORKS = "frameworks"


def read_sources(folder: Path, questionnaire_id: str, edition: str, cluster_list_id: str) -> RoundSources:
    """The definition, its framework and the cluster list from a folder of questionnaires.

    Raises DomainError("unknown_questionnaire") or ("unknown_cluster_list") for a name that no file has, and
    DefinitionError with every finding when what a file holds cannot be used.
    """
    definition_path = _path(folder, questionnaire_id, edition)
    if definition_path is None:
        raise DomainError("unknown_questionnaire", questionnaire=questionnaire_id, edition=edition)
    clusters = read_cluster_list(folder, cluster_list_id)
    definition = load_source(definition_path, "questionnaire")
    framework_path = _path(folder, FRAMEWORKS, str(definition.get("framework", "")))
    findings = check([path for path in (definition_path, framework_path) if path], folder)
    if findings:
        raise DefinitionError(findings)
    framework: Any = load_source(framework_path, "framework") if framework_path else None
    return RoundSources(definition, framework, clusters)


def read_cluster_list(folder: Path, cluster_list_id: str) -> Mapping[str, Any]:
    """The JSON of a cluster list. Raises DomainError("unknown_cluster_list"), DefinitionError."""
    path = _path(folder, CLUSTERS, cluster_list_id)
    if path is None:
        raise DomainError("unknown_cluster_list", clusters=cluster_list_id)
    return load_source(path, "clusters")


def newest_cluster_list(folder: Path) -> str:
    """The id of the newest cluster list. Raises DomainError("unknown_cluster_list") when there is none."""
    lists = sorted(path.stem for path in (folder / CLUSTERS).glob("*.json"))
    if not lists:
        raise DomainError("unknown_cluster_list", clusters=str(folder / CLUSTERS))
    return lists[-1]


def _path(folder: Path, *names: str) -> Path | None:
    if not all(_NAME.fullmatch(name) for name in names):
        return None
    path = folder.joinpath(*names).with_suffix(".json")
    return path if path.is_file() else None
