"""Welsh stays with the text it belongs to when English is reworded, moved, removed or has two editions."""

from collections.abc import Callable

import polib
import pytest

from survey.catalogues.extraction import MessageSource, template
from survey.catalogues.files import canonical, catalogue_from
from survey.catalogues.merge import merged
from survey.catalogues.review import is_reviewed

Read = Callable[..., polib.POFile]


def sources(*messages: tuple[str, str]) -> polib.POFile:
    return template(
        [MessageSource(context, english, reference="a.json") for context, english in messages], formatted=True
    )


def entries(text: str) -> polib.POFile:
    """A template written as in a `.pot` file."""
    return catalogue_from(
        ('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n' + text).encode(), "a.pot"
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


def test_a_text_that_gains_a_plural_brings_no_welsh_where_it_had_none(catalogue: Read) -> None:
    now = template([MessageSource("c", "%(n)s answer", "%(n)s answers")], formatted=True)
    entry = merged(catalogue('msgctxt "c"\nmsgid "%(n)s answer"\nmsgstr ""\n'), now)[0]
    assert not entry.fuzzy
    assert entry.msgstr_plural == dict.fromkeys(range(6), "")


PLURAL = """msgctxt "c"
msgid "%(n)s answer"
msgid_plural "%(n)s answers"
msgstr[0] "%(n)s ateb dim"
msgstr[1] "%(n)s ateb un"
msgstr[2] "%(n)s ateb dau"
msgstr[3] "%(n)s ateb tri"
msgstr[4] "%(n)s ateb chwe"
msgstr[5] "%(n)s ateb mwy"
"""


def test_a_text_that_loses_its_plural_starts_from_the_welsh_for_any_number(catalogue: Read) -> None:
    entry = merged(catalogue(PLURAL), sources(("c", "%(n)s answer")))[0]
    assert (entry.msgstr, entry.fuzzy) == ("%(n)s ateb mwy", True)
    assert entry.previous_msgid_plural == "%(n)s answers"


def test_each_form_of_a_plural_stays_when_its_plural_is_reworded(catalogue: Read) -> None:
    now = template([MessageSource("c", "%(n)s answer", "%(n)s answers in all")], formatted=True)
    entry = merged(catalogue(PLURAL), now)[0]
    assert entry.fuzzy
    assert list(entry.msgstr_plural.values())[:2] == ["%(n)s ateb dim", "%(n)s ateb un"]
    assert (entry.previous_msgid, entry.previous_msgid_plural) == ("%(n)s answer", "%(n)s answers")
    once_more = template([MessageSource("c", "%(n)s answer", "%(n)s of the answers")], formatted=True)
    again = merged(catalogue_from(canonical(merged(catalogue(PLURAL), now)), "a.po"), once_more)[0]
    assert (again.previous_msgid, again.previous_msgid_plural) == ("%(n)s answer", "%(n)s answers")


def test_forms_that_a_catalogue_lacks_are_empty(catalogue: Read) -> None:
    now = template([MessageSource("c", "%(n)s answer", "%(n)s answers")], formatted=True)
    fewer = PLURAL[: PLURAL.index("msgstr[2]")]
    entry = merged(catalogue(fewer), now)[0]
    assert entry.msgstr_plural == {0: "%(n)s ateb dim", 1: "%(n)s ateb un", 2: "", 3: "", 4: "", 5: ""}
    singular = merged(catalogue(fewer), sources(("c", "%(n)s answer")))[0]
    assert singular.msgstr == ""


def test_what_is_new_is_as_the_template_has_it(catalogue: Read) -> None:
    now = entries(
        "#. Shown on a button\n#: a.py:3 b.py:4\n#, fuzzy, python-format\n"
        'msgctxt "c"\nmsgid "%(n)s of %(m)s"\nmsgstr ""\n'
        '\n#: c.py:5\nmsgctxt "c"\nmsgid "One"\nmsgid_plural "Many"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    )
    new, plural = merged(catalogue(), now)
    assert (new.comment, new.occurrences, new.flags) == (
        "Shown on a button",
        [("a.py", "3"), ("b.py", "4")],
        ["python-format"],
    )
    assert plural.msgstr_plural == dict.fromkeys(range(6), "")
    assert plural.occurrences == [("c.py", "5")]


def test_doubt_is_written_before_the_format_as_gettext_writes_it(catalogue: Read) -> None:
    now = entries('#, python-format\nmsgctxt "c"\nmsgid "%(n)s in all"\nmsgstr ""\n')
    ours = catalogue('#, fuzzy\n#| msgctxt "b"\n#| msgid "%(n)s"\nmsgctxt "c"\nmsgid "%(n)s in all"\nmsgstr "%(n)s"\n')
    kept = merged(ours, now)
    assert b'#, fuzzy, python-format\n#| msgctxt "b"\n#| msgid "%(n)s"\n' in canonical(kept)
    reworded = merged(catalogue('msgctxt "c"\nmsgid "%(n)s"\nmsgstr "%(n)s"\n'), now)
    assert b'#, fuzzy, python-format\n#| msgid "%(n)s"\n' in canonical(reworded)


def test_doubtful_plurals_still_show_what_they_were(catalogue: Read) -> None:
    ours = catalogue('#, fuzzy\n#| msgid "%(n)s reply"\n#| msgid_plural "%(n)s replies"\n' + PLURAL)
    now = template([MessageSource("c", "%(n)s answer", "%(n)s answers")], formatted=True)
    entry = merged(ours, now)[0]
    assert (entry.previous_msgid, entry.previous_msgid_plural) == ("%(n)s reply", "%(n)s replies")


def test_messages_without_a_context_are_followed_too(catalogue: Read) -> None:
    ours = catalogue('msgid "Which level?"\nmsgstr "Pa lefel?"\n')
    now = entries('msgid "How far have you come?"\nmsgstr ""\n')
    entry = merged(ours, now)[0]
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgid) == ("Pa lefel?", True, "Which level?")


def test_reworded_messages_of_several_contexts_each_keep_their_own_welsh(catalogue: Read) -> None:
    ours = catalogue(
        "".join(
            f'msgctxt "{context}"\nmsgid "{english}"\nmsgstr "{welsh}"\n\n'
            for context, english, welsh in (
                ("a", "Save this page", "Cadw’r dudalen"),
                ("a", "Leave this page", "Gadael y dudalen"),
                ("b", "Which level?", "Pa lefel?"),
                ("c", "Send the answers", "Anfon yr atebion"),
                ("c", "Print the answers", "Argraffu’r atebion"),
            )
        )
    )
    now = sources(
        ("a", "Leave this page now"),
        ("a", "Save this page now"),
        ("b", "How far are you?"),
        ("c", "Print all the answers"),
        ("c", "Send all the answers"),
    )
    result = by_english(merged(ours, now))
    assert {english: result[english].msgstr for english in [entry.msgid for entry in now]} == {
        "Save this page now": "Cadw’r dudalen",
        "Leave this page now": "Gadael y dudalen",
        "How far are you?": "Pa lefel?",
        "Print all the answers": "Argraffu’r atebion",
        "Send all the answers": "Anfon yr atebion",
    }
    assert len(result) == 5


def test_of_two_that_are_like_one_the_more_alike_takes_its_welsh(catalogue: Read) -> None:
    ours = catalogue(
        'msgctxt "a"\nmsgid "Save this page"\nmsgstr "Cadw"\n\nmsgctxt "a"\nmsgid "Go back"\nmsgstr "Yn ôl"\n'
    )
    now = sources(("a", "Save this whole page"), ("a", "Save this page!"))
    result = by_english(merged(ours, now))
    assert result["Save this page!"].msgstr == "Cadw"
    assert result["Save this whole page"].msgstr == ""
    assert result["Go back"].obsolete


def test_equally_alike_the_first_takes_the_welsh_of_the_first(catalogue: Read) -> None:
    ours = catalogue('msgctxt "a"\nmsgid "abcde1"\nmsgstr "Un"\n\nmsgctxt "a"\nmsgid "abcde2"\nmsgstr "Dau"\n')
    result = by_english(merged(ours, sources(("a", "abcde3"), ("a", "abcde4"), ("a", "zzzzz"))))
    assert [result[english].msgstr for english in ("abcde3", "abcde4", "zzzzz")] == ["Un", "Dau", ""]


def test_each_takes_the_welsh_of_the_most_alike_that_nobody_else_has_taken(catalogue: Read) -> None:
    ours = catalogue(
        "".join(
            f'msgctxt "a"\nmsgid "aaaaaaaa{number}"\nmsgstr "{welsh}"\n\n'
            for number, welsh in ((11, "Un"), (22, "Dau"), (33, "Tri"), (44, "Pedwar"))
        )
    )
    result = by_english(merged(ours, sources(*(("a", f"aaaaaaaa{end}") for end in ("3x", "1x", "2x", "2y")))))
    assert {english[-2:]: entry.msgstr for english, entry in result.items()} == {
        "3x": "Tri",
        "1x": "Un",
        "2x": "Dau",
        "2y": "Pedwar",
    }


# Six letters of ten are alike in the first of each, five in the second: the border is between them.
@pytest.mark.parametrize(("english", "is_alike"), [("abcdefWXYZ", True), ("abcdeVWXYZ", False)])
def test_texts_less_alike_than_the_border_are_two_messages(catalogue: Read, english: str, is_alike: bool) -> None:
    gone = catalogue('msgctxt "a"\nmsgid "abcdefghij"\nmsgstr "Un"\n\nmsgctxt "a"\nmsgid "()"\nmsgstr "Dau"\n')
    paired = by_english(merged(gone, sources(("a", english), ("a", "[]"))))[english]
    assert bool(paired.msgstr) is is_alike
    staying = catalogue('msgctxt "a"\nmsgid "abcdefghij"\nmsgstr "Un"\n')
    edition = by_english(merged(staying, sources(("a", "abcdefghij"), ("a", english))))[english]
    assert bool(edition.msgstr) is is_alike


def test_a_second_edition_starts_from_the_welsh_of_the_most_alike(catalogue: Read) -> None:
    ours = catalogue(
        "".join(
            f'msgctxt "a"\nmsgid "{english}"\nmsgstr "{welsh}"\n\n'
            for english, welsh in (("abcdefgh12", "Un"), ("abcdefgh34", "Dau"), ("abcdefghi9", "Tri"))
        )
    )
    standing = [("a", "abcdefgh12"), ("a", "abcdefgh34"), ("a", "abcdefghi9")]
    assert by_english(merged(ours, sources(*standing, ("a", "abcdefghi8"))))["abcdefghi8"].msgstr == "Tri"
    equally = by_english(merged(ours, sources(*standing, ("a", "abcdefghXY"))))
    assert equally["abcdefghXY"].msgstr == "Un"


def test_long_texts_are_compared_letter_by_letter(catalogue: Read) -> None:
    """Python would otherwise leave out the letters that are frequent in a text of 200 letters or more."""
    before = "Which of these levels best describes where the cluster stands now, all things together? " * 3
    now = before.replace("these levels", "those stages").replace("the cluster", "your cluster").replace("now", "today")
    ours = catalogue(f'msgctxt "a"\nmsgid "{before}"\nmsgstr "Un"\n\nmsgctxt "a"\nmsgid "()"\nmsgstr "Dau"\n')
    assert by_english(merged(ours, sources(("a", now), ("a", "[]"))))[now].msgstr == "Un"


def test_what_is_gone_keeps_a_translators_comment_and_no_place(catalogue: Read) -> None:
    ours = catalogue('# Holi’r bwrdd\n#. Shown on a button\n#: a.py:3\nmsgctxt "a"\nmsgid "Save"\nmsgstr "Cadw"\n')
    gone = merged(ours, sources(("b", "Other words")))[1]
    assert (gone.obsolete, gone.tcomment, gone.comment, gone.occurrences) == (True, "Holi’r bwrdd", "", [])


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


PLACES = (
    'msgctxt "q.a.label"\nmsgid "First"\nmsgstr "Un"\n\n'
    '# adolygwyd: Siân, 2026-11-21\nmsgctxt "q.b.label"\nmsgid "Second"\nmsgstr "Dau"\n\n'
)


def renamed(english: str) -> polib.POFile:
    """The question that was called b is called c, beside last year’s edition."""
    now = MessageSource("q.c.label", english, reference="b.json", formerly="q.b.label")
    before = [MessageSource("q.a.label", "First"), MessageSource("q.b.label", "Second")]
    return template([now, *before], formatted=False)


def test_labels_that_change_places_keep_their_own_welsh_to_be_looked_at(catalogue: Read) -> None:
    result = merged(catalogue(PLACES), sources(("q.a.label", "Second"), ("q.b.label", "First")))
    assert [(entry.msgstr, entry.fuzzy, entry.previous_msgctxt) for entry in result] == [
        ("Dau", True, "q.b.label"),
        ("Un", True, "q.a.label"),
    ]


def test_a_renamed_question_keeps_its_welsh_and_its_review(catalogue: Read) -> None:
    entry = merged(catalogue(PLACES), renamed("Second"))[0]
    assert (entry.msgctxt, entry.msgstr, entry.fuzzy, is_reviewed(entry)) == ("q.c.label", "Dau", False, True)
    assert "[" in entry.tcomment


def test_a_renamed_and_reworded_question_starts_from_its_welsh(catalogue: Read) -> None:
    entry = merged(catalogue(PLACES), renamed("Something else"))[0]
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgid) == ("Dau", True, "Second")


