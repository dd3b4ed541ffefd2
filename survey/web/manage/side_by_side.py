"""What clusters submitted to one question, side by side: by health board, outcome and level, to read and to print."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import abort, g, render_template, request

from survey.collection.responses.response import read_response
from survey.collection.rounds.clusters import Cluster
from survey.collection.rounds.snapshot import RoundSnapshot, worded_as
from survey.questionnaire.definition import Question
from survey.questionnaire.framework import Outcome
from survey.questionnaire.types import answer_type
from survey.questionnaire.walk import Page, Walk
from survey.web.manage.auth import audit, blueprint, opened, sees_board
from survey.web.respond.overview import AnswerGroup, answers_to
from survey.web.respond.respondent import Respondent, name_key, questionnaire_title, words_of
from survey.web.site.environment import current_repository
from survey.web.site.language import current_language

A_PAGE = 20
LEVEL = "judged_level"
FILTERS = ("asked", "board", "outcome", "level")


@dataclass(frozen=True, slots=True)
class Said:
    """What a cluster said to the question on one outcome, or once where it is asked once; `level` is a code."""

    cluster: Cluster
    submission: int
    outcome: Outcome | None
    level: str | None
    answers: list[AnswerGroup] | None
    """None where a rule left the question out."""


@blueprint.get("/rounds/<round_id>/answers")
def side_by_side(round_id: str) -> str:
    """The answers to the question that the address asks for, twenty on a page; with `all=1` on one, to print."""
    snapshot = opened(round_id)
    questions = _questions(snapshot)
    if snapshot.questionnaire.respondent == "anonymous" or not questions:
        abort(404)
    asked = {name: request.args.get(name, "") for name in FILTERS}
    if asked["asked"] not in questions:
        asked["asked"] = next(iter(questions))
    said = [one for one in _said(snapshot, asked["asked"], asked["board"]) if _fits(one, asked)]
    pages = max(1, -(-len(said) // A_PAGE))
    number = min(max(request.args.get("page", 1, int), 1), pages)
    is_whole = request.args.get("all") == "1"
    audit("answers_compared", round=round_id, question=asked["asked"])
    return render_template(
        "manage/side_by_side.html",
        round=snapshot.round,
        questionnaire=questionnaire_title(snapshot),
        question=words_of(snapshot, current_language())(questions[asked["asked"]].label),
        said=said if is_whole else said[(number - 1) * A_PAGE : number * A_PAGE],
        found=len(said),
        number=number,
        pages=1 if is_whole else pages,
        is_whole=is_whole,
        asked=asked,
        choices=_choices(snapshot, questions),
        levels=_levels(snapshot),
        boards={board.code: board.name(current_language().code) for board in snapshot.clusters.health_boards},
        words=words_of(snapshot, current_language()),
    )


def _questions(snapshot: RoundSnapshot) -> dict[str, Question]:
    """Every question whose answers are submitted, by `<section>.<question>`."""
    sections = {page.section.id: page.section for page in snapshot.instrument_of_all().submitted_pages}
    return {
        f"{section.id}.{question.id}": question
        for section in sections.values()
        for question in section.questions
        if answer_type(question).stores_answer or answer_type(question).shows_value
    }


def _said(snapshot: RoundSnapshot, asked: str, board: str) -> Iterator[Said]:
    """What was submitted to a question in the clusters that the account sees, by their names."""
    seen = [one for one in snapshot.clusters.clusters if sees_board(g.account, one.health_board)]
    for cluster in sorted((one for one in seen if board in ("", one.health_board)), key=name_key):
        submission = read_response(current_repository(), snapshot.round.id, cluster.code).counted
        if submission is None:
            continue
        worded = worded_as(current_repository(), snapshot, submission.text_revision)
        respondent = Respondent(current_repository(), worded, cluster)
        path = respondent.instrument.walk(submission.answers)
        for page in path.pages:
            for question in page.section.questions:
                if f"{page.section.id}.{question.id}" != asked:
                    continue
                answers = None
                if question in path.asked[page.key]:
                    written_in = submission.written_in.get(page.key, {})
                    value = path.value(page.key, question.id)
                    answers = answers_to(question, value, written_in, respondent.setting(page))
                yield Said(cluster, submission.number, page.outcome, _level(path, page.outcome), answers)


def _level(path: Walk, outcome: Outcome | None) -> str | None:
    """The level that a cluster judges itself to be at for an outcome."""
    found = (
        path.value(page.key, question.id)
        for page in path.pages
        if outcome is not None and page.outcome == outcome
        for question in _judging(page)
    )
    return next((level for level in found if isinstance(level, str)), None)


def _judging(page: Page) -> list[Question]:
    return [question for question in page.section.questions if question.measure == LEVEL]


def _fits(said: Said, asked: dict[str, str]) -> bool:
    outcome = said.outcome.id if said.outcome else ""
    return asked["outcome"] in ("", outcome) and asked["level"] in ("", said.level)


def _levels(snapshot: RoundSnapshot) -> dict[str, str]:
    """The levels by code, as the question about them words them."""
    words = words_of(snapshot, current_language())
    pages = snapshot.instrument_of_all().submitted_pages
    judging = next((question for page in pages for question in _judging(page)), None)
    return {option.code: words(option.label) for option in judging.options} if judging else {}


def _choices(snapshot: RoundSnapshot, questions: dict[str, Question]) -> dict[str, list[dict[str, Any]]]:
    words, code = words_of(snapshot, current_language()), current_language().code
    boards = [one for one in snapshot.clusters.health_boards if sees_board(g.account, one.code)]
    outcomes = snapshot.instrument_of_all().outcomes
    return {
        "asked": [{"value": asked, "text": words(question.label)} for asked, question in questions.items()],
        "board": [
            {"value": board.code, "text": board.name(code), "as_is": True} for board in sorted(boards, key=name_key)
        ],
        "outcome": [{"value": outcome.id, "text": words(outcome.name)} for outcome in outcomes],
        "level": [{"value": level, "text": text} for level, text in _levels(snapshot).items()],
    }
