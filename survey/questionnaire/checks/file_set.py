"""Checks of files that belong together: a questionnaire and its framework, a file and its name."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from survey.questionnaire.checks.outline import JsonObject, Outline
from survey.questionnaire.findings import Finding


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
    if path.name != f"{stem}.json":
        yield Finding(shown_as, "", "wrong_file_name", {"name": f"{stem}.json"})
    folder = {"questionnaire": source["id"], "framework": "frameworks", "clusters": "clusters"}[kind]
    if path.parent.name != folder:
        yield Finding(shown_as, "", "wrong_folder", {"name": folder})
