"""What was found in messages is known to the next process, and only as long as rules and words are the same."""

from pathlib import Path

import polib
import pytest

from survey.catalogues.findings_cache import MOST, FindingsCache

ENTRY = polib.POEntry(msgctxt="button", msgid="Save", msgstr="Cadw.")
FAULTS = (("different-end", "∅ → .", None),)


def never() -> tuple[()]:
    raise AssertionError("nobody has to look")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "found.json"
    found = FindingsCache(path, "rules and words")
    assert found.faults(ENTRY, "interface", lambda: FAULTS) == FAULTS
    assert found.faults(polib.POEntry(msgid="Open", msgstr="Agor"), "interface", lambda: ()) == ()
    found.keep()
    return path


def test_what_one_process_has_found_another_knows_a_message_without_a_fault_too(path):
    found = FindingsCache(path, "rules and words")
    assert found.faults(ENTRY, "interface", never) == FAULTS
    assert found.faults(polib.POEntry(msgid="Open", msgstr="Agor"), "interface", never) == ()


@pytest.mark.parametrize("change", ["msgstr", "comment", "tcomment", "msgctxt"])
def test_a_message_that_has_changed_in_any_way_is_looked_at_again(path, change):
    entry = polib.POEntry(msgctxt="button", msgid="Save", msgstr="Cadw.")
    setattr(entry, change, "Arall")
    assert FindingsCache(path, "rules and words").faults(entry, "interface", lambda: ()) == ()


def test_other_rules_or_words_look_at_everything_again(path):
    assert FindingsCache(path, "other words").faults(ENTRY, "interface", lambda: ()) == ()


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"sign": "rules and words"}', '{"sign": "rules and words", "found": []}']
)
def test_a_file_that_is_damaged_counts_as_none(path, content):
    path.write_text(content, "utf-8")
    assert FindingsCache(path, "rules and words").faults(ENTRY, "interface", lambda: ()) == ()


def test_no_process_remembers_without_end(path, monkeypatch):
    monkeypatch.setattr("survey.catalogues.findings_cache.MOST", 1)
    assert MOST > 1
    found = FindingsCache(path, "others")
    found.faults(polib.POEntry(msgid="a"), "interface", lambda: ())
    found.faults(ENTRY, "interface", lambda: FAULTS)
    found.keep()
    assert FindingsCache(path, "others").faults(ENTRY, "interface", lambda: ()) == ()


def test_where_nothing_can_be_written_it_is_not_kept(tmp_path):
    (tmp_path / "file").touch()
    found = FindingsCache(tmp_path / "file" / "found.json", "others")
    assert found.faults(ENTRY, "interface", lambda: FAULTS) == FAULTS
    found.keep()
