"""Responses out and in as JSON Lines, so that an earlier year's results can be brought in.

One line a response, in the order of cluster codes:

    {"cluster": "arfon", "submitted_at": "2025-11-03T10:00:00+00:00", "submitted_in": "cy",
     "pages": {"about": {"answers": {…}, "written_in": {…}}, "outcome/pcmw-01": {…}}}

What comes in is held to the same rules as the pages. Either every line is kept or none is; an import that was
cut short by a crash is completed by repeating it, because the same line makes the same record.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import orjson

from survey.collection.responses.response import (
    REFLECTION,
    free_texts,
    new_record,
    read_response,
    submission_record,
    submitted_pages,
)
from survey.collection.rounds.round import place
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import LANGUAGES, Language, Phrase, day_of
from survey.questionnaire.findings import DefinitionError, Finding, printable
from survey.questionnaire.findings import describe as say_finding
from survey.questionnaire.json_reader import read_answers
from survey.questionnaire.problems import Problem, describe
from survey.questionnaire.walk import Page, read_page
from survey.storage.repository import Record, Repository

LONGEST_LINE = 2_000_000
KEYS = frozenset({"cluster", "submitted_at", "submitted_in", "pages"})
NO_LINES = frozenset({"packed", "no_text", "utf_16"})
"""What is wrong with a file as a whole: of none of its lines there is more to say."""
PAGE_KEYS = frozenset({"answers", "written_in"})
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ImportFault:
    """What is wrong with a line. `where` is the place in the line, like `about.population`; `code` is stable.

    `finding` is what is wrong with its JSON.
    """

    line: int
    where: str
    code: str
    problem: Problem | None = None
    finding: Finding | None = None


class Rejected(Exception):
    """An import that was refused whole. Nothing was kept."""

    def __init__(self, faults: list[ImportFault]) -> None:
        super().__init__(len(faults))
        self.faults = faults


def export_lines(repository: Repository, snapshot: RoundSnapshot) -> Iterator[bytes]:
    """What counts of each cluster that has submitted, one line each."""
    for cluster in snapshot.clusters.clusters:
        counted = read_response(repository, snapshot.round.id, cluster.code).counted
        if counted is not None:
            yield orjson.dumps(
                {
                    "cluster": cluster.code,
                    "submitted_at": counted.submitted_at.isoformat(),
                    "submitted_in": counted.submitted_in,
                    "pages": {
                        key: {"answers": answers, "written_in": counted.written_in.get(key, {})}
                        for key, answers in counted.answers.items()
                    },
                },
                option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE,
            )


def import_lines(repository: Repository, snapshot: RoundSnapshot, lines: Iterable[bytes], now: datetime) -> int:
    """Keep every line as a submitted response. Returns how many. Raises Rejected with every fault of every line, or the
    one of a file that is no text."""
    faults: list[ImportFault] = []
    records: dict[str, Record] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        reader = _LineReader(snapshot, number, now)
        record = reader.read(line)
        if any(fault.code in NO_LINES for fault in reader.faults):
            raise Rejected(reader.faults)
        faults += reader.faults
        if record is None:
            continue
        cluster = record["cluster"]
        held = repository.read(place(snapshot.round.id, REFLECTION), cluster)
        if cluster in records:
            faults.append(ImportFault(number, "cluster", "cluster_twice"))
        elif held is not None and held != record:
            faults.append(ImportFault(number, "cluster", "response_there"))
        records[cluster] = record
    if not faults and not records:
        faults.append(ImportFault(1, "", "nothing"))
    if faults:
        raise Rejected(faults)
    _store_all(repository, snapshot.round.id, records)
    return len(records)


def _store_all(repository: Repository, round_id: str, records: dict[str, Record]) -> None:
    where = place(round_id, REFLECTION)
    made: list[str] = []
    try:
        for cluster, record in records.items():
            there = repository.read(where, cluster) is not None
            if not repository.create(where, cluster, record):
                raise Rejected([ImportFault(0, cluster, "response_there")])
            if not there:
                made.append(cluster)
    except BaseException:
        for cluster in made:
            repository.delete(where, cluster)
        raise


def describe_fault(fault: ImportFault, language: Language) -> str:
    """The fault as one line: where it is, what is wrong, what to do."""
    if fault.finding and fault.finding.spot:
        return language.pgettext(
            "import",
            "Line %(line)s, column %(column)s: %(what)s",
            line=str(fault.line),
            column=str(fault.finding.spot.column),
            what=_reason(fault, language),
        )
    reason = _reason(fault, language)
    return language.pgettext(
        "import", "Line %(line)s, %(where)s: %(what)s", line=str(fault.line), where=fault.where or "–", what=reason
    )


def _reason(fault: ImportFault, language: Language) -> str:
    if fault.finding:
        return printable(say_finding(fault.finding, language))
    return describe(fault.problem, language) if fault.problem else language.say(_WORDINGS[fault.code])


_WORDINGS = {
    "unknown_cluster": Phrase("import", "There is no cluster with this code in the round."),
    "cluster_twice": Phrase("import", "This cluster has a line above. Keep one line for each cluster."),
    "response_there": Phrase("import", "This cluster has a response in the round already. Take the line out."),
    "not_a_language": Phrase("import", "The language must be “cy” or “en”."),
    "not_a_time": Phrase("import", "Give a time that has passed, with its zone, like 2025-11-03T10:00:00+00:00."),
    "wrong_shape": Phrase("import", "Pages must be an object, and so must the answers of each page."),
    "unknown_page": Phrase("import", "The round does not ask this page of this cluster. Check the outcomes assigned."),
    "not_asked": Phrase(
        "import", "The other answers leave this out, or a part of it, so that it is not asked. Take it out of the line."
    ),
    "unknown_name": Phrase("import", "A line may not hold this name. Take it out."),
    "line_too_long": Phrase("import", "The line is too long to be a response."),
    "not_an_object": Phrase("import", "The line must be a JSON object."),
    "nothing": Phrase("import", "The file holds no responses."),
}


class _Stop(Exception):
    """A fault after which nothing more of the line can be read: where it is, and its code."""


@dataclass(slots=True)
class _LineReader:
    """Reads the line with a number, from 1, by the same rules as the pages, gathering its faults. Nothing may have been
    submitted after `now`."""

    snapshot: RoundSnapshot
    number: int
    now: datetime
    faults: list[ImportFault] = field(default_factory=list)

    def read(self, line: bytes) -> Record | None:
        """The record the line makes, or None, with `faults` saying why."""
        try:
            return self._read(line)
        except _Stop as stop:
            self._fault(*stop.args)
            return None

    def _read(self, line: bytes) -> Record | None:
        source = self._object(line)
        if source is None:
            return None
        cluster = source.get("cluster")
        if not isinstance(cluster, str) or self.snapshot.clusters.cluster(cluster) is None:
            raise _Stop("cluster", "unknown_cluster")
        moment = self._time(source.get("submitted_at")).isoformat()
        if source.get("submitted_in") not in LANGUAGES:
            self._fault("submitted_in", "not_a_language")
        if not isinstance(source.get("pages"), dict):
            raise _Stop("pages", "wrong_shape")
        language = str(source.get("submitted_in"))
        pages = self._pages(cluster, source["pages"], language, day_of(datetime.fromisoformat(moment)))
        if self.faults:
            return None
        digest = hashlib.sha256(f"{self.snapshot.round.id}/{cluster}/".encode() + line.strip()).hexdigest()[:32]
        drafts = {key: {"revision": 1, **page, "saved_at": moment, "saved_in": language} for key, page in pages.items()}
        return {
            **new_record(digest, self.snapshot.round.id, cluster),
            "status": "submitted",
            "pages": drafts,
            "submissions": [submission_record(self.snapshot, 1, pages, language, moment)],
            "history": [{"at": moment, "what": "imported", "number": 1}],
        }

    def _object(self, line: bytes) -> dict[str, Any] | None:
        """What the line holds; None, with the faults of its JSON kept, where it cannot be read."""
        if len(line) > LONGEST_LINE:
            raise _Stop("", "line_too_long")
        try:
            source = read_answers(line, "")
        except DefinitionError as error:
            for finding in error.findings:
                self.faults.append(ImportFault(self.number, finding.pointer, finding.code, finding=finding))
            return None
        if not isinstance(source, dict):
            raise _Stop("", "not_an_object")
        for name in sorted(source.keys() - KEYS):
            self._fault(name, "unknown_name")
        return source

    def _time(self, raw: Any) -> datetime:
        try:
            moment = datetime.fromisoformat(raw)
            # A time without its zone is not taken for the machine's own.
            moment = moment.astimezone(UTC) if moment.tzinfo else EARLIEST
        except (TypeError, ValueError, OverflowError):
            raise _Stop("submitted_at", "not_a_time") from None
        if not EARLIEST < moment <= self.now:
            raise _Stop("submitted_at", "not_a_time")
        return moment

    def _pages(self, cluster: str, raw: dict[str, Any], language: str, day: date) -> dict[str, Any]:
        instrument = self.snapshot.instrument(cluster)
        answers: dict[str, dict[str, Any]] = {}
        marks: dict[str, dict[str, str]] = {}
        for key in sorted(raw.keys() - {page.key for page in instrument.submitted_pages}):
            self._fault(key, "unknown_page")
        for page in instrument.submitted_pages:
            answers[page.key], marks[page.key] = self._page(page, raw.get(page.key, {}))
        if self.faults:
            return {}
        path = instrument.walk(answers, day)
        for gap in path.gaps():
            self._fault(f"{gap.page.key}.{_within(gap.question.id, gap.problem)}", "problem", gap.problem)
        if self.faults:
            return {}
        for key, given in answers.items():
            asked = path.answers.get(key, {})
            for name in sorted(name for name, answer in given.items() if asked.get(name) != answer):
                self._fault(f"{key}.{name}", "not_asked")
        return submitted_pages(path, marks, language)

    def _page(self, page: Page, raw: Any) -> tuple[dict[str, Any], dict[str, str]]:
        if not isinstance(raw, dict) or not all(isinstance(raw.get(name, {}), dict) for name in PAGE_KEYS):
            self._fault(page.key, "wrong_shape")
            return {}, {}
        for name in sorted(raw.keys() - PAGE_KEYS):
            self._fault(f"{page.key}.{name}", "unknown_name")
        answers, problems = read_page(page, raw.get("answers", {}))
        for question_id, faults in problems.items():
            for problem in faults:
                self._fault(f"{page.key}.{_within(question_id, problem)}", "problem", problem)
        marks = raw.get("written_in", {})
        if problems:
            return answers, marks
        texts = free_texts(page, answers)
        for name, code in sorted(marks.items()):
            if code not in LANGUAGES:
                self._fault(f"{page.key}.written_in.{name}", "not_a_language")
            elif name not in texts:
                self._fault(f"{page.key}.written_in.{name}", "unknown_name")
        return answers, marks

    def _fault(self, where: str, code: str, problem: Problem | None = None) -> None:
        self.faults.append(ImportFault(self.number, where, code, problem))


def _within(question_id: str, problem: Problem) -> str:
    return question_id if problem.part in (None, question_id) else f"{question_id}.{problem.part}"
