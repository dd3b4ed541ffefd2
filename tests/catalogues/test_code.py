"""Messages are taken from code and templates with their context; a call without one is refused."""

import re
from pathlib import Path

import pytest

from survey.catalogues import calls
from survey.catalogues.extraction import MACHINERY, MessageSource, interface_sources, template
from survey.catalogues.files import ExtractionError, Places, canonical
from survey.catalogues.readers import READERS, place_of, seen_by
from survey.config import ROOT

SEEN = "Seen by operators · on the command line"


def extracted(places: Places, **files: str) -> list[MessageSource]:
    for name, text in files.items():
        (places.source / name.replace("_dot_", ".")).write_text(text, encoding="utf-8")
    return interface_sources(places)


def test_calls_of_every_kind_are_found(places: Places) -> None:
    found = extracted(
        places,
        a_dot_py=(
            "# Translators: Short, on a button\n"
            'language.pgettext("button", "Save")\n'
            'language.npgettext("count", "%(n)s answer", "%(n)s answers", n)\n'
            'HEAD = Phrase("sheet", "Notes " "and more")\n'
            '@command(about=Phrase("command", "Decorated"))\n'
            "def decorated():\n"
            "    return 1\n"
        ),
        b_dot_html='{{ pgettext("page", "Hello %(name)s", name=person) }}',
    )
    assert found == [
        MessageSource("button", "Save", "", f"Short, on a button\n{SEEN}", "survey/a.py", 60),
        MessageSource("command", "Decorated", "", SEEN, "survey/a.py"),
        MessageSource("count", "%(n)s answer", "%(n)s answers", SEEN, "survey/a.py"),
        MessageSource("page", "Hello %(name)s", "", SEEN, "survey/b.html"),
        MessageSource("sheet", "Notes and more", "", SEEN, "survey/a.py"),
    ]


def test_the_name_of_a_sheet_has_the_limit_of_a_sheet(places: Places) -> None:
    (sheet,) = extracted(places, a_dot_py='HEAD = Phrase("sheet name", "Notes")\n')
    assert sheet.limit == 31
    assert "Maximum length: 31" in template([sheet], formatted=True)[0].comment


def test_a_message_used_twice_is_one_entry_with_one_reference(places: Places) -> None:
    call = 'language.pgettext("button", "Save")\n'
    entries = template(extracted(places, b_dot_py=call, a_dot_py=call), formatted=True)
    assert [entry.occurrences for entry in entries] == [[("survey/a.py", "")]]


def test_lines_moved_about_change_no_byte(places: Places) -> None:
    call = 'language.pgettext("button", "Save")\n'
    before = canonical(template(extracted(places, a_dot_py=call), formatted=True))
    after = canonical(template(extracted(places, a_dot_py="\n\nx = 1\n" + call), formatted=True))
    assert before == after


@pytest.mark.parametrize(
    "call",
    [
        '_("Save")',
        'gettext("Save")',
        'ngettext("a", "b", 2)',
        'language.pgettext("Save")',
        'language.pgettext("button", text)',
        'language.pgettext(f"button {x}", "Save")',
        'language.pgettext("button", f"Save {x}")',
        'language.npgettext("count", "one", n)',
        'Phrase("sheet", name)',
    ],
)
def test_a_call_without_context_or_literal_text_is_refused_with_its_place(places: Places, call: str) -> None:
    with pytest.raises(ExtractionError, match=r"survey/a\.py:2"):
        extracted(places, a_dot_py=f"x = 1\n{call}\n")


def test_a_template_that_cannot_be_read_is_named(places: Places) -> None:
    with pytest.raises(ExtractionError, match=r"survey/a\.html"):
        extracted(places, a_dot_html="{% if %}")


def test_plain_calls_of_a_page_are_read_as_jinja_reads_them() -> None:
    pages = [path.read_text("utf-8") for path in sorted((ROOT / "survey" / "web" / "templates").rglob("*.html"))[::4]]
    plain = [page for page in pages if calls._plain_calls(page)]
    assert len(plain) > len(pages) / 2
    for page in plain:
        read = [(call.line, call.function, call.arguments) for call in calls._plain_calls(page)]
        jinja = [
            (line, function, texts[: 3 if function == "npgettext" else 2])
            for line, function, texts, _ in calls._in_page(page)
        ]
        assert [(line, name, texts[:3] if name == "npgettext" else texts[:2]) for line, name, texts in read] == sorted(
            jinja, key=lambda call: call[0]
        )


