"""Welsh stays with the text it belongs to when English is reworded, moved, removed or has two editions."""

from collections.abc import Callable

import polib

from survey.catalogues.files import canonical, catalogue_from
from survey.catalogues.merge import merged
from survey.catalogues.message_sources import MessageSource, template
from survey.catalogues.review import is_reviewed

Read = Callable[..., polib.POFile]


def sources(*messages: tuple[str, str]) -> polib.POFile:
    return template(
        [MessageSource(context, english, reference="a.json") for context, english in messages], formatted=True
    )


def by_english(catalogue: polib.POFile) -> dict[str, polib.POEntry]:
    return {entry.msgid: entry for entry in catalogue}


LEVEL = """# adolygwyd: Siân, 2026-11-21
msgctxt "q.level.label"
msgid "Which level?"
msgstr "Pa lefel?"

"""


def test_what_stays_keeps_its_welsh_and_its_mark(catalogue: Read) -> None:
    entry = merged(catalogue(LEVEL), sources(("q.level.label", "Which level?")))[0]
    assert (entry.msgstr, entry.fuzzy, is_reviewed(entry)) == ("Pa lefel?", False, True)


def test_reworded_english_keeps_its_context_and_shows_what_it_was(catalogue: Read) -> None:
    result = merged(catalogue(LEVEL), sources(("q.level.label", "How far have you come by now?")))
    assert len(result) == 1
    entry = result[0]
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgid) == ("Pa lefel?", True, "Which level?")
    assert "adolygwyd" not in entry.tcomment


def test_english_reworded_twice_shows_what_the_welsh_still_says(catalogue: Read) -> None:
    once = merged(catalogue(LEVEL), sources(("q.level.label", "How far have you come?")))
    twice = merged(once, sources(("q.level.label", "How far are you?")))
    assert twice[0].previous_msgid == "Which level?"


def test_new_english_is_empty_and_takes_no_welsh_of_another_question(catalogue: Read) -> None:
    result = merged(
        catalogue(LEVEL), sources(("q.level.label", "Which level?"), ("q.level2.label", "Which level now?"))
    )
    assert by_english(result)["Which level now?"].msgstr == ""
    assert not by_english(result)["Which level now?"].fuzzy


def test_moved_text_follows_the_order_of_the_template(catalogue: Read) -> None:
    first, second = ("q.a.label", "First"), ("q.b.label", "Second")
    ours = catalogue(
        'msgctxt "q.a.label"\nmsgid "First"\nmsgstr "Un"\n\nmsgctxt "q.b.label"\nmsgid "Second"\nmsgstr "Dau"\n'
    )
    assert [entry.msgstr for entry in merged(ours, sources(second, first))] == ["Dau", "Un"]


def test_the_same_english_under_a_new_name_brings_its_welsh_to_be_looked_at(catalogue: Read) -> None:
    entry = merged(catalogue(LEVEL), sources(("q.judged.label", "Which level?")))[0]
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgctxt) == ("Pa lefel?", True, "q.level.label")


def test_removed_text_becomes_obsolete_and_comes_back_with_its_welsh(catalogue: Read) -> None:
    without = merged(catalogue(LEVEL), sources(("q.other.label", "Something else entirely")))
    assert [(entry.msgid, entry.obsolete) for entry in without] == [
        ("Something else entirely", False),
        ("Which level?", True),
    ]
    again = merged(catalogue_from(canonical(without), "a.po"), sources(("q.level.label", "Which level?")))
    assert [(entry.msgstr, entry.obsolete, entry.fuzzy) for entry in again] == [("Pa lefel?", False, False)]


def test_doubtful_welsh_comes_back_doubtful(catalogue: Read) -> None:
    ours = catalogue('#, fuzzy\nmsgctxt "q.a.label"\nmsgid "One"\nmsgstr "Dau"\n')
    without = merged(ours, sources(("q.b.label", "Other words")))
    again = merged(catalogue_from(canonical(without), "a.po"), sources(("q.a.label", "One")))
    assert again[0].fuzzy


def test_two_editions_that_word_a_question_otherwise_keep_both(catalogue: Read) -> None:
    both = sources(("q.level.label", "Which level is it?"), ("q.level.label", "Which level?"))
    result = by_english(merged(catalogue(LEVEL), both))
    assert (result["Which level?"].msgstr, result["Which level?"].fuzzy) == ("Pa lefel?", False)
    assert (result["Which level is it?"].msgstr, result["Which level is it?"].fuzzy) == ("Pa lefel?", True)


def test_messages_that_share_a_context_do_not_take_each_others_welsh(catalogue: Read) -> None:
    ours = catalogue(
        'msgctxt "button"\nmsgid "Save"\nmsgstr "Cadw"\n\nmsgctxt "button"\nmsgid "Cancel"\nmsgstr "Canslo"\n'
    )
    result = by_english(merged(ours, sources(("button", "Save"), ("button", "Sign in"))))
    assert result["Save"].msgstr == "Cadw"
    assert result["Sign in"].msgstr == ""
    assert result["Cancel"].obsolete


def test_a_text_that_gains_a_plural_is_to_be_looked_at(catalogue: Read) -> None:
    ours = catalogue('msgctxt "c"\nmsgid "%(n)s answer"\nmsgstr "%(n)s ateb"\n')
    now = template([MessageSource("c", "%(n)s answer", "%(n)s answers")], formatted=True)
    entry = merged(ours, now)[0]
    assert entry.fuzzy
    assert entry.msgstr_plural == dict.fromkeys(range(6), "%(n)s ateb")


def test_merging_again_changes_no_byte(catalogue: Read) -> None:
    now = sources(("q.level.label", "How far?"), ("q.new.label", "New\nlines %(n)s"), ("button", "Save"))
    ours = catalogue(LEVEL + 'msgctxt "x"\nmsgid "Gone"\nmsgstr "Wedi mynd"\n')
    once = canonical(merged(ours, now))
    assert canonical(merged(catalogue_from(once, "a.po"), now)) == once


def test_a_review_falls_when_the_welsh_is_changed(catalogue: Read) -> None:
    now = sources(("q.level.label", "Which level?"))
    sealed = canonical(merged(catalogue(LEVEL), now))
    assert b"# adolygwyd: Si\xc3\xa2n, 2026-11-21 [" in sealed
    changed = catalogue_from(sealed.replace(b"Pa lefel?", b"Pa lefel ydych chi?"), "a.po")
    assert not is_reviewed(changed[0])
    assert merged(changed, now)[0].tcomment == ""


def test_other_comments_of_a_translator_stay(catalogue: Read) -> None:
    ours = catalogue("# Holi’r bwrdd\n" + LEVEL)
    assert merged(ours, sources(("q.level.label", "Where are you?")))[0].tcomment == "Holi’r bwrdd"


def test_a_file_saved_by_an_editor_comes_back_without_noise(catalogue: Read) -> None:
    english = "Which of these levels best describes where the cluster stands now, all things together?"
    now = sources(("q.level.label", english))
    entry = merged(catalogue(), now)
    entry[0].msgstr = "Pa un o’r lefelau hyn sy’n disgrifio orau ble mae’r clwstwr yn sefyll nawr, rhwng popeth?"
    ours = canonical(merged(entry, now))
    saved = catalogue_from(ours, "a.po")
    saved.wrapwidth = 60
    saved.metadata |= {"X-Generator": "Poedit 3.4", "PO-Revision-Date": "2026-11-21 10:00+0000", "Last-Translator": "S"}
    by_editor = canonical(saved)
    assert by_editor != ours
    assert canonical(merged(catalogue_from(by_editor, "a.po"), now)) == ours
