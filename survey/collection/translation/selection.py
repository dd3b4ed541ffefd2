"""Which messages of a catalogue a translator wants to see."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from survey.collection.translation.message_findings import Findings, is_sound
from survey.collection.translation.working_catalogue import TranslatedMessage

NEEDS_YOU = "needs-you"
FAULTS = "faults"
WARNINGS = "warnings"
NEW = "new"
CHANGED = "changed"
COMMENTED = "commented"
STATES = ("missing", "fuzzy", "draft", "reviewed")


@dataclass(frozen=True, slots=True)
class ExaminedMessage:
    """A message with what the gate finds in it. `is_new`: the edition of last year did not have its English there."""

    message: TranslatedMessage
    findings: Findings
    is_new: bool = False

    @property
    def has_fault(self) -> bool:
        return self.message.wording.is_whole and not is_sound(self.findings)

    @property
    def has_warning(self) -> bool:
        return any(not finding.is_error for finding in self.findings)

    @property
    def needs_you(self) -> bool:
        """Whether a translator has to do something before readers have it right."""
        return self.message.state in ("missing", "fuzzy") or self.has_fault or self.message.clashes

    @property
    def is_changed(self) -> bool:
        """Whether it was changed here, and the repository has not got it yet."""
        return self.message.wording != self.message.kept

    @property
    def is_commented(self) -> bool:
        changed = self.message.changed
        return changed is not None and any(not comment.settled for comment in changed.comments)


def _is_in(state: str, examined: ExaminedMessage) -> bool:
    return examined.message.state == state


_TESTS: Mapping[str, Callable[[ExaminedMessage], bool]] = {
    NEEDS_YOU: lambda examined: examined.needs_you,
    FAULTS: lambda examined: examined.has_fault,
    WARNINGS: lambda examined: examined.has_warning,
    NEW: lambda examined: examined.is_new,
    CHANGED: lambda examined: examined.is_changed,
    COMMENTED: lambda examined: examined.is_commented,
    **{state: partial(_is_in, state) for state in STATES},
}


@dataclass(frozen=True, slots=True)
class Sought:
    """What is sought: messages that `show` says, with some words in their English, Welsh or context.

    What is empty leaves none out; `place` is how the context begins.
    """

    show: str = ""
    words: str = ""
    place: str = ""

    def among(self, messages: Sequence[ExaminedMessage]) -> Iterator[ExaminedMessage]:
        """Those that are sought, in their order."""
        words = self.words.lower().split()
        test = _TESTS.get(self.show)
        for examined in messages:
            entry = examined.message.entry
            texts = [entry.msgctxt or "", entry.msgid, entry.msgid_plural, *examined.message.wording.forms]
            said = "\n".join(texts).lower()
            has_words = all(word in said for word in words) and (entry.msgctxt or "").startswith(self.place)
            if has_words and (test is None or test(examined)):
                yield examined


def counts(examined: Collection[ExaminedMessage]) -> dict[str, int]:
    """How many messages there are of each kind that can be asked for; under "" all."""
    return {"": len(examined), **{show: sum(map(test, examined)) for show, test in _TESTS.items()}}


def following(messages: Sequence[ExaminedMessage], key: str) -> ExaminedMessage | None:
    """The next message that needs somebody after the one with this id, from the start again after the last."""
    place = next((number for number, examined in enumerate(messages) if examined.message.id == key), -1)
    ahead = [*messages[place + 1 :], *messages[: max(place, 0)]]
    return next((examined for examined in ahead if examined.needs_you), None)
