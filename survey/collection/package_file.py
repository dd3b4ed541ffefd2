"""The package of a file that somebody sent: a zip of XML parts, of which nothing is run, worked out or followed.

How large it is unpacked is looked at before anything else, and its XML is read by a parser that takes no document type
and so no entities.
"""

import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import NoReturn
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from survey.collection.errors import DomainError

LARGEST_FILE = 5_000_000
LARGEST_DOCUMENT = 20_000_000
"""Of a Word document with pictures."""
LARGEST_UNPACKED = 8_000_000
MOST_PARTS = 400

Start = Callable[[str, Mapping[str, str]], None]


@contextmanager
def opened(content: bytes, largest: int = LARGEST_FILE, largest_unpacked: int = LARGEST_UNPACKED) -> Iterator[ZipFile]:
    """The package, for as long as it is read. What goes wrong with it or its parts becomes a DomainError:
    file_too_large, not_a_package, package_damaged.
    """
    if len(content) > largest:
        raise DomainError("file_too_large")
    try:
        with ZipFile(BytesIO(content)) as package:
            parts = package.infolist()
            # Unpacking stops at the size that a part says it has.
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > largest_unpacked:
                raise DomainError("file_too_large")
            if len(set(package.namelist())) < len(parts):
                raise DomainError("package_damaged")
            yield package
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as fault:
        raise DomainError("not_a_package") from fault
    except (expat.ExpatError, IndexError, KeyError, ValueError) as fault:
        raise DomainError("package_damaged") from fault


@dataclass(slots=True)
class Heard:
    """The text of the elements that are listened to, as it comes, since it was last forgotten."""

    pieces: list[str] = field(default_factory=list)
    listening: bool = False

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def hear(self, text: str) -> None:
        if self.listening:
            self.pieces.append(text)


def parse(
    xml: bytes,
    start: Start,
    end: Callable[[str], None] = lambda _name: None,
    hear: Callable[[str], None] = lambda _text: None,
) -> None:
    """Tell of elements by their names without namespaces. Raises DomainError("package_damaged"), ExpatError."""

    def refuse(*_declaration: object) -> NoReturn:
        raise DomainError("package_damaged")

    def local(name: str) -> str:
        return name.rpartition(" ")[2]

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda name, given: start(
        local(name), {local(key): value for key, value in given.items()}
    )
    parser.EndElementHandler = lambda name: end(local(name))
    parser.CharacterDataHandler = hear
    parser.Parse(xml, True)
