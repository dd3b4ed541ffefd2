"""What passes its checks works: it can be built, translated, walked with any answers, and exported."""

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey.languages import language
from survey.questionnaire.builder import questionnaire_from
from survey.questionnaire.checks import meaning_findings
from survey.questionnaire.diff import differences
from survey.questionnaire.findings import describe
from survey.questionnaire.shape import shape_findings
from survey.questionnaire.texts import messages, texts_in
from survey.questionnaire.types import AnswerContext, answer_type
from survey.questionnaire.walk import Instrument, read_page
from tests.questionnaire.examples import framework, source

Holder = dict[str, Any] | list[Any]


def holders(value: Any) -> Iterator[Holder]:
    """Every object and list inside a value."""
    if isinstance(value, dict | list) and value:
        yield value
        for item in value.values() if isinstance(value, dict) else value:
            yield from holders(item)


def keys(holder: Holder) -> list[Any]:
    return list(holder) if isinstance(holder, dict) else list(range(len(holder)))


def values_named(whole: Any, name: Any) -> list[Any]:
    """What stands under this name anywhere in the file."""
    return [holder[name] for holder in holders(whole) if isinstance(holder, dict) and name in holder]


@st.composite
def altered(draw: st.DrawFn) -> dict[str, Any]:
    """A sound questionnaire after a few changes that an author in a hurry might make."""
    whole = source("whole")
    for _ in range(draw(st.integers(1, 4))):
        holder = draw(st.sampled_from(list(holders(whole))))
        key = draw(st.sampled_from(keys(holder)))
        change = draw(st.sampled_from(["remove", "repeat", "borrow", "swap"]))
        if change == "remove":
            del holder[key]
        elif change == "repeat" and isinstance(holder, list):
            holder.append(copy.deepcopy(holder[key]))
        elif change == "borrow" and isinstance(holder, dict):
            holder[key] = copy.deepcopy(draw(st.sampled_from(values_named(whole, key))))
        elif change == "swap":
            other = draw(st.sampled_from(keys(holder)))
            holder[key], holder[other] = holder[other], holder[key]
    return whole


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["a", "low", "in_place", "mature"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["id", "r1", "far", "kind"]), inner),
    max_leaves=4,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(whole=altered(), data=st.data())
def test_what_passes_its_checks_works(whole: dict[str, Any], data: st.DataObject) -> None:
    found = shape_findings("questionnaire", whole, "f") or meaning_findings("questionnaire", whole, "f")
    if found:
        assert all(describe(finding, language("en")) for finding in found)
        return
    questionnaire = questionnaire_from(whole)
    tiny = framework()
    words = texts_in(language("en"), questionnaire, tiny)
    assert all(words.words[message.context] == message.text for message in messages(questionnaire))
    assert differences(whole, copy.deepcopy(whole)) == []
    assert differences(source("whole"), whole) is not None
    instrument = Instrument(questionnaire, tiny, ("m-01", "s-01") if questionnaire.framework_id else ())
    answers = {}
    for page in instrument.pages:
        raw = {item.id: data.draw(anything) for item in page.section.questions}
        answers[page.key], _ = read_page(page, raw)
    path = instrument.walk(answers)
    assert path.gaps() is not None
    for page in path.pages:
        for item in path.asked[page.key]:
            suffixes = {field.suffix for field in answer_type(item).fields(item, page.outcome)}
            answer = path.answers[page.key].get(item.id)
            if answer is not None:
                assert set(answer_type(item).values(item, answer, page.outcome)) <= suffixes
                answer_type(item).lines(item, answer, AnswerContext(words, language("en"), page.outcome))
