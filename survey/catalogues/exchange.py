"""Welsh that comes back from translators, joined to ours: what they changed, and no noise of their program.

What both sides changed since they had the same text is taken from neither: a person has to choose.
"""

from dataclasses import dataclass

import polib

from survey.catalogues.changes import MessageChange, MessageState, changes, side
from survey.catalogues.files import key_of
from survey.catalogues.merge import merged


@dataclass(frozen=True, slots=True)
class MessageClash:
    """A message with other Welsh on each side."""

    context: str
    ours: MessageState
    theirs: MessageState


@dataclass(frozen=True, slots=True)
class Joined:
    """Our catalogue with what was taken from theirs: what that changes, and what was left as it is."""

    catalogue: polib.POFile
    taken: list[MessageChange]
    clashes: list[MessageClash]


def joined(ours: polib.POFile, theirs: polib.POFile, template: polib.POFile, sent: polib.POFile | None) -> Joined:
    """Take into `ours` what `theirs` changed since both were `sent`, all brought up to date with `template` first.

    Without `sent` nobody knows who changed what: then only what has no good Welsh here is taken. An empty Welsh is
    never taken, and what was translated from another English comes in fuzzy.
    """
    result = merged(ours, template)
    before = merged(ours, template)
    came = {key_of(entry): entry for entry in merged(theirs, template) if not entry.obsolete}
    were = {key_of(entry): entry for entry in merged(sent, template) if not entry.obsolete} if sent else {}
    clashes = []
    for place, entry in enumerate(result):
        their = came.get(key_of(entry))
        if entry.obsolete or their is None or not side(their).welsh or side(their) == side(entry):
            continue
        base = were.get(key_of(entry))
        if base is not None and side(their) == side(base):
            continue
        is_free = side(entry) == side(base) if base is not None else entry.fuzzy or not side(entry).welsh
        if is_free:
            result[place] = their
        else:
            clashes.append(MessageClash(entry.msgctxt or "", side(entry), side(their)))
    return Joined(result, changes(before, result), clashes)
