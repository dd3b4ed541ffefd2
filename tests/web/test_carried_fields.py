"""What nobody types: fields that a page of ours wrote itself, whatever is sent in their place."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form

import survey
from survey.web.site.carried_fields import CarriedId, CarriedNumber, CarriedTexts, PressedButton
from survey.web.site.environment import new_id

WEB = Path(survey.__file__).parent / "web"
BELOW_FORMS = {
    "anonymous/participant.py": "the button of a form of answers says where it leads",
    "anonymous/sections.py": "for which draft a form was typed is asked before it is anybody’s",
    "anonymous/start.py": "which draft a form stands beside, and a code that is shown again in the other language",
    "manage/auth.py": "a form that came before its sender had signed in again is carried on whole",
    "preview/pages.py": "answers of a page that is only looked at",
    "respond/auth.py": "a form that came before its sender had signed in again is carried on whole",
    "respond/autosave.py": "the button of a form of answers says where it leads",
    "respond/form_view.py": "answers",
    "respond/items.py": "on what answers were typed",
    "respond/meeting_pack.py": "what was sent of a pack is held whole, and shown at an address of its own",
    "site/errors.py": "a form is carried on whole",
    "site/forms.py": "how fixed forms come to what was sent",
    "site/language.py": "the language switch",
    "site/overload.py": "a form is carried on whole",
    "site/security.py": "what is refused before any form",
}
"""Where what was sent is read beside its form, and why."""


class Carrying(Form):
    number = CarriedNumber()
    id = CarriedId()
    texts = CarriedTexts()
    button = PressedButton()


def sent(*fields: tuple[str, str]) -> Any:
    return Carrying(MultiDict(fields))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (["7"], 7),
        (["0"], 0),
        (["7", "8"], 7),
        (["007"], 7),
        ([], None),
        ([""], None),
        (["-1"], None),
        (["+1"], None),
        (["1.0"], None),
        (["x"], None),
        (["²"], None),
        (["٣"], None),
        (["9" * 10], None),
        (["9" * 5_000], None),
    ],
)
def test_what_is_no_number_of_a_page_counts_as_not_sent(written: Sequence[str], read: int | None) -> None:
    assert sent(("texts", "a"), *(("number", text) for text in written)).number.data == read


def test_what_is_no_id_of_a_page_counts_as_not_sent() -> None:
    made = new_id()
    assert sent(("id", made)).id.data == made
    for other in ("", made[:-1], made + "0", made[:-1] + "/", made.upper() + "G", made + "\n", "x" * 100_000):
        assert not sent(("id", other)).id.data


def test_of_boxes_and_rows_all_is_taken_in_its_order_and_a_button_says_which_was_pressed() -> None:
    form = sent(("texts", "b"), ("texts", ""), ("button", "second"), ("texts", "a"))
    assert (form.texts.data, form.button.data) == (["b", "", "a"], "second")
    assert (sent(("number", "1")).texts.data, sent(("number", "1")).button.data) == ([], None)
    assert (Carrying().texts.data, Carrying().button.data, Carrying(data={"number": 3}).number.data) == ([], None, 3)


def test_what_was_sent_is_read_by_a_form_but_where_there_is_none_yet() -> None:
    reading = {
        str(path.relative_to(WEB))
        for path in WEB.rglob("*.py")
        if re.search(r"\brequest\.(form|values)\b", path.read_text("utf-8"))
    }
    assert reading == BELOW_FORMS.keys()
