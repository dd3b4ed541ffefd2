"""The Welsh of a message as it stands: its text, and how sure it is."""

from copy import copy
from dataclasses import dataclass
from typing import Any

import polib

from survey.catalogues.files import FORMS
from survey.catalogues.review import drop_mark, mark_reviewed, reviewer_of


@dataclass(frozen=True, slots=True)
class Wording:
    """One text, or six plural forms. `reviewed` is who has reviewed it, with the date; empty for a draft."""

    forms: tuple[str, ...]
    is_fuzzy: bool = False
    reviewed: str = ""

    @property
    def text(self) -> tuple[tuple[str, ...], bool]:
        """What readers may come to see: without the mark of review, which changes nothing for them."""
        return self.forms, self.is_fuzzy

    @property
    def is_empty(self) -> bool:
        return not any(self.forms)

    @property
    def is_whole(self) -> bool:
        """Whether it can be shown: every form is there, and no doubt about its English."""
        return all(self.forms) and not self.is_fuzzy


def wording_of(entry: polib.POEntry) -> Wording:
    """The wording that a message of a catalogue has."""
    if entry.msgid_plural:
        forms = tuple(entry.msgstr_plural.get(form, "") for form in range(FORMS))
    else:
        forms = (entry.msgstr,)
    return Wording(forms, entry.fuzzy, reviewer_of(entry))


def with_wording(entry: polib.POEntry, wording: Wording) -> polib.POEntry:
    """A copy of a message that has this wording. Comments of translators stay, the English before goes with fuzzy."""
    made = copy(entry)
    made.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    if entry.msgid_plural:
        made.msgstr_plural = dict(enumerate(wording.forms))
    else:
        made.msgstr = wording.forms[0]
    if wording.is_fuzzy:
        made.flags.insert(0, "fuzzy")
    else:
        made.previous_msgctxt = made.previous_msgid = made.previous_msgid_plural = None
    if wording.reviewed:
        mark_reviewed(made, wording.reviewed)
    else:
        drop_mark(made)
    return made


def wording_from(record: Any) -> Wording:
    """The wording in a record. Raises KeyError, TypeError for what is none."""
    return Wording(tuple(map(str, record["forms"])), bool(record["is_fuzzy"]), str(record["reviewed"]))
