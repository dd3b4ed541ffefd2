"""Scales with two sides, such as from disagreeing to agreeing: where their middle is."""

from collections.abc import Sequence

from survey.questionnaire.definition import Option


def middle_of(options: Sequence[Option]) -> float | None:
    """The middle among options in their order (2: between the second and the third; 2.5: half-way through the third).

    None where none is said to be, and where some stand off the scale: “prefer not to say” is on neither side.
    """
    middles = [place for place, option in enumerate(options) if option.middle]
    if not middles or len({option.value is None for option in options}) > 1:
        return None
    return (middles[0] + middles[-1] + 1) / 2
