"""Many people at once: what each of them asks for, when, and how long the answer took.

A request is timed from the moment at which it was to be sent, so that a service that holds up one holds up the figures
of those behind it too. Each has a connection of its own, as nginx makes them.
"""

import asyncio
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import ceil, nan

PATIENCE = 60.0
MEANT = ("200", "303")

FORM = "application/x-www-form-urlencoded"


@dataclass
class Answers:
    """How long each answer took, in seconds, by kind of request; and what became of all.

    `refused` and `failures` are by kind. The crowd has to be fast enough itself: `late` is how much later than meant
    each was sent, `processor_seconds` what sending and reading took.
    """

    seconds: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    late: list[float] = field(default_factory=list)
    processor_seconds: float = 0.0

    @property
    def asked(self) -> int:
        return sum(self.statuses.values())

    @property
    def failed(self) -> int:
        """Those with no answer, or another than people expect. To be told to come again (503) is counted apart."""
        return self.failures.total()

    def milliseconds(self, percent: float, *kinds: str) -> float:
        """So many of a hundred of those that were taken were answered at least as fast."""
        return percentile(percent, [time for kind in kinds or self.seconds for time in self.seconds.get(kind, ())])


def percentile(percent: float, seconds: list[float]) -> float:
    """Milliseconds within which so many of a hundred are; no number where there are none."""
    return sorted(seconds)[ceil(len(seconds) * percent / 100) - 1] * 1000 if seconds else nan


@dataclass(frozen=True)
class Request:
    """`at` is when to send it, in seconds from the start; nothing is sent where `sent` gives nothing. `then` has the
    body of the answer, which is empty if there was none or it was refused.
    """

    at: float
    kind: str
    sent: Callable[[], bytes | None]
    then: Callable[[bytes], None] = lambda _body: None


def message(method: str, path: str, cookies: str, body: str = "", accept: str = "text/html") -> bytes:
    """A request as it goes over the wire."""
    length = f"Content-Type: {FORM}\r\nContent-Length: {len(body.encode())}\r\n" if method == "POST" else ""
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\nAccept: {accept}\r\n{length}"
    return f"{head}Connection: close\r\n\r\n{body}".encode()


def send_all(port: int, requests: Iterable[Request]) -> Answers:
    """Send them, each at its time, which must be in order."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    answers, before = Answers(), time.process_time()
    asyncio.run(_send_all(port, requests, answers))
    answers.processor_seconds = time.process_time() - before
    return answers


async def _send_all(port: int, requests: Iterable[Request], answers: Answers) -> None:
    start = time.monotonic()
    async with asyncio.TaskGroup() as group:
        for request in requests:
            await asyncio.sleep(max(0.0, start + request.at - time.monotonic()))
            group.create_task(_send(port, request, start, answers))


async def _send(port: int, request: Request, start: float, answers: Answers) -> None:
    sent = request.sent()
    if sent is None:
        return
    answers.late.append(time.monotonic() - start - request.at)
    try:
        status, body = await asyncio.wait_for(_answered(port, sent), PATIENCE)
    except (OSError, EOFError, TimeoutError, ValueError, IndexError) as error:
        answers.statuses[type(error).__name__] += 1
        answers.failures[request.kind] += 1
        request.then(b"")
        return
    answers.statuses[status] += 1
    if status == "503":
        answers.refused[request.kind] += 1
    elif status in MEANT:
        answers.seconds.setdefault(request.kind, []).append(time.monotonic() - start - request.at)
    else:
        answers.failures[request.kind] += 1
    request.then(body if status == "200" else b"")


async def _answered(port: int, sent: bytes) -> tuple[str, bytes]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(sent)
        head, _, body = (await reader.read()).partition(b"\r\n\r\n")
        return head.split(b" ", 2)[1].decode(), body
    finally:
        writer.close()
