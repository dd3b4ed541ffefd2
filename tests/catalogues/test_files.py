"""One canonical form that other tools write too, and hostile files refused with a reason."""

import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.catalogues.files import (
    MOST_BYTES,
    PLURAL_FORMS,
    BadCatalogue,
    canonical,
    catalogue_from,
    check_strangers,
    new_catalogue,
    replace_file,
)
from tests.catalogues.conftest import HEADER

RICH = (
    HEADER
    + """# adolygwyd: Siân, 2026-11-21 [0a1b2c3d]
# Ail sylw
#. The question itself · on the page: Levels
#. Maximum length: 300
#: questionnaires/self-reflection/2026.json
#, fuzzy, python-format
#| msgid "Which “level” is %(name)s at?"
msgctxt "q.level.label"
msgid ""
"Which level is\\n"
"%(name)s at?"
msgstr ""
"Ar ba lefel\\n"
"y mae %(name)s?"

#, python-format
msgctxt "count"
msgid "%(n)s answer"
msgid_plural "%(n)s answers"
msgstr[0] "%(n)s ateb"
msgstr[1] "%(n)s ateb"
msgstr[2] "%(n)s ateb"
msgstr[3] "%(n)s ateb"
msgstr[4] "%(n)s ateb"
msgstr[5] "%(n)s ateb"

# Hen
#, fuzzy
#~ msgctxt "old"
#~ msgid "Old"
#~ msgstr "Hen"
"""
)


def test_a_catalogue_comes_back_byte_for_byte() -> None:
    assert canonical(catalogue_from(RICH.encode(), "a.po")) == RICH.encode()


@pytest.mark.skipif(shutil.which("msgcat") is None, reason="gettext is not installed")
def test_gettext_writes_the_same_bytes_and_finds_nothing_wrong(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_bytes(RICH.encode())
    again = subprocess.run(["msgcat", "--no-wrap", path], capture_output=True, check=True)
    assert again.stdout == RICH.encode()
    subprocess.run(["msgfmt", "-c", "-o", tmp_path / "a.mo", path], capture_output=True, check=True)


def test_windows_line_ends_and_a_byte_order_mark_are_no_obstacle() -> None:
    windows = b"\xef\xbb\xbf" + RICH.replace("\n", "\r\n").encode()
    assert canonical(catalogue_from(windows, "a.po")) == RICH.encode()


def test_an_editor_may_write_the_plural_forms_with_other_spaces() -> None:
    spaced = RICH.replace(PLURAL_FORMS, PLURAL_FORMS.replace("(n==0) ?", "( n == 0 )  ?").rstrip(";"))
    assert len(catalogue_from(spaced.encode(), "a.po")) == 3


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not text in UTF-8"),
        (HEADER.encode() + b'msgid "\xe2\x82"\nmsgstr ""\n', "not text in UTF-8"),
        (HEADER.encode() + b'msgid "a\x00b"\nmsgstr ""\n', "not text in UTF-8"),
        (b"", "does not begin with the header"),
        (b"/etc/hostname", "does not begin with the header"),
        (b'msgid "One"\nmsgstr "Un"\n', "does not begin with the header"),
        (b"x" * (MOST_BYTES + 1), "larger than"),
        (HEADER.encode() + b'msgid "One"\nmsgstr "' + b"x" * 151 + b'"\n', "a word of more than 150"),
        (HEADER.replace("UTF-8", "ISO-8859-14").encode(), "character set"),
        (HEADER.replace("Content-Type: text/plain; charset=UTF-8", "X: y").encode(), "character set"),
        (HEADER.replace("Language: cy", "Language: de").encode(), "names the language “de”"),
        (HEADER.replace("nplurals=6", "nplurals=5").encode(), "six plural forms"),
        (HEADER.replace("(n==0) ? 0", "__import__('os').system('x') ? 0").encode(), "six plural forms"),
        ((HEADER + 'msgid "One\nmsgstr "Un"\n').encode(), "cannot be read"),
        ((HEADER + "msgid One\n").encode(), "cannot be read"),
        ((HEADER + 'msgstr "Un"\nmsgstr[x] "Dau"\n').encode(), "cannot be read"),
        ((HEADER + 'msgid "One"\nmsgstr "Un"\n\nmsgid "One"\nmsgstr "Dau"\n').encode(), "there twice"),
    ],
)
def test_a_hostile_or_broken_file_is_refused_with_a_reason(content: bytes, reason: str) -> None:
    with pytest.raises(BadCatalogue, match=reason):
        catalogue_from(content, "upload.po")


def many(count: int) -> bytes:
    return (HEADER + "".join(f'msgctxt "x"\nmsgid "{number}"\nmsgstr "Un"\n\n' for number in range(count))).encode()


def test_a_file_of_more_messages_than_a_catalogue_can_have_is_refused() -> None:
    with pytest.raises(BadCatalogue, match="20001 messages"):
        catalogue_from(many(20_001), "upload.po")


def test_the_catalogue_of_something_else_is_refused_and_a_few_that_have_gone_are_not() -> None:
    check_strangers(catalogue_from(many(500), "a.po"), new_catalogue(), "a.po")
    with pytest.raises(BadCatalogue, match="501 of its messages are used nowhere"):
        check_strangers(catalogue_from(many(501), "a.po"), new_catalogue(), "a.po")


def test_writing_the_same_bytes_leaves_the_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.po"
    assert replace_file(path, b"one")
    before = path.stat()
    assert not replace_file(path, b"one")
    after = path.stat()
    assert (after.st_ino, after.st_mtime_ns, after.st_mode) == (before.st_ino, before.st_mtime_ns, before.st_mode)
    assert replace_file(path, b"two")
    assert [child.name for child in path.parent.iterdir()] == ["a.po"]


@settings(deadline=None)
@given(st.binary(max_size=300), st.integers(0, len(RICH.encode())), st.integers(0, 60))
def test_whatever_the_bytes_are_the_answer_is_a_catalogue_or_a_reason(junk: bytes, place: int, gap: int) -> None:
    rich = RICH.encode()
    for content in (junk, HEADER.encode() + junk, rich[:place] + junk + rich[place + gap :]):
        with suppress(BadCatalogue):
            catalogue = catalogue_from(content, "upload.po")
            assert canonical(catalogue_from(canonical(catalogue), "upload.po")) == canonical(catalogue)
