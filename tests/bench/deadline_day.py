"""The last day of both rounds, on files and on PostgreSQL, beside the same requests to a bare Flask endpoint.

Sixty clusters with five people each write at once: everybody saves every six seconds, is seen by colleagues every
fifteen and opens a page once a minute. In the first ten seconds of each minute fifty staff a second open the survey and
as many submit it: in an hour, the 30,000 of a whole day.

    python -m tests.bench.deadline_day                     two minutes of each
    SECONDS=20 python -m tests.bench.deadline_day          a look at whether it runs
    MINUTES=60 python -m tests.bench.deadline_day files    an hour of it, for the memory; or `database`
    PACE=0.2 MINUTES=60 …                                  everybody a fifth as often, while others use the machine

Let nothing else run. The crowd runs on the same machine: how much of a processor it takes, and how late it sends, is
said with the rest, since a crowd that cannot keep up measures itself.
"""

import json
import os
import random
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from heapq import merge
from http.client import HTTPConnection
from math import ceil
from pathlib import Path
from unittest.mock import patch
from urllib.parse import urlencode
from uuid import uuid4

from survey import create_app
from survey.collection.people.access import issue_code, new_code, store_link
from survey.collection.responses.anonymous import responses_of
from survey.collection.responses.anonymous_drafts import begin, drafts_of, save_draft
from survey.collection.responses.merge import whole
from survey.collection.rounds.opening import read_sources
from survey.collection.rounds.round import Round, change_round, create_round
from survey.collection.rounds.snapshot import RoundSnapshot, write_snapshot
from survey.config import ROOT
from survey.demonstration.workforce import EDITION, QUESTIONNAIRE
from survey.questionnaire.builder import framework_from, questionnaire_from
from survey.questionnaire.texts import messages
from survey.storage.opening import open_storage
from survey.storage.repository import Repository
from survey.web.anonymous.draft_cookie import signed
from tests import postgresql
from tests.bench.anonymous import ROUND as SURVEY
from tests.bench.anonymous import answers_of
from tests.bench.crowd import Answers, Request, message, percentile, send_all
from tests.bench.rows import Row, show
from tests.bench.served import served
from tests.bench.weight import GROWTH, weighed
from tests.collection.anonymous_example import opened_with
from tests.web.html import document

REFLECTION = "deadline"
OUTCOMES = ("pcmw-01", "pcmw-02", "pcmw-03", "pcmw-04", "pcmw-05")
TOKEN = "k7qt-9wxm-3fbd"
HOME = f"/en/survey/{TOKEN}/"
SAVES, LOOKS, OPENS = 6.0, 15.0, 60.0
BURST, A_SECOND = 10, 50
MINUTES = 2.0
WAKES = 4
SLOWEST = 500.0
"""Milliseconds within which 99 of a hundred saves and submissions have to be answered."""
LATE = 50.0
"""Milliseconds that the crowd may be late with 99 of a hundred requests before its figures are its own."""


@dataclass
class Person:
    """Somebody of a cluster who writes about one outcome, with what her browser holds."""

    page: str
    cookies: str
    fields: dict[str, str]
    saved: int = 0
    acknowledged: int = 0
    is_waiting: bool = False

    def save(self) -> bytes | None:
        """What the script of the page sends of the text that she has gone on with: one save at a time."""
        if self.is_waiting:
            return None
        self.is_waiting = True
        self.saved += 1
        sent = {**self.fields, "on_page": "went_well", "q-went_well": f"What we did, {self.saved:05}. " * 12}
        return message("POST", self.page, self.cookies, urlencode(sent), "application/json")

    def note(self, body: bytes) -> None:
        """The service says what the next is based on."""
        self.is_waiting = False
        if body.startswith(b"{"):
            self.fields["base"] = json.loads(body)["base"]
            self.acknowledged = self.saved

    def look(self) -> bytes:
        body = urlencode({name: self.fields[name] for name in ("csrf_token", "whose")})
        return message("POST", self.page.replace("/section/", "/presence/"), self.cookies, body, "*/*")

    def open(self) -> bytes:
        return message("GET", self.page, self.cookies)


