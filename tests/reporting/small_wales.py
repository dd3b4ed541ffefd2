"""A small Wales: three health boards, eleven clusters, three years of the real self-reflection, every status.

The order of names is written down by hand for each language, so that nothing here sorts as the workbook does.
"""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from survey.collection.responses.attachments import FileLimits, attach
from survey.collection.responses.follow_ups import gather
from survey.collection.responses.lifecycle import reopen, save_page, submit
from survey.collection.responses.merge import whole
from survey.collection.responses.response import Writer
from survey.collection.rounds.clusters import clusters_from
from survey.collection.rounds.round import Round, change_round, create_round, read_round
from survey.collection.rounds.snapshot import RoundSnapshot, RoundSources, load_snapshot, write_snapshot
from survey.questionnaire.builder import framework_from, questionnaire_from
from survey.questionnaire.texts import messages
from survey.questionnaire.walk import Page
from survey.storage.tinydb_files.repository import FileRepository

QUESTIONNAIRES = Path(__file__).parents[2] / "questionnaires"
NOW = datetime(2027, 1, 10, 12, 0, tzinfo=UTC)
ROUND = "sr-2026"
SIX, THREE, TWO = "W1", "W2", "W3"
BOARD_NAMES = {
    SIX: {"en": "Northern Health Board", "cy": "Bwrdd Iechyd y Gogledd"},
    THREE: {"en": "Middle Health Board", "cy": "Bwrdd Iechyd y Canol"},
    TWO: {"en": "Western Health Board", "cy": "Bwrdd Iechyd y De"},
}
BOARD_ORDER = {"en": (THREE, SIX, TWO), "cy": (THREE, TWO, SIX)}
CLUSTER_NAMES = {
    "c-arfon": (SIX, "Arfon", "Arfon"),
    "c-cwm": (SIX, "Cwm", "Cwm"),
    "c-chwarel": (SIX, "Chwarel", "Chwarel"),
    "c-dwyfor": (SIX, "Dwyfor", "Dwyfor"),
    "c-llyn": (SIX, "Llyn", "Llŷn"),
    "c-lon": (SIX, "Lon", "Lôn"),
    "c-mid": (THREE, "Mid", "Canol"),
    "c-north-powys": (THREE, "North Powys", "Gogledd Powys"),
    "c-south-powys": (THREE, "South Powys", "De Powys"),
    "c-tywi": (TWO, "Tywi", "Tywi"),
    "c-teifi": (TWO, "Teifi", "Teifi"),
}
CLUSTER_ORDER = {
    "en": {
        THREE: ("c-mid", "c-north-powys", "c-south-powys"),
        SIX: ("c-arfon", "c-chwarel", "c-cwm", "c-dwyfor", "c-llyn", "c-lon"),
        TWO: ("c-teifi", "c-tywi"),
    },
    "cy": {
        THREE: ("c-mid", "c-south-powys", "c-north-powys"),
        SIX: ("c-arfon", "c-cwm", "c-chwarel", "c-dwyfor", "c-lon", "c-llyn"),
        TWO: ("c-teifi", "c-tywi"),
    },
}
YEARS = {
    "sr-2024": ("2024", "2024-25"),
    "sr-2025": ("2025", "2025-26"),
    ROUND: ("2026", "2026-27"),
}
ASSIGNMENTS: dict[str, dict[str, tuple[str, ...]]] = {
    "sr-2024": {
        SIX: ("acd-01", "pcmw-01", "pcmw-02"),
        THREE: ("acd-02", "pcmw-02", "pcmw-03"),
        TWO: ("acd-01", "pcmw-01", "pcmw-04"),
    },
    "sr-2025": {
        SIX: ("acd-02", "pcmw-05", "pcmw-06"),
        THREE: ("acd-02", "pcmw-01", "pcmw-06"),
        TWO: ("acd-03", "pcmw-01", "pcmw-09"),
    },
    ROUND: {
        SIX: ("acd-01", "pcmw-01", "pcmw-05"),
        THREE: ("acd-02", "pcmw-02", "pcmw-06"),
        TWO: ("acd-03", "pcmw-01", "pcmw-02"),
    },
}
SILENT = {"sr-2024": ("c-tywi",), "sr-2025": ("c-mid",), ROUND: ("c-south-powys",)}
IN_PROGRESS = {"sr-2024": (), "sr-2025": ("c-lon",), ROUND: ("c-north-powys",)}
REOPENED = "c-llyn"
HOSTILE = (
    "=1+1",
    "@x",
    "-2",
    "[x]",
    "Tŷ ŵyl â’r bobl 😀",
    "https://example.org/",
    "line one\nline two",
    "<b>x</b> & y",
    "long " * 300,
)


