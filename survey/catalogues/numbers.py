"""Numbers and months are the same in both languages, in figures or in words.

Each rule gets a `Pair` and returns what is wrong with it, or None.
"""

import re
from collections import Counter

from survey.catalogues.pairs import Pair, prose

MONTHS = {
    english: number
    for number, names in enumerate(
        (
            "january ionawr ion",
            "february chwefror chwef",
            "march mawrth maw",
            "april ebrill ebr",
            "may mai",
            "june mehefin meh",
            "july gorffennaf gorff",
            "august awst",
            "september medi",
            "october hydref hyd",
            "november tachwedd tach",
            "december rhagfyr rhag",
        )
    )
    for english in names.split()
}
NUMBER_WORDS = {
    "0": ("no", "none", "zero", "dim", "sero"),
    "1": ("one", "a", "an", "once", "first", "un", "unwaith", "cyntaf", "gyntaf"),
    "2": ("two", "twice", "second", "both", "dau", "dwy", "ddau", "ddwy", "ail", "dwywaith", "ddwywaith"),
    "3": ("three", "third", "tri", "tair", "thri", "thair", "dri", "dair", "trydydd", "trydedd", "drydedd"),
    "4": ("four", "fourth", "pedwar", "pedair", "phedwar", "phedair", "bedwar", "bedair", "pedwerydd", "pedwaredd"),
    "5": ("five", "fifth", "pump", "pum", "phum", "phump", "bum", "bump", "pumed", "bumed"),
    "6": ("six", "sixth", "chwe", "chwech", "chweched"),
    "7": ("seven", "saith"),
    "8": ("eight", "wyth"),
    "9": ("nine", "naw"),
    "10": ("ten", "deg", "ddeg", "deng", "ddeng"),
    "12": ("twelve", "deuddeg", "ddeuddeg", "deuddeng"),
}
# What a number is in the form of a plural that is for it alone.
NUMBER_OF_FORM = {0: "0", 1: "1", 2: "2", 3: "3", 4: "6"}
# Words that are nothing but a number; “second” is a part of a minute, too, and “one” hardly ever one.
_ENGLISH_COUNT = {
    word: str(number)
    for number, word in enumerate("two three four five six seven eight nine ten".split(), start=2)  # noqa: SIM905
}
_WELSH_COUNT = {
    word: number
    for number, words in NUMBER_WORDS.items()
    for word in words
    if number not in {"0", "1", "12"} and word not in {"ail", "second", "both", "twice"}
}
# Two of something, in English that does not say the number.
_PAIR = re.compile(
    r"\b(?:both|twice|second|either|neither|each|other|between|pairs?|couple|double|and|or)\b", re.IGNORECASE
)
# Numbers that are made of several words, such as fourteen: pedwar ar ddeg.
_COMPOUND = re.compile(
    r"\bar (?:ddeg|bymtheg|hugain)\b|\bdeg \w+|\w+ deg\b|\bd?deugain\b"
    r"|\b(?:\w+teen|eleven|twenty|thirty|forty|fifty|hundred|half)\b",
    re.IGNORECASE,
)


def different_numbers(pair: Pair) -> str | None:
    """Numbers in figures; one may be in words in the other language, or say what its plural form is for."""
    english, welsh = _figures(pair.english), _figures(pair.welsh)
    if not english and not welsh:
        return None
    if pair.form in NUMBER_OF_FORM:
        welsh -= Counter([NUMBER_OF_FORM[pair.form]])
    # “1 year” is “blwyddyn”; what is said of none at all may leave out the rest.
    may_go = {"1"} if pair.form != 0 else english
    lost = [number for number in english - welsh if number not in may_go and not _in_words(number, pair.welsh)]
    added = [number for number in welsh - english if not _in_words(number, pair.english)]
    return " ".join([*lost, *added]) or None


_DIGIT = re.compile(r"\d")


def _figures(text: str) -> Counter[str]:
    if not _DIGIT.search(text):
        return Counter()
    numbers = re.findall(r"\d+(?:[.,:/]\d+)*", prose(text))
    return Counter(re.sub(r"[.,:](?=\d{3})", "", number) for number in numbers)


def _in_words(number: str, text: str) -> bool:
    return bool(set(NUMBER_WORDS.get(number, ())) & set(re.findall(r"\w+", prose(text).lower())))


_ANY_COUNT = re.compile(rf"\b(?:{'|'.join(sorted(_WELSH_COUNT))})\b", re.IGNORECASE)


def different_number_words(pair: Pair) -> str | None:
    """A number in words that the Welsh has and the English has neither in words nor in figures."""
    if pair.form is not None or not _ANY_COUNT.search(pair.welsh) or _COMPOUND.search(f"{pair.welsh} {pair.english}"):
        return None
    english = {word.lower() for word in re.findall(r"[^\W\d_]+", pair.spoken_english)}
    welsh = {word.lower() for word in _ANY_COUNT.findall(pair.spoken_welsh)}
    said = {number for number, words in NUMBER_WORDS.items() if not english.isdisjoint(words)}
    said |= set(_figures(pair.english))
    counted = {_ENGLISH_COUNT[word] for word in english & _ENGLISH_COUNT.keys()}
    is_one_lost = counted - {_WELSH_COUNT[word] for word in welsh} - set(_figures(pair.welsh))
    if not is_one_lost and _PAIR.search(pair.spoken_english):
        said.add("2")
    strange = sorted(word for word in welsh if word not in english and _WELSH_COUNT[word] not in said)
    return " ".join(strange) or None


def different_dates(pair: Pair) -> str | None:
    """Months beside a figure, which are days of a calendar in both languages."""
    english, welsh = _months(pair.english), _months(pair.welsh)
    return None if len(english) != len(welsh) or {n for n, _ in english} == {n for n, _ in welsh} else welsh[0][1]


def _months(text: str) -> list[tuple[int, str]]:
    if not _DIGIT.search(text):
        return []
    words = re.findall(r"\d+\S{0,2} ([^\W\d_]+)|\b([A-Z][^\W\d_]+)(?= \d)", prose(text))
    return [(MONTHS[word.lower()], word) for pair in words for word in pair if word.lower() in MONTHS]
