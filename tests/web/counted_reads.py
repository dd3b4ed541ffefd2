"""Counts how often each record and file is read, so that a request reads none of them twice."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask

Reads = Counter[tuple[object, ...]]


@contextmanager
def counted_reads(app: Flask) -> Iterator[tuple[Reads, Reads]]:
    """Count what is read and what is updated from here on: (reads, updates), by place and key."""
    repository = app.extensions["repository"]
    reads: Reads = Counter()
    updates: Reads = Counter()

    def counting(name: str, counter: Reads) -> Callable[..., Any]:
        original = getattr(repository, name)

        def counted(place: tuple[str, ...], key: str = "", *rest: Any) -> Any:
            counter[place, key] += 1
            return original(place, key, *rest) if key else original(place)

        return counted

    with pytest.MonkeyPatch.context() as patch:
        for name in ("read", "read_bytes", "read_all"):
            patch.setattr(repository, name, counting(name, reads))
        patch.setattr(repository, "update", counting("update", updates))
        yield reads, updates


def reads_of(app: Flask, request: Callable[[], Any], status: int) -> tuple[Reads, Reads]:
    """What one request reads and updates. It is answered with `status`."""
    with counted_reads(app) as counted:
        answer = request()
    assert answer.status_code == status, f"{answer.status_code}, and not {status}"
    return counted


def read_twice(reads: Reads) -> dict[tuple[object, ...], int]:
    """What has been read more than once."""
    return {what: times for what, times in reads.items() if times > 1}
