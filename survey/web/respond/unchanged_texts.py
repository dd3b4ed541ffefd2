"""On the page to check answers on: which texts are word for word what the cluster wrote the last time."""

from dataclasses import replace
from typing import Any

from flask_babel import pgettext
from markupsafe import Markup

from survey.collection.responses.earlier_answers import EarlierAnswers, earlier_answers_by_page
from survey.questionnaire.types import answer_type
from survey.questionnaire.walk import Walk
from survey.web.respond.earlier_boxes import may_be_shown
from survey.web.respond.overview import AnsweredPage, AnswerGroup, OverviewRow
from survey.web.respond.respondent import Respondent


def with_unchanged_texts(respondent: Respondent, path: Walk, pages: list[AnsweredPage]) -> list[AnsweredPage]:
    """The answers of some pages; a text that is the same as in an earlier year says so."""
    repository, snapshot, cluster = respondent.repository, respondent.snapshot, respondent.cluster.code
    earlier = earlier_answers_by_page(repository, snapshot, cluster, [shown.page for shown in pages])
    return [
        replace(shown, answers=[_marked(group, shown, path, earlier[shown.page.key]) for group in shown.answers])
        if shown.page.key in earlier
        else shown
        for shown in pages
    ]


def _marked(group: AnswerGroup, shown: AnsweredPage, path: Walk, earlier: EarlierAnswers) -> AnswerGroup:
    if group.item_id:
        return group
    words = pgettext("earlier", "Unchanged since %(year)s", year=earlier.year)
    note = Markup('<br><span class="nhsuk-u-secondary-text-colour">{}</span>').format(words)
    rows = [
        replace(row, value=row.value + note)
        if _is_unchanged(row, path.value(shown.page.key, row.question.id), shown, earlier)
        else row
        for row in group.rows
    ]
    return replace(group, rows=rows)


def _is_unchanged(row: OverviewRow, answer: Any, shown: AnsweredPage, earlier: EarlierAnswers) -> bool:
    before = earlier.answers.get(row.question.id)
    if before is None or not answer_type(row.question).free_text or not may_be_shown(before):
        return False
    return answer is not None and bool(before.as_now(row.question, shown.page.outcome) == answer)
