"""What was submitted, as a document to keep."""

from flask import Response as FileResponse
from flask import abort, g
from flask.typing import ResponseReturnValue

from survey.collection.responses.response import Response, Submission
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.reporting.documents.answers_docx import MEDIA_TYPE, answers_document, answers_file_name
from survey.web.respond.auth import blueprint
from survey.web.respond.respondent import Respondent


@blueprint.get("/reflection/view/<int:number>/<any(cy, en):code>.docx")
def answers_of_submission(number: int, code: str) -> ResponseReturnValue:
    """One submission as a document."""
    respondent: Respondent = g.respondent
    response = respondent.response()
    return answers_file(respondent.snapshot, response, numbered(response, number), code)


def answers_file(snapshot: RoundSnapshot, response: Response, submission: Submission, code: str) -> FileResponse:
    """The document, to be downloaded."""
    file = FileResponse(answers_document(snapshot, response, submission, code), mimetype=MEDIA_TYPE)
    name = answers_file_name(response, submission, code)
    file.headers.set("Content-Disposition", "attachment", filename=name)
    return file


def numbered(response: Response, number: int) -> Submission:
    """One of the submissions. Answers the request itself when there is none of this number."""
    by_number = {submission.number: submission for submission in response.submissions}
    return by_number.get(number) or abort(404)
