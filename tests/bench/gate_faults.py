"""How much the translation gate sees: faults of every class planted into the committed Welsh, one text at a time.

`python -m tests.bench.gate_faults` prints the share found of each class. Chance is seeded by the text, so that every
run plants the same.
"""

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from dataclasses import dataclass

import polib

from survey.catalogues.files import Places, read_catalogue
from survey.catalogues.finding import GateFinding
from survey.catalogues.message_check import message_findings, read_words
from survey.catalogues.pairs import LINK, PLACEHOLDER

Plant = Callable[[str, str, random.Random], str | None]
"""English, Welsh and chance give the Welsh with a fault, or None where the text has no place for it."""

LOOK_ALIKE = str.maketrans("aeopcxyiAEOPCBHKMTX", "аеорсхуіАЕОРСВНКМТХ")
GREEK = str.maketrans("oανiu", "οανιυ")
CIRCUMFLEX = {"â": "a", "ê": "e", "î": "i", "ô": "o", "û": "u", "ŵ": "w", "ŷ": "y"}
OTHER_ACCENT = {"â": "ä", "ê": "é", "î": "ï", "ô": "ö", "û": "ü", "ŵ": "ẃ", "ŷ": "ý"}
MONTHS = "Ionawr|Chwefror|Mawrth|Ebrill|Mehefin|Gorffennaf|Awst|Medi|Hydref|Tachwedd"
FAMILIAR = {
    "eich": "dy",
    "Eich": "Dy",
    "chi": "ti",
    "ydych": "wyt",
    "Ydych": "Wyt",
    "rydych": "rwyt",
    "Rydych": "Rwyt",
    "gallwch": "gelli",
    "Gallwch": "Gelli",
    "byddwch": "byddi",
    "allwch": "elli",
    "fyddwch": "fyddi",
    "hoffech": "hoffet",
    "dylech": "dylet",
    "ddylech": "ddylet",
}


def _words(text: str) -> list[re.Match[str]]:
    """The words of the prose of a text, where they stand."""
    hidden = [match.span() for match in PLACEHOLDER.finditer(text)] + [match.span() for match in LINK.finditer(text)]
    return [
        match
        for match in re.finditer(r"[^\W\d_]{2,}(?:’[^\W\d_]+)?", text)
        if not any(begin <= match.start() < end for begin, end in hidden)
    ]


def _at(text: str, match: re.Match[str], put: str) -> str:
    return text[: match.start()] + put + text[match.end() :]


def _replaced(pattern: str, put: str | Callable[[re.Match[str]], str]) -> Plant:
    """One of the places that a pattern has, replaced."""

    def plant(_english: str, welsh: str, chance: random.Random) -> str | None:
        places = list(re.finditer(pattern, welsh))
        if not places:
            return None
        place = chance.choice(places)
        return _at(welsh, place, put(place) if callable(put) else place.expand(put))

    return plant


def two_english_words(english: str, welsh: str, _chance: random.Random) -> str | None:
    ours, theirs = _words(welsh), _words(english)
    if len(ours) < 4 or len(theirs) < 3:
        return None
    return welsh[: ours[-2].start()] + english[theirs[-2].start() : theirs[-1].end()] + welsh[ours[-1].end() :]


def one_english_word(english: str, welsh: str, chance: random.Random) -> str | None:
    ours = _words(welsh)
    theirs = [word for word in _words(english) if word[0].islower() and len(word[0]) > 2]
    if len(ours) < 3 or not theirs:
        return None
    return _at(welsh, chance.choice(ours[1:]), chance.choice(theirs)[0])


def copied(english: str, _welsh: str, _chance: random.Random) -> str | None:
    return english + "." if re.search(r"[a-z]{3}", english) and not english.endswith(".") else None


def mojibake(_english: str, welsh: str, _chance: random.Random) -> str | None:
    broken = welsh.encode().decode("cp1252", errors="replace")
    return broken if broken != welsh else None


def look_alike(_english: str, welsh: str, chance: random.Random) -> str | None:
    words = _words(welsh)
    if not words:
        return None
    word = chance.choice(words)
    script = chance.choice((LOOK_ALIKE, GREEK))
    return _at(welsh, word, word[0].translate(script))


def doubled_word(_english: str, welsh: str, chance: random.Random) -> str | None:
    words = _words(welsh)
    return _at(welsh, word := chance.choice(words), f"{word[0]} {word[0]}") if words else None


def lost_end(_english: str, welsh: str, _chance: random.Random) -> str | None:
    return welsh[:-1] if welsh[-1:] in ".?!:" else None


def added_end(_english: str, welsh: str, chance: random.Random) -> str | None:
    return welsh + chance.choice(".:?") if welsh[-1:].isalpha() else None


def lower_case(_english: str, welsh: str, _chance: random.Random) -> str | None:
    return welsh[0].lower() + welsh[1:] if welsh[0].isupper() and not welsh[1:2].isupper() else None


def shouting(_english: str, welsh: str, _chance: random.Random) -> str | None:
    parts = re.split(f"({PLACEHOLDER.pattern}|<[^>]*>)", welsh)
    shouted = "".join(part if place % 2 else part.upper() for place, part in enumerate(parts))
    return shouted if shouted != welsh else None


