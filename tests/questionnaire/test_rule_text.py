"""A rule in a cell says what the JSON says, whatever is in it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaire.rule_text import NotARule, rule_from, rule_text

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,5}(\.[a-z][a-z0-9_]{0,5})?", fullmatch=True)
ANSWERS = st.text(max_size=8) | st.integers(-99, 99) | st.floats(-9, 9).map(lambda n: round(n, 2)) | st.booleans()
COMPARED = st.fixed_dictionaries(
    {"question": NAMES, "operator": st.sampled_from(["=", "!=", ">", "<", ">=", "<="])}
).flatmap(
    lambda made: (ANSWERS.map(lambda answer: made | {"answer": answer})) | NAMES.map(lambda n: made | {"answer_of": n})
)
PRESENT = st.builds(
    lambda name, more: {"question": name, "operator": "exists", **more},
    NAMES,
    st.sampled_from([{}, {"answer": True}, {"answer": False}]),
)
RULES = st.builds(
    lambda how, conditions: {how: conditions},
    st.sampled_from(["all", "any"]),
    st.lists(COMPARED | PRESENT, min_size=1, max_size=3),
)


@given(RULES)
def test_a_rule_comes_back_from_its_words(rule: dict[str, Any]) -> None:
    assert rule_from(rule_text(rule)) == rule


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("agreed = yes", {"all": [{"question": "agreed", "operator": "=", "answer": "yes"}]}),
        ("a=1 and  b >= 2.5", {"all": [
            {"question": "a", "operator": "=", "answer": 1}, {"question": "b", "operator": ">=", "answer": 2.5}
        ]}),
        ("a is answered or b is not answered", {"any": [
            {"question": "a", "operator": "exists", "answer": True},
            {"question": "b", "operator": "exists", "answer": False},
        ]}),
        ("day > 2026-03-31", {"all": [{"question": "day", "operator": ">", "answer": "2026-03-31"}]}),
        ("a = “two words”", {"all": [{"question": "a", "operator": "=", "answer": "two words"}]}),
        ("a != answer_of b.c", {"all": [{"question": "a", "operator": "!=", "answer_of": "b.c"}]}),
    ],
)  # fmt: skip
def test_a_rule_is_read_as_people_write_it(cell: str, rule: dict[str, Any]) -> None:
    assert rule_from(cell) == rule


@pytest.mark.parametrize(
    ("cell", "rest"),
    [
        ("", ""),
        ("agreed", "agreed"),
        ("a = b and c = d or e = f", "or e = f"),
        ("a = b, c = d", "c = d"),
        ("a == b", "a == b"),
        ("not(a = b)", "not(a = b)"),
        ("${a} = 'b'", "${a} = 'b'"),
    ],
)
def test_what_is_no_rule_is_told_from_where_it_cannot_be_read(cell: str, rest: str) -> None:
    with pytest.raises(NotARule) as caught:
        rule_from(cell)
    assert caught.value.args == (rest,)
