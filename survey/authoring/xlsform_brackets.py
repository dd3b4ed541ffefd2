"""Brackets in the expressions of XLSForm: those around a whole one say nothing, and inside them nothing is parted."""

import re
from collections.abc import Iterator

_AND = re.compile(r"\band\b", re.IGNORECASE)
_TOKEN = re.compile(r"'[^']*'|\"[^\"]*\"|[()]|\band\b", re.IGNORECASE)


def without_brackets(expression: str) -> str:
    """An expression without the brackets that stand around all of it."""
    inner = expression.strip()
    while inner.startswith("(") and _end_of_first(inner) == len(inner):
        inner = inner[1:-1].strip()
    return inner


def joined_by_and(expression: str) -> list[str]:
    """The expressions that one joins by `and`, each without brackets around it."""
    whole = without_brackets(expression)
    pieces = list(_pieces(whole))
    return [whole] if len(pieces) == 1 else [part for piece in pieces for part in joined_by_and(piece)]


def _end_of_first(text: str) -> int:
    """Where the bracket that a text begins with is closed; 0 where it is not."""
    for token, depth in _tokens(text):
        if token[0] == ")" and not depth:
            return token.end()
    return 0


def _pieces(text: str) -> Iterator[str]:
    begin = 0
    for token, depth in _tokens(text):
        if not depth and _AND.fullmatch(token[0]):
            yield text[begin : token.start()]
            begin = token.end()
    yield text[begin:]


def _tokens(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """Brackets, `and` and what stands in quotation marks, each with how many brackets are open after it."""
    depth = 0
    for token in _TOKEN.finditer(text):
        depth += {"(": 1, ")": -1}.get(token[0], 0)
        yield token, depth
