"""The texts of a JSON Schema: each at its place, names of values left as they are typed."""

import pytest

from survey.questionnaire.schema_texts import reworded


def texts(schema: object) -> dict[str, str]:
    found: dict[str, str] = {}

    def take(place: str, english: str) -> str:
        found[place] = english
        return english

    assert reworded(schema, "s", take) == schema
    return found


def test_a_property_called_title_is_no_text() -> None:
    schema = {"title": "Whole", "properties": {"title": {"description": "A name."}}, "anyOf": [{"title": "One"}]}
    assert texts(schema) == {
        "s.title": "Whole",
        "s.properties.title.description": "A name.",
        "s.anyOf.0.title": "One",
    }


@pytest.mark.parametrize(
    ("description", "found"),
    [
        ("What it is: a name.", {"s.description": "What it is: a name."}),
        (
            "true: it has to be there. A draft waits.",
            {"s.description.true": "it has to be there. A draft waits."},
        ),
        (
            "What it is for. took_part: who took part · level: the level",
            {
                "s.description": "What it is for.",
                "s.description.took_part": "who took part",
                "s.description.level": "the level",
            },
        ),
        ("high: seen; low: not seen.", {"s.description.high": "seen", "s.description.low": "not seen."}),
    ],
)
def test_each_value_that_is_explained_is_a_text_of_its_own(description: str, found: dict[str, str]) -> None:
    assert texts({"description": description}) == found


def test_other_words_stand_in_their_place() -> None:
    said = reworded({"description": "It. one: a · two: b", "maximum": 3}, "s", lambda _, text: text.upper())
    assert said == {"description": "IT. one: A · two: B", "maximum": 3}
