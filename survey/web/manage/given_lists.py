"""A list from a spreadsheet: chosen as a file, looked at with what it changes, and then kept as it was looked at."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

from flask_babel import lazy_pgettext
from flask_wtf.file import FileField
from wtforms import HiddenField

from survey.collection.list_rows import BadList
from survey.languages import Phrase
from survey.web.site.forms import FileInput, SiteForm
from survey.web.site.language import current_language

MOST_BYTES = 200_000
NO_FILE = Phrase("manage contacts", "Choose a file first.")
TOO_LARGE = Phrase("manage contacts", "This file is too large for such a list.")


class ListForm(SiteForm):
    """Asks for a list, by a field `file` of its own."""

    file: FileField

    def content(self) -> bytes:
        """What was chosen. Raises BadList for nothing, or too much."""
        content = bytes(self.file.data.read(MOST_BYTES + 1)) if self.file.data else b""
        if not content or len(content) > MOST_BYTES:
            raise BadList([(TOO_LARGE if content else NO_FILE, {})])
        return content


class ConfirmForm(SiteForm):
    """Asks whether a list is to be kept. `shown` tells what that changes, as it was on the page."""

    listed = HiddenField()
    shown = HiddenField()


def list_field(label: Any, columns: Sequence[str]) -> FileField:
    """A field for a list with these columns."""
    return FileField(
        label,
        description=lazy_pgettext(
            "manage contacts", "The first row names the columns: %(columns)s", columns=", ".join(columns)
        ),
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
