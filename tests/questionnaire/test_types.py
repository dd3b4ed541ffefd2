"""Every answer type: total, stable reading, and the same answers on every face."""

import ast
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.config import ROOT
from survey.languages import language
from survey.questionnaire.problems import BEYOND_LIMITS, NOT_IN_FORM, WORDINGS, describe
from survey.questionnaire.shape import schema_path
from survey.questionnaire.texts import texts_in
from survey.questionnaire.types import ANSWER_TYPES, AnswerContext, Reading
from tests.questionnaire.examples import CANONICAL, TYPES_WITH_DEFINITIONS, framework, outcome, question, questionnaire

COMMON = {"id", "type", "heading", "label", "hint", "show_when", "shows"} | {
    *("required", "measure", "sensitivity", "since", "was")
}
NOT_COMMON_OF = {
    "calculated": {"required", "sensitivity"},
    "earlier_answer": {"required", "sensitivity"},
    "figure": {"required", "sensitivity"},
    "maturity": {"sensitivity"},
    "criteria": {"sensitivity"},
    "statement": {"required", "measure", "sensitivity", "since", "was"},
    "ending": {"shows", "required", "measure", "sensitivity", "since", "was"},
}
UNASKED = {"statement", "ending", "figure", "calculated", "earlier_answer"}
# Words that mean something to some of the tiny definitions, so that random JSON comes near to real answers.
KNOWN = [
    "a",
    "b",
    "c",
    "none",
    "low",
    "high",
    "mature",
    "m-01.f1",
    "in_place",
    "partly",
    "r1",
    "r2",
    "importance",
    "confidence",
    "id",
    "name",
    "kind",
    "why",
    "2026",
    "day",
]

texts_of_all_kinds = st.one_of(st.sampled_from(KNOWN), st.text(max_size=30))
anything = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.just(10**400),
        st.floats(),
        texts_of_all_kinds,
        st.just("2026-02-30"),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(texts_of_all_kinds, inner, max_size=4)),
    max_leaves=12,
)


def test_every_type_has_a_tiny_definition_and_answers() -> None:
    assert TYPES_WITH_DEFINITIONS == sorted(ANSWER_TYPES) == sorted(CANONICAL)


@pytest.mark.parametrize("name", ANSWER_TYPES)
def test_the_schema_gives_each_type_just_the_properties_it_reads(name: str) -> None:
    described = json.loads(schema_path("questionnaire").read_text("utf-8"))["$defs"][name]
    common = COMMON - NOT_COMMON_OF.get(name, set())
    assert set(described["properties"]) - common == set(ANSWER_TYPES[name].properties)
    assert common <= set(described["properties"])


@pytest.mark.parametrize("name", ANSWER_TYPES)
@given(raw=anything)
def test_reading_takes_any_json_and_never_raises(name: str, raw: Any) -> None:
    reading = ANSWER_TYPES[name].read(question(name), raw, outcome())
    for problem in reading.problems:
        assert describe(problem, language("en"))
    if not reading.problems and reading.answer is not None:
        again = ANSWER_TYPES[name].read(question(name), json.loads(json.dumps(reading.answer)), outcome())
        assert again == reading


@pytest.mark.parametrize("name", ANSWER_TYPES)
def test_nothing_is_no_answer_and_no_fault(name: str) -> None:
    assert ANSWER_TYPES[name].read(question(name), None, outcome()).answer is None
    assert not ANSWER_TYPES[name].read(question(name), None, outcome()).problems


@pytest.mark.parametrize(("name", "answer"), [(name, answer) for name, some in CANONICAL.items() for answer in some])
def test_a_canonical_answer_reads_back_unchanged_and_has_all_its_faces(name: str, answer: Any) -> None:
    asked, answer_type = question(name), ANSWER_TYPES[name]
    reading = answer_type.read(asked, answer, outcome())
    assert (reading.answer, reading.problems) == (answer, ())
    columns = [field.suffix for field in answer_type.fields(asked, outcome())]
    assert len(columns) == len(set(columns))
    assert set(answer_type.values(asked, answer, outcome())) <= set(columns)
    texts = texts_in(language("en"), questionnaire(name), framework())
    lines = answer_type.lines(asked, answer, AnswerContext(texts, language("en"), outcome()))
    assert bool(lines) == (answer != [{"id": "a1"}])


