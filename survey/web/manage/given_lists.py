"""A list from a spreadsheet: chosen as a file, held to be looked at with what it changes, and kept as it was looked at.

The look has an address of its own, so that neither going Back nor reloading sends anything again.
"""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

from flask import g
from flask_wtf.file import FileField
from wtforms import Field, HiddenField

from survey.collection.list_rows import BadList
from survey.collection.people.held_lists import HeldList, ListKind, held_list, hold_list, let_list_go
from survey.languages import Phrase
from survey.web.site.environment import current_repository, new_id, now
from survey.web.site.forms import FileInput, SiteForm
from survey.web.site.language import current_language

MOST_BYTES = 200_000
HELD_NO_MORE = Phrase(
    "manage done", "Nothing was changed: this list has been kept already, or it was looked at too long ago."
)
NO_FILE = Phrase("manage contacts", "Choose a file first.")
TOO_LARGE = Phrase("manage contacts", "This file is too large for such a list.")


class ListForm(SiteForm):
    """Asks for a list, by a field `file` of its own."""

    file: FileField

    def in_summary(self, field: Field) -> list[str]:
        """Everything that is wrong with a list."""
        return [str(said) for said in field.errors]

    def content(self) -> bytes:
        """What was chosen. Raises BadList for nothing, or too much."""
        content = bytes(self.file.data.read(MOST_BYTES + 1)) if self.file.data else b""
        if not content or len(content) > MOST_BYTES:
            raise BadList([(TOO_LARGE if content else NO_FILE, {})])
        return content


class ConfirmForm(SiteForm):
    """Asks whether a list is to be kept. `shown` tells what that changes, as it was on the page."""

    shown = HiddenField()


def hold(kind: ListKind, rows: Iterable[Sequence[str]]) -> str:
    """Hold a list for whoever is signed in, to look at what it changes; its id."""
    held = HeldList(new_id(), now().isoformat(), kind, csv_of(rows))
    hold_list(current_repository(), g.account.name, held)
    return held.id


def held(kind: ListKind, list_id: str) -> bytes | None:
    """The list that whoever is signed in was about to keep; None when there is none any more."""
    given = held_list(current_repository(), g.account.name, kind, list_id, now())
    return given.listed.encode() if given else None


def let_go() -> None:
    """What whoever is signed in was about to keep is kept."""
    let_list_go(current_repository(), g.account.name)


def list_field(label: Any, description: Any) -> FileField:
    """A field for a list, with what is said of its columns."""
    return FileField(
        label,
        description=description,
        widget=FileInput(),
        render_kw={"attributes": {"accept": ".csv,.xlsx"}},
    )


def csv_of(rows: Iterable[Sequence[str]]) -> str:
    """A list as CSV."""
    text = StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def said(bad: BadList) -> list[str]:
    """Everything that is wrong with a list, in the language of the page."""
    return [current_language().say(fault, **values) for fault, values in bad.faults]