@dataclass
class Day:
    """Everybody who comes. `staff` are requests that submit, made ready beforehand; at a `pace` of 0.5 everything is
    asked half as often."""

    people: list[Person]
    staff: Iterator[bytes]
    home: bytes
    pace: float = 1.0
    chance: random.Random = field(default_factory=lambda: random.Random(2026))

    def requests(self, minutes: float) -> Iterator[Request]:
        """All of them, in the order in which they come."""
        return merge(self.of_clusters(minutes), self._staff(minutes * 60), key=lambda request: request.at)

    def of_clusters(self, minutes: float) -> Iterator[Request]:
        """Those of people who write for their clusters."""
        end = minutes * 60
        every = [self._every(SAVES, end, "save", one.save, one.note) for one in self.people]
        every += [self._every(LOOKS, end, "seen", one.look) for one in self.people]
        every += [self._every(OPENS, end, "page", one.open) for one in self.people]
        return merge(*every, key=lambda request: request.at)

    def _every(
        self,
        pause: float,
        end: float,
        kind: str,
        sent: Callable[[], bytes | None],
        then: Callable[[bytes], None] = lambda _body: None,
    ) -> Iterator[Request]:
        at = self.chance.uniform(0, pause / self.pace)
        while at < end:
            yield Request(at, kind, sent, then)
            at += pause / self.pace

    def _staff(self, end: float) -> Iterator[Request]:
        for minute in range(int(end // 60) or 1):
            for number in range(int(BURST * A_SECOND * self.pace)):
                at = minute * 60 + number / (A_SECOND * self.pace)
                yield Request(at, "survey", lambda: self.home)
                yield Request(at, "submission", lambda: next(self.staff))


def run(*kept: str) -> Iterator[Row]:
    """Milliseconds a request, refusals, errors, megabytes, and processor time; of all of them a table first."""
    minutes, table, rows = _minutes(), [HEADING], []
    for name, storage in STORAGES.items():
        if name in (kept or STORAGES):
            with storage() as settings:
                rows += _measured(name, settings, minutes, table)
    print(f"{minutes:g} minutes at a pace of {_pace():g}, load average at the end {os.getloadavg()}\n")
    print("\n".join(table))
    yield from rows


def _minutes() -> float:
    if "SECONDS" in os.environ:
        return float(os.environ["SECONDS"]) / 60
    return float(os.environ.get("MINUTES", MINUTES))


def _wake(port: int, people: list[Person]) -> None:
    """Have everybody open her page at one moment, until every thread of the service was needed: each begins with the
    first request for which no other is free, and keeps some memory for itself."""
    for _ in range(WAKES):
        send_all(port, [Request(0, "page", one.open) for one in people])


def _pace() -> float:
    return float(os.environ.get("PACE", "1"))


def _measured(kept: str, settings: dict[str, str], minutes: float, table: list[str]) -> list[Row]:
    repository = open_storage(Path(settings["SURVEY_DATA"]), settings.get("SURVEY_DATABASE"))
    pace = _pace()
    drafts = ready_drafts(repository, ceil(max(minutes, 1) * BURST * A_SECOND * pace))
    codes = open_rounds(repository)
    with served(settings) as service:
        day = come(service.port, settings, codes, drafts)
        day.pace = pace
        _wake(service.port, day.people)
        before = service.processor_seconds()
        with weighed(service) as weight:
            ours = send_all(service.port, day.requests(minutes))
        ours_took = (service.processor_seconds() - before) / ours.asked * 1000
    submitted = len(repository.keys(responses_of(SURVEY)))
    with served({}, "tests.bench.bare:app") as service:
        again = Day(day.people, iter([day.home] * len(drafts)), day.home, day.pace)
        before = service.processor_seconds()
        bare = send_all(service.port, again.requests(min(minutes, MINUTES)))
        bare_took = (service.processor_seconds() - before) / bare.asked * 1000
    for whose, answers, took in ((kept, ours, ours_took), ("bare Flask", bare, bare_took)):
        table += [_line(whose, kind, answers, kind) for kind in sorted(answers.seconds)]
        table += [_line(whose, "all", answers), _processor_time(answers, took)]
    table.append(weight.line())
    accepted = len(ours.seconds.get("submission", ()))
    return [
        Row(f"p99 of saves and submissions, {kept}", ours.milliseconds(99, "save", "submission"), SLOWEST, "ms", 1),
        Row(f"errors, {kept}", ours.failed, ours.asked, "of", 0),
        Row(f"told to come again, {kept}", ours.refused.total(), ours.asked, "of", 0),
        Row(f"submissions taken and not kept, {kept}", accepted - submitted, accepted, "of", 0),
        Row(f"memory at the end of {minutes:g} minutes, {kept}", weight.last, weight.warm, "MB", GROWTH),
        Row(f"p99 of how late the crowd sends, {kept}", percentile(99, ours.late), LATE, "ms", 1),
    ]


HEADING = (
    f"{'on':<11}{'request':<11}{'taken':>8}{'refused':>9}{'errors':>8}{'p50':>9}{'p95':>9}{'p99':>9}{'slowest':>9}  ms"
)


def _line(whose: str, kind: str, answers: Answers, *kinds: str) -> str:
    taken = sum(len(answers.seconds[one]) for one in kinds or answers.seconds)
    refused = answers.refused[kind] if kinds else answers.refused.total()
    failed = answers.failures[kind] if kinds else answers.failed
    times = "".join(f"{answers.milliseconds(percent, *kinds):9.1f}" for percent in (50, 95, 99, 100))
    return f"{whose:<11}{kind:<11}{taken:8}{refused:9}{failed:8}{times}"


def _processor_time(answers: Answers, took: float) -> str:
    each = answers.processor_seconds / answers.asked * 1000
    return (
        f"  processor time a request: {took:.2f} ms; of the crowd {each:.2f} ms, which was late by "
        f"{percentile(50, answers.late):.1f} ms (p50), {percentile(99, answers.late):.1f} ms (p99)\n"
    )


@contextmanager
def _files() -> Iterator[dict[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        yield {"SURVEY_DATA": f"{folder}/data"}


@contextmanager
def _database() -> Iterator[dict[str, str]]:
    """On the disk, as a database is kept."""
    with (
        patch.object(postgresql, "IN_MEMORY", Path(tempfile.gettempdir())),
        postgresql.running() as server,
        tempfile.TemporaryDirectory() as folder,
    ):
        yield {"SURVEY_DATA": f"{folder}/data", "SURVEY_DATABASE": server.url()}


STORAGES = {"files": _files, "database": _database}


def open_rounds(repository: Repository) -> list[str]:
    """Open the reflection, and give everybody a code of her cluster: five have the same."""
    folder = ROOT / "questionnaires"
    definition = json.loads((folder / "self-reflection/2026.json").read_text("utf-8"))
    sources = read_sources(folder, "self-reflection", "2026", "clusters-2026")
    assert sources.framework
    found = [*messages(questionnaire_from(definition)), *messages(framework_from(sources.framework))]
    texts = {entry.context: entry.text for entry in found}
    clusters = sources.clusters
    assigned = {board["code"]: OUTCOMES for board in clusters["health_boards"]}
    create_round(repository, Round(REFLECTION, "self-reflection", "2026", "2026-27", clusters["id"]))
    digest = write_snapshot(repository, REFLECTION, sources, assigned, {"en": texts, "cy": texts})
    now = datetime.now(UTC)
    began = now - timedelta(days=1)

    def opened(draft: Round) -> Round:
        return replace(draft, status="open", opens=began, assignments=assigned, snapshot_digest=digest)

    change_round(repository, REFLECTION, opened)
    chance = random.Random(60)
    codes = []
    for cluster in clusters["clusters"]:
        codes.append(new_code(chance.choice))
        issue_code(repository, repository.key_ring().newest.key, REFLECTION, cluster["code"], codes[-1], now)
    return codes


def ready_drafts(repository: Repository, count: int) -> list[tuple[str, str]]:
    """Drafts of the survey with all answers in them, and the ids of their responses."""
    now = datetime.now(UTC)
    snapshot = opened_with(
        repository, SURVEY, read_sources(ROOT / "questionnaires", QUESTIONNAIRE, EDITION, "clusters-2026"), now
    )
    store_link(repository, SURVEY, "arfon", TOKEN)
    whole_drafts = [_whole_draft(repository, snapshot, number, now) for number in range(min(50, count))]

    def copied(number: int) -> tuple[str, str]:
        draft_id, response_id = uuid4().hex, uuid4().hex
        repository.write(
            drafts_of(SURVEY), draft_id, {**whole_drafts[number % len(whole_drafts)], "response": response_id}
        )
        return draft_id, response_id

    # The drafts are there before the day begins: nobody waits for the disk.
    with patch("os.fsync", lambda _: None), ThreadPoolExecutor(4) as makers:
        return list(makers.map(copied, range(count)))


def _whole_draft(repository: Repository, snapshot: RoundSnapshot, number: int, now: datetime) -> dict[str, object]:
    draft_id = uuid4().hex
    begin(repository, snapshot, "arfon", draft_id=draft_id, response_id=uuid4().hex, now=now)
    answers = answers_of(snapshot, number)
    for page in snapshot.instrument("arfon").pages:
        save_draft(repository, snapshot, draft_id, page, whole(answers[page.key]), language="en", now=now)
    record = repository.read(drafts_of(SURVEY), draft_id)
    repository.delete(drafts_of(SURVEY), draft_id)
    assert record is not None
    return record


def come(port: int, settings: dict[str, str], codes: list[str], drafts: list[tuple[str, str]]) -> Day:
    """Let everybody sign in and open her page, and make ready what staff send."""
    with ThreadPoolExecutor(8) as arrivals:
        asked = [(code, outcome) for code in codes for outcome in OUTCOMES]
        people = list(arrivals.map(lambda one: _arrived(port, *one), asked))
    cookies, page = _fetched(port, HOME, "")
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    app = create_app(
        {name.removeprefix("SURVEY_"): value for name, value in settings.items()} | {"TESTING": True, "DEMO": True}
    )
    with app.app_context():
        held = [signed(draft_id, datetime.now(UTC)) for draft_id, _ in drafts]
    staff = (
        message(
            "POST",
            f"{HOME}check",
            f"{cookies}; draft={draft}",
            urlencode({"csrf_token": token[1], "whose": response_id}),
        )
        for draft, (_, response_id) in zip(held, drafts, strict=True)
    )
    return Day(people, staff, message("GET", HOME, cookies))


def _arrived(port: int, code: str, outcome: str) -> Person:
    cookies, page = _fetched(port, "/en/sign-in", "")
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    cookies, _ = _fetched(port, "/en/sign-in", cookies, urlencode({"csrf_token": token[1], "access_code": code}))
    address = f"/en/reflection/section/outcome/{outcome}"
    cookies, page = _fetched(port, address, cookies)
    [form] = [form for form in document(page).iter("form") if form.get("id") == "answers"]
    shown = {one.get("name"): one.get("value", "") for one in form.iter("input")}
    base = " ".join(part for part in shown["base"].split() if part.startswith("went_well"))
    return Person(address, cookies, {"csrf_token": shown["csrf_token"], "whose": shown["whose"], "base": base})


def _fetched(port: int, path: str, cookies: str, body: str = "") -> tuple[str, str]:
    """The cookies that the browser holds then, and the page."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST" if body else "GET", path, body or None, headers)
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()
    assert answer.status in (200, 303), f"{path} answered {answer.status}"
    held = dict(part.split("=", 1) for part in cookies.split("; ") if part)
    for name, value in answer.getheaders():
        if name.lower() == "set-cookie":
            set_now, _, content = value.split(";")[0].partition("=")
            held[set_now] = content
    return "; ".join(f"{name}={value}" for name, value in held.items()), page


if __name__ == "__main__":
    show(run(*sys.argv[1:]))
