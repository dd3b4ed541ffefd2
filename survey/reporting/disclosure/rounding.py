"""Numbers of people rounded, so that whoever has only what is shown knows none of them exactly.

A number is shown as the nearest multiple, and whatever is worked out (shares, means) is worked out from such numbers.
So a figure says no more than the numbers behind it. What can be told all the same, `rounding_audit` finds.
"""

NEAREST = 5
"""Numbers of people are rounded to multiples of this."""
NOT_ROUNDED = 1


def rounded(number: float, to: int) -> int:
    """The multiple of an odd number that is nearest."""
    return int(number + to // 2) // to * to
