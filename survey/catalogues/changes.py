"""What changed from one state of a catalogue to another, message by message: English, Welsh, marks and comments."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

import polib

from survey.catalogues.files import is_place, key_of
from survey.catalogues.review import is_reviewed, without_seal
from survey.languages import Language, Phrase

ChangeKind = Literal["new", "gone", "english", "welsh", "doubt", "review", "comment"]

WORDS: dict[ChangeKind, Phrase] = {
    "new": Phrase("translations diff", "New"),
    "gone": Phrase("translations diff", "Gone"),
    "english": Phrase("translations diff", "The English has changed"),
    "welsh": Phrase("translations diff", "The Welsh has changed"),
    "doubt": Phrase("translations diff", "Marked as fuzzy, or no longer"),
    "review": Phrase("translations diff", "Marked as reviewed, or no longer"),
    "comment": Phrase("translations diff", "The translator’s comment has changed"),
}


@dataclass(frozen=True, slots=True)
class MessageState:
    """A message on one side of a change. `welsh` has the forms of a plural, one a line."""

    english: str
    welsh: str
    is_fuzzy: bool
    is_reviewed: bool
    comment: str


@dataclass(frozen=True, slots=True)
class MessageChange:
    """One message that is not as it was; `before` is None of a new one, `after` of one that is gone."""

    kind: ChangeKind
    context: str
    before: MessageState | None
    after: MessageState | None

    def say(self, language: Language) -> str:
        """What kind of change it is, in words."""
        return language.say(WORDS[self.kind])


def changes(before: polib.POFile, after: polib.POFile) -> list[MessageChange]:
    """Every message in use that changed, in the order of `after`; then what is gone."""
    earlier = {key_of(entry): entry for entry in before if not entry.obsolete}
    now = {key_of(entry) for entry in after if not entry.obsolete}
    gone: dict[str, list[polib.POEntry]] = defaultdict(list)
    for key, entry in earlier.items():
        if key not in now:
            gone[key[0]].append(entry)
    changed = []
    for entry in after:
        if entry.obsolete:
            continue
        context, known = entry.msgctxt or "", earlier.get(key_of(entry))
        if known is None and (origin := _origin(entry, gone[context])):
            gone[context].remove(origin)
            changed.append(MessageChange("english", context, side(origin), side(entry)))
        elif known is None:
            changed.append(MessageChange("new", context, None, side(entry)))
        elif kind := _kind(side(known), side(entry)):
            changed.append(MessageChange(kind, context, side(known), side(entry)))
    changed += [
        MessageChange("gone", context, side(entry), None) for context, entries in gone.items() for entry in entries
    ]
    return changed


def _origin(entry: polib.POEntry, gone: list[polib.POEntry]) -> polib.POEntry | None:
    """The message that a new one is a rewording of: the one it names, or what stood in the very place before."""
    named = next((other for other in gone if other.msgid == entry.previous_msgid), None)
    return named or (gone[0] if gone and is_place(entry.msgctxt or "") else None)


def side(entry: polib.POEntry) -> MessageState:
    """A message as one side of a change."""
    forms = [form for _, form in sorted(entry.msgstr_plural.items())] if entry.msgid_plural else [entry.msgstr]
    english = "\n".join(filter(None, (entry.msgid, entry.msgid_plural)))
    welsh = "\n".join(forms) if any(forms) else ""
    return MessageState(english, welsh, entry.fuzzy, is_reviewed(entry), without_seal(entry.tcomment))


def _kind(before: MessageState, after: MessageState) -> ChangeKind | None:
    if before.welsh != after.welsh:
        return "welsh"
    if before.is_fuzzy != after.is_fuzzy:
        return "doubt"
    if before.is_reviewed != after.is_reviewed:
        return "review"
    return "comment" if before.comment != after.comment else None
