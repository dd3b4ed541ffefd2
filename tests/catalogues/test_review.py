"""What is missing, fuzzy, draft and reviewed is counted apart, and a review is marked by a person."""

from collections.abc import Callable

import polib
import pytest

from survey.catalogues.finding import is_error
from survey.catalogues.review import is_reviewed, mark_reviewed, odd_mark, renew_mark, review_counts

Read = Callable[..., polib.POFile]


def test_every_message_is_counted_once(catalogue: Read) -> None:
    entries = (
        'msgctxt "a"\nmsgid "One"\nmsgstr ""\n\n'
        '#, fuzzy\nmsgctxt "b"\nmsgid "Two"\nmsgstr "Dau"\n\n'
        'msgctxt "c"\nmsgid "Three"\nmsgstr "Tri"\n\n'
        '# adolygwyd: Siân, 2026-11-21\nmsgctxt "d"\nmsgid "Four"\nmsgstr "Pedwar"\n\n'
        '#~ msgctxt "e"\n#~ msgid "Five"\n#~ msgstr "Pump"\n'
    )
    counts = review_counts(catalogue(entries))
    assert counts == {"missing": 1, "fuzzy": 1, "draft": 1, "reviewed": 1}
    assert sum(counts.values()) == 4


def test_an_incomplete_plural_is_missing(catalogue: Read) -> None:
    forms = "".join(f'msgstr[{form}] "{"" if form == 5 else "x"}"\n' for form in range(6))
    assert review_counts(catalogue(f'msgctxt "a"\nmsgid "b"\nmsgid_plural "c"\n{forms}'))["missing"] == 1


def test_a_sealed_review_falls_when_english_or_welsh_changes() -> None:
    entry = polib.POEntry(msgctxt="c", msgid="Save", msgstr="Cadw", tcomment="adolygwyd: Siân, 2026-11-21")
    renew_mark(entry)
    assert is_reviewed(entry)
    for change in ({"msgstr": "Arbed"}, {"msgid": "Keep"}, {"msgctxt": "d"}):
        other = polib.POEntry(
            **{"msgctxt": "c", "msgid": "Save", "msgstr": "Cadw", "tcomment": entry.tcomment} | change
        )
        assert not is_reviewed(other)


def test_a_mark_on_doubtful_welsh_is_no_review() -> None:
    entry = polib.POEntry(msgid="Save", msgstr="Cadw", tcomment="adolygwyd: Siân, 2026-11-21", flags=["fuzzy"])
    assert not is_reviewed(entry)
    renew_mark(entry)
    assert entry.tcomment == ""


def entry(comment: str, **attributes: object) -> polib.POEntry:
    return polib.POEntry(**{"msgctxt": "c", "msgid": "Save", "msgstr": "Cadw", "tcomment": comment} | attributes)


@pytest.mark.parametrize(
    "comment",
    ["Adolygwyd: Siân", "# adolygwyd: Siân", "reviewed: Siân, 2026-11-21", "#adolygwyd : Siân", "ADOLYGWYD: Siân"],
)
def test_a_mark_written_almost_right_counts_and_is_put_right(comment: str) -> None:
    marked = entry(comment)
    assert is_reviewed(marked)
    assert odd_mark(marked) is None
    renew_mark(marked)
    assert marked.tcomment.startswith("adolygwyd: Siân")


@pytest.mark.parametrize(
    "comment",
    ["adolygwyd", "Wedi’i adolygu gan Siân", "reviewed by Siân", "approved", "adolgwyd: Siân", "# Revewed: Siân"],
)
def test_what_seems_to_be_a_mark_and_is_none_is_named(comment: str) -> None:
    doubtful = entry(f"Holi’r bwrdd\n{comment}")
    assert not is_reviewed(doubtful)
    assert odd_mark(doubtful) == comment
    assert not is_error("odd-mark"), "a comment keeps no round from opening"


def test_another_comment_is_no_mark() -> None:
    assert odd_mark(entry("Holi’r bwrdd iechyd\nAdroddwyd hyn wrth y bwrdd")) is None


def test_a_comment_without_a_space_is_no_obstacle(catalogue: Read) -> None:
    read = catalogue('#adolygwyd: Siân\n#.A button\n#:here:1\nmsgctxt "a"\nmsgid "One"\nmsgstr "Un"\n')
    assert is_reviewed(read[0])
    assert (read[0].comment, read[0].occurrences) == ("A button", [("here", "1")])


def test_a_comment_behind_the_mark_of_what_has_gone_is_no_obstacle(catalogue: Read) -> None:
    gone = '#~ Holi’r bwrdd\n#~ msgctxt "a"\n#~ msgid "Two"\n#~ msgstr "Dau"\n'
    read = catalogue('msgctxt "a"\nmsgid "One"\nmsgstr "Un"\n\n' + gone)
    assert [(entry.msgid, entry.tcomment, bool(entry.obsolete)) for entry in read] == [
        ("One", "", False),
        ("Two", "Holi’r bwrdd", True),
    ]


def test_a_mark_of_ours_is_sealed_and_replaces_an_earlier_one() -> None:
    marked = entry("Holi’r bwrdd\nadolygwyd: Alun")
    mark_reviewed(marked, "Siân, 2026-11-21")
    assert is_reviewed(marked)
    assert marked.tcomment.startswith("Holi’r bwrdd\nadolygwyd: Siân, 2026-11-21 [")
