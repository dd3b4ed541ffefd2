"""A meeting pack as it came back: the answers that can be taken in, and by sheet and cell what cannot, and why.

Every blank is found by its place, and held to be what it was only while the texts that ask it are what they were. What
cannot be read leaves the answer as it was when the pack was made, as if nobody had touched it.
"""

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from survey.collection.errors import DomainError
from survey.collection.meeting_packs.blanks import Blank, blank_named, item_of
from survey.collection.meeting_packs.document_file import TICKED
from survey.collection.meeting_packs.pack import (
    MARK,
    MeetingPack,
    PlacedBlank,
    is_sealed_with,
    refuse_foreign,
    unsealed,
)
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.collection.workbook_file import CellValue, NoValue, Sheets
from survey.languages import Language, Phrase
from survey.questionnaire.limits import Known
from survey.questionnaire.problems import Problem, describe
from survey.questionnaire.types import answer_type
from survey.questionnaire.types.group import asked_of
from survey.questionnaire.walk import Instrument

TICKS = frozenset({"✓", "✔", "☑", TICKED, "x", "1"})
TITLE = "A1"
EPOCH = date(1899, 12, 30)
"""The day that spreadsheets count days from."""
LAST_DAY = 200_000
_MIDNIGHT = re.compile(r"T[0-9:.]+Z?$")

PackAnswers = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class PackFault:
    """Something that is not as it should be. `expected` and `found` are texts of the pack, where there are any."""

    sheet: str
    cell: str
    code: str
    expected: str = ""
    found: str = ""
    problem: Problem | None = None

    @property
    def keeps_draft(self) -> bool:
        """Whether the answer is taken in as it is, to be corrected before it is submitted."""
        return self.problem is not None and self.problem.keeps_draft


@dataclass(frozen=True, slots=True)
class FilledPack:
    """A pack with the answers that it holds now, by page, and what could not be read."""

    pack: MeetingPack
    answers: PackAnswers
    faults: tuple[PackFault, ...]


def sealing_key(sheets: Sheets, keys: Sequence[bytes]) -> bytes:
    """The secret, of these, with which the pack in a workbook was sealed; the first if it was with none.

    Raises DomainError("not_a_pack").
    """
    seal = _seal_in(sheets)
    return next((key for key in keys if is_sealed_with(seal, key)), keys[0])


def pack_in(sheets: Sheets, secret: bytes) -> MeetingPack:
    """What the seal in a workbook says of its pack. Raises DomainError: not_a_pack, pack_unsealed."""
    return unsealed(_seal_in(sheets), secret)


def read_pack(sheets: Sheets, snapshot: RoundSnapshot, cluster_code: str, secret: bytes, today: date) -> FilledPack:
    """A pack of this round and cluster as it was sent back, from its cells (`files.read_file`).

    Its answers are held against each other and against `today`, as on the pages.

    Raises DomainError: not_a_pack, pack_unsealed, pack_of_round, pack_of_edition, pack_of_cluster.
    """
    pack = pack_in(sheets, secret)
    refuse_foreign(pack, snapshot, cluster_code)
    reader = _PackReader(pack, sheets, snapshot, snapshot.instrument(cluster_code), today)
    return FilledPack(pack, reader.answers(), tuple(reader.faults))


def describe_fault(fault: PackFault, language: Language) -> str:
    """What is wrong, as a sentence; where, is for the caller to say."""
    if fault.problem:
        return describe(fault.problem, language)
    return language.say(_WORDINGS[fault.code], expected=fault.expected, found=fault.found, sheet=fault.sheet)


_WORDINGS = {
    "no_control": Phrase(
        "meeting pack", "The place for this answer is not in the document any more, so the answer stays as it is."
    ),
    "no_sheet": Phrase("meeting pack", "The sheet is not there. It was called “%(sheet)s”."),
    "changed": Phrase("meeting pack", "This cell should say “%(expected)s”. It says “%(found)s”."),
    "emptied": Phrase("meeting pack", "This cell should say “%(expected)s”. It is empty."),
    "not_asked_here": Phrase(
        "meeting pack",
        "The question of this answer has been changed or moved, so the answer was not taken: “%(found)s”",
    ),
    "formula": Phrase("meeting pack", "This is a formula. Type the answer itself."),
    "error": Phrase("meeting pack", "The spreadsheet shows an error here. Type the answer."),
    "not_a_choice": Phrase(
        "meeting pack", "Choose one of the answers from the list. This is not one of them: “%(found)s”"
    ),
    "not_a_tick": Phrase("meeting pack", "Choose ✓ from the list, or leave the cell empty. It says “%(found)s”."),
    "stray": Phrase("meeting pack", "There is no question here, so this was not taken: “%(found)s”"),
}


