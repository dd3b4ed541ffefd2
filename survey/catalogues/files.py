"""Where catalogues lie, and how they are read and written: one canonical form, byte for byte."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import polib

from survey import atomic_file
from survey.config import ROOT
from survey.languages import REPOSITORY_CATALOGUES, Language, Phrase
from survey.questionnaire.shelf import Added, Shelf

WELSH = "cy"
PLURAL_FORMS = "nplurals=6; plural=(n==0) ? 0 : (n==1) ? 1 : (n==2) ? 2 : (n==3) ? 3 : (n==6) ? 4 : 5;"
FORMS = 6
CATALOGUE_NOTE = "Myfyrio. Wedi adolygu cyfieithiad, ychwanegwch uwch ei ben: # adolygwyd: ENW, DYDDIAD"
TEMPLATE_NOTE = "Myfyrio. Made by “translations extract” from code and definitions: not to be edited."
MOST_BYTES = 5_000_000
MOST_ENTRIES = 20_000
MOST_STRANGERS = 500
LONGEST_WORD = 150
LONGEST_TEXT = 3_000


@dataclass(frozen=True)
class Places:
    """The folders that catalogues are made from and live in. `root` is what references are relative to.

    `added` are editions of questionnaires that no file of the repository has, `lists` lists of clusters.
    """

    root: Path = ROOT
    translations: Path = REPOSITORY_CATALOGUES
    added: tuple[Added, ...] = ()
    lists: tuple[Added, ...] = ()

    @property
    def source(self) -> Path:
        return self.root / "survey"

    @property
    def questionnaires(self) -> Path:
        return self.root / "questionnaires"

    @property
    def shelf(self) -> Shelf:
        """The definitions, those that were added too."""
        return Shelf(self.questionnaires, self.added + self.lists)

    def template(self, name: str) -> Path:
        return self.translations / f"{name}.pot"

    def welsh(self, name: str) -> Path:
        return self.translations / WELSH / "LC_MESSAGES" / f"{name}.po"

    def compiled(self, name: str) -> Path:
        return self.welsh(name).with_suffix(".mo")

    def names(self) -> list[str]:
        """The catalogues that have a template, or texts of an edition that was added; the interface first."""
        added = {edition.questionnaire for edition in self.added}
        names = added | {path.stem for path in self.translations.glob("*.pot")}
        return sorted(sorted(names), key=lambda name: name != "interface")


class BadCatalogue(ValueError):
    """A file cannot be used as a catalogue. `explain` says why in a language."""

    def __init__(self, name: str, reason: Phrase, **values: object) -> None:
        super().__init__(f"{name}: {reason.english % values}")
        self.name = name
        self.reason = reason
        self.values = values

    def explain(self, language: Language) -> str:
        return f"{self.name}: {language.say(self.reason, **self.values)}"


class ExtractionError(ValueError):
    """A message cannot be extracted. `explain` says where and why in a language."""

    def __init__(self, reason: Phrase, **values: object) -> None:
        super().__init__(reason.english % values)
        self.reason = reason
        self.values = values

    def explain(self, language: Language) -> str:
        return language.say(self.reason, **self.values)


TOO_LARGE = Phrase("bad catalogue", "the file is larger than a catalogue can be (%(most)s bytes)")
NOT_TEXT = Phrase("bad catalogue", "the file is not text in UTF-8; save it as a .po file in UTF-8")
NO_HEADER = Phrase("bad catalogue", "the file does not begin with the header of a .po file")
OTHER_CHARSET = Phrase("bad catalogue", "the header names the character set “%(charset)s”; it has to be UTF-8")
OTHER_LANGUAGE = Phrase("bad catalogue", "the header names the language “%(code)s”; it has to be “cy”")
OTHER_PLURALS = Phrase(
    "bad catalogue", "the header does not have the six plural forms of Welsh; Plural-Forms has to be: %(forms)s"
)
TOO_MANY = Phrase("bad catalogue", "the file has %(n)s messages, more than a catalogue can have (%(most)s)")
STRANGERS = Phrase(
    "bad catalogue",
    "%(n)s of its messages are used nowhere: this seems to be the catalogue of something else. Nothing was changed",
)
LOST = Phrase(
    "bad catalogue",
    "of the %(before)s Welsh texts in use it has only %(now)s: the file has lost its Welsh. Nothing was changed. "
    "If that is meant: translations compile --accept-loss %(catalogue)s",
)
OTHER_CATALOGUE = Phrase(
    "bad catalogue",
    "%(known)s of its %(all)s messages are of this catalogue: this seems to be %(other)s. Nothing was changed",
)
NO_SUCH_CATALOGUE = Phrase(
    "bad catalogue",
    "%(known)s of its %(all)s messages are of this catalogue: this seems to be the file of something else. Nothing was "
    "changed",
)
LONG_WORD = Phrase("bad catalogue", "line %(line)s has a word of more than %(most)s characters, which is no language")
LONG_TEXT = Phrase("bad catalogue", "the Welsh on line %(line)s has more than %(most)s characters")
NOT_PO = Phrase("bad catalogue", "line %(line)s cannot be read as part of a .po file")
TWICE = Phrase("bad catalogue", "the message “%(english)s” (%(context)s) is there twice, again on line %(line)s")

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LINE = re.compile(
    r'(?:#~\||#[~|])?[ \t]*(?:(?:msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d\])[ \t]+)?"(?:[^"\\]|\\.)*"[ \t]*'
    r"|#(?:[^~|].*)?|#?[ \t]*"
)
# The rules look at whole words and whole texts, and would take very long over one without an end.
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1}}}")
# Comments as a person types them, which polib does not take: without a space, or behind the mark of what has gone.
_TIGHT_COMMENT = re.compile(r"^#[.:,]?(?=[^\s.:,|~])", re.MULTILINE)
_GONE_COMMENT = re.compile(r'^#~(?!\||[ \t]*(?:msg|"|$))[ \t]*', re.MULTILINE)
_HEADER_START = re.compile(r'\A\ufeff?(?:[ \t]*(?:#[^~\n][^\n]*|#)?\r?\n)*msgid[ \t]+""[ \t]*\r?\nmsgstr[ \t]+"')


def read_catalogue(path: Path) -> polib.POFile:
    """Return the catalogue in a file. Raises BadCatalogue; OSError if there is no such file."""
    if path.stat().st_size > MOST_BYTES:
        raise BadCatalogue(path.name, TOO_LARGE, most=MOST_BYTES)
    return catalogue_from(path.read_bytes(), path.name)


def catalogue_from(content: bytes, name: str) -> polib.POFile:
    """Return the catalogue in `content`, which may come from anybody; `name` is for the reason of a refusal.

    A template has no language or plural forms; a catalogue with a language has to be Welsh with six forms.

    Raises:
        BadCatalogue: the content is not one, is not in UTF-8, not Welsh, too large, or repeats a message.
    """
    if len(content) > MOST_BYTES:
        raise BadCatalogue(name, TOO_LARGE, most=MOST_BYTES)
    try:
        text = content.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise BadCatalogue(name, NOT_TEXT) from None
    if _CONTROL.search(text):
        raise BadCatalogue(name, NOT_TEXT)
    if not _HEADER_START.match(text):
        raise BadCatalogue(name, NO_HEADER)
    text = _TIGHT_COMMENT.sub(r"\g<0> ", _GONE_COMMENT.sub("# ", text))
    _check_lines(text, name)
    catalogue = _parsed(text, name)
    _check_header(catalogue.metadata, name, is_template=name.endswith(".pot"))
    _check_entries(catalogue, name)
    return catalogue


def _check_lines(text: str, name: str) -> None:
    """polib takes half-written lines and loses what is in them; a line here is whole or refused."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not _LINE.fullmatch(line):
            raise BadCatalogue(name, NOT_PO, line=number)
        if _LONG_WORD.search(line):
            raise BadCatalogue(name, LONG_WORD, line=number, most=LONGEST_WORD)


