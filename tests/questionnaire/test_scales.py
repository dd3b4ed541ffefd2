"""Where the middle of a scale with two sides is."""

import pytest

from survey.questionnaire.definition import Option, Text
from survey.questionnaire.scales import middle_of

VALUES = (1, 2, 3, 4, 5)


def options(*middles: int, values: tuple[float | None, ...] = VALUES) -> list[Option]:
    return [
        Option(f"o{place}", Text(f"o{place}", "A label"), value=value, middle=place in middles)
        for place, value in enumerate(values)
    ]


@pytest.mark.parametrize(
    ("scale", "middle"),
    [
        (options(2), 2.5),
        (options(1, 2, values=(1, 2, 3, 4)), 2),
        (options(1, values=(None, None, None)), 1.5),
        (options(), None),
        (options(2, values=(*VALUES, None)), None),
        ([], None),
    ],
)
def test_the_middle_is_in_its_option_or_between_two_of_them(scale: list[Option], middle: float | None) -> None:
    assert middle_of(scale) == middle
