"""Loading: whole folders, files that belong together, and every wording put to use."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from survey.languages import language
from survey.questionnaire.checks import meaning_findings
from survey.questionnaire.finding_words import WORDINGS
from survey.questionnaire.findings import DefinitionError, Finding, describe, line, pointer
from survey.questionnaire.library import QUESTIONNAIRES, check, examine, load_all, load_source, unused
from tests.authoring import test_book, test_xlsform
from tests.questionnaire import test_checks, test_json_reader, test_shape
from tests.questionnaire.examples import source

Breaking = Callable[[dict[str, Any]], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A sound folder: one framework, one questionnaire, and the schema, which is not a definition."""
    write(tmp_path / "frameworks" / "tiny-framework.json", source("tiny-framework"))
    write(tmp_path / "whole" / "2026.json", source("whole"))
    (tmp_path / "schema").mkdir()
    shutil.copy(QUESTIONNAIRES / "schema" / "questionnaire.schema.json", tmp_path / "schema")
    return tmp_path


def write(path: Path, value: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), "utf-8")
    return path


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def test_a_sound_folder_is_a_library(folder: Path) -> None:
    library = load_all(folder)
    assert list(library.questionnaires) == [("whole", "2026")]
    assert list(library.frameworks) == ["tiny-framework"]
    (edition,) = library.questionnaires.values()
    assert library.frameworks[edition.framework_id or ""].id == "tiny-framework"


def test_a_questionnaire_without_a_framework_has_none(folder: Path) -> None:
    write(folder / "tiny" / "2026.json", source("short_text"))
    library = load_all(folder)
    assert library.questionnaires["tiny", "2026"].framework_id is None


def test_editions_come_oldest_first(folder: Path) -> None:
    write(folder / "whole" / "2027.json", source("whole") | {"edition": "2027"})
    assert list(load_all(folder).questionnaires) == [("whole", "2026"), ("whole", "2027")]


