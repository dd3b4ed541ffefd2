"""Welsh comes back from Weblate and Poedit with what was changed there, and without the noise of their programs.

translate-toolkit is what Weblate writes its files with; it also wraps as Poedit does.
"""

import json
from collections.abc import Callable, Iterator

import polib
import pytest
from translate.storage import pypo

from survey.catalogues.changes import changes
from survey.catalogues.exchange import joined
from survey.catalogues.files import Places, canonical, catalogue_from, read_catalogue
from survey.catalogues.merge import merged
from survey.catalogues.review import is_reviewed

Made = Callable[..., polib.POFile]
UNWRAPPED = 65535
LONG = "Mae hon yn frawddeg hir iawn, yn hirach o lawer na’r hyn y mae rhaglen yn ei roi ar un llinell o ffeil."
ENTRIES = f"""
#. Seen by everybody · on any page
#. Maximum length: 200
#: survey/page.py
msgctxt "page"
msgid "This is a very long sentence, far longer than what a program puts on one line of a file."
msgstr "{LONG}"

# adolygwyd: A Person, 2026-01-01
#. Seen by everybody · on any page
#: survey/page.py
#, python-format
msgctxt "page"
msgid "Hello %(name)s"
msgstr "Helo %(name)s"

#. Seen by everybody · on any page
#: survey/page.py
#, fuzzy, python-format
#| msgid "%(n)s thing"
#| msgid_plural "%(n)s things"
msgctxt "page"
msgid "%(n)s year"
msgid_plural "%(n)s years"
msgstr[0] "dim blwyddyn"
msgstr[1] "%(n)s flwyddyn"
msgstr[2] "%(n)s flynedd"
msgstr[3] "%(n)s blynedd"
msgstr[4] "%(n)s blynedd"
msgstr[5] "%(n)s mlynedd"

#. Seen by everybody · on any page
#: survey/page.py
msgctxt "page"
msgid "New"
msgstr ""

#~ msgctxt "page"
#~ msgid "An old sentence that is so long that a program puts it on several lines of a file."
#~ msgstr "{LONG}"
"""


@pytest.fixture
def template(catalogue: Made) -> polib.POFile:
    made = catalogue(ENTRIES)
    for entry in list(made):
        if entry.obsolete:
            made.remove(entry)
        else:
            entry.msgstr, entry.tcomment = "", ""
            entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")
            entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
            entry.previous_msgid = entry.previous_msgid_plural = None
    return made


@pytest.fixture
def ours(catalogue: Made, template: polib.POFile) -> polib.POFile:
    return merged(catalogue(ENTRIES), template)


def weblate(content: bytes, width: int = 77, said: dict[str, str] | None = None) -> bytes:
    """The file as Weblate writes it: every message wrapped anew, its own headers, `said` put in by English."""
    store = pypo.pofile.parsestring(content)
    store.wrapper.width = width
    for unit in store.units:
        if unit.isheader():
            continue
        unit.source = unit.source
        if unit.target:
            unit.target = unit.target
        if str(unit.source) in (said or {}):
            unit.target = said[str(unit.source)]
            unit.markfuzzy(False)
    store.updateheader(
        add=True,
        PO_Revision_Date="2026-11-26 10:00+0000",
        Last_Translator="A Person <person@example.org>",
        Language_Team="Welsh <https://weblate.example/projects/myfyrio/cy/>",
        Plural_Forms="nplurals=6; plural=(n==0) ? 0 : (n==1) ? 1 : (n==2) ? 2 : (n==3) ? 3 :(n==6) ? 4 : 5;",
        X_Generator="Weblate 2026.10",
    )
    return bytes(store)


def poedit(content: bytes) -> bytes:
    """The same with what Poedit does besides: line ends of Windows, its headers, flags in another order."""
    text = weblate(content, 79).decode().replace("#, fuzzy, python-format", "#, python-format, fuzzy")
    header = '"X-Generator: Poedit 3.6\\n"\n"X-Poedit-Basepath: ../../..\\n"\n"X-Poedit-SearchPath-0: .\\n"\n'
    text = text.replace('"X-Generator: Weblate 2026.10\\n"\n', header)
    return text.replace("\n", "\r\n").encode()


@pytest.mark.parametrize("program", [weblate, poedit])
def test_a_program_that_writes_the_file_anew_changes_nothing_of_it(
    ours: polib.POFile, template: polib.POFile, program: Callable[[bytes], bytes]
) -> None:
    written = program(canonical(ours))
    assert written != canonical(ours)
    back = catalogue_from(written, "interface.po")
    assert canonical(merged(back, template)) == canonical(ours)
    assert joined(ours, back, template, ours).taken == []


def test_the_committed_catalogues_come_back_byte_for_byte() -> None:
    for name in ("framework", "workforce-skills"):
        before = Places().welsh(name).read_bytes()
        back = catalogue_from(weblate(before), f"{name}.po")
        assert canonical(merged(back, read_catalogue(Places().template(name)))) == before


