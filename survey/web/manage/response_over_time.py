"""How many clusters had submitted by when, as a small chart with its table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import pgettext
from markupsafe import Markup

from survey.collection.progress import ClusterProgress
from survey.collection.rounds.round import Round
from survey.languages import in_uk
from survey.reporting.charts.description import Series
from survey.web.site.charts import line

POINTS = 5


@dataclass(frozen=True, slots=True)
class OverTime:
    """A chart, and the moments of its points with how many clusters had submitted by then."""

    chart: Markup
    points: Sequence[tuple[datetime, int]]


def response_over_time(of_round: Round, progress: Sequence[ClusterProgress], now: datetime) -> OverTime | None:
    """From the opening to now, or to the last submission once the round is over; None before there is a time to show.

    A response that was submitted again counts from then on, as everywhere.
    """
    submitted = sorted(one.submitted_at for one in progress if one.submitted_at)
    first = of_round.opens or (submitted[0] if submitted else now)
    over = max([of_round.closes, *submitted]) if of_round.closes else now
    last = min(now, over)
    if last <= first or not progress:
        return None
    step = (last - first) / (POINTS - 1)
    moments = [first + number * step for number in range(POINTS - 1)] + [last]
    points = [(moment, sum(at <= moment for at in submitted)) for moment in moments]
    highest = -(-len(progress) // 4) * 4
    chart = line(
        pgettext("manage following", "Clusters that have submitted"),
        pgettext("manage following", "Number of clusters by day (day/month)"),
        [f"{in_uk(moment):%d/%m}" for moment, _ in points],
        Series(pgettext("manage status", "Submitted"), tuple(number for _, number in points)),
        highest,
    )
    return OverTime(chart, points)
