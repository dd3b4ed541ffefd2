"""The mark that says that a person has reviewed a translation: `# adolygwyd: NAME, DATE`.

Whoever reviews writes the mark. `translations update` then adds a seal in square brackets, made from context,
English and Welsh; a mark whose seal no longer fits, because one of them was changed, falls.
"""

import hashlib
import re
from difflib import get_close_matches

import polib

# As people write it: with a capital, in English, with another # before it.
_MARK = re.compile(
    r"[#\s]*(?:adolygwyd|reviewed)[ \t]*:[ \t]*(?P<who>.*?\S)(?:[ \t]*\[(?P<seal>[0-9a-f]{8})\])?[ \t]*", re.IGNORECASE
)
# What may be meant as a mark and is none: a word for it somewhere, or something like one at the beginning.
_NEARLY = re.compile(r"adolyg|\breview|\bapproved\b|cymeradwy", re.IGNORECASE)
_FIRST_WORD = re.compile(r"[#\s]*([^\W\d_]{5,})")
_MARK_WORDS = ("adolygwyd", "adolygu", "reviewed", "approved")


def is_reviewed(entry: polib.POEntry) -> bool:
    """Whether a person has reviewed the translation as it is now."""
    return bool(reviewer_of(entry))


def reviewer_of(entry: polib.POEntry) -> str:
    """Who has reviewed the translation as it is now, and when; empty if nobody has."""
    marks = map(_MARK.fullmatch, entry.tcomment.splitlines())
    return next((mark["who"] for mark in marks if mark and _holds(mark, entry)), "")


def odd_mark(entry: polib.POEntry) -> str | None:
    """A line of the translator’s comment that seems to be a mark and is not one that can be read."""
    lines = entry.tcomment.splitlines()
    return next((line for line in lines if not _MARK.fullmatch(line) and _is_nearly(line)), None)


def _is_nearly(line: str) -> bool:
    first = _FIRST_WORD.match(line)
    return bool(_NEARLY.search(line) or (first and get_close_matches(first[1].lower(), _MARK_WORDS, cutoff=0.75)))


def mark_reviewed(entry: polib.POEntry, who: str) -> None:
    """Mark a translation as reviewed by `who`, a name and a date; other comments stay, an earlier mark goes."""
    drop_mark(entry)
    entry.tcomment = "\n".join([*entry.tcomment.splitlines(), f"adolygwyd: {who} [{seal(entry)}]"])


def renew_mark(entry: polib.POEntry) -> None:
    """Seal a mark that holds; remove one that has fallen."""
    lines = []
    for line in entry.tcomment.splitlines():
        mark = _MARK.fullmatch(line)
        if mark is None:
            lines.append(line)
        elif _holds(mark, entry):
            lines.append(f"adolygwyd: {mark['who']} [{seal(entry)}]")
    entry.tcomment = "\n".join(lines)


def without_seal(comment: str) -> str:
    """A translator’s comment with its mark as a person writes it, to be sealed anew in another context."""
    return "\n".join(
        f"adolygwyd: {mark['who']}" if (mark := _MARK.fullmatch(line)) else line for line in comment.splitlines()
    )


def _holds(mark: re.Match[str], entry: polib.POEntry) -> bool:
    return bool(entry.translated()) and mark["seal"] in {None, seal(entry)}


def drop_mark(entry: polib.POEntry) -> None:
    """Remove the mark, and leave a translator's other comments."""
    entry.tcomment = "\n".join(line for line in entry.tcomment.splitlines() if not _MARK.fullmatch(line))


def comment_of(entry: polib.POEntry) -> str:
    """What a translator says beside a translation, without any mark."""
    return "\n".join(line.strip() for line in entry.tcomment.splitlines() if line.strip() and not _MARK.fullmatch(line))


def seal(entry: polib.POEntry) -> str:
    """Return eight characters that change when the context, the English or the Welsh does."""
    forms = [form for _, form in sorted(entry.msgstr_plural.items())] if entry.msgid_plural else [entry.msgstr]
    words = "\0".join([entry.msgctxt or "", entry.msgid, entry.msgid_plural, *forms])
    return hashlib.sha256(words.encode("utf-8")).hexdigest()[:8]


def review_counts(catalogue: polib.POFile) -> dict[str, int]:
    """How many messages in use are missing, fuzzy, draft and reviewed; a draft is one that nobody has marked."""
    counts = {"missing": 0, "fuzzy": 0, "draft": 0, "reviewed": 0}
    for entry in catalogue:
        if not entry.obsolete:
            counts[_state(entry)] += 1
    return counts


def _state(entry: polib.POEntry) -> str:
    if entry.fuzzy:
        return "fuzzy"
    if not entry.translated():
        return "missing"
    return "reviewed" if is_reviewed(entry) else "draft"
