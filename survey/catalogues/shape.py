"""The rules of same shape: what any reader sees is wrong when the English is laid beside the Welsh.

End mark, first capital, brackets, quotation marks, placeholders, links, words said twice. Each rule gets a `Pair` and
returns what is wrong with it, or None. Numbers have a file of their own.
"""

import html
import re
from collections import Counter
from functools import lru_cache

from survey.catalogues.numbers import different_dates, different_number_words, different_numbers
from survey.catalogues.pairs import ADDRESS, PLACEHOLDER, TAG, Pair, links, placeholders, prose

END_MARKS = ".?!:;,…"
CLOSERS = "”’)] "
ABBREVIATION = re.compile(r"\b(?:etc|e\.g|i\.e|a\.m|p\.m|no)\.$", re.IGNORECASE)
# English words that have a capital wherever they stand, and whose Welsh may come later in the sentence or have none.
ALWAYS_CAPITAL = re.compile(
    r"(?:I|I’\w+|Wales|Welsh|English|England|British|Britain|NHS|GPs?|UK|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|"
    r"October|November|December)\b"
)
# Stands for a value: a letter that is in neither language.
VALUE = "ж"
WELSH_HOST = re.compile(r"cymru|cymraeg|welsh|gig\.|llyw\.|(?<![a-z])cy(?![a-z])", re.IGNORECASE)


def different_end(pair: Pair) -> str | None:
    """The mark that ends the text; what is said of none at all may be another sentence."""
    english, welsh = _end(pair.english), _end(pair.welsh)
    if english == welsh or pair.form == 0 or ABBREVIATION.search(pair.english.rstrip(CLOSERS)):
        return None
    return f"{english or '∅'} → {welsh or '∅'}"


def _end(text: str) -> str:
    last = TAG.sub("", text).rstrip().rstrip(CLOSERS)[-1:]
    return last if last in END_MARKS else ""


_SURPRISE = re.compile(r"[?!]")


def lost_questions(pair: Pair) -> str | None:
    """Marks of question and surprise anywhere; “?” is also what becomes of ŵ and ŷ in an old program."""
    if not _SURPRISE.search(pair.english + pair.welsh):
        return None
    english, welsh = (Counter(_SURPRISE.findall(prose(text))) for text in (pair.english, pair.welsh))
    odd = [*(english - welsh), *(welsh - english)]
    return " ".join(odd) or None


def different_capital(pair: Pair) -> str | None:
    """Whether the first word begins with a capital."""
    english, welsh = _first_word(pair.english), _first_word(pair.welsh)
    if not english or not welsh or english[0].isupper() == welsh[0].isupper():
        return None
    if english[0].isupper():
        is_name = ALWAYS_CAPITAL.match(english) or english[1:] != english[1:].lower()
        return None if is_name else welsh
    # A name may come first in Welsh that comes later in English.
    return None if re.search(r"(?<!^)[A-ZÂÊÎÔÛŴŶ]", pair.spoken_english) else welsh


def _first_word(text: str) -> str:
    """The first word, unless a value or a quotation stands before it."""
    match = re.match(r"[^\w%{“‘]*([^\W\d_][\w’-]*)", TAG.sub("", text))
    return match[1] if match else ""


_TWO_CAPITALS = re.compile(r"[A-ZÂÊÎÔÛŴŶ]{2}")


def all_capitals(pair: Pair) -> str | None:
    """Words that shout, where the English does not. Initials such as DU for UK are no shouting."""
    if not _TWO_CAPITALS.search(pair.welsh):
        return None
    english = {word.casefold() for word in re.findall(r"\b[^\W\d_]{2,}\b", pair.english) if not word.islower()}
    initials = re.findall(r"\b[A-Z]{2,}s?\b", pair.english)
    words = re.findall(r"\b[^\W\d_]{2,}\b", pair.spoken_welsh)
    shouted = {word for word in words if word.isupper() and word.casefold() not in english}
    is_whole = pair.spoken_welsh.isupper() and not pair.spoken_english.isupper()
    if is_whole and words and not initials:
        return " ".join(words)
    long = [word for word in shouted if len(word) > 3]
    return " ".join(sorted(shouted)) if long and len(shouted) > len(initials) + 1 else None


def unpaired_marks(pair: Pair) -> str | None:
    """Brackets and quotation marks that are opened and not closed, or the other way round."""
    english, welsh = PLACEHOLDER.sub("", pair.english), PLACEHOLDER.sub("", pair.welsh)
    for marks in ("()", "[]", "“”"):
        if _out_of_order(welsh, marks) and not _out_of_order(english, marks):
            return " ".join(marks)
    return None


