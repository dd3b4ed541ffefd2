"""Closed rounds of people with random answers: of the real questionnaire, or of a short one that is quick to add up."""

import json
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from survey.collection.responses.anonymous import store_response
from survey.collection.rounds.round import Round, change_round, create_round
from survey.collection.rounds.snapshot import RoundSnapshot, RoundSources, load_snapshot, write_snapshot
from survey.questionnaire.builder import questionnaire_from
from survey.questionnaire.texts import messages
from survey.storage.tinydb_files.repository import FileRepository

QUESTIONNAIRES = Path(__file__).parents[3] / "questionnaires"
ROUND = "ws-2026"
OPENS, CLOSES = datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)
SCALES = {
    "importance": ("not_important", "slightly_important", "important", "very_important"),
    "confidence": ("not_confident", "slightly_confident", "confident", "very_confident", "not_applicable"),
}


def real_definition() -> dict[str, Any]:
    return dict(json.loads((QUESTIONNAIRES / "workforce-skills" / "2026.json").read_text("utf-8")))


def real_clusters() -> dict[str, Any]:
    return dict(json.loads((QUESTIONNAIRES / "clusters" / "clusters-2026.json").read_text("utf-8")))


def short_definition() -> dict[str, Any]:
    """The real one with four professions, two skills, four trainings and one question of each other kind."""
    short = deepcopy(real_definition())
    kept = {"profession", "skills", "training_needs", "obstacles", "welsh_understanding", "stay", "wellbeing_energy"}
    for section in short["sections"]:
        section["questions"] = [question for question in section["questions"] if question["id"] in kept]
    short["sections"] = [section for section in short["sections"] if section["questions"]]
    questions = {question["id"]: question for section in short["sections"] for question in section["questions"]}
    questions["profession"]["options"] = questions["profession"]["options"][:4]
    questions["skills"]["rows"] = questions["skills"]["rows"][:1] + questions["skills"]["rows"][-1:]
    questions["skills"]["row_groups"] = [questions["skills"]["row_groups"][0], questions["skills"]["row_groups"][-1]]
    questions["training_needs"]["options"] = questions["training_needs"]["options"][:4]
    return short


def cluster_list(boards: int, clusters: int) -> dict[str, Any]:
    """So many health boards with so many clusters each. Their codes and names sort alike in both languages."""
    return {
        "id": "of-people",
        "health_boards": [
            {"code": f"W{board}", "short": f"w{board}", "rpb_en": "P", "rpb_cy": "P"}
            | {"name_en": f"Board {board}", "name_cy": f"Bwrdd {board}"}
            for board in range(1, boards + 1)
        ],
        "clusters": [
            {
                "code": f"c-{board}-{cluster}",
                "health_board": f"W{board}",
                "name_en": f"Cluster {board}.{cluster}",
                "name_cy": f"Clwstwr {board}.{cluster}",
                "local_authorities": [],
                "valid_from": "2022-04-01",
                "valid_to": None,
            }
            for board in range(1, boards + 1)
            for cluster in range(1, clusters + 1)
        ],
    }


def opened(root: Path, definition: dict[str, Any], clusters: dict[str, Any]) -> tuple[FileRepository, RoundSnapshot]:
    """A round that is open, without any response."""
    repository = FileRepository(root)
    english = {message.context: message.text for message in messages(questionnaire_from(definition))}
    texts = {"en": english, "cy": {key: f"cy {text}" for key, text in english.items()}}
    create_round(repository, Round(ROUND, definition["id"], definition["edition"], "2026-27", clusters["id"]))
    digest = write_snapshot(repository, ROUND, RoundSources(definition, None, clusters), {}, texts)
    change_round(
        repository,
        ROUND,
        lambda draft: replace(draft, status="open", snapshot_digest=digest, opens=OPENS, closes=CLOSES),
    )
    return repository, load_snapshot(repository, ROUND)


def close(repository: FileRepository) -> RoundSnapshot:
    change_round(repository, ROUND, lambda kept: replace(kept, status="closed"))
    return load_snapshot(repository, ROUND)


def closed_round(
    root: Path,
    definition: dict[str, Any],
    number: int,
    seed: object,
    *,
    boards: int = 3,
    clusters: int = 3,
    given: dict[str, Any] | None = None,
) -> FileRepository:
    """A closed round of so many people, unevenly spread: some groups are large, some have nobody. `given` are answers
    by the ids of questions, which many give."""
    random = Random(str(seed))
    list_of_clusters = cluster_list(boards, clusters)
    repository, snapshot = opened(root, definition, list_of_clusters)
    codes = [cluster["code"] for cluster in list_of_clusters["clusters"]]
    weights = [random.random() ** 3 for _ in codes]
    for person in range(number):
        pages = {
            page: {"answers": answers, "written_in": {}}
            for page, answers in answers_of(definition, random, given or {}).items()
        }
        (cluster,) = random.choices(codes, weights)
        store_response(
            repository,
            snapshot,
            cluster,
            pages,
            response_id=f"{random.getrandbits(112):028x}{person:04x}",
            language="en",
        )
    close(repository)
    return repository


def answers_of(
    definition: dict[str, Any], random: Random, given: dict[str, Any] | None = None
) -> dict[str, dict[str, Any]]:
    """One person's answers; every question but the required ones is skipped by some."""
    found: dict[str, dict[str, Any]] = {}
    for section in definition["sections"]:
        found[section["id"]] = {
            question["id"]: answer
            for question in section["questions"]
            if question.get("required") or random.random() < 0.9
            if (answer := (given or {}).get(question["id"]) or answer_of(definition, question, random)) is not None
        }
    return found


def answer_of(definition: dict[str, Any], question: dict[str, Any], random: Random) -> Any:
    options = question.get("options") or definition["option_sets"].get(question.get("option_set", ""), [])
    codes = [option["code"] for option in options]
    weights = [1 / (place + 1) ** 1.5 for place in range(len(codes))]
    match question["type"]:
        case "single_choice" | "scale":
            return random.choices(codes, weights)[0]
        case "multiple_choice":
            open_codes = [option["code"] for option in options if not option.get("exclusive")]
            chosen = random.sample(open_codes, random.randint(1, min(3, len(open_codes))))
            return [code for code in codes if code in chosen]
        case "ranking":
            return random.sample(codes, random.randint(1, min(question["most"], len(codes))))
        case "matrix":
            answered = {
                row["id"]: {name: random.choice(scale) for name, scale in SCALES.items() if random.random() < 0.9}
                for row in question["rows"]
            }
            return {row: cells for row, cells in answered.items() if cells} or None
        case "long_text":
            return "Something private."
        case _:
            return None