def other_number(_english: str, welsh: str, chance: random.Random) -> str | None:
    return _replaced(r"(?<![\w%(])\d+(?![\w)])", lambda place: str(int(place[0]) + 1))("", welsh, chance)


def other_link(_english: str, welsh: str, chance: random.Random) -> str | None:
    return _replaced(LINK.pattern, lambda place: place[0][:-1] + ("x" if place[0][-1] != "x" else "y"))(
        "", welsh, chance
    )


def unbalanced(_english: str, welsh: str, chance: random.Random) -> str | None:
    places = list(re.finditer(r"[“”()]", PLACEHOLDER.sub(lambda value: "x" * len(value[0]), welsh)))
    return _at(welsh, chance.choice(places), "") if places else None


def doubled_placeholder(_english: str, welsh: str, chance: random.Random) -> str | None:
    return _replaced(PLACEHOLDER.pattern, lambda place: f"{place[0]} {place[0]}")("", welsh, chance)


def glued_placeholder(_english: str, welsh: str, chance: random.Random) -> str | None:
    return _replaced(rf"(?<=[\w:;,]) (?={PLACEHOLDER.pattern})|(?<=[sd}}]) (?=\()", "")("", welsh, chance)


def cut(_english: str, welsh: str, _chance: random.Random) -> str | None:
    words = welsh.split(" ")
    return " ".join(words[: max(1, len(words) // 3)]) if len(words) > 5 else None


def familiar(_english: str, welsh: str, chance: random.Random) -> str | None:
    words = [word for word in re.finditer(r"\w+", welsh) if word[0] in FAMILIAR]
    return _at(welsh, word := chance.choice(words), FAMILIAR[word[0]]) if words else None


def typo(_english: str, welsh: str, chance: random.Random) -> str | None:
    words = [word for word in _words(welsh) if len(word[0]) > 5 and "’" not in word[0]]
    if not words:
        return None
    word = chance.choice(words)
    place = chance.randrange(1, len(word[0]) - 2)
    letters = word[0][:place] + word[0][place + 1] + word[0][place] + word[0][place + 2 :]
    return _at(welsh, word, letters) if letters != word[0] else None


ORDER_TO_TI = {
    "rhowch": "rho",
    "peidiwch": "paid",
    "gadewch": "gad",
    "dewch": "tyrd",
    "ewch": "cer",
    "gwnewch": "gwna",
    "dywedwch": "dywed",
}
NO_ORDERS = frozenset(
    [
        "gallwch",
        "byddwch",
        "fyddwch",
        "allwch",
        "cewch",
        "gewch",
        "wnewch",
        "gwelwch",
        "welwch",
        "uwch",
        "blwch",
        "flwch",
        "diogelwch",
        "ddiogelwch",
        "salwch",
        "tegwch",
        "degwch",
        "annhegwch",
        "gweithgarwch",
        "anweithgarwch",
        "eiddilwch",
    ]
)
OTHER_NUMBER = {
    "dau": "tri",
    "ddau": "dri",
    "dwy": "tair",
    "ddwy": "dair",
    "tri": "pedwar",
    "dri": "bedwar",
    "tair": "pedair",
    "dair": "bedair",
    "pedwar": "dau",
    "pedair": "dwy",
    "pum": "tair",
    "pump": "tri",
    "chwe": "pum",
    "chwech": "pump",
    "saith": "wyth",
    "wyth": "naw",
    "naw": "deg",
}


def order_to_ti(_english: str, welsh: str, chance: random.Random) -> str | None:
    """An order to *chi* given to *ti*: dewiswch, dewisa."""
    words = [word for word in _words(welsh) if word[0].endswith("wch") and word[0].lower() not in NO_ORDERS]
    if not words:
        return None
    word = chance.choice(words)
    order = word[0].lower()
    stem = f"{order[:-4]}e" if order.endswith("ëwch") else order.removesuffix("wch").removesuffix("e")
    familiar_order = ORDER_TO_TI.get(order, stem + "a")
    return _at(welsh, word, familiar_order.capitalize() if word[0][0].isupper() else familiar_order)


def other_number_word(_english: str, welsh: str, chance: random.Random) -> str | None:
    words = [word for word in _words(welsh) if word[0].lower() in OTHER_NUMBER]
    if not words:
        return None
    word = chance.choice(words)
    number = OTHER_NUMBER[word[0].lower()]
    return _at(welsh, word, number.capitalize() if word[0][0].isupper() else number)


def added_circumflex(_english: str, welsh: str, chance: random.Random) -> str | None:
    with_one = {plain: circumflexed for circumflexed, plain in CIRCUMFLEX.items()}
    places = [at for word in _words(welsh) for at in range(*word.span()) if welsh[at] in with_one]
    places += [match.start() for match in re.finditer(r"(?<![\w’%(-])[ao](?![\w’)-])", welsh)]
    if not places:
        return None
    at = chance.choice(places)
    return welsh[:at] + with_one[welsh[at]] + welsh[at + 1 :]


ANY_CIRCUMFLEX = f"[{''.join(CIRCUMFLEX)}]"
TEXT_FAULTS: dict[str, Plant] = {
    "English: the last two words": two_english_words,
    "English: one word": one_english_word,
    "English: copied, with a full stop": copied,
    "mojibake": mojibake,
    "� for a letter": _replaced(r"(?<=\w)[âêîôûŵŷaeiou](?=\w)", "�"),
    "? for ŵ and ŷ": _replaced("[ŵŷ]", "?"),
    "circumflex lost": _replaced(ANY_CIRCUMFLEX, lambda place: CIRCUMFLEX[place[0]]),
    "circumflex added": added_circumflex,
    "another accent": _replaced(ANY_CIRCUMFLEX, lambda place: OTHER_ACCENT[place[0]]),
    "Cyrillic or Greek letters": look_alike,
    "‘ for ’": _replaced("’", "‘"),
    "´ for ’": _replaced("’", "´"),
    "ʼ for ’": _replaced("’", "ʼ"),
    "space that does not break": _replaced(" ", "\u00a0"),
    "tab": _replaced(" ", "\t"),
    "new line": _replaced(" ", "\n"),
    "end mark lost": lost_end,
    "end mark added": added_end,
    "space before a mark": _replaced(r"(?<=\w)(?=[.,:;?])", " "),
    "no space behind a full stop": _replaced(r"(?<=\w\.) (?=[^\W\d_])", ""),
    "number changed": other_number,
    "number in words changed": other_number_word,
    "month changed": _replaced(rf"(?<=\d )(?:{MONTHS})\b", "Mai"),
    "address changed": other_link,
    "capital lost": lower_case,
    "all in capitals": shouting,
    "“ ” ( ) not in pairs": unbalanced,
    "placeholder doubled": doubled_placeholder,
    "placeholder without its space": glued_placeholder,
    "word repeated": doubled_word,
    "ti for chi": familiar,
    "order to ti": order_to_ti,
    "letters swapped in a word": typo,
    "cut to a third": cut,
}


def swapped(forms: dict[int, str]) -> dict[int, str] | None:
    """The forms for 2 and 3 in each other's place."""
    return forms | {2: forms[3], 3: forms[2]} if forms[2] != forms[3] else None


def alike(forms: dict[int, str]) -> dict[int, str] | None:
    """The form for all other numbers in every place."""
    return dict.fromkeys(forms, forms[max(forms)]) if len(set(forms.values())) > 1 else None


FORM_FAULTS = {"plural forms 2 and 3 swapped": swapped, "six plural forms alike": alike}


@dataclass
class Share:
    """Of the faults of one class, how many were planted, found, and found as errors."""

    planted: int = 0
    found: int = 0
    errors: int = 0

    def count(self, findings: Iterable[GateFinding]) -> None:
        errors = [finding.is_error for finding in findings]
        self.planted += 1
        self.found += bool(errors)
        self.errors += any(errors)


def shares(every: int = 1) -> dict[str, Share]:
    """Plant every fault wherever the committed Welsh has room for it, one at a time, and count what is found.

    `every` other than 1 takes one text of so many.
    """
    places = Places()
    catalogues = {name: read_catalogue(places.welsh(name)) for name in places.names()}
    words = read_words(places, catalogues)
    counted: dict[str, Share] = defaultdict(Share)
    for name, catalogue in catalogues.items():
        entries = [entry for entry in catalogue if entry.translated() and not entry.obsolete]
        for entry in entries[::every]:
            other = random.Random(f"{entry.msgctxt}{entry.msgid}").choice(entries)
            for fault, changed in _planted(entry, other):
                counted[fault].count(message_findings(changed, name, "", words))
    return counted


def _planted(entry: polib.POEntry, other: polib.POEntry) -> Iterator[tuple[str, polib.POEntry]]:
    chance = random.Random(f"{entry.msgctxt}{entry.msgid}")
    if entry.msgid_plural:
        for fault, change in FORM_FAULTS.items():
            forms = change(entry.msgstr_plural)
            if forms:
                yield fault, _with(entry, msgstr_plural=forms)
        return
    for fault, plant in TEXT_FAULTS.items():
        welsh = plant(entry.msgid, entry.msgstr, chance)
        if welsh is not None and welsh != entry.msgstr:
            yield fault, _with(entry, msgstr=welsh)
    if other.msgstr and other.msgstr != entry.msgstr and other.msgid != entry.msgid:
        yield "Welsh of another text", _with(entry, msgstr=other.msgstr)


def _with(entry: polib.POEntry, **changes: object) -> polib.POEntry:
    changed = copy(entry)
    vars(changed).update(changes)
    return changed


def main() -> None:
    print("| fault | planted | found | as errors |")
    print("| --- | --: | --: | --: |")
    for fault, share in shares().items():
        print(
            f"| {fault} | {share.planted:,} | {share.found / share.planted:.1%} | {share.errors / share.planted:.1%} |"
        )


if __name__ == "__main__":
    main()
