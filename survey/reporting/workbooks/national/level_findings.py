"""What stands out in the levels of clusters: how they stand, how they moved, how they compare to their criteria."""

from collections.abc import Sequence

from survey.languages import Phrase
from survey.reporting.workbooks.charts import rows_of
from survey.reporting.workbooks.key_findings import (
    CellsOfRow,
    KeyFinding,
    highest,
    is_number,
    key_finding,
    number_or_none,
)
from survey.reporting.workbooks.national.levels import judged_and_indicated, movement
from survey.reporting.workbooks.national.maturity import maturity_by_board, maturity_by_outcome
from survey.reporting.workbooks.national.ways import WAYS
from survey.reporting.workbooks.report import Report, SheetMaker


def common_level(report: Report) -> KeyFinding | None:
    """The level that more reflections are at than any other."""
    sentence = Phrase("key finding", "The commonest level: %(option)s (%(number)s of %(base)s reflections, %(share)s).")
    for together in rows_of_sheet(report, maturity_by_board)[:1]:
        if most := most_chosen(report, together, "judged_level"):
            return said(report, maturity_by_board, sentence, **most)
    return None


def moved(report: Report) -> KeyFinding | None:
    """How many moved up, stayed and moved down."""
    sentence = Phrase(
        "key finding",
        "Of %(base)s reflections with a level now and when last asked, moved up: %(higher)s; stayed the same: "
        "%(same)s; moved down: %(lower)s.",
    )
    together = rows_of_sheet(report, movement)[0]
    if not is_number(together["p_higher"]):
        return None
    return said(report, movement, sentence, base=together["compared"], **_ways(report, together))


def largest_rise(report: Report) -> KeyFinding | None:
    """The outcome on which most more clusters moved up than down."""
    both = Phrase(
        "key finding",
        "The largest rise: %(outcome)s. Of %(base)s clusters with a level now and when last asked, %(up)s moved up and "
        "%(down)s moved down.",
    )
    only_up = Phrase(
        "key finding",
        "The largest rise: %(outcome)s. Of %(base)s clusters with a level now and when last asked, %(up)s moved up and "
        "none moved down.",
    )
    rise = highest(_compared(report), _net)
    if rise is None or _net(rise) <= 0:
        return None
    return _of_outcome(report, both if rise["n_lower"] else only_up, rise)


def largest_fall(report: Report) -> KeyFinding | None:
    """The outcome on which most more clusters moved down than up."""
    both = Phrase(
        "key finding",
        "The largest fall: %(outcome)s. Of %(base)s clusters with a level now and when last asked, %(down)s moved down "
        "and %(up)s moved up.",
    )
    only_down = Phrase(
        "key finding",
        "The largest fall: %(outcome)s. Of %(base)s clusters with a level now and when last asked, %(down)s moved down "
        "and none moved up.",
    )
    fall = highest(_compared(report), lambda row: -_net(row))
    if fall is None or _net(fall) >= 0:
        return None
    return _of_outcome(report, both if fall["n_higher"] else only_down, fall)


def widest_spread(report: Report) -> KeyFinding | None:
    """The outcome on which the levels of clusters are furthest apart, by their standard deviation."""
    sentence = Phrase(
        "key finding",
        "The widest spread of levels: %(outcome)s. Of %(base)s clusters with a level, at the lowest level: %(lowest)s; "
        "at the highest: %(highest)s.",
    )
    codes = [option.code for option in report.options("judged_level")]
    judged = [
        row for row in rows_of_sheet(report, maturity_by_outcome) if all(is_number(row[f"p_{code}"]) for code in codes)
    ]
    widest = highest(judged, lambda row: _spread(row, codes))
    if widest is None or not _spread(widest, codes):
        return None
    return said(
        report,
        maturity_by_outcome,
        sentence,
        outcome=widest["outcome"],
        base=sum(widest[f"n_{code}"] for code in codes),
        lowest=number_or_none(report, widest[f"n_{codes[0]}"]),
        highest=number_or_none(report, widest[f"n_{codes[-1]}"]),
    )


def calibrated(report: Report) -> KeyFinding | None:
    """How many are judged above or below what their criteria point to."""
    sentence = Phrase(
        "key finding",
        "Of %(base)s reflections with a level and one that their criteria point to, judged above it: %(higher)s; at "
        "it: %(same)s; below it: %(lower)s.",
    )
    without_some = Phrase(
        "key finding",
        "Of %(base)s reflections with a level and one that their criteria point to, judged above it: %(higher)s; at "
        "it: %(same)s; below it: %(lower)s. Outcomes whose criteria have no levels are left out.",
    )
    together = rows_of_sheet(report, judged_and_indicated)[0]
    if not is_number(together["p_higher"]):
        return None
    if not all(outcome.has_levels for outcome in report.outcomes):
        sentence = without_some
    return said(report, judged_and_indicated, sentence, base=together["both"], **_ways(report, together))


def rows_of_sheet(report: Report, maker: SheetMaker) -> list[CellsOfRow]:
    """The rows of the table of a sheet."""
    return [dict(row) for row in rows_of(report.made(maker))]


def said(report: Report, maker: SheetMaker, sentence: Phrase, **figures: str | float) -> KeyFinding:
    """A finding whose figures are in the sheet that a function makes."""
    return key_finding(report, report.made(maker), sentence, **figures)


def most_chosen(report: Report, row: CellsOfRow, measure: str) -> CellsOfRow | None:
    """The option of a question that a row’s counts are highest for: `option`, `number`, `base`, `share`."""
    options = report.options(measure)
    chosen: list[CellsOfRow] = [
        {"option": report.texts(option.label), "number": row[f"n_{option.code}"], "share": row[f"p_{option.code}"]}
        for option in options
    ]
    most = highest(chosen, lambda of_option: of_option["number"])
    return most | {"base": sum(row["number"] for row in chosen)} if most and is_number(most["share"]) else None


def _ways(report: Report, row: CellsOfRow) -> dict[str, str]:
    return {way: number_or_none(report, row[f"n_{way}"]) for way in WAYS}


def _of_outcome(report: Report, sentence: Phrase, row: CellsOfRow) -> KeyFinding:
    """A finding on how clusters moved on an outcome."""
    moves = {"base": row["compared"], "up": row["n_higher"], "down": row["n_lower"]}
    return said(report, movement, sentence, outcome=row["outcome"], **moves)


def _compared(report: Report) -> list[CellsOfRow]:
    """The outcomes on which movement has a percentage."""
    return [row for row in rows_of_sheet(report, movement)[1:] if is_number(row["p_higher"])]


def _net(row: CellsOfRow) -> float:
    """How many more moved up than down, as a share of those that can be compared."""
    return float(row["n_higher"] - row["n_lower"]) / float(row["compared"])


def _spread(row: CellsOfRow, codes: Sequence[str]) -> float:
    """The standard deviation of the places of the levels judged."""
    numbers = [(place, int(row[f"n_{code}"])) for place, code in enumerate(codes)]
    base = sum(number for _, number in numbers)
    mean = sum(place * number for place, number in numbers) / base
    return float((sum((place - mean) ** 2 * number for place, number in numbers) / base) ** 0.5)