@pytest.mark.parametrize(
    ("name", "answer"),
    [(name, answer) for name, some in CANONICAL.items() for answer in some if not ANSWER_TYPES[name].repeats],
)
def test_the_flat_values_of_an_answer_make_it_again(name: str, answer: Any) -> None:
    asked, answer_type = question(name), ANSWER_TYPES[name]
    values = answer_type.values(asked, answer, outcome())
    assert answer_type.read(asked, answer_type.from_values(asked, values), outcome()) == Reading(answer)


@pytest.mark.parametrize("name", sorted(UNASKED))
def test_what_asks_nothing_takes_nothing(name: str) -> None:
    assert not ANSWER_TYPES[name].stores_answer
    assert [problem.code for problem in ANSWER_TYPES[name].read(question(name), "a", None).problems] == ["wrong_shape"]
    assert ANSWER_TYPES[name].missing(question(name), None, None) == ()


READINGS: list[tuple[str, Any, Any, list[str]]] = [
    ("single_choice", "", None, []),
    ("single_choice", "z", None, ["not_an_option"]),
    ("single_choice", ["a"], None, ["wrong_shape"]),
    ("list_choice", "z", None, ["not_an_option"]),
    ("multiple_choice", [], None, []),
    ("multiple_choice", ["c", "a", "a"], ["a", "c"], []),
    ("multiple_choice", ["a", "none"], ["a", "none"], ["exclusive"]),
    ("multiple_choice", ["a", "b", "c"], ["a", "b", "c"], ["too_many"]),
    ("multiple_choice", ["a", "z"], None, ["not_an_option"]),
    ("ranking", ["", "b", "", "a"], ["b", "a"], []),
    ("ranking", ["b", "b"], ["b", "b"], ["repeated"]),
    ("ranking", ["a", "b", "c"], ["a", "b", "c"], ["too_many"]),
    ("criteria", {"m-01.f1": "", "m-01.f2": "partly"}, {"m-01.f2": "partly"}, []),
    ("criteria", {"m-01.f1": "perhaps"}, None, ["not_an_option"]),
    ("criteria", {"other-01.f1": "partly"}, None, ["unknown_part"]),
    ("matrix", {"r2": {"confidence": "na"}, "r1": {"importance": ""}}, {"r2": {"confidence": "na"}}, []),
    ("matrix", {"r1": {"importance": "na"}}, None, ["not_an_option"]),
    ("matrix", {"r9": {"importance": "a"}}, None, ["unknown_part"]),
    ("short_text", "  tŷ  ", "tŷ", []),
    ("short_text", "w\u0302", "ŵ", []),
    ("short_text", "a\nb", "a\nb", ["one_line"]),
    ("short_text", "12345678901", "12345678901", ["too_long"]),
    ("link", " https://gov.wales/a?b=c ", "https://gov.wales/a?b=c", []),
    ("link", "HTTP://gov.wales", "HTTP://gov.wales", []),
    *(
        ("link", wrong, wrong, ["not_link"])
        for wrong in (
            "gov.wales",
            "javascript:alert(1)",
            "file:///etc/hosts",
            "https://",
            "https:///gov.wales",
            "https://gov.wales/a b",
            "https://gov.wales@example.org/",
            "see https://gov.wales",
            "https://gov.wales/<b>",
            "\\\\share\\folder",
        )
    ),
    ("link", "https://gov.wales\nhttps://gov.wales", "https://gov.wales\nhttps://gov.wales", ["one_line"]),
    ("long_text", "a\r\nb\rc\u2028d", "a\nb\nc\nd", []),
    ("long_text", " \r\n ", None, []),
    ("long_text", "a\x00b\ud800\uffff", "ab", []),
    ("long_text", "w\x02\u0302\r\x00\n", "ŵ", []),
    ("whole_number", " 1,000 ", 1000, []),
    ("whole_number", "tua 450", 450, []),
    ("whole_number", "1.5", None, ["not_whole"]),
    ("whole_number", "45k", None, ["shortened"]),
    ("whole_number", "40-50", None, ["range"]),
    ("whole_number", True, None, ["not_whole"]),
    ("whole_number", -1, -1, ["too_small"]),
    ("whole_number", "1001", 1001, ["too_large"]),
    ("decimal", "0,25", 0.25, []),
    ("decimal", "x", None, ["not_number"]),
    ("decimal", "1,5", 1.5, []),
    ("decimal", float("nan"), None, ["too_large"]),
    ("decimal", 2, 2.0, ["too_large"]),
    ("year", "2026", 2026, []),
    ("year", "26", None, ["not_year"]),
    ("year", 1999, 1999, ["too_early"]),
    ("year", 2031, 2031, ["too_late"]),
    ("date", {"day": "1", "month": "2", "year": "2027"}, "2027-02-01", []),
    ("date", {"day": "", "month": "", "year": ""}, None, []),
    ("date", {"day": "31", "month": "2", "year": "2027"}, None, ["no_such_day"]),
    ("date", {"day": "", "month": "2", "year": ""}, None, ["day_missing", "year_missing"]),
    ("date", {"day": "", "month": "Ma", "year": "2027"}, None, ["day_missing", "no_such_month"]),
    ("date", {"day": "1", "year": "2027"}, None, ["month_missing"]),
    ("date", "31/3/2027", "2027-03-31", []),
    ("date", 20270331, None, ["not_date"]),
    ("date", {"day": 31, "month": 3, "year": 2027}, None, ["not_date"]),
    ("group", [{"id": "a1", "name": " x "}], [{"id": "a1", "name": "x"}], []),
    ("group", [{"name": "x"}], None, ["wrong_shape"]),
    ("group", [{"id": "a"}, {"id": "a"}], None, ["repeated"]),
    ("group", [{"id": "a"}, {"id": "b"}, {"id": "c"}], [{"id": "a"}, {"id": "b"}, {"id": "c"}], ["too_many_items"]),
    ("group", [{"id": "a", "age": 3}], [{"id": "a"}], ["unknown_part"]),
]


