"""Fields of fixed forms that nobody types: what a page of ours wrote into its form, and which button was pressed.

Anybody can send anything in their place. What no page of ours could have written counts as not sent.
"""

import re
from typing import Any

from wtforms import Field, HiddenField

from survey.web.site.environment import ID_LENGTH

MOST_DIGITS = 9
_ID = re.compile(f"[0-9a-f]{{{ID_LENGTH}}}")


class CarriedNumber(HiddenField):
    """A number that a page of ours wrote into its form: `data` is None for whatever else was sent in its place."""

    data: int | None  # type: ignore[assignment]

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            sent = valuelist[0] if isinstance(valuelist[0], str) else ""
            self.data = int(sent) if sent.isascii() and sent.isdigit() and len(sent) <= MOST_DIGITS else None


class CarriedId(HiddenField):
    """An id that a page of ours made (`new_id`): `data` is None for whatever else was sent in its place."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            sent = valuelist[0] if isinstance(valuelist[0], str) else ""
            self.data = sent if _ID.fullmatch(sent) else None


class CarriedTexts(Field):
    """Every text that was sent under one name, as boxes to tick and rows of a list are."""

    data: list[str]

    def process_data(self, value: Any) -> None:
        self.data = list(value or ())

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = [text for text in valuelist if isinstance(text, str)]


class PressedButton(Field):
    """A button that a form has beside the one that sends it: `data` is its value if it was pressed, else None."""

    data: str | None

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            self.data = valuelist[0] if isinstance(valuelist[0], str) else None
