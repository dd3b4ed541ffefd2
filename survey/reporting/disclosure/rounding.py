"""Numbers of people rounded, so that whoever has only what is shown knows none of them exactly.

A number is shown as the nearest multiple, and whatever is worked out (shares, means) is worked out from such numbers.
So a figure says no more than the numbers behind it. What can be told all the same, `rounding_audit` finds.

A correction shows the first release’s number, rounded, and the change since, rounded (`Protected.shown`). Were its
numbers rounded by themselves, each would have two intervals, moved against each other by the change: of 12, shown
as 10, nine go; the three who stay would be shown as 5, so they were three at least, and twelve at least before.
"""

NEAREST = 5
"""Numbers of people are rounded to multiples of this."""
NOT_ROUNDED = 1


def rounded(number: float, to: int) -> int:
    """The multiple of an odd number that is nearest."""
    return int(number + to // 2) // to * to