@pytest.mark.parametrize(("name", "raw", "answer", "codes"), READINGS)
def test_reading(name: str, raw: Any, answer: Any, codes: list[str]) -> None:
    reading = ANSWER_TYPES[name].read(question(name), raw, outcome())
    assert reading.answer == answer
    assert [problem.code for problem in reading.problems] == codes


def test_every_wording_of_a_problem_is_met_by_a_reading() -> None:
    met = {code for _, _, _, codes in READINGS for code in codes}
    elsewhere = {"missing", "ended", "of_another_answer", *BEYOND_LIMITS, *NOT_IN_FORM}
    assert met.isdisjoint(elsewhere)
    assert met | elsewhere == set(WORDINGS)


@pytest.mark.parametrize(
    ("form", "typed", "kept", "code"),
    [
        ("postcode", "cf101ep", "CF10 1EP", ""),
        ("postcode", "LL57 2PW", "LL57 2PW", ""),
        ("postcode", "CF10", "CF10", "not_postcode"),
        ("postcode", "Caerdydd", "Caerdydd", "not_postcode"),
        ("phone", "029  2000 0000", "029 2000 0000", ""),
        ("phone", "+44 (0)29 2000 0000", "+44 (0)29 2000 0000", ""),
        ("phone", "01248 000000 est 12", "01248 000000 est 12", ""),
        ("phone", "000000", "000000", "not_phone"),
        ("ods_code", "w91001", "W91001", ""),
        ("ods_code", "W91001 a W91002", "W91001 a W91002", "not_ods_code"),
    ],
)
def test_a_text_with_a_form_is_written_in_it_or_kept_and_told(form: Any, typed: str, kept: str, code: str) -> None:
    asked = replace(question("short_text"), format=form, max_length=None)
    reading = ANSWER_TYPES["short_text"].read(asked, typed, None)
    assert (reading.answer, [problem.code for problem in reading.problems]) == (kept, [code] if code else [])
    assert reading.keeps_draft
    assert ANSWER_TYPES["short_text"].read(asked, kept, None) == reading
    assert ANSWER_TYPES["short_text"].gaps(asked, kept, None) == reading.problems


