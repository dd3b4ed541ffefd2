"""What is missing, fuzzy, draft and reviewed is counted apart, and a review is marked by a person."""

from collections.abc import Callable

import polib

from survey.catalogues.review import is_reviewed, renew_mark, review_counts

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
