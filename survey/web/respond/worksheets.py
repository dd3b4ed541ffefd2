"""The worksheets of a team: the way to each from its outcome and back, and from the list of sections; what was written
in them beside what was submitted.
"""

from typing import Any

from flask_babel import pgettext

from survey.collection.responses.response import Response, SavedPage, Submission, WrittenIn
from survey.questionnaire.walk import Answers, Page, Walk
from survey.web.respond.overview import written_in
from survey.web.respond.respondent import Respondent, title_of


def reflection_beside(respondent: Respondent, page: Page) -> Page | None:
    """The page that reflects on the outcome of a worksheet; None for a page that is no worksheet."""
    if not page.section.worksheet:
        return None
    pages = respondent.instrument.submitted_pages
    return next((other for other in pages if other.outcome == page.outcome), None)


def worksheet_links(respondent: Respondent, page: Page) -> dict[str, Any]:
    """What a page shows of worksheets: those on its outcome; of a worksheet, the way back to its outcome."""
    reflection = reflection_beside(respondent, page)
    if reflection:
        return {"outcome_page": respondent.address(reflection)}
    beside = [
        {"title": respondent.texts(other.section.title), "href": respondent.address(other)}
        for other in respondent.instrument.pages
        if other.section.worksheet and page.outcome and other.outcome == page.outcome
    ]
    return {"worksheets": beside}


def worksheet_list(respondent: Respondent, path: Walk, response: Response) -> list[dict[str, str]]:
    """Every worksheet as the list of sections shows it: as it counts nowhere, only whether it has been begun."""
    return [
        {
            "title": title_of(page, respondent.texts),
            "href": respondent.address(page),
            "status": pgettext("worksheet", "Started")
            if response.pages.get(page.key, SavedPage()).answers
            else pgettext("worksheet", "Optional"),
        }
        for page in path.worksheets
    ]


def with_worksheets(
    respondent: Respondent, response: Response, submission: Submission | None
) -> tuple[Answers, dict[str, WrittenIn]]:
    """What was submitted, with the worksheets that are kept beside it; without a submission, the draft.

    Answers, and the languages that they were written in, by page.
    """
    answers, marks = response.answers, written_in(response)
    if submission is None:
        return answers, marks
    kept = {page.key for page in respondent.instrument.pages if page.section.worksheet} & answers.keys()
    return (
        {**submission.answers, **{key: answers[key] for key in kept}},
        {**submission.written_in, **{key: marks[key] for key in kept}},
    )