INVENTED: dict[str, Any] = {
    "id": "invented",
    "title": "Invented",
    "questions": [
        {"id": "one", "type": "single_choice", "label": "Which one is it?", "option_set": "shades"},
        {"id": "several", "type": "multiple_choice", "label": "Which are they?", "option_set": "shades"},
        {"id": "scale", "type": "scale", "label": "How strong is it?", "option_set": "barrier_to_enabler"},
        {"id": "rank", "type": "ranking", "label": "Which comes first?", "most": 2, "option_set": "shades"},
        {
            "id": "table",
            "type": "matrix",
            "label": "How is each?",
            "rows": [{"id": "r1", "label": "First line"}, {"id": "r2", "label": "Second line"}],
            "columns": [
                {"id": "now", "label": "Now", "option_set": "shades"},
                {"id": "then", "label": "Then", "option_set": "barrier_to_enabler"},
            ],
        },
        {"id": "line", "type": "short_text", "label": "What is it called?", "max_length": 80},
        {"id": "words", "type": "long_text", "label": "What is it like?", "max_length": 2000},
        {"id": "address", "type": "link", "label": "Where is it?"},
        {"id": "count", "type": "whole_number", "label": "How many are there?", "minimum": 0, "maximum": 60000},
        {"id": "part", "type": "decimal", "label": "What part is that?"},
        {"id": "since", "type": "year", "label": "Since which year?"},
        {"id": "day", "type": "date", "label": "On which day?"},
        {
            "id": "items",
            "type": "group",
            "label": "What is there?",
            "most": 3,
            "questions": [
                {"id": "title", "type": "short_text", "label": "What is this called?", "max_length": 80},
                {"id": "kind", "type": "single_choice", "label": "Of which kind is this?", "option_set": "shades"},
                {"id": "size", "type": "whole_number", "label": "How large is this?"},
            ],
        },
    ],
}
"""A question of every type that feeds no measure, asked in the last year."""
SHADES = [{"code": "light", "label": "Light"}, {"code": "dark", "label": "Dark"}, {"code": "grey", "label": "Grey"}]


def small_wales(root: Path) -> FileRepository:
    """Three rounds, the last still open."""
    repository = FileRepository(root)
    for round_id in YEARS:
        snapshot = _opened(repository, round_id)
        for code in sorted(CLUSTER_NAMES):
            if code not in SILENT[round_id]:
                _answer(repository, snapshot, code)
        if round_id != ROUND:
            change_round(repository, round_id, lambda kept: replace(kept, status="closed"))
    snapshot = load_snapshot(repository, ROUND)
    reopen(repository, snapshot, REOPENED, reason="A mistake", by="national", now=NOW - timedelta(hours=2))
    _save(repository, snapshot, REOPENED, Random("again"), NOW - timedelta(hours=1), pages=3)
    return repository


def cluster_list() -> dict[str, Any]:
    """The clusters as the list's JSON has them."""
    return {
        "id": "small-wales",
        "health_boards": [
            {"code": code, "short": code.lower(), "rpb_en": "P", "rpb_cy": "P"}
            | {f"name_{language}": name for language, name in names.items()}
            for code, names in BOARD_NAMES.items()
        ],
        "clusters": [
            {
                "code": code,
                "health_board": board,
                "name_en": english,
                "name_cy": welsh,
                "local_authorities": [],
                "valid_from": "2022-04-01",
                "valid_to": None,
            }
            for code, (board, english, welsh) in CLUSTER_NAMES.items()
        ],
    }


def _opened(repository: FileRepository, round_id: str) -> RoundSnapshot:
    edition, year = YEARS[round_id]
    definition = json.loads((QUESTIONNAIRES / "self-reflection" / f"{edition}.json").read_text("utf-8"))
    if round_id == ROUND:
        definition["option_sets"]["shades"] = SHADES
        definition["sections"].append(INVENTED)
    framework = json.loads((QUESTIONNAIRES / "frameworks" / f"{definition['framework']}.json").read_text("utf-8"))
    found = [*messages(questionnaire_from(definition)), *messages(framework_from(framework))]
    english = {message.context: message.text for message in found}
    texts = {"en": english, "cy": {key: f"cy {text}" for key, text in english.items()}}
    create_round(
        repository,
        Round(round_id, "self-reflection", edition, year, "small-wales", assignments=ASSIGNMENTS[round_id]),
    )
    sources = RoundSources(definition, framework, cluster_list())
    current, clusters = read_round(repository, round_id), clusters_from(cluster_list())
    followed = gather(repository, current, questionnaire_from(definition), clusters)
    digest = write_snapshot(repository, round_id, sources, ASSIGNMENTS[round_id], texts, followed)
    opens = datetime(int(edition), 9, 1, tzinfo=UTC)
    change_round(repository, round_id, lambda kept: replace(kept, status="open", snapshot_digest=digest, opens=opens))
    return load_snapshot(repository, round_id)


