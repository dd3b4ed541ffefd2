"""What all tests share: templates and addresses are compiled once, not for each site that a test makes."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from werkzeug.routing import Rule

from tests.once import made_once
from tests.words_of_today import compile_words_of_today


@pytest.fixture(scope="session", autouse=True)
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Every site finds the templates that one before it has compiled. What is kept is known by its source."""
    folder = made_once(tmp_path_factory, "templates", lambda _: None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_options", {"bytecode_cache": FileSystemBytecodeCache(str(folder))})
        yield


@pytest.fixture(scope="session", autouse=True)
def compiled_addresses() -> Iterator[None]:
    """Every site has what puts its addresses together from one before it: making that is a fifth of a page test."""
    compiled = Rule._compile_builder
    builders: dict[object, Callable[..., tuple[str, str]]] = {}

    def compiled_once(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        key = (rule.rule, *rule._trace, *(rule.defaults or {}).items(), append_unknown)
        if key not in builders:
            builders[key] = compiled(rule, append_unknown)
        return builders[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", compiled_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_disk() -> Iterator[Callable[[int], None]]:
    """Nobody waits for the disk but those who ask for `real_disk`. Yields what flushes it."""
    flush = os.fsync
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield flush


@pytest.fixture
def real_disk(quick_disk: Callable[[int], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests of what is promised of the disk."""
    monkeypatch.setattr(os, "fsync", quick_disk)


@pytest.fixture(scope="session")
def words_of_today(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of catalogues that nobody changes: Welsh as it is in the repository, the pseudo-language of the code."""
    return made_once(tmp_path_factory, "words", compile_words_of_today)