def test_the_same_english_elsewhere_is_offered(catalogue: Read) -> None:
    now = sources(("q.a.label", "First"), ("q.b.label", "Second"), ("q.n.label", "Second"))
    entry = merged(catalogue(PLACES), now)[2]
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgctxt) == ("Dau", True, "q.b.label")
    assert "adolygwyd" not in entry.tcomment


def test_of_several_with_the_same_english_the_nearest_place_is_offered(catalogue: Read) -> None:
    ours = catalogue(
        'msgctxt "q.other.hint"\nmsgid "Yes"\nmsgstr "Oes"\n\nmsgctxt "q.done.options.yes"\nmsgid "Yes"\nmsgstr "Do"\n'
    )
    now = sources(("q.other.hint", "Yes"), ("q.done.options.yes", "Yes"), ("q.done.options.maybe", "Yes"))
    assert merged(ours, now)[2].msgstr == "Do"


def offered(catalogue: Read, new: str, *places: str, gone: tuple[str, ...] = ()) -> str:
    """The place of which the Welsh is offered for the same English at a new one."""
    ours = catalogue("\n".join(f'msgctxt "{place}"\nmsgid "Yes"\nmsgstr "{place}!"\n' for place in (*places, *gone)))
    now = sources(*((place, "Yes") for place in (*places, new)))
    return next(entry for entry in merged(ours, now) if entry.msgctxt == new).msgstr.removesuffix("!")


