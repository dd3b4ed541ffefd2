"""The messages of the interface, as they stand in Python files and templates."""

from collections.abc import Iterator
from pathlib import Path
from tokenize import TokenError
from typing import Any

from babel.messages.extract import extract_python
from jinja2 import TemplateSyntaxError
from jinja2.ext import babel_extract

from survey.catalogues.files import Places
from survey.catalogues.message_sources import ExtractionError, MessageSource
from survey.languages import Phrase

COMMENT_TAG = "Translators:"
CALLS = ("pgettext", "npgettext", "lazy_pgettext", "Phrase")
# The same without a context, which no file may call.
BARE_CALLS = ("_", "gettext", "ngettext", "lazy_gettext", "lazy_ngettext")
# Contexts whose texts have little room, with the most characters each may have.
LIMITS = {"sheet name": 31}
# Gives these calls their meaning, so it has them without text.
MACHINERY = ("survey/languages.py", "survey/web/site/language.py")

NOT_LITERAL = Phrase(
    "extraction", "%(file)s:%(line)s: call %(call)s with a context and with literal text, not a variable"
)
NOT_READABLE = Phrase("extraction", "%(file)s cannot be read: %(fault)s")


def interface_sources(places: Places) -> list[MessageSource]:
    """Return the messages of code and templates, by context, each with the first file that has it.

    Raises:
        ExtractionError: a call has no context or no literal text, or a template cannot be read.
    """
    sources = (source for path in _files(places) for source in _sources(path, places.root))
    # A pair of singular and plural comes before the same text alone.
    return sorted(sources, key=lambda source: (*source.key, source.plural == "", source.reference))


def _files(places: Places) -> list[Path]:
    return sorted(
        path
        for path in places.source.rglob("*")
        if path.suffix in {".py", ".html", ".txt", ".svg"}
        and "static" not in path.parts
        and path.relative_to(places.root).as_posix() not in MACHINERY
    )


def _sources(path: Path, root: Path) -> Iterator[MessageSource]:
    reference = path.relative_to(root).as_posix()
    for line, function, arguments, comments in _calls(path, reference):
        texts = [text for text in arguments if isinstance(text, str)]
        needed = 3 if function == "npgettext" else 2
        if function in BARE_CALLS or len(texts) < needed:
            raise ExtractionError(NOT_LITERAL, file=reference, line=line, call=function)
        comment = "\n".join(text.removeprefix(COMMENT_TAG).strip() for text in comments)
        plural = texts[2] if needed == 3 else ""
        yield MessageSource(texts[0], texts[1], plural, comment, reference, LIMITS.get(texts[0]))


def _calls(path: Path, reference: str) -> Iterator[tuple[int, str, tuple[str | None, ...], list[str]]]:
    """Every call in a file as (line, function, literal arguments, comments for translators)."""
    calls: Any = [*CALLS, *BARE_CALLS]
    extract: Any = extract_python if path.suffix == ".py" else babel_extract
    with path.open("rb") as file:
        try:
            for line, function, arguments, comments in extract(
                file, calls, [COMMENT_TAG], {"silent": "false", "encoding": "utf-8"}
            ):
                if function:
                    yield line, function, _as_tuple(arguments), list(comments)
        except (SyntaxError, TokenError, UnicodeDecodeError, TemplateSyntaxError) as fault:
            raise ExtractionError(NOT_READABLE, file=reference, fault=fault) from None


def _as_tuple(arguments: Any) -> tuple[str | None, ...]:
    return tuple(arguments) if isinstance(arguments, tuple | list) else (arguments,)
