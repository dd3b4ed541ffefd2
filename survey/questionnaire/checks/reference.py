"""Checks of the framework and of the list of clusters."""

from collections.abc import Iterator

from survey.questionnaire.checks.names import again
from survey.questionnaire.checks.outline import JsonObject, Outline
from survey.questionnaire.checks.texts import lengths, straight_quotes, two_blanks
from survey.questionnaire.findings import Finding, pointer

OF_WORDS = (straight_quotes, two_blanks, lengths)


def framework_findings(source: JsonObject, file: str) -> list[Finding]:
    """What is wrong with the meaning of a framework whose shape is right."""
    outline = Outline(source, file)
    own = [*_ids_of_outcomes(source, file), *_ids_of_criteria(source, file), *_families_and_levels(source, file)]
    return own + [finding for check in OF_WORDS for finding in check(outline)]


def clusters_findings(source: JsonObject, file: str) -> list[Finding]:
    """What is wrong with the meaning of a list of clusters whose shape is right."""
    findings = []
    for name in ("health_boards", "local_authorities", "clusters"):
        entries = enumerate(source[name])
        for place, code in again(((name, number, "code"), entry["code"]) for number, entry in entries):
            findings.append(Finding(file, pointer(*place), "duplicate_cluster", {"code": code}))
    boards = {board["code"] for board in source["health_boards"]}
    authorities = {authority["code"] for authority in source["local_authorities"]}
    for number, cluster in enumerate(source["clusters"]):
        if cluster["health_board"] not in boards:
            where = pointer("clusters", number, "health_board")
            findings.append(Finding(file, where, "unknown_board", {"code": cluster["health_board"]}))
        for part, code in enumerate(cluster["local_authorities"]):
            if code not in authorities:
                where = pointer("clusters", number, "local_authorities", part)
                findings.append(Finding(file, where, "unknown_authority", {"code": code}))
    return findings


def _ids_of_outcomes(source: JsonObject, file: str) -> Iterator[Finding]:
    named = ((("outcomes", number, "id"), outcome["id"]) for number, outcome in enumerate(source["outcomes"]))
    for place, outcome_id in again(named):
        yield Finding(file, pointer(*place), "duplicate_outcome", {"id": outcome_id})


def _ids_of_criteria(source: JsonObject, file: str) -> Iterator[Finding]:
    criteria = [
        (("outcomes", number, "criteria", part, "id"), outcome["id"], criterion["id"])
        for number, outcome in enumerate(source["outcomes"])
        for part, criterion in enumerate(outcome["criteria"])
    ]
    for place, criterion_id in again((place, criterion_id) for place, _, criterion_id in criteria):
        yield Finding(file, pointer(*place), "duplicate_criterion", {"id": criterion_id})
    for place, outcome_id, criterion_id in criteria:
        if not criterion_id.startswith(f"{outcome_id}."):
            yield Finding(file, pointer(*place), "criterion_elsewhere", {"id": outcome_id})


def _families_and_levels(source: JsonObject, file: str) -> Iterator[Finding]:
    modules = [module["id"] for module in source["modules"]]
    levels = [level["id"] for level in source["levels"]]
    for number, outcome in enumerate(source["outcomes"]):
        if outcome["module"] not in modules:
            values = {"id": outcome["module"], "names": ", ".join(modules)}
            yield Finding(file, pointer("outcomes", number, "module"), "unknown_module", values)
        if len({"level" in criterion for criterion in outcome["criteria"]}) > 1:
            yield Finding(file, pointer("outcomes", number, "criteria"), "mixed_levels")
        for part, criterion in enumerate(outcome["criteria"]):
            if criterion.get("level", levels[0]) not in levels:
                values = {"id": criterion["level"], "names": ", ".join(levels)}
                yield Finding(file, pointer("outcomes", number, "criteria", part, "level"), "unknown_level", values)
