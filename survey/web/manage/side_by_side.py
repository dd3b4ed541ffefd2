"""What clusters submitted to one question, side by side: by health board, outcome and level, to read, to ask about and
to print.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any
from urllib.parse import parse_qs, urlencode

from flask import abort, g, render_template, request, url_for

from survey.collection.responses.queries import STATE_WORDS, Query, Subject, queries_of_round
from survey.collection.responses.response import read_response
from survey.collection.rounds.clusters import Cluster
from survey.collection.rounds.snapshot import RoundSnapshot, worded_as
from survey.questionnaire.definition import Question
from survey.questionnaire.framework import Outcome
from survey.questionnaire.types import answer_type
from survey.questionnaire.walk import Page, Walk
from survey.web.manage.auth import audit, blueprint, opened, permits, sees_board
from survey.web.respond.overview import AnswerGroup, OverviewRow, answers_to
from survey.web.respond.respondent import Respondent, name_key, questionnaire_title, words_of
from survey.web.site.environment import current_repository
from survey.web.site.language import current_language

A_PAGE = 20
LEVEL = "judged_level"
FILTERS = ("asked", "board", "outcome", "level")


@dataclass(frozen=True, slots=True)
class QuotedCluster:
    """What a cluster said to the question on one outcome, or once where it is asked once; `level` is a code."""

    cluster: Cluster
    submission: int
    page: Page
    outcome: Outcome | None
    level: str | None
    answers: list[AnswerGroup] | None
    """None where a rule left the question out."""

    @property
    def anchor(self) -> str:
        """What it is called on the page, which can be come back to."""
        return anchor_of(self.cluster.code, self.page.key)

    def subject(self, group: AnswerGroup, row: OverviewRow) -> Subject:
        """What a query about a row of its answers is about."""
        return Subject(self.page.key, row.question.id, group.item_id, row.part or "")


@blueprint.get("/rounds/<round_id>/answers")
def side_by_side(round_id: str) -> str:
    """The answers to the question that the address asks for, twenty on a page; with `all=1` on one, to print."""
    snapshot = opened(round_id)
    questions = compared_questions(snapshot)
    if snapshot.questionnaire.respondent == "anonymous" or not questions:
        abort(404)
    asked = {name: request.args.get(name, "") for name in FILTERS}
    if asked["asked"] not in questions:
        asked["asked"] = next(iter(questions))
    said = [answer for answer in _said(snapshot, asked["asked"], asked["board"]) if _fits(answer, asked)]
    # What is compared stands together: one outcome, cluster beside cluster.
    outcomes = [outcome.id for outcome in snapshot.instrument_of_all().outcomes]
    said.sort(key=lambda answer: outcomes.index(answer.outcome.id) if answer.outcome else -1)
    pages = max(1, -(-len(said) // A_PAGE))
    number = min(max(request.args.get("page", 1, int), 1), pages)
    is_whole = request.args.get("all") == "1"
    shown = said if is_whole else said[(number - 1) * A_PAGE : number * A_PAGE]
    audit("answers_compared", round=round_id, question=asked["asked"])
    return render_template(
        "manage/side_by_side.html",
        round=snapshot.round,
        questionnaire=questionnaire_title(snapshot),
        question_id=asked["asked"].partition(".")[2],
        question=words_of(snapshot, current_language())(questions[asked["asked"]].label),
        groups=[(outcome, list(of_it)) for outcome, of_it in groupby(shown, key=lambda answer: answer.outcome)],
        found=len(said),
        number=number,
        pages=1 if is_whole else pages,
        is_whole=is_whole,
        asked=asked,
        choices=_choices(snapshot, questions),
        levels=_levels(snapshot),
        boards={board.code: board.name(current_language().code) for board in snapshot.clusters.health_boards},
        words=words_of(snapshot, current_language()),
        ask_address=_ask_address(round_id, {**asked, **({"all": "1"} if is_whole else {"page": str(number)})}),
        queries=_queries(round_id),
        query_states=STATE_WORDS,
    )


def anchor_of(cluster_code: str, page_key: str) -> str:
    """What an answer is called on the page: of which cluster, on which page of its reflection."""
    return f"of-{cluster_code}-{page_key}".replace("/", "-")


def way_back(round_id: str, beside: str, cluster_code: str, page_key: str) -> str:
    """Where the answer is among the others, as they were looked at: `beside` is what the address asked for then."""
    given = parse_qs(beside)
    asked: dict[str, Any] = {name: given[name][0] for name in (*FILTERS, "page", "all") if name in given}
    return url_for("manage.side_by_side", round_id=round_id, **asked, _anchor=anchor_of(cluster_code, page_key))


def _ask_address(
    round_id: str, looked_at: dict[str, str]
) -> Callable[[QuotedCluster, AnswerGroup, OverviewRow], str] | None:
    """What gives where a row of answers is asked about, and comes back from there; None to whom may not ask."""
    if not permits(g.account, "manage.new_query"):
        return None
    beside = urlencode({name: value for name, value in looked_at.items() if value})

    def address(said: QuotedCluster, group: AnswerGroup, row: OverviewRow) -> str:
        subject: dict[str, Any] = {name: value or None for name, value in asdict(said.subject(group, row)).items()}
        return url_for(
            "manage.new_query",
            round_id=round_id,
            cluster_code=said.cluster.code,
            submission=said.submission,
            **subject,
            beside=beside,
        )

    return address


def _queries(round_id: str) -> dict[tuple[str, str], list[Query]]:
    """What was asked already, by cluster and page of its reflection."""
    by_page: dict[tuple[str, str], list[Query]] = {}
    for cluster_code, query in queries_of_round(current_repository(), round_id):
        by_page.setdefault((cluster_code, query.subject.page), []).append(query)
    return by_page


def compared_questions(snapshot: RoundSnapshot) -> dict[str, Question]:
    """Every question whose answers are submitted, by `<section>.<question>`."""
    sections = {page.section.id: page.section for page in snapshot.instrument_of_all().submitted_pages}
    return {
        f"{section.id}.{question.id}": question
        for section in sections.values()
        for question in section.questions
        if answer_type(question).stores_answer or answer_type(question).shows_value
    }


def _said(snapshot: RoundSnapshot, asked: str, board: str) -> Iterator[QuotedCluster]:
    """What was submitted to a question in the clusters that the account sees, by their names."""
    seen = [cluster for cluster in snapshot.clusters.clusters if sees_board(g.account, cluster.health_board)]
    for cluster in sorted((cluster for cluster in seen if board in ("", cluster.health_board)), key=name_key):
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
                yield QuotedCluster(cluster, submission.number, page, page.outcome, _level(path, page.outcome), answers)


def _level(path: Walk, outcome: Outcome | None) -> str | None:
    """The level that a cluster judges itself to be at for an outcome."""
    levels = (
        path.value(page.key, question.id)
        for page in path.pages
        if outcome is not None and page.outcome == outcome
        for question in _judging(page)
    )
    return next((level for level in levels if isinstance(level, str)), None)


def _judging(page: Page) -> list[Question]:
    return [question for question in page.section.questions if question.measure == LEVEL]


def _fits(said: QuotedCluster, asked: dict[str, str]) -> bool:
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
    boards = [board for board in snapshot.clusters.health_boards if sees_board(g.account, board.code)]
    outcomes = snapshot.instrument_of_all().outcomes
    return {
        "asked": [{"value": asked, "text": words(question.label)} for asked, question in questions.items()],
        "board": [
            {"value": board.code, "text": board.name(code), "as_is": True} for board in sorted(boards, key=name_key)
        ],
        "outcome": [{"value": outcome.id, "text": words(outcome.name)} for outcome in outcomes],
        "level": [{"value": level, "text": text} for level, text in _levels(snapshot).items()],
    }
