"""What in a message is not prose: placeholders, tags, entities."""

import re

NAMED = re.compile(r"%\(\w+\)[#0 +-]*\d*(?:\.\d+)?[sdifr]")
BRACES = re.compile(r"\{\w*\}")
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]*|#\d+|#x[0-9A-Fa-f]+);")
ADDRESS = re.compile(r"https?://\S+|\S+@\S+\.\S+|--[a-z][a-z-]*|\bSURVEY_[A-Z_]+")

NOT_PROSE = re.compile("|".join(part.pattern for part in (NAMED, BRACES, TAG, ENTITY, ADDRESS)) + "|%%")


def placeholders(text: str) -> list[str]:
    """The placeholders of a text as they are written, in order."""
    return [match[0] for match in re.finditer(f"{NAMED.pattern}|{BRACES.pattern}", text)]


def prose(text: str) -> str:
    """The text with a space for everything that is not prose."""
    return NOT_PROSE.sub(" ", text)