class _PackReader:
    def __init__(
        self, pack: MeetingPack, sheets: Sheets, snapshot: RoundSnapshot, instrument: Instrument, today: date
    ) -> None:
        self.faults: list[PackFault] = []
        self._pack = pack
        self._sheets = sheets
        self._snapshot = snapshot
        self._instrument = instrument
        self._today = today
        self._changed: set[tuple[str, str]] = set()

    def answers(self) -> PackAnswers:
        """What the blanks hold, in the place of what was there when the pack was made."""
        self._check_fixed()
        placed = [(blank_named(self._instrument, place.key), place) for place in self._pack.blanks]
        answers: PackAnswers = {key: dict(page) for key, page in self._pack.base.items()}
        for _, several in groupby(placed, key=lambda pair: pair[0].owner):
            blanks = list(several)
            page = answers.setdefault(blanks[0][0].page.key, {})
            _put(page, blanks[0][0], self._answer(blanks))
        self._report_strays()
        answers = {key: self._without_empty_items(key, page) for key, page in answers.items()}
        self._report_beyond(answers, placed)
        return answers

    def _check_fixed(self) -> None:
        for sheet, texts in (self._pack.fixed or {}).items():
            if sheet not in self._sheets:
                self.faults.append(PackFault(sheet, "", "no_sheet"))
                self._changed |= {(sheet, cell) for cell in texts}
                continue
            for cell, expected in texts.items():
                written = _text(self._sheets[sheet].get(cell, ""))
                if _folded(written) != _folded(expected):
                    self._changed.add((sheet, cell))
                    self.faults.append(PackFault(sheet, cell, "changed" if written else "emptied", expected, written))

    def _answer(self, blanks: list[tuple[Blank, PlacedBlank]]) -> Any:
        """The canonical answer that some blanks make; what it was, where they make none that can be kept."""
        blank = blanks[0][0]
        base = self._pack.base.get(blank.page.key, {})
        values: dict[str, Any] = dict(blank.values(base))
        for part, place in blanks:
            value = self._value(part, place)
            if value is None:
                values.pop(part.field.suffix, None)
            elif value is not _UNREADABLE:
                values[part.field.suffix] = value
        kind = answer_type(blank.question)
        raw = kind.from_values(blank.question, values) if values else None
        reading = kind.read(blank.question, raw, blank.page.outcome)
        problems = reading.problems
        if problems and blank.field.kind == "date":
            # Its parts stand in one cell, which is named once.
            problems = (Problem("not_date"),)
        for problem in problems:
            place = next((place for part, place in blanks if part.field.suffix == problem.part), blanks[0][1])
            self.faults.append(PackFault(place.sheet, place.cell, "problem", problem=problem))
        if reading.keeps_draft:
            return reading.answer
        held = item_of(base, blank.group.id, blank.item_id) if blank.group else base
        return held.get(blank.question.id)

    def _value(self, blank: Blank, place: PlacedBlank) -> Any:
        """What stands in a blank, None for nothing, or `_UNREADABLE` when that has been reported."""
        cells = self._sheets.get(place.sheet, {})
        if not place.labels and place.cell not in cells:
            return self._report(place, "no_control", "")
        cell = cells.get(place.cell, "")
        if not self._changed.isdisjoint((place.sheet, label) for label in (TITLE, *place.labels)):
            if cell != "":
                self._report(place, "not_asked_here", cell)
            return _UNREADABLE
        if isinstance(cell, NoValue):
            return self._report(place, cell.value, cell)
        if isinstance(cell, str) and not cell.strip():
            return None
        match blank.field.kind:
            case "code":
                return self._choice(blank, place, _folded(_text(cell))) or self._report(place, "not_a_choice", cell)
            case "flag":
                return 1 if _folded(_text(cell)) in TICKS else self._report(place, "not_a_tick", cell)
            case "date":
                return _date(cell)
            case "text":
                return _text(cell)
        return _number(cell)

    def _choice(self, blank: Blank, place: PlacedBlank, typed: str) -> str | None:
        """The code of what was chosen from the list of the pack, or else typed in the words of either language."""
        listed = self._pack.choices[place.choices or 0]
        in_list = {_folded(label): code for label, code in listed.items()}
        if typed in in_list:
            return in_list[typed]
        meant = {
            option.code
            for texts in self._snapshot.texts.values()
            for option in blank.field.options
            if _folded(texts(option.label)) == typed
        }
        return meant.pop() if len(meant) == 1 else None

    def _without_empty_items(self, page_key: str, page: dict[str, Any]) -> dict[str, Any]:
        """The page without items of which nothing is left. Those that were empty in the pack stay."""
        was = self._pack.base.get(page_key, {})
        asked = self._instrument.page(page_key)
        for group in asked.section.questions if asked else ():
            if answer_type(group).repeats and group.id in page:
                items = [item for item in page[group.id] if len(item) > 1 or item in was.get(group.id, ())]
                page.pop(group.id)
                if items:
                    page[group.id] = items
        return page

    def _report(self, place: PlacedBlank, code: str, value: CellValue) -> object:
        self.faults.append(PackFault(place.sheet, place.cell, code, found=_text(value)))
        return _UNREADABLE

    def _report_beyond(self, answers: PackAnswers, placed: list[tuple[Blank, PlacedBlank]]) -> None:
        """What is too early or late, too small or large, in the light of the other answers and of the day."""
        walk = self._instrument.walk(answers, self._today)
        for _, several in groupby(placed, key=lambda pair: pair[0].owner):
            blank, place = next(several)
            given: Mapping[str, Any] = walk.answers.get(blank.page.key, {})
            known = walk.known_on(blank.page)
            if blank.group:
                item = item_of(given, blank.group.id, blank.item_id)
                given = asked_of(blank.group.questions, item)[1]
                known = Known(given.get, self._today)
            answer = given.get(blank.question.id)
            if answer is not None:
                for problem in answer_type(blank.question).beyond(blank.question, answer, known):
                    self.faults.append(PackFault(place.sheet, place.cell, "problem", problem=problem))

    def _report_strays(self) -> None:
        """What somebody wrote beside the blanks would be lost without a word."""
        known = {(place.sheet, place.cell) for place in self._pack.blanks}
        for sheet, texts in (self._pack.fixed or {}).items():
            for cell, value in self._sheets.get(sheet, {}).items():
                if cell not in texts and (sheet, cell) not in known and _text(value).strip():
                    self.faults.append(PackFault(sheet, cell, "stray", found=_text(value)))


