"""What the pages of docs/ and the README name is there, each page is listed, and what is generated is up to date."""

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from docs.generate import GENERATED, generated
from survey.commands import GROUPS
from survey.config import PREFIX, ROOT, SETTINGS

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
INDEX = (DOCS / "README.md").read_text("utf-8")
DEVELOPERS = (DOCS / "developers.md").read_text("utf-8")
OPERATORS = (DOCS / "operators.md").read_text("utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
MODULES = {path.name for folder in ("survey", "tests", "docs") for path in (ROOT / folder).rglob("*.py")}
COMMANDS = {
    f"{name} {below}": command
    for name in GROUPS
    for below, command in getattr(import_module(f"survey.commands.{name}"), name).commands.items()
}


def named(pattern: str) -> pytest.MarkDecorator:
    """A test of all names that a pattern finds, page by page. Where none is found it fails: see `pyproject.toml`."""
    texts = {page: page.read_text("utf-8").replace("\\\n", " ") for page in PAGES}
    found = {page: sorted(set(re.findall(pattern, text, re.MULTILINE))) for page, text in texts.items()}
    return pytest.mark.parametrize(
        ("page", "names"), [pytest.param(page, names, id=page.name) for page, names in found.items() if names]
    )


@pytest.mark.parametrize("page", GENERATED)
def test_what_is_generated_is_up_to_date(page: str) -> None:
    assert (DOCS / page).read_text("utf-8") == generated(page), "run: make docs"


@named(r"\]\(([^)#]+)(?:#[^)]*)?\)")
def test_every_link_leads_somewhere(page: Path, names: list[str]) -> None:
    assert [name for name in names if not (page.parent / name).exists()] == []


@named(r"`([a-z-]+\.md)`")
def test_every_page_that_is_named_is_there(page: Path, names: list[str]) -> None:
    assert [name for name in names if not (DOCS / name).exists()] == []


@named(r"\b((?:survey|tests|questionnaires|requirements|docs)/[A-Za-z0-9_./-]*[A-Za-z0-9_/])(?![\w<{])")
def test_every_path_that_is_named_is_there(page: Path, names: list[str]) -> None:
    assert [name for name in names if not list(ROOT.glob(name.rstrip("/")))] == []


@named(r"`([a-z_]+\.py)`")
def test_every_module_that_is_named_is_there(page: Path, names: list[str]) -> None:
    assert [name for name in names if name not in MODULES] == []


@named(r"(?:^ {4}|`)make ([a-z-]+)\b")
def test_every_make_target_that_is_named_is_one(page: Path, names: list[str]) -> None:
    assert set(names) <= TARGETS


@named(rf"(?:^ {{4}}|`|wsgi )((?:{'|'.join(GROUPS)}) [a-z-]+)\b")
def test_every_command_that_is_named_is_one(page: Path, names: list[str]) -> None:
    assert set(names) <= COMMANDS.keys()


@named(rf"\b{PREFIX}_([A-Z_]+)\b")
def test_every_setting_that_is_named_is_one(page: Path, names: list[str]) -> None:
    assert set(names) <= {setting.name for setting in SETTINGS}


@named(rf"(?:^ {{4}}|`|wsgi )((?:{'|'.join(GROUPS)}) [a-z-]+ [^`\n]*--[^`\n]*)")
def test_every_usage_has_the_options_of_its_command(page: Path, names: list[str]) -> None:
    for name in names:
        command: Any = COMMANDS[" ".join(name.split()[:2])]
        known = {option for param in command.params for option in param.opts}
        assert set(re.findall(r"(?<=\s)--[a-z-]+", name)) <= known, name


def test_the_page_for_operators_leads_to_the_settings() -> None:
    assert "`settings.md`" in OPERATORS
    assert len(set(re.findall(rf"\b{PREFIX}_([A-Z_]+)\b", OPERATORS))) > 4


def test_every_page_is_in_the_index() -> None:
    listed = set(re.findall(r"\(([a-z-]+\.md)\)", INDEX))
    assert listed == {page.name for page in DOCS.glob("*.md")} - {"README.md"}


def test_every_room_stands_in_the_picture_of_the_house() -> None:
    (picture,) = re.findall(r"^## The house\n\n((?: {4}.*\n)+)", DEVELOPERS, re.MULTILINE)
    there = [path for path in (ROOT / "survey").iterdir() if (path / "__init__.py").exists() or path.suffix == ".py"]
    names = {path.name if path.suffix else f"{path.name}/" for path in there} - {"__init__.py"}
    assert {"questionnaire/", "web/", "config.py"} <= names
    missing = {name for name in names if not re.search(rf"(?<![\w/]){re.escape(name)}", picture)}
    assert missing == set()


def test_every_part_of_the_site_stands_in_the_picture_of_the_house() -> None:
    parts = {path.parent.name for path in (ROOT / "survey" / "web").glob("*/__init__.py")}
    assert {"site", "respond"} <= parts
    (line,) = re.findall(r"^ +web/ +pages: (.*)$", DEVELOPERS, re.MULTILINE)
    assert {f"{part}/" for part in parts} <= set(re.findall(r"[a-z]+/", line))


def test_every_test_that_names_what_was_forgotten_is_there() -> None:
    (places,) = re.findall(r"^## Where a thing goes, new or changed\n(.*?)^## ", DEVELOPERS, re.MULTILINE | re.DOTALL)
    names = set(re.findall(r"\b(test_[a-z_]+\.py)", places))
    assert len(names) > 80
    assert names <= {path.name for path in (ROOT / "tests").rglob("test_*.py")}


@pytest.mark.parametrize(("name", "path"), re.findall(r"`(\w+)` in\s+`(survey/[\w/]+\.py)`", DEVELOPERS))
def test_what_is_said_to_be_in_a_module_is_defined_there(name: str, path: str) -> None:
    module = (ROOT / path).read_text("utf-8")
    assert re.search(rf"^(?:def|class) {name}\b|^{name}\b.* = ", module, re.MULTILINE), f"{name} is not in {path}"
