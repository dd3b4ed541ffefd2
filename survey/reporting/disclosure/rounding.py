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
LEAST_BASE = 30
"""Of fewer people, as rounded, no share or mean of rounded numbers is given.

A number and its base may each be 2 away from what is shown. Of 30 that moves a share by 13 points at most and by 5 as a
rule, a mean of four scores by 0.27 (a gap between two by 0.53), and the points of a ranking of five by 0.73: from a
tenth to a seventh of their scale at most. Of 15 people it would be more than a quarter.
"""


def rounded(number: float, to: int) -> int:
    """The multiple of an odd number that is nearest."""
    return int(number + to // 2) // to * to
