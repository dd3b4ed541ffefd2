"""Two people's versions of a page made one, part by part.

A part is what can be answered by itself: an answer, a criterion, a cell of a matrix, a question of an item of a group.
Whoever saves sends what she typed and, as the base, fingerprints of what stood there when she began. What she changed
and nobody else did is hers; what others changed and she did not is theirs; what both changed differently is a clash.
"""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

Part = tuple[str, ...]
"""The question's id and, within its answer, the key of the part; of a group `(question, "[item id]", child)`."""
Base = Mapping[Part, str]
"""Fingerprints of the answers that somebody began with. A part without one was not answered."""
Edits = Mapping[Part, Any]
"""Parts that somebody changed, with their new answers; None: cleared."""
Edit = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""What makes of the answers of a page, as they are at the moment of saving, those to keep."""

FINGERPRINT_BYTES = 6


@dataclass(frozen=True, slots=True)
class Clash:
    """A part that two people answered differently; None where one of them cleared it."""

    part: Part
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merge:
    """The answers of a page after a merge, in which every clash still has the others' answer."""

    answers: dict[str, Any]
    clashes: tuple[Clash, ...]


def parts_of(answers: Mapping[str, Any]) -> dict[Part, Any]:
    """The canonical answers of a page, part by part. An item is a part itself, so that an empty one is not lost."""
    return {part: answer for name, answer in answers.items() for part, answer in _parts((name,), answer)}


def answers_of(parts: Mapping[Part, Any]) -> dict[str, Any]:
    """The answers of a page from their parts; the inverse of `parts_of`."""
    answers: dict[str, Any] = {}
    for part, answer in parts.items():
        if part[1:] and part[1].startswith("["):
            item = _item(answers.setdefault(part[0], []), part[1][1:-1])
            if part[2:]:
                _put(item, part[2:], answer)
        else:
            _put(answers, part, answer)
    return answers


def base_of(answers: Mapping[str, Any]) -> dict[Part, str]:
    """The base for whoever begins with these answers."""
    return {part: fingerprint(answer) for part, answer in parts_of(answers).items()}


def edits(base: Base | None, sent: Mapping[str, Any], questions: Iterable[str]) -> dict[Part, Any]:
    """What somebody changed of `questions`. Without a base whatever she sent counts as hers, what is empty does not."""
    mine = parts_of({name: answer for name, answer in sent.items() if answer is not None})
    if base is None:
        return mine
    asked = set(questions)
    changed = {part: answer for part, answer in mine.items() if base.get(part) != fingerprint(answer)}
    cleared = {part: None for part in base if part[0] in asked and part not in mine}
    return {**changed, **cleared}


def base_with(base: Base | None, changed: Edits, theirs: Mapping[str, Any]) -> Base | None:
    """The base for whoever goes on from here: what she changed and is kept already is no longer a change of hers."""
    if base is None:
        return None
    parts, known = parts_of(theirs), dict(base)
    for part, mine in changed.items():
        if parts.get(part) == mine:
            known.pop(part, None)
            known |= {part: fingerprint(mine)} if mine is not None else {}
    return known


def merge(theirs: Mapping[str, Any], base: Base | None, changed: Edits) -> Merge:
    """The answers as they are, `theirs`, with what one person changed since `base`."""
    parts = parts_of(theirs)
    clashes: list[Clash] = []
    for part, mine in changed.items():
        there = parts.get(part)
        untouched = (fingerprint(there) if part in parts else None) == (base or {}).get(part)
        if there != mine and not untouched:
            clashes.append(Clash(part, mine, there))
        elif mine is None:
            parts.pop(part, None)
        else:
            parts[part] = mine
    return Merge(answers_of(parts), tuple(clashes))


def whole(answers: Mapping[str, Any]) -> Edit:
    """Put these answers in the place of all that was there."""
    return lambda _theirs: answers


def fingerprint(answer: Any) -> str:
    """A short digest of a canonical answer."""
    digest = hashlib.sha256(orjson.dumps(answer, option=orjson.OPT_SORT_KEYS)).digest()
    return urlsafe_b64encode(digest[:FINGERPRINT_BYTES]).decode("ascii")


def _parts(start: Part, answer: Any) -> Iterable[tuple[Part, Any]]:
    if isinstance(answer, Mapping):
        for key, inner in answer.items():
            yield from _parts((*start, key), inner)
    elif isinstance(answer, list) and all(isinstance(item, Mapping) for item in answer):
        for item in answer:
            yield (*start, f"[{item['id']}]"), True
            for child, inner in item.items():
                if child != "id":
                    yield from _parts((*start, f"[{item['id']}]", child), inner)
    else:
        yield start, answer


def _item(items: list[dict[str, Any]], item_id: str) -> dict[str, Any]:
    for item in items:
        if item["id"] == item_id:
            return item
    items.append({"id": item_id})
    return items[-1]


def _put(answers: dict[str, Any], part: Part, answer: Any) -> None:
    for key in part[:-1]:
        answers = answers.setdefault(key, {})
    answers[part[-1]] = answer
