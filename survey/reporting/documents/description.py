"""A meeting pack as a described object: what stands on its sheets, before it is drawn as a workbook or a document.

Everything that is read comes as one text for each language of the pack, Welsh first (`Said`).
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from survey.collection.meeting_packs.blanks import Blank
from survey.collection.meeting_packs.pack import MeetingPack
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import CountedPhrase, Language, Phrase, language
from survey.questionnaire.definition import Option, Text
from survey.questionnaire.lists import in_order
from survey.questionnaire.texts import Texts
from survey.questionnaire.types import Value, answer_type

SaidInLanguages = tuple[str, ...]
TICK = "✓"
BETWEEN_LANGUAGES = " · "

NAME = Phrase("file name", "meeting-pack")
ORGANISATION = Phrase("workbook", "NHS Wales")
TITLE = Phrase("meeting pack", "Meeting pack")
FOR_SERVICE = Phrase("meeting pack", "For the service")
SERVICE_TAB = Phrase("meeting pack tab", "Service")
LEAVE_ALONE = Phrase("meeting pack", "This sheet lets the service take the pack back in. Please leave it as it is.")
COVER_TAB = Phrase("meeting pack tab", "Start here")
HOW_FILLED = Phrase("meeting pack", "How to fill it in")
AS_YOU_LIKE = Phrase(
    "meeting pack",
    "You need not answer everything, or in any order. Leave out anything that could identify a patient.",
)
QUESTION = Phrase("meeting pack", "Question")
ANSWER = Phrase("meeting pack", "Answer")
LAST_TIME = Phrase("meeting pack", "Your answer in %(year)s")
TOO_LONG = Phrase(
    "meeting pack", "This answer is too long for a cell. Read and change it on the page. It stays as it is."
)


class PackWords:
    """Says things in each language of a pack."""

    def __init__(self, snapshot: RoundSnapshot, codes: tuple[str, ...]) -> None:
        self.readers = tuple((language(code), snapshot.texts[code]) for code in codes)

    def say(self, phrase: Phrase | CountedPhrase, /, **values: Any) -> SaidInLanguages:
        return self.each(lambda reader, _texts: reader.say(phrase, **values))

    def text(self, text: Text) -> SaidInLanguages:
        return self.each(lambda _reader, texts: texts(text))

    def each(self, tell: Callable[[Language, Texts], str]) -> SaidInLanguages:
        return tuple(tell(reader, texts) for reader, texts in self.readers)

    def joined(self, said: SaidInLanguages) -> str:
        """The languages in one line, once where they say the same."""
        return BETWEEN_LANGUAGES.join(dict.fromkeys(said))

    def choices(self, blank: Blank, answers: Sequence[Option]) -> tuple[tuple[str, str], ...]:
        """What can be chosen, as (label, code). Of a long list in the order of the first language; where two read
        alike, with the one of `answers` that each belongs to.
        """
        if blank.field.kind == "flag":
            return ((TICK, "1"),)
        options = list(blank.field.options)
        if answer_type(blank.question).searched:
            reader, texts = self.readers[0]
            options = in_order(options, texts, reader)
        labels = [self.joined(self.text(option.label)) for option in options]
        again = Counter(labels)
        belongs = {answer.code: self.joined(self.text(answer.label)) for answer in answers}
        return tuple(
            (f"{label} ({belongs[option.belongs_to or '']})", option.code)
            if again[label] > 1 and option.belongs_to in belongs
            else (label, option.code)
            for label, option in zip(labels, options, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the second or third level."""

    words: SaidInLanguages
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph to read."""

    words: SaidInLanguages


@dataclass(frozen=True, slots=True)
class Ask:
    """A blank with what asks it. `choices` are (label, code) of what can be chosen, `value` what is filled in now.

    `under` are the headings that it needs to be understood, `earlier` is last time’s answer.
    """

    words: SaidInLanguages
    blank: Blank
    value: Value | None
    choices: tuple[tuple[str, str], ...]
    earlier: str
    under: tuple[Heading, ...] = ()

    @property
    def is_searched(self) -> bool:
        """Whether there are too many choices to be shown together."""
        return answer_type(self.blank.question).searched

    @property
    def is_long(self) -> bool:
        """Whether the answer is a text of several lines."""
        return answer_type(self.blank.question).several_lines


DocumentRow = Heading | Paragraph | Ask


@dataclass(frozen=True, slots=True)
class PackSheet:
    """One page of the questionnaire: its short name, its title, its rows; `earlier` heads the column of last time.

    A worksheet stands behind the page that it belongs to.
    """

    name: SaidInLanguages
    title: SaidInLanguages
    rows: tuple[DocumentRow, ...]
    earlier: SaidInLanguages = ()
    is_worksheet: bool = False


@dataclass(frozen=True, slots=True)
class PackContent:
    """A pack to be drawn. `cover` says what it is, `returning` how it is sent back; how it is filled in depends on how
    it is drawn. `pack` has no places yet: whoever draws it says where each blank came to stand.
    """

    pack: MeetingPack
    words: PackWords
    title: SaidInLanguages
    cover: tuple[DocumentRow, ...]
    returning: tuple[DocumentRow, ...]
    sheets: tuple[PackSheet, ...]

    def opening(self, filling: tuple[Phrase, ...]) -> tuple[DocumentRow, ...]:
        """What stands first: the cover, how to fill the pack in, how to send it back."""
        lines = (Paragraph(self.words.say(line)) for line in filling)
        return (*self.cover, Heading(self.words.say(HOW_FILLED)), *lines, *self.returning)

    def file_name(self, ending: str) -> str:
        """“meeting-pack-sr-2026-arfon.en.xlsx”, or the same in Welsh or both languages."""
        names = "-".join(self.words.say(NAME))
        code = "" if self.pack.language == "both" else f".{self.pack.language}"
        return f"{names}-{self.pack.round}-{self.pack.cluster}{code}.{ending}"
