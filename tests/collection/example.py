"""A questionnaire, a framework and a cluster list just large enough for the life of a response."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from survey.collection.responses.lifecycle import save_page
from survey.collection.responses.merge import whole
from survey.collection.responses.response import SavedPage, Writer
from survey.collection.rounds.round import Round, change_round, create_round
from survey.collection.rounds.snapshot import RoundSnapshot, RoundSources, load_snapshot, write_snapshot
from survey.languages import LANGUAGES
from survey.questionnaire.builder import framework_from, questionnaire_from
from survey.questionnaire.texts import messages
from survey.questionnaire.walk import read_page
from survey.storage.tinydb_files.repository import FileRepository

NOW = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
ROUND = "small-2026"
CLUSTERS = ("arfon", "bro-morgannwg", "conwy-west")
NORTH, SOUTH = "W11000023", "W11000030"

STATES = [{"code": "in_place", "label": "In place"}, {"code": "not_yet", "label": "Not yet"}]
LEVELS = [{"code": "working_towards", "label": "Working towards"}, {"code": "foundation", "label": "Foundation"}]

DEFINITION: dict[str, Any] = {
    "$schema": "../schema/questionnaire.schema.json",
    "id": "small",
    "edition": "2026",
    "respondent": "cluster",
    "framework": "small-framework",
    "title": "Small questionnaire",
    "level_rule": {"version": "1", "met": ["in_place"], "left_out": [], "below": "working_towards"},
    "option_sets": {"states": STATES, "levels": LEVELS},
    "sections": [
        {
            "id": "about",
            "title": "About you",
            "questions": [
                {
                    "id": "how",
                    "type": "single_choice",
                    "label": "How did you do it?",
                    "measure": "how_done",
                    "required": True,
                    "options": [
                        {"code": "meeting", "label": "At a meeting"},
                        {
                            "code": "other",
                            "label": "In another way",
                            "other": {"label": "In which way?", "max_length": 50, "required": True},
                        },
                    ],
                },
                {"id": "people", "type": "whole_number", "label": "How many people?", "maximum": 1000, "minimum": 0},
                {"id": "change", "type": "long_text", "label": "What has changed?", "max_length": 100},
            ],
        },
        {
            "id": "outcome",
            "title": "An outcome",
            "for_each": "assigned_outcomes",
            "questions": [
                {
                    "id": "criteria",
                    "type": "criteria",
                    "label": "How far are you?",
                    "measure": "criteria",
                    "required": True,
                    "option_set": "states",
                },
                {
                    "id": "indicated",
                    "type": "calculated",
                    "label": "Your answers point to",
                    "calculate": "indicated_level",
                    "measure": "indicated_level",
                    "option_set": "levels",
                },
                {
                    "id": "level",
                    "type": "maturity",
                    "label": "Which level?",
                    "measure": "judged_level",
                    "required": True,
                    "option_set": "levels",
                },
                {
                    "id": "difference",
                    "type": "long_text",
                    "label": "Why does it differ?",
                    "show_when": {"all": [{"question": "level", "operator": "!=", "answer_of": "indicated"}]},
                },
            ],
        },
        {
            "id": "practice",
            "title": "Good practice",
            "questions": [
                {
                    "id": "stories",
                    "type": "group",
                    "label": "Stories",
                    "item_label": "Story",
                    "takes_files": True,
                    "most": 3,
                    "questions": [
                        {"id": "title", "type": "short_text", "label": "Title", "required": True},
                        {"id": "year", "type": "year", "label": "Since which year?"},
                    ],
                }
            ],
        },
    ],
}

FRAMEWORK: dict[str, Any] = {
    "$schema": "../schema/framework.schema.json",
    "id": "small-framework",
    "source": "Made up for tests.",
    "title": "Small framework",
    "version": "1",
    "published": "2026-01",
    "modules": [{"id": "m", "name": "Module", "short_name": "M"}],
    "levels": [{"id": "foundation", "name": "Foundation", "description": "First things first."}],
    "outcomes": [
        {
            "id": outcome,
            "module": "m",
            "number": number,
            "name": f"Outcome {number}",
            "purpose": f"Purpose {number}",
            "criteria": [
                {"id": f"{outcome}.f1", "level": "foundation", "text": f"First of {number}"},
                {"id": f"{outcome}.f2", "level": "foundation", "text": f"Second of {number}"},
            ],
        }
        for number, outcome in enumerate(("m-01", "m-02"), start=1)
    ],
}


def _board(code: str, short: str) -> dict[str, str]:
    names = {f"name_{language}": f"Board {short} ({language})" for language in LANGUAGES}
    return {"code": code, "ods_code": "7A1", "short": short, **names, "rpb_en": "Partnership", "rpb_cy": "Partneriaeth"}


def _cluster(code: str, board: str, valid_to: str | None = None) -> dict[str, Any]:
    return {
        "code": code,
        "health_board": board,
        "name_en": code.title(),
        "name_cy": f"{code.title()} (cy)",
        "local_authorities": ["W06000002"],
        "valid_from": "2022-04-01",
        "valid_to": valid_to,
        "confidence_en": "high",
        "confidence_cy": "high",
    }


CLUSTER_LIST: dict[str, Any] = {
    "$schema": "../schema/clusters.schema.json",
    "id": "clusters-small",
    "status": "Made up for tests.",
    "local_authorities": [{"code": "W06000002", "name_en": "Gwynedd", "name_cy": "Gwynedd"}],
    "health_boards": [_board(NORTH, "north"), _board(SOUTH, "south")],
    "clusters": [
        _cluster("arfon", NORTH),
        _cluster("conwy-west", NORTH),
        _cluster("bro-morgannwg", SOUTH),
        _cluster("merged-away", SOUTH, valid_to="2025-04-01"),
    ],
}

SOURCES = RoundSources(DEFINITION, FRAMEWORK, CLUSTER_LIST)

COMPLETE: dict[str, dict[str, Any]] = {
    "about": {"how": "other", "how_other": "Dros ginio", "people": 45, "change": "Tŷ newydd\n=1+1 🏴󠁧󠁢󠁷󠁬󠁳󠁿"},
    "outcome/m-01": {
        "criteria": {"m-01.f1": "in_place", "m-01.f2": "not_yet"},
        "level": "foundation",
        "difference": "We think so.",
    },
    "practice": {"stories": [{"id": "a1", "title": "Walks", "year": 2025}]},
}
"""Answers of a cluster of the north, which is asked about the outcome m-01, that may be submitted."""


def small_round(round_id: str = ROUND, **changes: Any) -> Round:
    """A draft round of the small questionnaire; the north reflects on m-01, the south on both outcomes."""
    fresh = Round(
        id=round_id,
        questionnaire="small",
        edition="2026",
        reporting_year="2026-27",
        cluster_list="clusters-small",
        assignments={NORTH: ("m-01",), SOUTH: ("m-01", "m-02")},
    )
    return replace(fresh, **changes)


def english_texts(definition: dict[str, Any] = DEFINITION) -> dict[str, str]:
    found = [*messages(questionnaire_from(definition)), *messages(framework_from(FRAMEWORK))]
    return {message.context: message.text for message in found}


def opened_round(
    repository: FileRepository, round_id: str = ROUND, definition: dict[str, Any] = DEFINITION, **changes: Any
) -> RoundSnapshot:
    """An open round with what it was opened with, without the texts having had to be translated."""
    made = small_round(round_id, **changes)
    create_round(repository, made)
    english = english_texts(definition)
    texts = {"en": english, "cy": {key: f"{text} (cy)" for key, text in english.items()}}
    asked = {**CLUSTER_LIST, "clusters": [one for one in CLUSTER_LIST["clusters"] if one["code"] in CLUSTERS]}
    digest = write_snapshot(repository, round_id, RoundSources(definition, FRAMEWORK, asked), made.assignments, texts)
    change_round(
        repository,
        round_id,
        lambda draft: replace(
            draft, status="open", snapshot_digest=digest, opens=draft.opens or NOW - timedelta(days=1)
        ),
    )
    return load_snapshot(repository, round_id)


def save(
    repository: FileRepository,
    snapshot: RoundSnapshot,
    key: str,
    answers: Mapping[str, Any],
    *,
    cluster: str = "arfon",
    language: str = "en",
    name: str = "",
    now: datetime = NOW,
) -> SavedPage:
    """Save one page, whole, in place of what is there. `name` is that of the person, and of her sitting."""
    page = snapshot.instrument(cluster).page(key)
    assert page is not None, key
    kept, problems = read_page(page, answers)
    assert all(problem.keeps_draft for faults in problems.values() for problem in faults), problems
    return save_page(
        repository, snapshot, cluster, page, whole(kept), writer=Writer(language, name, name), now=now, new_id="ab" * 16
    )


def save_all(
    repository: FileRepository,
    snapshot: RoundSnapshot,
    cluster: str = "arfon",
    answers: Mapping[str, Mapping[str, Any]] = COMPLETE,
    language: str = "en",
) -> None:
    for key, page in answers.items():
        save(repository, snapshot, key, page, cluster=cluster, language=language)
