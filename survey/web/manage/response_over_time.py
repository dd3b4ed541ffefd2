"""How many clusters had submitted by the end of which day, as a small chart with its table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import pgettext
from markupsafe import Markup

from survey.collection.progress import ClusterProgress
from survey.collection.rounds.round import Round
from survey.languages import in_uk
from survey.reporting.charts.description import Series
from survey.web.site.charts import line

POINTS, ONE_DAY = 5, timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OverTime:
    """A chart, and the days of its points with how many clusters had submitted by the end of each."""

    chart: Markup
    points: Sequence[tuple[date, int]]


def response_over_time(of_round: Round, progress: Sequence[ClusterProgress], now: datetime) -> OverTime | None:
    """From the day of the opening to today, or to the last submission once the round is over; None on the first day.

    A response that was submitted again counts from then on, as everywhere.
    """
    submitted = sorted(standing.submitted_at for standing in progress if standing.submitted_at)
    first = in_uk(of_round.opens or (submitted[0] if submitted else now)).date()
    over = max([of_round.closes, *submitted]) if of_round.closes else now
    last = in_uk(min(now, over)).date()
    if last <= first or not progress:
        return None
    # Ends of days, as evenly apart as whole days can be.
    days = sorted({first + round(number * (last - first).days / (POINTS - 1)) * ONE_DAY for number in range(POINTS)})
    points = [(day, sum(in_uk(at).date() <= day for at in submitted)) for day in days]
    highest = -(-len(progress) // 4) * 4
    chart = line(
        pgettext("manage following", "Clusters that have submitted"),
        pgettext("manage following", "Number of clusters by day (day/month)"),
        [f"{day:%d/%m}" for day, _ in points],
        Series(pgettext("manage status", "Submitted"), tuple(number for _, number in points)),
        highest,
    )
    return OverTime(chart, points)