@pytest.mark.parametrize(
    ("new", "places", "nearest"),
    [
        ("q.n.label", ("q.a.hint", "q.b.label"), "q.b.label"),
        ("q.n.label", ("r.a.label", "q.b.hint"), "r.a.label"),
        ("q.n.options.yes.label", ("q.n.label", "q.m.options.no.label"), "q.m.options.no.label"),
        ("q.n.options.yes.label", ("q.m.label", "q.n.options.yes.hint"), "q.n.options.yes.hint"),
        ("q.n.label", ("r.n.x.y.label", "q.m.x.y.hint"), "r.n.x.y.label"),
    ],
)
def test_the_nearest_place_has_most_parts_where_ours_has_them_and_the_same_last_one(
    catalogue: Read, new: str, places: tuple[str, ...], nearest: str
) -> None:
    assert offered(catalogue, new, *places) == offered(catalogue, new, *reversed(places)) == nearest


def test_a_place_that_is_gone_is_nearer_than_any_that_stays(catalogue: Read) -> None:
    assert offered(catalogue, "q.n.label", "q.b.label", gone=("r.x.hint",)) == "r.x.hint"


def test_welsh_that_is_doubtful_is_offered_nowhere_else(catalogue: Read) -> None:
    ours = catalogue('#, fuzzy\nmsgctxt "q.a.label"\nmsgid "First"\nmsgstr "Un"\n')
    assert merged(ours, sources(("q.a.label", "First"), ("q.n.label", "First")))[1].msgstr == ""


def test_heavy_rewording_beside_last_years_edition_starts_from_last_years_welsh(catalogue: Read) -> None:
    now = ("q.b.label", "What would you do in other circumstances?")
    entry = merged(catalogue(PLACES), sources(now, ("q.a.label", "First"), ("q.b.label", "Second")))[0]
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgid) == ("Dau", True, "Second")