def test_a_ranking_tells_what_was_left_unranked_from_no_answer() -> None:
    asked, ranking = question("ranking"), ANSWER_TYPES["ranking"]
    assert ranking.as_data(asked, ["c", "a"], None) == {"a": 2, "b": 0, "c": 1}
    assert ranking.from_values(asked, ranking.as_data(asked, ["c", "a"], None)) == ["c", "a"]


def test_a_required_question_of_several_parts_lacks_each_part() -> None:
    lacking = ANSWER_TYPES["criteria"].missing(question("criteria"), {"m-01.f1": "partly"}, outcome())
    assert [problem.part for problem in lacking] == ["m-01.f2", "m-01.d1", "m-01.m1"]
    cells = ANSWER_TYPES["matrix"].missing(question("matrix"), {"r1": {"importance": "a"}}, None)
    assert [problem.part for problem in cells] == ["r1.confidence", "r2.importance", "r2.confidence"]


def test_a_group_lacks_what_its_items_are_asked_and_nothing_when_it_is_empty() -> None:
    group = ANSWER_TYPES["group"]
    assert group.missing(question("group"), None, None) == ()
    assert [problem.part for problem in group.missing(question("group"), [{"id": "x", "kind": "a"}], None)] == [
        "x.name"
    ]


def test_a_text_that_is_too_much_may_be_kept_in_a_draft_but_not_be_submitted() -> None:
    for name, raw in [
        ("short_text", "12345678901"),
        ("short_text", "a\nb"),
        ("long_text", "x" * 4001),
        ("link", "gov.wales"),
    ]:
        reading = ANSWER_TYPES[name].read(question(name), raw, None)
        assert reading.problems
        assert reading.keeps_draft
        assert reading.answer == raw
        assert ANSWER_TYPES[name].gaps(question(name), raw, None) == reading.problems
        assert ANSWER_TYPES[name].gaps(question(name), "https://a" if name == "link" else "a", None) == ()


@given(raw=texts_of_all_kinds, limit=st.integers(1, 8))
def test_a_kept_text_has_the_gaps_that_reading_it_finds(raw: str, limit: int) -> None:
    for name in ("short_text", "long_text"):
        asked = replace(question(name), max_length=limit, required=False)
        reading = ANSWER_TYPES[name].read(asked, raw, None)
        if reading.keeps_draft:
            assert ANSWER_TYPES[name].gaps(asked, reading.answer, None) == reading.problems


def test_what_cannot_be_shown_or_is_no_answer_is_not_kept_in_a_draft() -> None:
    readings = {
        (name, codes[0]): ANSWER_TYPES[name].read(question(name), raw, outcome()).keeps_draft
        for name, raw, _, codes in READINGS
        if codes
    }
    kept = {("short_text", "one_line"), ("short_text", "too_long"), ("link", "not_link"), ("link", "one_line")}
    assert {case for case, keeps_draft in readings.items() if keeps_draft} == kept


def test_an_item_of_a_group_may_hold_too_much_text_in_a_draft() -> None:
    group, asked = ANSWER_TYPES["group"], question("group")
    items = [{"id": "x", "name": "n" * 201}]
    reading = group.read(asked, items, None)
    assert (reading.answer, reading.keeps_draft) == (items, True)
    assert [(problem.code, problem.part) for problem in reading.problems] == [("too_long", "x.name")]
    assert group.gaps(asked, items, None) == reading.problems
    assert not group.read(asked, [{"id": "x", "name": "n" * 201, "kind": "z"}], None).keeps_draft


def test_the_parts_of_problems_in_a_group_name_item_and_question() -> None:
    reading = ANSWER_TYPES["group"].read(question("group"), [{"id": "x", "kind": "z"}], None)
    assert [problem.part for problem in reading.problems] == ["x.kind"]


def test_a_year_is_told_without_a_comma() -> None:
    (problem,) = ANSWER_TYPES["year"].read(question("year"), 1999, None).problems
    assert describe(problem, language("en")) == "Enter a year that is 2000 or later"


def test_no_file_decides_by_the_name_of_a_type() -> None:
    deciding = []
    for path in (ROOT / "survey").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            decided = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
            decided += [node.subject] if isinstance(node, ast.Match) else []
            if any(isinstance(part, ast.Attribute) and part.attr == "type" for part in decided):
                deciding.append(f"{path.name}:{node.lineno}")
    assert deciding == []
