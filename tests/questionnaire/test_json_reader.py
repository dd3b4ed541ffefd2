"""Hostile and broken files: each refused with its reason, none run, none trusted."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.languages import language
from survey.questionnaire.findings import DefinitionError, line, shown
from survey.questionnaire.json_reader import MOST_BYTES, read_answers, read_definition, read_file
from survey.questionnaire.json_scan import Scan
from survey.questionnaire.library import definition_files, load_source

HOSTILE: list[tuple[str, bytes, str, str]] = [
    ("too large", b" " * (MOST_BYTES + 1), "too_large", ""),
    ("UTF-16", '{"title": "Tŷ"}'.encode("utf-16"), "utf_16", ""),
    ("a zip", b"PK\x03\x04\x14\x00\x00", "packed", ""),
    ("a picture", b"\x89PNG\r\n\x1a\n\x00\x00", "no_text", ""),
    ("half a character", b'{"title": "\xc3"}', "not_utf8", ""),
    ("empty", b"", "empty_file", ""),
    ("a missing comma", b'{"a": 1\n "b": 2}', "missing_comma", ""),
    ("Python", b"__import__('os').system('true')", "unquoted", ""),
    ("NaN", b'{"a": NaN}', "bad_number", ""),
    ("infinity", b'{"a": -Infinity}', "bad_number", ""),
    ("a number beyond floats", b'{"a": 1e999}', "bad_number", ""),
    ("a number of 5,000 digits", b'{"a": ' + b"9" * 5000 + b"}", "bad_number", ""),
    ("100,000 brackets", b"[" * 100_000 + b"]" * 100_000, "too_deep", ""),
    ("100 brackets", b"[" * 100 + b"]" * 100, "too_deep", "/0" * 41),
    ("100,000 entries", b"[" + b"{}," * 100_000 + b"1]", "too_many", ""),
    ("100,000 names", b'{"a": {' + b",".join(b'"%d": 1' % n for n in range(100_000)) + b"}}", "too_many", "/a"),
    ("a name twice", b'{"a": {"id": 1, "id": 2}}', "repeated_key", "/a/id"),
    ("half a surrogate pair", b'{"a": ["\\ud800"]}', "bad_character", "/a/0"),
    ("a null byte", b'{"a": "x\\u0000y"}', "bad_character", "/a"),
    ("a line break", b'{"a": "x\\ny"}', "bad_character", "/a"),
    ("a null byte in a name", b'{"x\\u0000": 1}', "bad_character", ""),
]

# What people do to JSON: the text, what is said of it, the line and the column, and what stands at the mark.
BROKEN: list[tuple[str, str, int, int]] = [
    ('{"a": 1,\n}', "trailing_comma", 1, 8),
    ('{"a": [1, 2,]}', "trailing_comma", 1, 12),
    ('{"a": 1,, "b": 2}', "extra_comma", 1, 9),
    ('{"a": [, 1]}', "extra_comma", 1, 8),
    ('{"a": "x"\n "b": 2}', "missing_comma", 1, 10),
    ('{"a": "x" "b": 2}', "missing_comma", 1, 10),
    ('{"a": "x"y"}', "inner_quote", 1, 9),
    ('{"a": ["x" "y"]}', "missing_comma", 1, 11),
    ('{"a": [{} {}]}', "missing_comma", 1, 10),
    ('{"a": 1 "b": 2}', "missing_comma", 1, 8),
    ("{“a”: 1}", "curly_quotes", 1, 2),
    ('{"a“: 1}', "curly_quotes", 1, 4),
    ('{"a": “x”}', "curly_quotes", 1, 7),
    ('{"a": "x”,\n "b": 1}', "curly_quotes", 1, 9),
    ("{'a': 1}", "single_quotes", 1, 2),
    ("{\"a\": 'x'}", "single_quotes", 1, 7),
    ('{"a": "say "yes" now"}', "inner_quote", 1, 12),
    ('{"a": "the "2026" plan"}', "inner_quote", 1, 12),
    ('{"a": "x\n", "b": 1}', "unclosed_text", 1, 7),
    ('{"a: "x"}', "unclosed_text", 1, 2),
    ('{"a": 1 // note\n}', "comment", 1, 9),
    ('{\n  # note\n "a": 1}', "comment", 2, 3),
    ('/* note */ {"a": 1}', "comment", 1, 1),
    ('{"a": "x", // note\n "b": 1}', "comment", 1, 12),
    ('{"a": "x" // note\n}', "comment", 1, 11),
    ('{"a": [1, 2}', "wrong_bracket", 1, 12),
    ('{"a": {"b": 1}', "unclosed_bracket", 1, 1),
    ('{\n "a": [1,', "unclosed_bracket", 2, 7),
    ('{"a": 1}}', "after_end", 1, 9),
    ('{"a": 1} {"b": 2}', "after_end", 1, 10),
    ('{"a" 1}', "missing_colon", 1, 5),
    ('{"a": "x": 1}', "extra_colon", 1, 10),
    ('{"a": [1\n, "b": [2]}', "open_list", 2, 3),
    ('[{"a": 1, {"a": 2}]', "open_object", 1, 11),
    ('{"a": "x";\n "b": 2}', "no_comma", 1, 10),
    ('{"a": [1; 2]}', "no_comma", 1, 9),
    ('{"a": "he said "; then"}', "inner_quote", 1, 16),
    ('{"a" = "x"}', "no_colon", 1, 6),
    ('{"a": , "b": 1}', "missing_value", 1, 6),
    ('{"a": }', "missing_value", 1, 6),
    ("]", "value_needed", 1, 1),
    ("{a: 1}", "unquoted", 1, 2),
    ('{"a": yes}', "unquoted", 1, 7),
    ('{"a": True}', "literal_case", 1, 7),
    ('{"a": None}', "literal_case", 1, 7),
    ('{"a": {1: 2}}', "name_needed", 1, 8),
    ('{"a": 1,5}', "decimal_comma", 1, 8),
    ('{"a": 01}', "bad_number", 1, 7),
    ('{"a": .5}', "bad_number", 1, 7),
    ('{"a": [1,\n NaN]}', "bad_number", 2, 2),
    ('{"a":\n 1e999}', "bad_number", 2, 2),
    ('{"a": "C:\\dir"}', "bad_escape", 1, 10),
    ('{"a": "x\ty"}', "control_character", 1, 9),
    ('{\u00a0"a": 1}', "stray_character", 1, 2),
    ("[" * 42, "too_deep", 1, 42),
]
CODES = {code for _, _, code, _ in HOSTILE} | {code for _, code, _, _ in BROKEN} | {"no_file", "unreadable", "not_json"}


def _wider(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner) | st.dictionaries(st.text(alphabet="ab/~"), inner)


def _places(value: Any, *place: str | int) -> Iterator[tuple[str | int, ...]]:
    if place:
        yield place
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, item in entries:
        yield from _places(item, *place, name)


@pytest.mark.parametrize(("data", "code", "place"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_a_hostile_file_is_refused(data: bytes, code: str, place: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        read_definition(data, "hostile.json")
    assert [(finding.code, finding.pointer) for finding in caught.value.findings] == [(code, place)]
    text = line(caught.value.findings[0], language("en"))
    assert text.startswith("hostile.json")
    assert text.isprintable()


@pytest.mark.parametrize(("text", "code", "at_line", "at_column"), BROKEN)
def test_what_is_wrong_with_the_syntax_is_named_at_its_line_and_column(
    text: str, code: str, at_line: int, at_column: int
) -> None:
    with pytest.raises(DefinitionError) as caught:
        read_definition(text.encode(), "f")
    (finding,) = caught.value.findings
    assert finding.spot
    assert (finding.code, finding.spot.line, finding.spot.column) == (code, at_line, at_column)
    assert line(finding, language("cy")) != line(finding, language("en"))


def test_a_scan_finds_no_fault_where_there_is_none() -> None:
    for path in definition_files():
        assert Scan(path.read_text("utf-8"), 40).fault is None


@given(st.recursive(st.none() | st.booleans() | st.integers(-9, 9) | st.text(), _wider))
def test_a_scan_goes_through_any_json_and_knows_every_place(value: Any) -> None:
    for indent in (None, 1):
        scan = Scan(json.dumps(value, indent=indent), 1_000)
        assert scan.fault is None
        assert set(scan.places) == set(_places(value))


@given(st.text(alphabet="{}[],:\"1a\\\n “'#"))
def test_a_scan_of_any_text_ends_and_finds_a_fault_in_all_that_is_no_json(text: str) -> None:
    try:
        json.loads(text)
    except json.JSONDecodeError:
        assert Scan(text, 40).fault is not None
    else:
        assert Scan(text, 40).fault is None


def test_the_line_is_shown_with_a_mark_under_what_is_wrong() -> None:
    with pytest.raises(DefinitionError) as caught:
        read_definition(b'{\n    "a": [1, 2,]\n}', "f.json")
    assert shown(caught.value.findings[0], language("en")).splitlines() == [
        "f.json:2:15: There is a comma after the last entry. Remove it.",
        '    "a": [1, 2,]',
        "              ^",
    ]


def test_a_long_line_is_shown_where_the_mark_is() -> None:
    with pytest.raises(DefinitionError) as caught:
        read_definition(b'{"a": "' + b"x" * 900 + b'",}', "f.json")
    _, text, mark = shown(caught.value.findings[0], language("en")).splitlines()
    assert text[len(mark) - 1 :] == ",}"
    assert len(text) < 110


def test_a_fault_of_encoding_has_its_line() -> None:
    with pytest.raises(DefinitionError) as caught:
        read_definition(b'{\n "a": "T\xfdr"}', "f")
    spot = caught.value.findings[0].spot
    assert spot
    assert (spot.line, spot.column) == (2, 9)


def test_answers_may_hold_what_a_definition_may_not() -> None:
    assert read_answers(b'{"a": "x\\ny\\u0000"}', "f") == {"a": "x\ny\0"}
    with pytest.raises(DefinitionError):
        read_answers(b'{"a": 1, "a": 2}', "f")


def test_a_byte_order_mark_is_let_pass() -> None:
    assert read_definition(b'\xef\xbb\xbf{"a": 1}', "f").value == {"a": 1}


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError) as caught:
        read_file(tmp_path / "nothing.json")
    assert [finding.code for finding in caught.value.findings] == ["no_file"]


@pytest.mark.parametrize("path", [".", "a\0b"])
def test_what_is_no_file(tmp_path: Path, path: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        read_file(tmp_path / path)
    assert [finding.code for finding in caught.value.findings] == ["unreadable"]


@pytest.mark.parametrize("value", [None, [], "text", 7, {}])
def test_json_that_is_no_questionnaire_is_refused_by_its_shape(tmp_path: Path, value: object) -> None:
    path = tmp_path / "2026.json"
    path.write_text(json.dumps(value), "utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_source(path, "questionnaire")
    assert {finding.code for finding in caught.value.findings} <= {"no_definition", "missing"}


def test_several_faults_of_a_file_come_at_once() -> None:
    with pytest.raises(DefinitionError) as caught:
        read_definition(b'{"a": "x\\u0007", "a": "y\\u0007", "b": {"c": 1, "c": 2}}', "f")
    assert [finding.code for finding in caught.value.findings] == ["repeated_key", "bad_character", "repeated_key"]


def test_a_faults_line_shows_no_control_character() -> None:
    with pytest.raises(DefinitionError) as caught:
        read_definition(b'{"\\u001b[31m": 1, "\\u001b[31m": 2}', "f")
    assert all(line(finding, language("en")).isprintable() for finding in caught.value.findings)
