"""What the pages of docs/ and the README name is there, and each page is listed."""

import re
from pathlib import Path

import pytest

from survey.config import ROOT

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
INDEX = (DOCS / "README.md").read_text("utf-8")
DEVELOPERS = (DOCS / "developers.md").read_text("utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))

by_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


@by_page
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


@by_page
def test_every_page_that_is_named_is_there(page: Path) -> None:
    for name in re.findall(r"`([a-z-]+\.md)`", page.read_text("utf-8")):
        assert (DOCS / name).exists(), name


@by_page
def test_every_path_that_is_named_is_there(page: Path) -> None:
    for name in re.findall(
        r"`((?:survey|tests|questionnaires|requirements)/[A-Za-z0-9_./-]*)`", page.read_text("utf-8")
    ):
        assert list(ROOT.glob(name.rstrip("/"))), name


@by_page
def test_every_make_target_that_is_named_is_one(page: Path) -> None:
    code = re.findall(r"^ {4}(.*)$|`([^`]+)`", page.read_text("utf-8"), re.MULTILINE)
    named = {target for line in code for target in re.findall(r"\bmake ([a-z-]+)\b", "".join(line))}
    assert named <= TARGETS | {"help"}


def test_every_page_is_in_the_index() -> None:
    listed = set(re.findall(r"\(([a-z-]+\.md)\)", INDEX))
    assert listed == {page.name for page in DOCS.glob("*.md")} - {"README.md"}


def test_every_room_stands_in_the_picture_of_the_house() -> None:
    (picture,) = re.findall(r"^## The house\n\n((?: {4}.*\n)+)", DEVELOPERS, re.MULTILINE)
    there = [path for path in (ROOT / "survey").iterdir() if (path / "__init__.py").exists() or path.suffix == ".py"]
    names = {path.name if path.suffix else f"{path.name}/" for path in there} - {"__init__.py"}
    missing = {name for name in names if not re.search(rf"(?<![\w/]){re.escape(name)}", picture)}
    assert missing == set()


def test_every_part_of_the_site_stands_in_the_picture_of_the_house() -> None:
    parts = {path.parent.name for path in (ROOT / "survey" / "web").glob("*/__init__.py")}
    (line,) = re.findall(r"^ +web/ +pages: (.*)$", DEVELOPERS, re.MULTILINE)
    assert {f"{part}/" for part in parts} <= set(re.findall(r"[a-z]+/", line))


def test_every_test_that_names_what_was_forgotten_is_there() -> None:
    (table,) = re.findall(r"^## Where a new … goes\n\n((?:\|.*\n)+)", DEVELOPERS, re.MULTILINE)
    named = set(re.findall(r"\b(test_[a-z_]+\.py)", table))
    assert len(named) > 10
    assert named <= {path.name for path in (ROOT / "tests").rglob("test_*.py")}