def test_with_the_settings_of_the_recipe_weblate_changes_only_the_lines_of_what_was_translated(
    ours: polib.POFile,
) -> None:
    before = canonical(ours).decode().splitlines()
    written = weblate(canonical(ours), UNWRAPPED, {"New": "Newydd"}).decode().splitlines()
    changed = {line for line in written if line not in before}
    assert {line for line in changed if not line.startswith(('"', "msgstr"))} == set()
    assert [line for line in changed if line.startswith("msgstr")] == ['msgstr "Newydd"']


def test_what_a_translator_changed_is_taken_and_nothing_else(ours: polib.POFile, template: polib.POFile) -> None:
    written = weblate(canonical(ours), said={"New": "Newydd"})
    found = joined(ours, catalogue_from(written, "interface.po"), template, ours)
    assert [(change.kind, change.after.welsh) for change in found.taken if change.after] == [("welsh", "Newydd")]
    assert found.clashes == []
    assert [entry.msgstr for entry in found.catalogue if entry.obsolete] == [LONG]


def test_a_mark_of_review_falls_with_the_welsh_it_was_for_and_comes_in_with_new_welsh(
    ours: polib.POFile, template: polib.POFile
) -> None:
    text = weblate(canonical(ours), said={"Hello %(name)s": "Shwmae %(name)s"}).decode()
    text = text.replace('msgctxt "page"\nmsgid "New"\nmsgstr ""', 'msgctxt "page"\nmsgid "New"\nmsgstr "Newydd"')
    text = text.replace('msgctxt "page"\nmsgid "New"', '# adolygwyd: B, 2026-02-02\nmsgctxt "page"\nmsgid "New"')
    found = joined(ours, catalogue_from(text.encode(), "interface.po"), template, ours).catalogue
    reviewed = {entry.msgid: is_reviewed(entry) for entry in found if not entry.obsolete}
    assert (reviewed["Hello %(name)s"], reviewed["New"]) == (False, True)


def edited(catalogue: polib.POFile, english: str, welsh: str) -> polib.POFile:
    made = catalogue_from(canonical(catalogue), "interface.po")
    for entry in made:
        if entry.msgid == english:
            entry.msgstr = welsh
    return made


def test_what_both_changed_is_left_to_a_person(ours: polib.POFile, template: polib.POFile) -> None:
    here, there = edited(ours, "New", "Newydd"), edited(ours, "New", "Newyddion")
    found = joined(here, there, template, ours)
    assert found.taken == []
    assert [(clash.ours.welsh, clash.theirs.welsh) for clash in found.clashes] == [("Newydd", "Newyddion")]


def test_what_changed_only_here_stays(ours: polib.POFile, template: polib.POFile) -> None:
    found = joined(edited(ours, "New", "Newydd"), ours, template, ours)
    assert (found.taken, found.clashes) == ([], [])
    assert [entry.msgstr for entry in found.catalogue if entry.msgid == "New"] == ["Newydd"]


def test_a_file_of_unknown_age_undoes_nothing(ours: polib.POFile, template: polib.POFile) -> None:
    there = edited(edited(ours, "New", "Newydd"), "Hello %(name)s", "Hai %(name)s")
    found = joined(ours, there, template, None)
    assert [change.after.welsh for change in found.taken if change.after] == ["Newydd"]
    assert [clash.theirs.welsh for clash in found.clashes] == ["Hai %(name)s"]


def test_an_empty_welsh_takes_nothing_away(ours: polib.POFile, template: polib.POFile) -> None:
    found = joined(ours, edited(ours, "Hello %(name)s", ""), template, ours)
    assert found.taken == []


def kinds(before: polib.POFile, after: polib.POFile) -> Iterator[tuple[str, str]]:
    return ((change.kind, (change.after or change.before).english) for change in changes(before, after))  # type: ignore[union-attr]


def test_every_kind_of_change_is_told_apart(catalogue: Made) -> None:
    text = "".join(f'msgctxt "c{n}"\nmsgid "e{n}"\nmsgstr "w{n}"\n\n' for n in range(7))
    before = catalogue(text.replace('"c0"', '"c0.label"'))
    after = catalogue_from(canonical(before), "interface.po")
    one = {entry.msgctxt: entry for entry in after}
    one["c0.label"].msgid = "e0 reworded"
    one["c1"].msgstr = "arall"
    one["c2"].flags.append("fuzzy")
    one["c3"].tcomment = "adolygwyd: A, 2026-01-01"
    one["c4"].tcomment = "gair da?"
    one["c5"].msgctxt = "c9"
    one["c6"].msgid, one["c6"].previous_msgid = "six", "e6"
    assert list(kinds(before, after)) == [
        ("english", "e0 reworded"),
        ("welsh", "e1"),
        ("doubt", "e2"),
        ("review", "e3"),
        ("comment", "e4"),
        ("new", "e5"),
        ("english", "six"),
        ("gone", "e5"),
    ]


def test_the_recipe_for_weblate_names_every_catalogue_and_writes_as_was_tested() -> None:
    places = Places()
    components = json.loads((places.root / "docs" / "weblate.json").read_text("utf-8"))
    assert {component["slug"] for component in components} == set(places.names())
    for component in components:
        name = component["slug"]
        assert places.root / component["filemask"].replace("*", "cy") == places.welsh(name)
        assert places.root / component["new_base"] == places.template(name)
        assert component["file_format_params"]["po_line_wrap"] == UNWRAPPED
        assert component["allow_translation_propagation"] is False
