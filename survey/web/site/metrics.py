"""The figures that Prometheus fetches: requests by page, how long they took, and failures.

Each worker keeps its own in a folder, `PROMETHEUS_MULTIPROC_DIR`, and `survey/deployment/metrics.py` adds them up and
gives them out, on an address of its own. Without that folder nothing is counted.
"""

import os
from typing import Any, Self

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)


class Metrics:
    """What one process counts; with no `library`, nothing."""

    _made: Self | None = None

    def __init__(self, library: Any = None) -> None:
        self.counts = library is not None
        if library:
            self.requests = library.Counter(
                "myfyrio_requests", "Pages served, but for those of anonymous surveys", ("page", "method", "status")
            )
            self.seconds = library.Histogram(
                "myfyrio_request_seconds", "How long a page took", ("page",), buckets=SECONDS
            )
            self.failures = library.Counter("myfyrio_failures", "Pages that failed, by the kind of error", ("error",))
            self.refusals = library.Counter(
                "myfyrio_refusals", "Requests, of all pages together, for which there was no room"
            )

    @classmethod
    def of_environment(cls) -> Self:
        """Those of this process, which has them once."""
        if cls._made is None:
            library: Any = None
            if FOLDER in os.environ:
                import prometheus_client as library
            cls._made = cls(library)
        return cls._made

    def note_request(self, page: str | None, method: str, status: int, seconds: float) -> None:
        """A page was served; None for an address that is none of ours."""
        if self.counts:
            self.requests.labels(page or "none", method, str(status)).inc()
            self.seconds.labels(page or "none").observe(seconds)

    def note_failure(self, error: Any) -> None:
        """A page could not be made. `error` is an exception, or what `sys.exc_info` gives of it."""
        if self.counts:
            kind = error[0] if isinstance(error, tuple) else type(error)
            self.failures.labels(kind.__name__).inc()

    def note_refusal(self) -> None:
        """There was no room for a request. Of which page is not counted: no anonymous page may raise a figure."""
        if self.counts:
            self.refusals.inc()
