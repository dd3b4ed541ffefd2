"""The calls in code and pages that name a text, with what stands in them as it is.

Comments for translators take Babel, which reads files far more slowly; a file without any is read by its syntax tree.
"""

import ast
import io
import re
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path
from tokenize import TokenError
from typing import Any, NamedTuple

from babel.messages.extract import extract_python
from jinja2 import Environment, TemplateSyntaxError
from jinja2.ext import InternationalizationExtension, babel_extract, extract_from_ast

COMMENT_TAG = "Translators:"
CALLS = ("pgettext", "npgettext", "lazy_pgettext", "Phrase", "CountedPhrase")
# The same without a context, which no file may call.
BARE_CALLS = ("_", "gettext", "ngettext", "lazy_gettext", "lazy_ngettext")
NAMES: Any = (*CALLS, *BARE_CALLS)
# Code that has none of this has no call, and is not read any further.
_MAY_CALL = re.compile(r"gettext|Phrase|\b_\s*\(")
_LINE = re.compile("\n")
# How nearly every call in a page is written: in a tag, with literal texts.
_REMARK = re.compile(r"\{#.*?#\}", re.DOTALL)
_TAG = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
_PAGE_CALL = re.compile(rf"(?<![\w.])({'|'.join((*CALLS, *BARE_CALLS))})\s*\(")
_PLAIN_TEXT = re.compile(r"""\s*(?:"([^"\\]*)"|'([^'\\]*)')\s*[,)]""")
_PAGES = Environment(extensions=[InternationalizationExtension])  # noqa: S701 (nothing is drawn with it)


class Call(NamedTuple):
    """A call: its arguments are None where they are not literal, its comments those for translators."""

    line: int
    function: str
    arguments: tuple[str | None, ...]
    comments: list[str]


class UnreadableSource(ValueError):
    """The file is not in its language; the text says where."""


def calls_in(path: Path) -> Iterator[Call]:
    """Every call in a file of Python or, with any other ending, Jinja, in order.

    Raises:
        Unreadable: it is not text in UTF-8, or its syntax is wrong.
    """
    try:
        text = path.read_text("utf-8")
        is_code = path.suffix == ".py"
        if is_code and not _MAY_CALL.search(text):
            return
        if COMMENT_TAG in text:
            yield from _with_comments(text, extract_python if is_code else babel_extract)
        elif is_code:
            yield from _in_code(text)
        else:
            yield from _plain_calls(text) or _in_page(text)
    except (SyntaxError, TokenError, UnicodeDecodeError, TemplateSyntaxError) as fault:
        raise UnreadableSource(str(fault)) from None


def _with_comments(text: str, extract: Any) -> Iterator[Call]:
    file = io.BytesIO(text.encode("utf-8"))
    for line, function, given, comments in extract(
        file, NAMES, [COMMENT_TAG], {"silent": "false", "encoding": "utf-8"}
    ):
        if function:
            yield Call(line, function, _texts(given), list(comments))


def _texts(given: Any) -> tuple[str | None, ...]:
    return tuple(given) if isinstance(given, tuple | list) else (given,)


def _plain_calls(text: str) -> list[Call]:
    """The calls of a page that has none but plain ones, in a tenth of the time that Jinja takes; otherwise nothing."""
    bare = _REMARK.sub(lambda remark: "\n" * remark[0].count("\n"), text)
    calls = []
    for tag in _TAG.finditer(bare):
        for call in _PAGE_CALL.finditer(tag[0]):
            texts = tuple(_plain_texts(tag[0], call.end()))
            if len(texts) < (3 if call[1] == "npgettext" else 2):
                return []
            line = bare.count("\n", 0, tag.start() + call.start()) + 1
            calls.append(Call(line, call[1], texts, []))
    return calls


def _plain_texts(text: str, start: int) -> Iterator[str]:
    """The literal texts that stand one after the other behind the bracket of a call."""
    while literal := _PLAIN_TEXT.match(text, start):
        yield literal[1] if literal[1] is not None else literal[2]
        if literal[0].endswith(")"):
            return
        start = literal.end()


def _in_page(text: str) -> Iterator[Call]:
    for line, function, given in extract_from_ast(_PAGES.parse(text), NAMES):
        yield Call(line, function, _texts(given), [])


def _in_code(text: str) -> list[Call]:
    """What `ast.walk` would find, in a third of the time, for hundreds of files are read at once: what stands on lines
    without a call is left out."""
    calls = []
    ends = [match.start() for match in _LINE.finditer(text)]
    lines = [bisect_left(ends, match.start()) + 1 for match in _MAY_CALL.finditer(text)]
    nodes: list[Any] = [ast.parse(text)]
    for node in nodes:
        if isinstance(node, ast.stmt | ast.expr):
            decorators = getattr(node, "decorator_list", None) or [node]
            first = bisect_left(lines, decorators[0].lineno)
            if first == len(lines) or lines[first] > (node.end_lineno or node.lineno):
                continue
        if isinstance(node, ast.Call) and (name := _name(node.func)) in NAMES:
            calls.append(Call(node.lineno, name, tuple(map(_literal, node.args)), []))
        for value in vars(node).values():
            if isinstance(value, ast.AST):
                nodes.append(value)
            elif isinstance(value, list):
                nodes += [part for part in value if isinstance(part, ast.AST)]
    return sorted(calls, key=lambda call: call.line)


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _literal(argument: ast.expr) -> str | None:
    value = argument.value if isinstance(argument, ast.Constant) else None
    return value if isinstance(value, str) else None
