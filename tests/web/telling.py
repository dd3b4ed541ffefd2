"""Which forms have to be answered by a page that says what was done: every one of manage that leads on, but these."""

from typing import Any

from flask import Flask
from werkzeug.exceptions import HTTPException

SAYS_IT_ITSELF = {
    **dict.fromkeys(("sign_in", "sign_out", "forgotten"), "the page that follows is the word"),
    **dict.fromkeys(
        ("contacts", "cluster_list", "upload", "upload_edition", "bank", "begin_own_second_factor"),
        "nothing is kept yet: it leads to a page on which it is",
    ),
    **dict.fromkeys(
        ("make_document", "make_workbook", "make_release", "correct", "data"),
        "the page says that it is being made, for as long as it is",
    ),
    **dict.fromkeys(
        ("gather_dashboard", "gather_contributions", "look_for_headings"),
        "the page says that it is being made, for as long as it is",
    ),
}
"""Pages of manage whose forms lead on without a word, with the reason."""


def has_to_tell(app: Flask, path: str, sent: Any) -> bool:
    """Whether the page that follows a form has to say what became of it."""
    if "switch_language" in sent:
        return False
    try:
        endpoint, _ = app.url_map.bind("localhost").match(path, method="POST")
    except HTTPException:
        return False
    return endpoint.startswith("manage.") and endpoint.removeprefix("manage.") not in SAYS_IT_ITSELF
