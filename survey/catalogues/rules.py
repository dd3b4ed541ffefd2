"""The rules of the translation gate for one message: real mistakes that would reach a reader.

A rule gets a `Pair`, the English and the Welsh of one form, and returns what is wrong with it (a few words
from the text itself, such as the placeholder that is lost), "" where there is nothing to quote, or None.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator

import polib

from survey.catalogues.characters import odd_character
from survey.catalogues.circumflexes import lost_circumflex
from survey.catalogues.pairs import BRACES, ENTITY, NAMED, TAG, Pair, pairs, placeholders, prose
from survey.catalogues.plurals import plural_faults
from survey.catalogues.register import familiar_form
from survey.catalogues.shape import SHAPE_RULES


def lost_placeholder(pair: Pair) -> str | None:
    return ", ".join(sorted(pair.required - set(placeholders(pair.welsh)))) or None


def unknown_placeholder(pair: Pair) -> str | None:
    return ", ".join(sorted(set(placeholders(pair.welsh)) - pair.allowed)) or None


def stray_percent(pair: Pair) -> str | None:
    """A lone % breaks a page; `%s` and a half-written `%(name)` are such."""
    if not pair.formatted:
        return None
    return _first(r"%\S{0,12}", NAMED.sub("", pair.welsh).replace("%%", ""))


def stray_brace(pair: Pair) -> str | None:
    if not {"{", "}"} & set(pair.welsh) or re.search(r"[{}]", BRACES.sub("", pair.english)):
        return None
    return _first(r"[{}]\S{0,12}", BRACES.sub("", pair.welsh))


def _first(pattern: str, text: str) -> str | None:
    match = re.search(pattern, text)
    return match[0] if match else None


def different_tags(pair: Pair) -> str | None:
    if "<" not in pair.english + pair.welsh:
        return None
    english, welsh = Counter(TAG.findall(pair.english)), Counter(TAG.findall(pair.welsh))
    odd = [*(english - welsh), *(welsh - english)]
    return " ".join(odd) or None


def half_tag(pair: Pair) -> str | None:
    """A < or > that is no part of a tag, or tags that are closed in another order than opened."""
    if "<" not in pair.welsh and ">" not in pair.welsh:
        return None
    stray = _first(r"[<>]\S{0,12}", TAG.sub("", pair.welsh))
    if stray and stray[0] not in TAG.sub("", pair.english):
        return stray
    open_tags: list[str] = []
    for tag in TAG.findall(pair.welsh):
        name = tag.strip("</>").split()[0].lower()
        if not tag.startswith("</"):
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            return str(tag)
    return None


def different_edges(pair: Pair) -> str | None:
    """Spaces and line ends at the start and end of a text join it to what stands beside it."""
    return None if _edges(pair.english) == _edges(pair.welsh) else ""


def _edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def lost_space(pair: Pair) -> str | None:
    """A placeholder runs into a word, which the English keeps apart."""
    glued = _glued(pair.welsh) if placeholders(pair.welsh) else set()
    return ", ".join(sorted(glued)) if glued and not _glued(pair.english) else None


def _glued(text: str) -> set[str]:
    with_neighbours = re.finditer(rf"(\w)?(?:{NAMED.pattern}|{BRACES.pattern})(\w)?", text)
    return {match[0] for match in with_neighbours if match[1] or match[2]}


def double_space(pair: Pair) -> str | None:
    if "  " not in pair.welsh or "  " in pair.english:
        return None
    return _first(r"\S* {2,}\S*", pair.welsh.strip())


def ampersand(pair: Pair) -> str | None:
    """`&` is no Welsh word; an entity such as `&amp;` is one only where the English has the same."""
    if "&" not in pair.welsh:
        return None
    english = ENTITY.findall(pair.english)
    welsh = ENTITY.sub(lambda entity: "" if entity[0] in english else entity[0], TAG.sub("", pair.welsh))
    piece = _first(r"\S*\s?&\s?\S*", welsh)
    return piece and piece.strip()


def straight_quote(pair: Pair) -> str | None:
    """Welsh leans on the apostrophe (i’r, sy’n): it is written ’, and quotation marks “ ”."""
    if "'" not in pair.welsh and '"' not in pair.welsh:
        return None
    return _first(r"\S*['\"]\S*", TAG.sub("", pair.welsh))


def too_long(pair: Pair) -> str | None:
    over = pair.limit is not None and len(pair.welsh) > pair.limit
    return f"{len(pair.welsh)} > {pair.limit}" if over else None


def same_as_english(pair: Pair) -> str | None:
    """Nothing but names, numbers and marks may be the same in both; `gate` knows the list of exceptions."""
    if _letters(pair.welsh) != _letters(pair.english):
        return None
    return "" if re.search(r"[^\W\d_]{2,}", prose(pair.english)) else None


def _letters(text: str) -> str:
    """A text without the marks and spaces in which a copy may differ."""
    return "".join(filter(str.isalnum, text)).lower()


PAIR_RULES: dict[str, Callable[[Pair], str | None]] = {
    "lost-placeholder": lost_placeholder,
    "unknown-placeholder": unknown_placeholder,
    "stray-percent": stray_percent,
    "stray-brace": stray_brace,
    "different-tags": different_tags,
    "half-tag": half_tag,
    "different-edges": different_edges,
    "lost-space": lost_space,
    "double-space": double_space,
    "ampersand": ampersand,
    "straight-quote": straight_quote,
    "odd-character": odd_character,
    "too-long": too_long,
    "same-as-english": same_as_english,
    "familiar-form": familiar_form,
    "lost-circumflex": lost_circumflex,
    **SHAPE_RULES,
}

# These would break a page, not only look wrong: nothing with one of them is compiled.
BREAKING = ("unknown-placeholder", "stray-percent", "different-tags", "half-tag")


def faults(entry: polib.POEntry, *, formatted: bool) -> Iterator[tuple[str, str, int | None]]:
    """Every fault of an entry as (rule, detail, plural form or None). Of what is missing, only that is said."""
    forms = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not any(form.strip() for form in forms):
        yield "missing", "", None
        return
    if entry.fuzzy:
        yield (
            ("fuzzy" if entry.previous_msgid not in {None, "", entry.msgid} else "fuzzy-mark"),
            entry.previous_msgid or "",
            None,
        )
        return
    if entry.msgid_plural:
        yield from plural_faults(entry.msgstr_plural)
    for pair in pairs(entry, formatted=formatted):
        if not pair.welsh.strip():
            continue
        for name, rule in PAIR_RULES.items():
            detail = rule(pair)
            if detail is not None:
                yield name, detail, pair.form