_UNREADABLE = object()


def _seal_in(sheets: Sheets) -> str:
    """The line that seals a pack, from the cells below each other that hold it."""
    for cells in sheets.values():
        texts = [value for value in cells.values() if isinstance(value, str)]
        starts = [number for number, text in enumerate(texts) if text.startswith(MARK)]
        if starts:
            return "".join(texts[starts[0] :])
    raise DomainError("not_a_pack")


def _put(page: dict[str, Any], blank: Blank, answer: Any) -> None:
    """Put an answer among those of its page, or in an item of a group of it."""
    if blank.group is None:
        held = page
    else:
        items = [dict(item) for item in page.get(blank.group.id) or ()]
        if blank.item_id not in [item["id"] for item in items]:
            items.append({"id": blank.item_id})
        page[blank.group.id] = items
        held = next(item for item in items if item["id"] == blank.item_id)
    held.pop(blank.question.id, None)
    if answer is not None:
        held[blank.question.id] = answer


def _text(value: CellValue) -> str:
    if isinstance(value, NoValue):
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    return f"{value:.15g}" if isinstance(value, float) else value


def _folded(text: str) -> str:
    """What two texts that a person would call the same have in common."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _number(value: CellValue) -> str | int | float:
    if isinstance(value, float) and math.isfinite(value) and value.is_integer():
        return int(value)
    return value if isinstance(value, float) and math.isfinite(value) else _text(value)


def _date(value: CellValue) -> str:
    """A date as `Date.read` takes it, from a day of a spreadsheet's calendar or as typed."""
    if isinstance(value, float) and 0 < value < LAST_DAY:
        return (EPOCH + timedelta(days=int(value))).isoformat()
    return _MIDNIGHT.sub("", _text(value))