def _answer(repository: FileRepository, snapshot: RoundSnapshot, code: str) -> None:
    random = Random(f"{snapshot.round.id} {code}")
    assert snapshot.round.opens is not None
    now = snapshot.round.opens + timedelta(days=random.randrange(5, 60), minutes=random.randrange(1000))
    unfinished = code in IN_PROGRESS[snapshot.round.id]
    _save(repository, snapshot, code, random, now, pages=2 if unfinished else 99)
    if snapshot.round.id == ROUND:
        _attach(repository, snapshot, code, now)
    if not unfinished:
        submit(repository, snapshot, code, language=random.choice(("cy", "en")), now=now + timedelta(hours=1))


def _attach(repository: FileRepository, snapshot: RoundSnapshot, code: str, now: datetime) -> None:
    """Files on the first outcome: none, one or two of a cluster."""
    page = next(page for page in snapshot.instrument(code).pages if page.outcome)
    for number in range(len(code) % 3):
        content, identity = b"%PDF-1.7 " + b"x" * 9000 * number, f"{code}-{number}"
        limits, writer = FileLimits(2, 20_000), Writer("cy")
        attach(repository, snapshot, code, page, "=1+1", content, limits, writer=writer, now=now, new_id=identity)


def _save(
    repository: FileRepository, snapshot: RoundSnapshot, code: str, random: Random, now: datetime, pages: int
) -> None:
    for page in snapshot.instrument(code).pages[:pages]:
        save_page(
            repository,
            snapshot,
            code,
            page,
            whole(answers_of(page, random)),
            writer=Writer(random.choice(("cy", "en"))),
            now=now,
            new_id=f"{random.getrandbits(128):032x}",
        )


def answers_of(page: Page, random: Random) -> dict[str, Any]:
    answers = {}
    for question in page.section.questions:
        if question.required or random.random() < 0.6:
            answer = _one(question, page, random)
            if answer is not None:
                answers[question.id] = answer
    return answers


def _one(question: Any, page: Page, random: Random) -> Any:  # noqa: C901 (a case for each type)
    codes = [option.code for option in question.options]
    match question.type:
        case "single_choice" | "scale" | "maturity":
            return random.choice(codes)
        case "multiple_choice":
            return [code for code in codes if random.random() < 0.4] or codes[:1]
        case "ranking":
            return random.sample(codes, random.randint(1, question.most))
        case "criteria":
            assert page.outcome is not None
            weights = random.choice(([9, 1, 0, 0, 1], [2, 2, 2, 1, 1]))
            return {criterion.id: random.choices(codes, weights)[0] for criterion in page.outcome.criteria}
        case "matrix":
            return _cells(question, random)
        case "short_text" | "long_text":
            words = random.choice([text for text in HOSTILE if question.type == "long_text" or "\n" not in text])
            return f"{words}"[: question.max_length].strip()
        case "link":
            return random.choice(("https://example.org/a?b=c", "http://example.org"))
        case "date":
            return date(2027, random.randrange(1, 12), random.randrange(1, 28)).isoformat()
        case "group":
            return _items(question, page, random)
        case kind if kind in NUMBERS:
            first, last, step = NUMBERS[kind]
            return random.randrange(first, last) / step if step > 1 else random.randrange(first, last)
    return None


NUMBERS = {"whole_number": (20_000, 60_000, 1), "decimal": (1, 50, 4), "year": (2001, 2026, 1)}


def _cells(question: Any, random: Random) -> dict[str, dict[str, str]] | None:
    cells = {
        row.id: {column.id: random.choice(column.options).code for column in question.columns if random.random() < 0.8}
        for row in question.rows
    }
    return {row: chosen for row, chosen in cells.items() if chosen} or None


def _items(question: Any, page: Page, random: Random) -> list[dict[str, Any]] | None:
    return [
        {"id": f"{random.getrandbits(32):08x}"}
        | {
            child.id: _one(child, page, random)
            for child in question.questions
            if child.id == "title" or random.random() < 0.8
        }
        for _ in range(random.randrange(0, 4))
    ] or None
