"""Where clusters judge themselves above or below the level that their own criteria point to."""

from collections import Counter

from survey.reporting.measures.declarations import CALIBRATION
from survey.reporting.measures.levels import Comparison, calibration
from survey.reporting.workbooks.cells import (
    NOT_APPLICABLE,
    SHARE,
    SMALL_BASE,
    TOO_FEW,
    base_columns,
    outcome_columns,
    percent,
)
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.description import Cell, Column, Sheet, Shorthand, Table

WAYS: tuple[Comparison, ...] = ("higher", "same", "lower")


def judged_and_indicated(report: Report) -> Sheet:
    """For each assigned outcome, how the levels judged stand to the levels indicated."""
    language = report.language
    names = {
        "higher": language.pgettext("workbook", "Judged above indicated"),
        "same": language.pgettext("workbook", "Judged as indicated"),
        "lower": language.pgettext("workbook", "Judged below indicated"),
    }
    columns = (
        *outcome_columns(language),
        *base_columns(language),
        Column("both", language.pgettext("workbook", "With both levels"), "whole"),
        *(Column(f"n_{way}", names[way], "whole", unit=language.pgettext("unit", "number")) for way in WAYS),
        Column("one", language.pgettext("workbook", "Responded without both levels"), "whole"),
        *(Column(f"p_{way}", names[way], "percent", unit="%", decimals=0, heat=SHARE) for way in WAYS),
    )
    return Sheet(
        name=language.pgettext("sheet name", "Judged and indicated"),
        title=report.titled(language.pgettext("sheet title", "Level judged against level indicated, by outcome")),
        preamble=(
            language.pgettext("workbook", "Base: assigned clusters. Percentages are of those with both levels."),
            language.pgettext("workbook", "The row for all outcomes counts a cluster once for each of its outcomes."),
        ),
        notes=(CALIBRATION.id, SMALL_BASE),
        shorthand={Shorthand.NOT_APPLICABLE: language.say(TOO_FEW)},
        body=Table(
            "judged_and_indicated",
            language.pgettext("workbook", "How many clusters judge themselves above, at or below the level indicated."),
            columns,
            _rows(report),
        ),
    )


def _rows(report: Report) -> list[tuple[Cell, ...]]:
    found = calibration(report.data)
    counted = report.data.clusters["counted"].to_dict()
    expected: Counter[str] = Counter()
    responded: Counter[str] = Counter()
    ways: dict[str, Counter[Comparison | None]] = {}
    for (cluster, outcome_id), way in found.items():
        for group in (outcome_id, ""):
            expected[group] += 1
            if counted[cluster]:
                responded[group] += 1
                ways.setdefault(group, Counter())[way] += 1

    def cells(group: str) -> tuple[Cell, ...]:
        number = ways.get(group, Counter())
        both = sum(number[way] for way in WAYS)
        return (
            expected[group],
            responded[group],
            both,
            *(number[way] for way in WAYS),
            number[None],
            *(percent(CALIBRATION, number[way], both) for way in WAYS),
        )

    nothing = (NOT_APPLICABLE,) * (2 + 2 * len(WAYS))
    rows: list[tuple[Cell, ...]] = [(NOT_APPLICABLE, report.all_outcomes(), *cells(""))]
    for outcome in report.outcomes:
        if outcome.has_levels:
            rows.append((outcome.id, report.outcome_name(outcome), *cells(outcome.id)))
        else:
            assigned = [code for code, outcomes in report.data.assigned.items() if outcome.id in outcomes]
            base = (len(assigned), sum(bool(counted[code]) for code in assigned))
            rows.append((outcome.id, report.outcome_name(outcome), *base, *nothing))
    return rows
