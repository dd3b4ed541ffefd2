"""What is said to whoever sends a form about a query or an answer that is gone, since the response was erased."""

from http import HTTPStatus

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue


def query_gone(written: str) -> ResponseReturnValue:
    """A page with what was written, to copy. Of an address that nobody sends a form to: 404."""
    if request.method != "POST":
        abort(HTTPStatus.NOT_FOUND)
    return render_template("respond/query_gone.html", written=written), HTTPStatus.GONE