def _out_of_order(text: str, marks: str) -> bool:
    depth = 0
    for mark in re.findall(f"[{re.escape(marks)}]", text):
        depth += 1 if mark == marks[0] else -1
        if depth < 0:
            return True
    return depth != 0


def repeated_placeholder(pair: Pair) -> str | None:
    """A value that the Welsh says more often than the English."""
    welsh = placeholders(pair.welsh)
    if len(welsh) < 2:
        return None
    more = Counter(welsh) - Counter(placeholders(pair.english))
    return ", ".join(sorted(name for name in more if name in placeholders(pair.english))) or None


def different_links(pair: Pair) -> str | None:
    """Addresses are the same, or Welsh: the Welsh page of a site, or its Welsh name."""
    english, welsh = links(pair.english), links(pair.welsh)
    if not english and not welsh:
        return None
    if pair.form is not None and not welsh:
        return None
    strange = [link for link in welsh if link not in english and not WELSH_HOST.search(link)]
    if strange or len(english) != len(welsh):
        return " ".join(strange or sorted({*english} ^ {*welsh})) or " ".join(welsh or english)
    return None


def repeated_word(pair: Pair) -> str | None:
    """The same word twice running."""
    twice = _TWICE.search(_with_values(pair.welsh))
    return twice[0] if twice and not _TWICE.search(_with_values(pair.english)) else None


_TWICE = re.compile(rf"(?<![\w’-])((?!{VALUE})[^\W\d_]+(?:’[^\W\d_]+)*) \1(?![\w’-])", re.IGNORECASE)


@lru_cache(maxsize=64)
def _with_values(text: str) -> str:
    """The text with one letter for every value and address, and without tags."""
    with_values = PLACEHOLDER.sub(VALUE, TAG.sub("", text))
    return ADDRESS.sub(VALUE, html.unescape(with_values))


# Where a space is missing or too many, each by what stands there. Names such as GOV.UK are no fault.
SPACING = (
    re.compile(r"\w* [.,;:?!)\]”](?=\s|$)"),
    re.compile(r"\b(?![A-Z.]+(?:\s|$))[^\W\d_]+[.,;:?!](?!uk\b|cymru\b|wales\b|org\b|com\b)[^\W\d_]\w+"),
    re.compile(r"\w[.?!][A-ZÂÊÎÔÛŴŶ](?=[\s’]|$)"),
    re.compile(r"\w+[:;,?!](?=[^\W_]|[(“])"),
    re.compile(r"\w+[(“]\w*"),
    re.compile(r"[)”]\w+"),
    re.compile(r"[(“[] \w*"),
    re.compile(r"\w+ ’(?!(?:ma|na|da|di|nôl|te)\b)\w+"),
    re.compile(VALUE * 2),
)

ANY_SPACING = re.compile("|".join(pattern.pattern for pattern in SPACING))


def odd_spacing(pair: Pair) -> str | None:
    """A space before a mark, or none behind one, as the English has nowhere."""
    welsh = _with_short_numbers(pair.welsh)
    if not ANY_SPACING.search(welsh):
        return None
    english = _with_short_numbers(pair.english)
    for pattern in SPACING:
        odd = pattern.search(welsh)
        if odd and not pattern.search(english):
            return odd[0].strip()
    return None


def _with_short_numbers(text: str) -> str:
    return re.sub(r"\d[\d.,:/]*\d|(?<=\d)[.:]", "0", _with_values(text))


def too_short(pair: Pair) -> str | None:
    """Welsh is about as long as English: far shorter, and part of it has been cut off."""
    english, welsh = len(prose(pair.english)), len(prose(pair.welsh))
    return f"{welsh} / {english}" if english >= LONG and pair.form != 0 and welsh < english * CUT else None


LONG = 30
CUT = 0.45

SHAPE_RULES = {
    "different-end": different_end,
    "different-questions": lost_questions,
    "different-capital": different_capital,
    "all-capitals": all_capitals,
    "different-numbers": different_numbers,
    "different-number-words": different_number_words,
    "different-dates": different_dates,
    "unpaired-marks": unpaired_marks,
    "repeated-placeholder": repeated_placeholder,
    "different-links": different_links,
    "repeated-word": repeated_word,
    "odd-spacing": odd_spacing,
    "too-short": too_short,
}