def test_the_faults_of_all_files_come_at_once(folder: Path) -> None:
    write(folder / "a.json", {})
    (folder / "b.json").write_text("{", "utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_all(folder)
    assert [(Path(finding.file).name, finding.code) for finding in caught.value.findings] == [
        ("a.json", "unknown_kind"),
        ("b.json", "unclosed_bracket"),
    ]


@pytest.mark.parametrize(("value", "code"), [({}, "unknown_kind"), ([], "no_definition"), ("x", "no_definition")])
def test_what_does_not_say_what_it_is_is_told_the_line_to_paste(folder: Path, value: Any, code: str) -> None:
    write(folder / "a.json", value)
    (finding,) = examine(folder / "a.json").findings
    assert finding.code == code
    for spoken in ("en", "cy"):
        assert '"$schema": "../schema/questionnaire.schema.json",' in describe(finding, language(spoken))


def broken_in_folder(folder: Path, name: str) -> list[Finding]:
    whole = source("whole")
    if name == "unknown_framework":
        whole["framework"] = "another-framework"
    elif name == "levels_differ":
        whole["option_sets"]["levels"].pop()
    elif name == "unknown_outcome":
        options = [{"code": "m-01", "label": "Outcome"}, {"code": "m-02", "label": "No outcome"}]
        extra = {"id": "serves", "type": "multiple_choice", "label": "Which?", "options": options}
        whole["sections"][2]["questions"].append(extra | {"measure": "good_practice_outcomes"})
    path = write(folder / "whole" / "2026.json", whole)
    if name == "wrong_file_name":
        path.rename(path.with_name("2026 copy.json"))
    elif name == "wrong_edition":
        path.rename(path.with_name("2027.json"))
    elif name == "wrong_folder":
        path.parent.rename(folder / "other")
    return check(sorted(folder.glob("*/*20*.json")), folder)


TOGETHER = [
    ("unknown_framework", ["/framework"]),
    ("levels_differ", ["/sections/1/questions/1", "/sections/1/questions/2"]),
    ("unknown_outcome", ["/sections/2/questions/4/options/1/code"]),
    ("wrong_file_name", [""]),
    ("wrong_edition", ["/edition"]),
    ("wrong_folder", [""]),
]


@pytest.mark.parametrize(("code", "places"), TOGETHER)
def test_files_that_do_not_fit_together(folder: Path, code: str, places: list[str]) -> None:
    found = broken_in_folder(folder, code)
    assert codes(found) == [code] * len(places)
    assert [finding.pointer for finding in found] == places


def test_a_copy_elsewhere_may_have_any_name(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    copy = write(tmp_path_factory.mktemp("copies") / "broken copy.json", source("whole"))
    assert check([copy], folder) == []


REFERENCE: list[tuple[str, Breaking, str, str]] = [
    ("framework", lambda f: f["outcomes"][1].update(id="m-01"), "duplicate_outcome", "/outcomes/1/id"),
    (
        "framework",
        lambda f: f["outcomes"][0]["criteria"][1].update(id="m-01.f1"),
        "duplicate_criterion",
        "/outcomes/0/criteria/1/id",
    ),
    (
        "framework",
        lambda f: f["outcomes"][0]["criteria"][1].update(id="s-01.f2"),
        "criterion_elsewhere",
        "/outcomes/0/criteria/1/id",
    ),
    ("framework", lambda f: f["outcomes"][0].update(module="x"), "unknown_module", "/outcomes/0/module"),
    (
        "framework",
        lambda f: f["outcomes"][0]["criteria"][0].update(level="top"),
        "unknown_level",
        "/outcomes/0/criteria/0/level",
    ),
    ("framework", lambda f: f["outcomes"][0]["criteria"][0].pop("level"), "mixed_levels", "/outcomes/0/criteria"),
    ("framework", lambda f: f["outcomes"][0].update(purpose="It's good."), "straight_quote", "/outcomes/0/purpose"),
    (
        "framework",
        lambda f: f["outcomes"][0]["criteria"][2].update(parts=["here", "x  y"]),
        "two_blanks",
        "/outcomes/0/criteria/2/parts/1",
    ),
    ("framework", lambda f: f["levels"][0].update(name="Foundation " * 3 + "x"), "too_long", "/levels/0/name"),
    ("clusters", lambda c: c["clusters"][1].update(code="one"), "duplicate_cluster", "/clusters/1/code"),
    (
        "clusters",
        lambda c: c["clusters"][1].update(health_board="W11000002"),
        "unknown_board",
        "/clusters/1/health_board",
    ),
    ("clusters", lambda c: c["clusters"][1].update(was=["nobody"]), "unknown_predecessor", "/clusters/1/was/0"),
    (
        "clusters",
        lambda c: c["clusters"][1].update(was=["one"], valid_from="2026-04-01"),
        "lasting_predecessor",
        "/clusters/1/was/0",
    ),
    (
        "clusters",
        lambda c: c["clusters"][1].update(local_authorities=["W06000002"]),
        "unknown_authority",
        "/clusters/1/local_authorities/0",
    ),
]


def clusters() -> dict[str, Any]:
    """As much of a list of clusters as its checks look at."""
    cluster = {"health_board": "W11000001", "local_authorities": ["W06000001"]}
    cluster |= {"valid_from": "2022-04-01", "valid_to": None}
    return {
        "health_boards": [{"code": "W11000001"}],
        "local_authorities": [{"code": "W06000001"}],
        "clusters": [{"code": "one", **cluster}, {"code": "two", **cluster}],
    }


@pytest.mark.parametrize(("kind", "break_it", "code", "place"), REFERENCE)
def test_faults_of_reference_data(kind: str, break_it: Breaking, code: str, place: str) -> None:
    broken = source("tiny-framework") if kind == "framework" else clusters()
    break_it(broken)
    found = meaning_findings(kind, broken, "f")
    assert (code, place) in [(finding.code, finding.pointer) for finding in found]


def test_sound_reference_data_has_no_faults() -> None:
    assert meaning_findings("framework", source("tiny-framework"), "f") == []
    assert meaning_findings("clusters", clusters(), "f") == []


def test_a_framework_with_a_fault_is_not_loaded(tmp_path: Path) -> None:
    broken = source("tiny-framework")
    broken["outcomes"][0]["module"] = "x"
    with pytest.raises(DefinitionError):
        load_source(write(tmp_path / "f.json", broken), "framework")


def test_a_file_of_another_kind_is_not_loaded_as_this_one(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError):
        load_source(write(tmp_path / "f.json", source("tiny-framework")), "questionnaire")


def test_every_wording_is_used_by_a_broken_file_and_every_broken_file_has_one() -> None:
    used = test_checks.CODES | test_shape.CODES | test_json_reader.CODES
    used |= {"unknown_kind", "no_definition", "in_no_table_of_its_own"}
    used |= (
        test_book.CODES | test_xlsform.CODES | {code for code, _ in TOGETHER} | {code for _, _, code, _ in REFERENCE}
    )
    assert used == set(WORDINGS)


def test_a_question_without_a_measure_is_no_fault_and_is_told(tmp_path: Path) -> None:
    examined = examine(write(tmp_path / "2026.json", source("whole")))
    told = unused([examined])
    assert examined.findings == ()
    assert {finding.code for finding in told} == {"in_no_table_of_its_own"}
    assert "Since which year?" in {finding.about for finding in told}
    assert "Which one?" not in {finding.about for finding in told}


def test_a_finding_is_one_line_with_file_place_and_what_to_do(tmp_path: Path) -> None:
    path = write(tmp_path / "x.json", source("whole") | {"edition": "26"})
    (finding,) = examine(path).findings
    column = path.read_text("utf-8").index('"edition"') + 1
    assert line(finding, language("en")) == (
        f"{path}:1:{column}: /edition: “26” is not an edition. Write a year like 2026."
    )
    assert describe(finding, language("en")).startswith("“26”")


def test_pointers_escape_what_means_something_in_them() -> None:
    assert pointer("a/b", 0, "c~d") == "/a~1b/0/c~0d"
    assert pointer() == ""


def test_what_is_in_the_repository_is_sound() -> None:
    library = load_all()
    assert ("self-reflection", "2026") in library.questionnaires
