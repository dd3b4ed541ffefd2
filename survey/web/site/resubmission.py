"""Carrying what somebody typed through a page that stands between typing and saving, so that it is never lost.

Such a page holds the fields of the form as hidden fields (`carried` in `components/form.html`) beside a fresh token.
"""

from werkzeug.datastructures import MultiDict

MOST_CARRIED = 400_000
TOKEN = "csrf_token"  # noqa: S105 — the name of the field, not a secret


def fields_to_carry(form: MultiDict[str, str], *left_out: str) -> list[tuple[str, str]] | None:
    """Return the fields of a form but its token and those `left_out`; None if they are too much to put in a page."""
    fields = [(name, value) for name, value in form.items(multi=True) if name not in (TOKEN, *left_out)]
    return fields if sum(len(name) + len(value) for name, value in fields) <= MOST_CARRIED else None
