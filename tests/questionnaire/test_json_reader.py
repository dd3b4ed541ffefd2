"""Hostile and broken files: each refused with its reason, none run, none trusted."""

import json
from pathlib import Path

import pytest

from survey.languages import language
from survey.questionnaire.findings import DefinitionError, line
from survey.questionnaire.json_reader import MOST_BYTES, read_bytes, read_file
from survey.questionnaire.library import load_source

HOSTILE: list[tuple[str, bytes, str, str]] = [
    ("too large", b" " * (MOST_BYTES + 1), "too_large", ""),
    ("Latin-1", '{"title": "Tŷ"}'.encode("utf-16"), "not_utf8", ""),
    ("half a character", b'{"title": "\xc3"}', "not_utf8", ""),
    ("empty", b"", "not_json", ""),
    ("a missing comma", b'{"a": 1\n "b": 2}', "not_json", ""),
    ("Python", b"__import__('os').system('true')", "not_json", ""),
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
CODES = {code for _, _, code, _ in HOSTILE} | {"no_file", "unreadable"}


@pytest.mark.parametrize(("data", "code", "place"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_a_hostile_file_is_refused(data: bytes, code: str, place: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        read_bytes(data, "hostile.json")
    assert [(finding.code, finding.pointer) for finding in caught.value.findings] == [(code, place)]
    text = line(caught.value.findings[0], language("en"))
    assert text.startswith("hostile.json")
    assert text.isprintable()


def test_a_byte_order_mark_is_let_pass() -> None:
    assert read_bytes(b'\xef\xbb\xbf{"a": 1}', "f") == {"a": 1}


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
    assert {finding.code for finding in caught.value.findings} <= {"not_object", "missing"}


def test_several_faults_of_a_file_come_at_once() -> None:
    with pytest.raises(DefinitionError) as caught:
        read_bytes(b'{"a": "x\\u0007", "a": "y\\u0007", "b": {"c": 1, "c": 2}}', "f")
    assert [finding.code for finding in caught.value.findings] == ["repeated_key", "bad_character", "repeated_key"]


def test_a_faults_line_shows_no_control_character() -> None:
    with pytest.raises(DefinitionError) as caught:
        read_bytes(b'{"\\u001b[31m": 1, "\\u001b[31m": 2}', "f")
    assert all(line(finding, language("en")).isprintable() for finding in caught.value.findings)
