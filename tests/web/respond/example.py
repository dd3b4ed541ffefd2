"""A questionnaire with every answer type, its framework, and rounds of it in which two clusters answer."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from survey.collection.people.access import issue_code
from survey.collection.responses import lifecycle
from survey.collection.responses.follow_ups import gather
from survey.collection.responses.lifecycle import save_page
from survey.collection.responses.merge import whole
from survey.collection.responses.response import Writer
from survey.collection.rounds.clusters import clusters_from
from survey.collection.rounds.round import Round, change_round, close_round, create_round
from survey.collection.rounds.snapshot import RoundSources, load_snapshot, write_snapshot
from survey.questionnaire.builder import framework_from, questionnaire_from
from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.framework import Framework
from survey.questionnaire.texts import messages
from survey.storage.tinydb_files.repository import FileRepository

NOW = datetime(2026, 10, 1, 9, 0, tzinfo=UTC)
CLOSES = NOW + timedelta(days=30)
ROUND, ROUND_BEFORE = "journey-2026", "journey-2024"
CLUSTER, OTHER_CLUSTER = "arfon", "conwy-west"
CODE, OTHER_CODE, CODE_BEFORE = "K7QT-9WXM-3FBD", "22KT-9WXM-3FBD", "33KT-9WXM-3FBD"
BOARD = "W11000023"

STATES = [{"code": "in_place", "label": "In place"}, {"code": "not_yet", "label": "Not yet"}]
LEVELS = [
    {"code": "working_towards", "label": "Working towards"},
    {"code": "foundation", "label": "Foundation"},
    {"code": "mature", "label": "Mature"},
]
VALLEYS = [
    {"code": "llan", "label": "Llan surgery", "belongs_to": "meeting"},
    {"code": "lodge", "label": "Lodge surgery", "belongs_to": "meeting"},
    {"code": "cwm", "label": "Cwm surgery", "belongs_to": "other"},
    {"code": "elsewhere", "label": "Elsewhere", "last": True},
]
FRUIT = [{"code": code, "label": code.capitalize()} for code in ("apple", "pear", "plum", "fig")]

EVERY_TYPE: list[dict[str, Any]] = [
    {"id": "note", "type": "statement", "label": "Read this first."},
    {
        "id": "how",
        "type": "single_choice",
        "label": "How did you do it?",
        "hint": "One answer only.",
        "required": True,
        "options": [
            {"code": "meeting", "label": "At a meeting", "hint": "In a room"},
            {"code": "other", "label": "In another way", "other": {"label": "In which way?", "max_length": 50}},
        ],
    },
    {
        "id": "who",
        "type": "multiple_choice",
        "label": "Who took part?",
        "options": [
            {"code": "lead", "label": "The lead"},
            {"code": "others", "label": "Others", "other": {"label": "Which others?"}},
            {"code": "nobody", "label": "Nobody", "exclusive": True},
        ],
    },
    {
        "id": "surgery",
        "type": "list_choice",
        "label": "In which practice?",
        "option_set": "practices",
        "filtered_by": "how",
    },
    {"id": "liking", "type": "scale", "label": "How did you like it?", "options": FRUIT[:3]},
    {
        "id": "name",
        "type": "short_text",
        "label": "Your name",
        "max_length": 30,
        "autocomplete": "name",
        "measure": "signed_name",
    },
    {"id": "story", "type": "long_text", "label": "What happened?", "hint": "In a few words.", "max_length": 60},
    {"id": "where", "type": "link", "label": "Where is it on the web?"},
    {"id": "people", "type": "whole_number", "label": "How many people?", "minimum": 0, "maximum": 5000},
    {"id": "share", "type": "decimal", "label": "How many full-time posts?", "minimum": 0},
    {
        "id": "both",
        "type": "figure",
        "label": "People and posts",
        "figure": {"sum": ["people", "share"]},
        "unit": "each",
    },
    {"id": "begun", "type": "year", "label": "In which year did it begin?"},
    {"id": "date", "type": "date", "label": "On which day?"},
    {"id": "ranked", "type": "ranking", "label": "Which do you like best?", "most": 3, "options": FRUIT},
    {
        "id": "skills",
        "type": "matrix",
        "label": "How are your skills?",
        "row_groups": [{"id": "hand", "label": "By hand"}],
        "rows": [{"id": "sew", "label": "Sewing", "group": "hand"}, {"id": "read", "label": "Reading"}],
        "columns": [
            {"id": "important", "label": "Important?", "options": STATES},
            {"id": "confident", "label": "Confident?", "options": LEVELS},
        ],
    },
    {
        "id": "more",
        "type": "long_text",
        "label": "Tell us more",
        "show_when": {
            "any": [
                {"question": "how", "operator": "=", "answer": "other"},
                {"question": "people", "operator": ">", "answer": 10},
            ]
        },
    },
]

DEFINITION: dict[str, Any] = {
    "id": "journey",
    "edition": "2026",
    "respondent": "cluster",
    "framework": "journey-framework",
    "title": "Yearly journey",
    "description": "A short look back.",
    "prepare": ["A plan", "Some figures"],
    "level_rule": {"version": "1", "met": ["in_place"], "left_out": [], "below": "working_towards"},
    "option_sets": {"states": STATES, "levels": LEVELS, "practices": VALLEYS},
    "sections": [
        {"id": "about", "title": "About you", "text": "Who you are.", "questions": EVERY_TYPE},
        {
            "id": "outcome",
            "title": "An outcome",
            "for_each": "assigned_outcomes",
            "questions": [
                {
                    "id": "criteria",
                    "type": "criteria",
                    "label": "How far are you?",
                    "hint": "Be honest.",
                    "required": True,
                    "option_set": "states",
                },
                {
                    "id": "indicated",
                    "type": "calculated",
                    "heading": "Your judgement",
                    "label": "Your answers point to",
                    "calculate": "indicated_level",
                    "option_set": "levels",
                    "measure": "indicated_level",
                },
                {
                    "id": "level",
                    "type": "maturity",
                    "label": "Which level?",
                    "required": True,
                    "option_set": "levels",
                    "measure": "judged_level",
                },
                {
                    "id": "difference",
                    "type": "long_text",
                    "label": "Why does it differ?",
                    "show_when": {"all": [{"question": "level", "operator": "!=", "answer_of": "indicated"}]},
                },
                {
                    "id": "well",
                    "type": "long_text",
                    "heading": "The year",
                    "label": "What went well?",
                    "was": "good",
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
                    "add_label": "Add a story",
                    "takes_files": True,
                    "most": 3,
                    "questions": [
                        {"id": "title", "type": "short_text", "label": "Title", "required": True, "max_length": 20},
                        {"id": "year", "type": "year", "label": "Since which year?"},
                    ],
                },
                {"id": "note", "type": "short_text", "label": "A note"},
            ],
        },
    ],
}

FRAMEWORK: dict[str, Any] = {
    "id": "journey-framework",
    "title": "Small framework",
    "version": "1",
    "published": "2026-01",
    "modules": [{"id": "big", "name": "Big things", "short_name": "BIG"}],
    "levels": [
        {"id": "foundation", "name": "Foundation", "description": "The first steps."},
        {"id": "mature", "name": "Mature", "description": "Nearly there."},
    ],
    "outcomes": [
        {
            "id": "big-01",
            "module": "big",
            "number": 1,
            "name": "Being ready",
            "purpose": "So that we are ready.",
            "criteria": [
                {"id": "big-01.f1", "level": "foundation", "text": "We have begun."},
                {"id": "big-01.m1", "level": "mature", "text": "We have these:", "parts": ["a plan", "a map"]},
            ],
        },
        {
            "id": "big-02",
            "module": "big",
            "number": 2,
            "name": "Being done",
            "purpose": "So that we are done.",
            "criteria": [{"id": "big-02.s1", "text": "We have finished."}],
        },
    ],
}

CLUSTERS: dict[str, Any] = {
    "id": "clusters-journey",
    "health_boards": [
        {
            "code": BOARD,
            "short": "north",
            "name_cy": "Bwrdd y Gogledd",
            "name_en": "Northern Board",
            "rpb_cy": "Partneriaeth y Gogledd",
            "rpb_en": "Northern Partnership",
        }
    ],
    "clusters": [
        {
            "code": code,
            "health_board": BOARD,
            "name_cy": name_cy,
            "name_en": name_en,
            "local_authorities": [],
            "valid_from": "2022-04-01",
        }
        for code, name_cy, name_en in ((CLUSTER, "Arfon", "Arfon"), (OTHER_CLUSTER, "Gorllewin Conwy", "Conwy West"))
    ],
}


BEFORE: dict[str, dict[str, Any]] = {
    "about": {"how": "other", "how_other": "Ar y ffôn", "name": "Huw", "skills": {"sew": {"important": "in_place"}}},
    "outcome/big-01": {
        "criteria": {"big-01.f1": "in_place", "big-01.m1": "not_yet"},
        "level": "foundation",
        "good": "Popeth\nyn dda",
    },
    "outcome/big-02": {"criteria": {"big-02.s1": "not_yet"}, "level": "mature"},
    "practice": {"stories": [{"id": "a", "title": "Hen stori"}]},
}


def definition_before() -> dict[str, Any]:
    """The edition in which “What went well?” was still called by another id."""
    sections = []
    for section in DEFINITION["sections"]:
        questions = [
            {**{k: v for k, v in question.items() if k != "was"}, "id": question.get("was", question["id"])}
            for question in section["questions"]
        ]
        sections.append({**section, "questions": questions})
    return {**DEFINITION, "edition": "2024", "sections": sections}


def questionnaire() -> Questionnaire:
    """The questionnaire as objects."""
    return questionnaire_from(DEFINITION)


def framework() -> Framework:
    """The framework as objects."""
    return framework_from(FRAMEWORK)


def texts() -> dict[str, str]:
    """Every English text by key."""
    before = questionnaire_from(definition_before())
    found = [*messages(before), *messages(questionnaire()), *messages(framework())]
    return {message.context: message.text for message in found}


def welsh(english: str) -> str:
    """What stands in these tests for the Welsh of a text."""
    return f"(cy) {english}"


def open_round(
    repository: FileRepository,
    secret: str,
    round_id: str = ROUND,
    codes: Mapping[str, str] | None = None,
    definition: Mapping[str, Any] = DEFINITION,
    **changes: Any,
) -> None:
    """Open a round, with access codes by cluster; `changes` are made to it afterwards."""
    created = Round(round_id, "journey", "2026", "2026-27", "clusters-journey", closes=CLOSES)
    created = replace(created, **{k: v for k, v in changes.items() if k == "reporting_year"})
    create_round(repository, created)
    assignments = {BOARD: ("big-01", "big-02")}
    asked = questionnaire_from(definition)
    english = {message.context: message.text for message in (*messages(asked), *messages(framework()))}
    in_welsh = {key: welsh(text) for key, text in english.items()}
    sources, texts = RoundSources(definition, FRAMEWORK, CLUSTERS), {"en": english, "cy": in_welsh}
    followed = gather(repository, created, asked, clusters_from(CLUSTERS))
    snapshot = write_snapshot(repository, round_id, sources, assignments, texts, followed)
    change_round(
        repository,
        round_id,
        lambda latest: replace(
            latest,
            **{"status": "open", "opens": NOW - timedelta(days=1), **changes},
            snapshot_digest=snapshot,
            assignments=assignments,
        ),
    )
    for cluster, code in (codes if codes is not None else {CLUSTER: CODE, OTHER_CLUSTER: OTHER_CODE}).items():
        issue_code(repository, secret.encode(), round_id, cluster, code, NOW)


def submit(repository: FileRepository, round_id: str, answers: Mapping[str, Mapping[str, Any]]) -> None:
    """Let the first cluster submit a round, in Welsh; `answers` by page key."""
    snapshot = load_snapshot(repository, round_id)
    for page in snapshot.instrument(CLUSTER).pages:
        save_page(
            repository,
            snapshot,
            CLUSTER,
            page,
            whole(answers[page.key]),
            writer=Writer("cy"),
            now=NOW,
            new_id="b" * 16,
        )
    lifecycle.submit(repository, snapshot, CLUSTER, language="cy", now=NOW)


def submit_round_before(
    repository: FileRepository,
    secret: str,
    answers: Mapping[str, Mapping[str, Any]],
    definition: Mapping[str, Any] | None = None,
) -> None:
    """A round of two years ago, which the first cluster submitted."""
    asked = definition or definition_before()
    open_round(repository, secret, ROUND_BEFORE, {}, asked, reporting_year="2024-25", closes=None)
    submit(repository, ROUND_BEFORE, answers)
    close_round(repository, ROUND_BEFORE, NOW)
