"""What all tests share: templates and addresses are compiled once, not for each site that a test makes."""

import gc
import os
from collections.abc import Callable, Iterator
from copy import copy
from gettext import GNUTranslations
from hashlib import sha256
from pathlib import Path
from types import CodeType, MethodType
from typing import Any

import pytest
import resvg_py
from argon2 import PasswordHasher
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

from survey import languages
from survey.collection.people import accounts
from tests.found_good import Found
from tests.once import made_once
from tests.web import checking_client, html
from tests.words_of_today import compile_words_of_today

ALLOCATIONS = 50_000


def pytest_sessionstart() -> None:
    """Nothing that collecting the tests makes can go before the end."""
    gc.disable()


def pytest_collection_finish() -> None:
    """What has been collected, ten thousand tests, is not looked through for garbage again and again: that took a
    sixth of a test's time. Garbage of the tests is looked for, less often."""
    gc.freeze()
    gc.set_threshold(ALLOCATIONS, 10, 10)
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Every site finds the templates that one before it has compiled. What is kept is known by its source."""
    folder = made_once(tmp_path_factory, "templates", lambda _: None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_options", {"bytecode_cache": _CompiledTemplates(str(folder))})
        yield


class _CompiledTemplates(FileSystemBytecodeCache):
    """Reads each file once."""

    def __init__(self, directory: str) -> None:
        super().__init__(directory)
        self._read: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        known = (bucket.key, bucket.checksum)
        if known not in self._read:
            super().load_bytecode(bucket)
            if bucket.code:
                self._read[known] = bucket.code
        bucket.code = self._read.get(known)


@pytest.fixture(scope="session", autouse=True)
def valid_pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is right of a page is asked once, not by each worker."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(html, "found_valid", Found(made_once(tmp_path_factory, "valid-pages", lambda _: None)))
        patch.setattr(checking_client, "found_good", Found(made_once(tmp_path_factory, "good-pages", lambda _: None)))
        yield


@pytest.fixture(scope="session", autouse=True)
def read_catalogues() -> Iterator[None]:
    """A compiled catalogue is read once for all sites, while its file is the same."""
    read: dict[tuple[Path, int, int], GNUTranslations] = {}
    read_compiled = languages.read_compiled

    def read_once(path: Path) -> GNUTranslations:
        state = path.stat()
        known = (path, state.st_mtime_ns, state.st_size)
        if known not in read:
            read[known] = read_compiled(path)
        return copy(read[known])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(languages, "read_compiled", read_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def drawn_pictures(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., bytes]]:
    """The same drawing becomes a picture once in a run: three quarters of the making of a report are its pictures.
    Yields what draws."""
    folder = made_once(tmp_path_factory, "pictures", lambda _: None)
    draw = resvg_py.svg_to_bytes

    def draw_once(**asked: Any) -> bytes:
        path = folder / sha256(repr(sorted(asked.items())).encode()).hexdigest()
        if not path.exists():
            unfinished = path.with_suffix(f".{os.getpid()}")
            unfinished.write_bytes(draw(**asked))
            unfinished.replace(path)
        return path.read_bytes()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resvg_py, "svg_to_bytes", draw_once)
        yield draw


@pytest.fixture(scope="session", autouse=True)
def compiled_addresses() -> Iterator[None]:
    """Every site has what reads its addresses and puts them together from one before it: making that is a fifth of a
    page test."""
    compiled: dict[object, dict[str, Any]] = {}
    compile_rule = Rule.compile

    def compile_once(rule: Rule) -> None:
        asked = (rule.rule, rule.host, rule.subdomain, rule.merge_slashes, *(rule.defaults or {}).items())
        languages = rule.map.converters.get("language")
        key = (*asked, languages(rule.map).regex if languages else "")
        if key not in compiled:
            compile_rule(rule)
            compiled[key] = {name: getattr(rule, name) for name in ("_parts", "_trace", "_converters", "arguments")}
            compiled[key] |= {name: getattr(rule, name).__func__ for name in ("_build", "_build_unknown")}
        for name, value in compiled[key].items():
            setattr(rule, name, MethodType(value, rule) if name.startswith("_build") else value)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "compile", compile_once)
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


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Hashing a password is meant to take long; here it does not."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session")
def words_of_today(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of catalogues that nobody changes: Welsh as it is in the repository, the pseudo-language of the code."""
    return made_once(tmp_path_factory, "words", compile_words_of_today)