def _parsed(text: str, name: str) -> polib.POFile:
    try:
        return polib.pofile(text, wrapwidth=0)
    except (OSError, ValueError, IndexError, KeyError, AttributeError, TypeError, UnicodeError) as fault:
        line = re.search(r"line (\d+)", str(fault))
        raise BadCatalogue(name, NOT_PO, line=line[1] if line else "?") from None


def _check_header(header: dict[str, str], name: str, *, is_template: bool) -> None:
    charset = re.search(r"charset=([^;\s]+)", header.get("Content-Type", ""), re.IGNORECASE)
    if charset is None or charset[1].lower() not in {"utf-8", "utf8"}:
        raise BadCatalogue(name, OTHER_CHARSET, charset=charset[1] if charset else "")
    if is_template:
        return
    if header.get("Language", "") not in {"cy", "cy_GB", "cy-GB"}:
        raise BadCatalogue(name, OTHER_LANGUAGE, code=header.get("Language", ""))
    if _bare(header.get("Plural-Forms", "")) != _bare(PLURAL_FORMS):
        raise BadCatalogue(name, OTHER_PLURALS, forms=PLURAL_FORMS)


def _bare(plural_forms: str) -> str:
    """Editors write the same expression with other spaces, brackets and ends."""
    return re.sub(r"[\s()]|;$", "", plural_forms.strip())


