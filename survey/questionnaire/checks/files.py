"""Checks of the framework, of the list of clusters, and of files that belong together."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from survey.questionnaire.builder import JsonObject
from survey.questionnaire.checks.names import again
from survey.questionnaire.checks.outline import Outline
from survey.questionnaire.findings import Finding

_YEAR = re.compile(r"20[0-9]{2}\.json")


def codes_of_clusters(outline: Outline) -> Iterator[Finding]:
    """Two entries of a list of clusters have the same code, or a cluster lies in what the list does not have."""
    source = outline.source
    for name in ("health_boards", "local_authorities", "clusters"):
        entries = enumerate(source[name])
        for place, code in again(((name, number, "code"), entry["code"]) for number, entry in entries):
            yield outline.finding(place, "duplicate_cluster", code=code)
    boards = {board["code"] for board in source["health_boards"]}
    authorities = {authority["code"] for authority in source["local_authorities"]}
    for number, cluster in enumerate(source["clusters"]):
        place = ("clusters", number)
        if cluster["health_board"] not in boards:
            yield outline.finding((*place, "health_board"), "unknown_board", code=cluster["health_board"])
        for part, code in enumerate(cluster["local_authorities"]):
            if code not in authorities:
                yield outline.finding((*place, "local_authorities", part), "unknown_authority", code=code)


def mergers_and_splits(outline: Outline) -> Iterator[Finding]:
    """A cluster was formed of one that the list does not have, or that went on beside it."""
    clusters = {cluster["code"]: cluster for cluster in outline.source["clusters"]}
    for number, cluster in enumerate(outline.source["clusters"]):
        for part, code in enumerate(cluster.get("was", ())):
            place = ("clusters", number, "was", part)
            before = clusters.get(code)
            if before is None:
                yield outline.finding(place, "unknown_predecessor", code=code)
            elif not before["valid_to"] or before["valid_to"] > cluster["valid_from"]:
                yield outline.finding(place, "lasting_predecessor", code=code, day=cluster["valid_from"])


def ids_of_outcomes(outline: Outline) -> Iterator[Finding]:
    """Two outcomes have the same id."""
    outcomes = enumerate(outline.source["outcomes"])
    for place, outcome_id in again((("outcomes", number, "id"), outcome["id"]) for number, outcome in outcomes):
        yield outline.finding(place, "duplicate_outcome", id=outcome_id)


def ids_of_criteria(outline: Outline) -> Iterator[Finding]:
    """Two criteria have the same id, or one does not begin with that of its outcome."""
    criteria = [
        (("outcomes", number, "criteria", part, "id"), outcome["id"], criterion["id"])
        for number, outcome in enumerate(outline.source["outcomes"])
        for part, criterion in enumerate(outcome["criteria"])
    ]
    for place, criterion_id in again((place, criterion_id) for place, _, criterion_id in criteria):
        yield outline.finding(place, "duplicate_criterion", id=criterion_id)
    for place, outcome_id, criterion_id in criteria:
        if not criterion_id.startswith(f"{outcome_id}."):
            yield outline.finding(place, "criterion_elsewhere", id=outcome_id)


def families_and_levels(outline: Outline) -> Iterator[Finding]:
    """An outcome is of a module, or its criterion at a level, that the framework does not have."""
    modules = [module["id"] for module in outline.source["modules"]]
    levels = [level["id"] for level in outline.source["levels"]]
    for number, outcome in enumerate(outline.source["outcomes"]):
        place = ("outcomes", number)
        if outcome["module"] not in modules:
            values = {"id": outcome["module"], "names": ", ".join(modules)}
            yield outline.finding((*place, "module"), "unknown_module", **values)
        if len({"level" in criterion for criterion in outcome["criteria"]}) > 1:
            yield outline.finding((*place, "criteria"), "mixed_levels")
        for part, criterion in enumerate(outcome["criteria"]):
            if criterion.get("level", levels[0]) not in levels:
                values = {"id": criterion["level"], "names": ", ".join(levels)}
                yield outline.finding((*place, "criteria", part, "level"), "unknown_level", **values)


def fit_findings(source: JsonObject, file: str, frameworks: Mapping[str, JsonObject]) -> Iterator[Finding]:
    """How a questionnaire fits its framework. `frameworks` are those there are, by id."""
    outline = Outline(source, file)
    name = source.get("framework")
    if name is None:
        return
    if name not in frameworks:
        yield outline.finding(("framework",), "unknown_framework", id=name, names=", ".join(frameworks) or "–")
        return
    framework = frameworks[name]
    outcomes = {outcome["id"] for outcome in framework["outcomes"]}
    below = source.get("level_rule", {}).get("below")
    levels = [*filter(None, [below]), *(level["id"] for level in framework["levels"])]
    for entry in outline.entries:
        codes = outline.codes(entry.source)
        if entry.answer_type.levels_as_options and set(codes) != set(levels):
            yield outline.finding(entry.place, "levels_differ", names=", ".join(levels))
        if entry.source.get("measure") == "good_practice_outcomes":
            for number, code in enumerate(codes):
                if code not in outcomes:
                    yield outline.finding((*entry.place, "options", number, "code"), "unknown_outcome", id=code)


def name_findings(kind: str, source: JsonObject, path: Path, shown_as: str) -> Iterator[Finding]:
    """Whether a file is called what it says it is: `<id>/<edition>.json`, `<id>.json`."""
    stem = source["edition"] if kind == "questionnaire" else source["id"]
    if path.name != f"{stem}.json" and kind == "questionnaire" and _YEAR.fullmatch(path.name):
        values = {"file": path.name, "edition": stem, "year": path.stem, "name": f"{stem}.json"}
        yield Finding(shown_as, "/edition", "wrong_edition", values)
    elif path.name != f"{stem}.json":
        yield Finding(shown_as, "", "wrong_file_name", {"name": f"{stem}.json"})
    folder = {"questionnaire": source["id"], "framework": "frameworks", "clusters": "clusters"}[kind]
    if path.parent.name != folder:
        yield Finding(shown_as, "", "wrong_folder", {"name": folder})
