"""A short anonymous questionnaire with the answer types of the workforce survey, and an open round of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from survey.collection.responses.anonymous import submit_draft
from survey.collection.responses.anonymous_drafts import begin, read_draft, save_draft
from survey.collection.responses.merge import whole
from survey.collection.rounds.round import Round, change_round, create_round
from survey.collection.rounds.snapshot import RoundSnapshot, RoundSources, load_snapshot, write_snapshot
from survey.questionnaire.builder import questionnaire_from
from survey.questionnaire.texts import messages
from survey.questionnaire.walk import read_page
from survey.storage.repository import Repository
from survey.storage.tinydb_files.repository import FileRepository
from tests.collection.example import CLUSTER_LIST

NOW = datetime(2026, 10, 1, 9, 17, 23, tzinfo=UTC)
ROUND = "crew-2026"
CLUSTER = "arfon"
IMPORTANCE = [{"code": code, "label": code.capitalize()} for code in ("little", "much")]
CONFIDENCE = [*IMPORTANCE, {"code": "not_applicable", "label": "Not applicable"}]

DEFINITION: dict[str, Any] = {
    "$schema": "../schema/questionnaire.schema.json",
    "id": "crew",
    "edition": "2026",
    "respondent": "anonymous",
    "title": "Crew survey",
    "description": "For everybody.",
    "sections": [
        {
            "id": "role",
            "title": "Your role",
            "text": "We do not ask who you are.",
            "questions": [
                {
                    "id": "job",
                    "type": "single_choice",
                    "label": "What is your job?",
                    "required": True,
                    "options": [
                        {"code": "nurse", "label": "Nurse"},
                        {"code": "lead", "label": "Lead"},
                        {"code": "other", "label": "Other"},
                    ],
                },
                {
                    "id": "why_lead",
                    "type": "short_text",
                    "label": "What do you lead?",
                    "show_when": {"all": [{"question": "job", "operator": "=", "answer": "lead"}]},
                },
                {
                    "id": "ways",
                    "type": "multiple_choice",
                    "label": "How do you learn?",
                    "options": [
                        {"code": "talk", "label": "By talking"},
                        {"code": "read", "label": "By reading"},
                        {"code": "none", "label": "Not at all", "exclusive": True},
                    ],
                },
            ],
        },
        {
            "id": "skills",
            "title": "Skills",
            "questions": [
                {
                    "id": "skills",
                    "type": "matrix",
                    "label": "How are your skills?",
                    "row_groups": [{"id": "hand", "label": "By hand"}],
                    "rows": [{"id": "sew", "label": "Sewing", "group": "hand"}, {"id": "read", "label": "Reading"}],
                    "columns": [
                        {"id": "importance", "label": "Importance", "options": IMPORTANCE},
                        {"id": "confidence", "label": "Confidence", "options": CONFIDENCE},
                    ],
                },
                {
                    "id": "needs",
                    "type": "ranking",
                    "label": "What do you need most?",
                    "most": 3,
                    "options": [
                        {"code": code, "label": code.capitalize()} for code in ("time", "money", "help", "tea")
                    ],
                },
            ],
        },
        {
            "id": "rest",
            "title": "Anything else",
            "questions": [
                {
                    "id": "comment",
                    "type": "long_text",
                    "label": "Anything else?",
                    "hint": "Do not identify anyone.",
                    "max_length": 200,
                }
            ],
        },
    ],
}

_ROLE, _SKILLS, _REST = DEFINITION["sections"]
IN_GROUPS: dict[str, Any] = {
    **DEFINITION,
    "sections": [
        _ROLE,
        {
            **_SKILLS,
            "text": "Four skills, two by two.",
            "questions": [
                {
                    **_SKILLS["questions"][0],
                    "row_groups": [{"id": "hand", "label": "By hand"}, {"id": "head", "label": "By heart"}],
                    "rows": [
                        {"id": row, "label": row.capitalize(), "group": group}
                        for row, group in (("sew", "hand"), ("read", "head"), ("knit", "hand"), ("count", "head"))
                    ],
                },
                _SKILLS["questions"][1],
            ],
        },
        _REST,
    ],
}
"""The same with a matrix whose rows stand in two groups, which takes three screens with what follows it."""

ANSWERS: dict[str, dict[str, Any]] = {
    "role": {"job": "nurse", "ways": ["talk"]},
    "skills": {"skills": {"sew": {"importance": "much", "confidence": "not_applicable"}}, "needs": ["tea", "time"]},
    "rest": {"comment": "Diolch am ofyn ŵ"},
}


def opened_round(
    repository: FileRepository, round_id: str = ROUND, definition: dict[str, Any] = DEFINITION, **changes: Any
) -> RoundSnapshot:
    """An open round, without the texts having had to be translated; `changes` are made to it."""
    return opened_with(repository, round_id, RoundSources(definition, None, CLUSTER_LIST), NOW, **changes)


def opened_with(
    repository: Repository, round_id: str, sources: RoundSources, now: datetime, **changes: Any
) -> RoundSnapshot:
    """An open round of another anonymous questionnaire."""
    definition, clusters = sources.definition, sources.clusters
    create_round(repository, Round(round_id, definition["id"], definition["edition"], "2026-27", clusters["id"]))
    english = {message.context: message.text for message in messages(questionnaire_from(definition))}
    texts = {"en": english, "cy": {key: f"(cy) {text}" for key, text in english.items()}}
    snapshot = write_snapshot(repository, round_id, RoundSources(definition, None, clusters), {}, texts)
    opens = now - timedelta(days=1)
    change_round(
        repository,
        round_id,
        lambda draft: replace(draft, **{"status": "open", "opens": opens, **changes}, snapshot_digest=snapshot),
    )
    return load_snapshot(repository, round_id)


def begun(
    repository: FileRepository,
    snapshot: RoundSnapshot,
    number: int = 1,
    answers: Mapping[str, Mapping[str, Any]] = ANSWERS,
    *,
    cluster: str = CLUSTER,
    language: str = "cy",
    now: datetime = NOW,
) -> str:
    """The id of a draft with answers; its response will have the id `response_id(number)`."""
    draft_id = f"{number:032x}"
    begin(repository, snapshot, cluster, draft_id=draft_id, response_id=response_id(number), now=now)
    for key, page_answers in answers.items():
        page = snapshot.instrument(cluster).page(key)
        assert page is not None, key
        read, problems = read_page(page, page_answers)
        assert not problems, problems
        save_draft(repository, snapshot, draft_id, page, whole(read), language=language, now=now, seen=(page.key,))
    return draft_id


def response_id(number: int) -> str:
    return f"{number + 0xAB0000:032x}"[::-1]


def submitted(repository: FileRepository, snapshot: RoundSnapshot, number: int = 1, **begun_with: Any) -> str:
    """The id of a response that has been submitted."""
    draft_id = begun(repository, snapshot, number, **begun_with)
    now = begun_with.get("now", NOW)
    draft = read_draft(repository, snapshot.round.id, draft_id, now)
    assert draft is not None
    submit_draft(repository, snapshot, draft_id, draft.response, language=begun_with.get("language", "cy"), now=now)
    return draft.response
