"""One line of an import, read by the same rules as the pages; every fault of it, and the wording of each."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson

from survey.collection.responses.response import free_texts, new_record, submission_record, submitted_pages
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import LANGUAGES, Language, Phrase
from survey.questionnaire.problems import Problem, describe
from survey.questionnaire.walk import Page, read_page
from survey.storage.repository import Record

LONGEST_LINE = 2_000_000
KEYS = frozenset({"cluster", "submitted_at", "submitted_in", "pages"})
PAGE_KEYS = frozenset({"answers", "written_in"})
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ImportFault:
    """What is wrong with a line. `where` is the place in the line, like `about.population`; `code` is stable."""

    line: int
    where: str
    code: str
    problem: Problem | None = None


def describe_fault(fault: ImportFault, language: Language) -> str:
    """The fault as one line: where it is, what is wrong, what to do."""
    reason = describe(fault.problem, language) if fault.problem else language.say(_WORDINGS[fault.code])
    return language.pgettext(
        "import", "Line %(line)s, %(where)s: %(what)s", line=str(fault.line), where=fault.where or "–", what=reason
    )


_WORDINGS = {
    "unknown_cluster": Phrase("import", "There is no cluster with this code in the round."),
    "cluster_twice": Phrase("import", "This cluster has a line above. Keep one line for each cluster."),
    "response_there": Phrase("import", "This cluster has a response in the round already. Take the line out."),
    "not_a_language": Phrase("import", "The language must be “cy” or “en”."),
    "not_a_time": Phrase("import", "Give a time that has passed, with its zone, like 2025-11-03T10:00:00+00:00."),
    "wrong_shape": Phrase("import", "Pages must be an object, and so must the answers of each page."),
    "unknown_page": Phrase("import", "The round does not ask this page of this cluster. Check the outcomes assigned."),
    "unknown_name": Phrase("import", "A line may not hold this name. Take it out."),
    "line_too_long": Phrase("import", "The line is too long to be a response."),
    "not_json": Phrase("import", "The line is not valid JSON in UTF-8."),
    "not_an_object": Phrase("import", "The line must be a JSON object."),
    "nothing": Phrase("import", "The file holds no responses."),
}


class _Stop(Exception):
    """A fault after which nothing more of the line can be read: where it is, and its code."""


@dataclass(slots=True)
class LineReader:
    """Reads the line with a number, from 1, gathering its faults. Nothing may have been submitted after `now`."""

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
        cluster = source.get("cluster")
        if not isinstance(cluster, str) or self.snapshot.clusters.cluster(cluster) is None:
            raise _Stop("cluster", "unknown_cluster")
        moment = self._time(source.get("submitted_at")).isoformat()
        if source.get("submitted_in") not in LANGUAGES:
            self._fault("submitted_in", "not_a_language")
        if not isinstance(source.get("pages"), dict):
            raise _Stop("pages", "wrong_shape")
        language = str(source.get("submitted_in"))
        pages = self._pages(cluster, source["pages"], language)
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

    def _object(self, line: bytes) -> dict[str, Any]:
        if len(line) > LONGEST_LINE:
            raise _Stop("", "line_too_long")
        try:
            source = orjson.loads(line.removeprefix(b"\xef\xbb\xbf"))
        except orjson.JSONDecodeError:
            raise _Stop("", "not_json") from None
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

    def _pages(self, cluster: str, raw: dict[str, Any], language: str) -> dict[str, Any]:
        instrument = self.snapshot.instrument(cluster)
        answers: dict[str, dict[str, Any]] = {}
        marks: dict[str, dict[str, str]] = {}
        for key in sorted(raw.keys() - {page.key for page in instrument.pages}):
            self._fault(key, "unknown_page")
        for page in instrument.pages:
            answers[page.key], marks[page.key] = self._page(page, raw.get(page.key, {}))
        if self.faults:
            return {}
        path = instrument.walk(answers)
        for gap in path.gaps():
            self._fault(f"{gap.page.key}.{_within(gap.question.id, gap.problem)}", "problem", gap.problem)
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