def _check_entries(catalogue: polib.POFile, name: str) -> None:
    if len(catalogue) > MOST_ENTRIES:
        raise BadCatalogue(name, TOO_MANY, n=len(catalogue), most=MOST_ENTRIES)
    seen: set[tuple[str, str]] = set()
    for entry in catalogue:
        if any(len(welsh) > LONGEST_TEXT for welsh in (entry.msgstr, *entry.msgstr_plural.values())):
            raise BadCatalogue(name, LONG_TEXT, line=entry.linenum, most=LONGEST_TEXT)
        key = key_of(entry)
        if key in seen and not entry.obsolete:
            raise BadCatalogue(name, TWICE, english=entry.msgid, context=key[0], line=entry.linenum)
        seen.add(key)


def key_of(entry: polib.POEntry) -> tuple[str, str]:
    """What makes a message one message: its context and its English."""
    return entry.msgctxt or "", entry.msgid


def is_place(context: str) -> bool:
    """Whether a context is one place of a definition, and not a word for many texts of the interface."""
    return "." in context


def message_id(context: str, english: str) -> str:
    """Sixteen hexadecimal digits for a message of a catalogue, for addresses of pages and keys of records."""
    return hashlib.sha256(f"{context}\0{english}".encode()).hexdigest()[:16]


def new_catalogue(language: str = "") -> polib.POFile:
    """Return an empty catalogue, or template, with the committed header: it names no time, tool or person."""
    catalogue = polib.POFile(wrapwidth=0, check_for_duplicates=False)
    catalogue.header = CATALOGUE_NOTE if language else TEMPLATE_NOTE
    catalogue.metadata = {
        "Project-Id-Version": "Myfyrio",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    if language:
        catalogue.metadata["Plural-Forms"] = PLURAL_FORMS
    return catalogue


def check_strangers(catalogue: polib.POFile, template: polib.POFile, name: str) -> None:
    """Refuse a file most of whose messages are those of another project; a few that have gone are no harm.

    Raises:
        BadCatalogue: more messages are used nowhere than the template has, and more than `MOST_STRANGERS`.
    """
    known = {key_of(entry) for entry in template}
    strange = sum(not entry.obsolete and key_of(entry) not in known for entry in catalogue)
    if strange > max(MOST_STRANGERS, len(template)):
        raise BadCatalogue(name, STRANGERS, n=strange)


def canonical(catalogue: polib.POFile) -> bytes:
    """Return the bytes of a catalogue in the one form it is kept in: unwrapped, as polib and msgcat write it."""
    return str(catalogue).encode("utf-8")


def compiled_form(catalogue: polib.POFile) -> bytes:
    """Return the `.mo` of what is translated; the same catalogue always gives the same bytes."""
    ready = polib.POFile(wrapwidth=0)
    ready.metadata = {
        name: catalogue.metadata[name]
        for name in ("Language", "Content-Type", "Plural-Forms")
        if name in catalogue.metadata
    }
    ready.extend(catalogue.translated_entries())
    return bytes(ready.to_binary())


def replace_file(path: Path, content: bytes) -> bool:
    """Put `content` at `path` in one step, making its folder; say whether that changed anything."""
    if path.exists() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    atomic_file.replace_file(path, content, mode=0o644)
    return True
