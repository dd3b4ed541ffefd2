"""What helps clusters and what holds them back: the rating of each enabler."""

from collections.abc import Sequence

from survey.questionnaire.definition import Option
from survey.reporting.measures.declarations import ENABLERS
from survey.reporting.measures.distribution import Distribution, distribution
from survey.reporting.workbooks.cells import (
    SMALL_BASE,
    TOO_FEW,
    board_column,
    count_cells,
    known,
    not_answered_column,
    share_cells,
    share_columns,
)
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.description import Cell, Column, Heat, Sheet, Shorthand, Table


def enablers_and_barriers(report: Report) -> Sheet:
    """Each enabler for Wales, then for each health board: from strong barrier (−2) to strong enabler (2)."""
    language = report.language
    options = report.options("enabler")
    rated = report.data.of("enabler")
    wales = distribution(rated, ENABLERS, options, ("question",))
    boards = distribution(rated, ENABLERS, options, ("board", "question"))
    questions = [(question.id, report.texts(question.label)) for _, question in report.questions("enabler")]
    rows: list[tuple[Cell, ...]] = [
        (report.wales, label, *enabler_cells(wales[name,], options)) for name, label in questions if (name,) in wales
    ]
    rows += [
        (report.board_name(board.code), label, *enabler_cells(boards[board.code, name], options))
        for board in report.boards
        for name, label in questions
        if (board.code, name) in boards
    ]
    return Sheet(
        name=language.pgettext("sheet name", "Enablers and barriers"),
        title=report.titled(language.pgettext("sheet title", "Enablers and barriers, by health board")),
        preamble=(
            language.pgettext(
                "workbook", "Base: all clusters. Percentages and means are of those that rated the enabler."
            ),
        ),
        notes=(ENABLERS.id, SMALL_BASE),
        shorthand={Shorthand.NOT_APPLICABLE: language.say(TOO_FEW)},
        body=Table(
            "enablers_and_barriers",
            language.pgettext("workbook", "How clusters rated each enabler, in Wales and in each health board."),
            (
                board_column(language),
                Column("enabler", language.pgettext("workbook", "Enabler"), "long_text"),
                *enabler_columns(report, options),
            ),
            rows,
        ),
    )


def enabler_columns(report: Report, options: Sequence[Option]) -> tuple[Column, ...]:
    """The columns of a distribution of ratings: base, counts, mean, percentages."""
    language = report.language
    unit = language.pgettext("unit", "number")
    return (
        Column("expected", language.pgettext("workbook", "Clusters expected"), "whole"),
        Column("responded", language.pgettext("workbook", "Clusters that responded"), "whole"),
        *(Column(f"n_{option.code}", _with_number(report, option), "whole", unit=unit) for option in options),
        not_answered_column(language),
        Column(
            "mean",
            language.pgettext("workbook", "Mean"),
            "decimal",
            unit=language.pgettext("unit", "−2 to 2"),
            decimals=2,
            heat=Heat(-2, 2, 0),
        ),
        *share_columns(report, options),
    )


def enabler_cells(counts: Distribution, options: Sequence[Option]) -> tuple[Cell, ...]:
    """The cells of `enabler_columns`."""
    return (
        counts.expected,
        counts.responded,
        *count_cells(counts, options),
        counts.not_answered,
        known(counts.mean(options, ENABLERS)),
        *share_cells(counts, options, ENABLERS),
    )


def _with_number(report: Report, option: Option) -> str:
    """“Strong barrier, −2”."""
    label = report.texts(option.label)
    if option.value is None:
        return label
    number = report.language.number(option.value).replace("-", "−")
    return report.language.pgettext("workbook", "%(answer)s, %(number)s", answer=label, number=number)