@pytest.mark.parametrize("call", ['pgettext("page", name)', 'pgettext("page", "Sa\\"ve")', 'pgettext("page", "a" "b")'])
def test_a_call_of_a_page_that_is_not_plain_is_left_to_jinja(call: str) -> None:
    assert calls._plain_calls("{# pgettext() #}{{ pgettext('page', 'Save') }}{{ " + call + " }}") == []


def test_two_plurals_of_one_message_are_refused(places: Places) -> None:
    sources = extracted(
        places,
        a_dot_py='l.npgettext("c", "%(n)s answer", "%(n)s answers", n)\n',
        b_dot_py='l.npgettext("c", "%(n)s answer", "%(n)s replies", n)\n',
    )
    with pytest.raises(ExtractionError, match="two plurals"):
        template(sources, formatted=True)


@pytest.fixture(scope="module")
def interface() -> list[MessageSource]:
    """All messages of our own code. A bare gettext, an f-string or a variable anywhere in survey/ is an error here."""
    messages = interface_sources(Places())
    assert len(messages) > 100
    return messages


def test_every_message_of_our_code_has_a_context(interface: list[MessageSource]) -> None:
    assert all(source.context.strip() and source.english.strip() for source in interface)


def test_every_message_of_the_interface_is_a_pattern_that_can_be_formatted(interface: list[MessageSource]) -> None:
    class Anything(dict[str, int]):
        def __missing__(self, key: str) -> int:
            return 1

    assert len(interface) > 1000
    for source in interface:
        assert source.english % Anything() is not None
        assert source.plural % Anything() is not None


def test_english_has_curly_quotes_and_no_ampersand(interface: list[MessageSource]) -> None:
    wrong = [
        f"{source.reference}: {source.english}"
        for source in interface
        if set("'\"&") & set(source.english + source.plural)
    ]
    assert wrong == []


def test_references_name_files_that_exist(interface: list[MessageSource]) -> None:
    assert all(Path(Places().root, source.reference).is_file() for source in interface)


def test_what_the_public_sees_comes_first_and_says_so(interface: list[MessageSource]) -> None:
    assert all("Seen by " in source.comment for source in interface)
    assert "Seen by everybody" in interface[0].comment
    assert "Seen by operators" in interface[-1].comment


def test_a_text_of_several_files_stands_where_most_people_see_it(places: Places) -> None:
    for folder in ("commands", "web/templates/pages"):
        (places.source / folder).mkdir(parents=True)
    (places.source / "commands" / "a.py").write_text('l.pgettext("b", "Other")\nl.pgettext("b", "Save")\n')
    (places.source / "web" / "templates" / "pages" / "a.html").write_text('{{ pgettext("b", "Save") }}')
    assert [entry.msgid for entry in template(interface_sources(places), formatted=True)] == ["Save", "Other"]


def test_files_of_ours_have_readers_of_their_own() -> None:
    """A folder that nobody has thought of would be said to be read by operators."""
    source = Places().source
    files = [path for path in source.rglob("*") if path.suffix in {".py", ".html"}]
    calling = [path for path in files if re.search(r"pgettext\(|Phrase\(", path.read_text("utf-8"))]
    assert len(calling) > 100
    for path in calling:
        reference = path.relative_to(source.parent).as_posix()
        assert place_of(reference) < len(READERS) - 1 or reference in MACHINERY, reference


@pytest.mark.parametrize(
    ("file", "who"),
    [
        ("survey/collection/people/activity.py", "the national team"),
        ("survey/collection/progress.py", "the national team and health boards"),
        ("survey/collection/soundness.py", "operators"),
        ("survey/collection/meeting_packs/reader.py", "people of a cluster"),
        ("survey/reporting/files/e_mails.py", "people of a cluster and its workforce"),
    ],
)
def test_each_text_says_who_really_sees_it(file, who):
    assert seen_by(file).startswith(f"Seen by {who} · ")
