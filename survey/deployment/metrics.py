"""Gives out what the workers have counted, and how the service is, for Prometheus: an address of its own.

python -m survey.deployment.metrics 127.0.0.1:9108 http://127.0.0.1:8000/readyz
"""

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

GAUGES = {
    "free_bytes": ("myfyrio_free_bytes", "Room on the disk of the data folder"),
    "free_files": ("myfyrio_free_files", "How many more files that disk takes; 0 where it keeps no count"),
    "last_backup": ("myfyrio_last_backup_timestamp_seconds", "When the last backup was made"),
    "last_copy": ("myfyrio_last_backup_copy_timestamp_seconds", "When a backup was last copied to another place"),
    "last_rehearsal": ("myfyrio_last_rehearsal_timestamp_seconds", "When a backup was last restored for practice"),
    "next_closing": ("myfyrio_next_closing_timestamp_seconds", "When the next round closes"),
}


class Readiness(Collector):
    """What `/readyz` says, as figures. Without an answer there is one alone: that it is not ready."""

    def __init__(self, address: str) -> None:
        self.address = address

    def collect(self) -> Iterator[Metric]:
        """Ask, each time that Prometheus does."""
        said = self._said()
        ready = said.get("status") == "ok"
        yield GaugeMetricFamily("myfyrio_ready", "Whether answers can be kept", value=int(ready))
        yield GaugeMetricFamily("myfyrio_warnings", "What is to be seen to", value=len(said.get("warnings", [])))
        for name, (metric, about) in GAUGES.items():
            if said.get(name) is not None:
                yield GaugeMetricFamily(metric, about, value=_number(said[name]))

    def _said(self) -> dict[str, Any]:
        with suppress(URLError, OSError, ValueError):
            try:
                answer = urlopen(self.address, timeout=5)  # noqa: S310 — the operator’s own
            except HTTPError as error:
                answer = error
            with answer:
                said: dict[str, Any] = json.load(answer)
                return said
        return {}


def registry(readiness: str) -> CollectorRegistry:
    """All figures there are. `readiness` is the address of `/readyz`."""
    figures = CollectorRegistry()
    MultiProcessCollector(figures)  # type: ignore[no-untyped-call]
    figures.register(Readiness(readiness))
    return figures


def _number(value: Any) -> float:
    return datetime.fromisoformat(value).timestamp() if isinstance(value, str) else float(value)


if __name__ == "__main__":
    host, _, port = sys.argv[1].rpartition(":")
    start_http_server(int(port), host, registry(sys.argv[2]))
    threading.Event().wait()
