"""What would help clusters most, and from whom."""

from survey.reporting.measures.declarations import HELP_FROM, OWN_WORDS
from survey.reporting.measures.distribution import Distribution, distribution
from survey.reporting.records.answers import ANSWERED, NOT_ASKED
from survey.reporting.workbooks.cells import (
    NO_ANSWER,
    NOT_ANSWERED,
    NOT_APPLICABLE,
    SMALL_BASE,
    TOO_FEW,
    board_column,
    cluster_cells,
    cluster_columns,
    count_cells,
    count_columns,
    not_answered_column,
    share_cells,
    share_columns,
    verbatim,
)
from survey.reporting.workbooks.national.words import NOTHING, Found, answers_by_place
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.description import Cell, Column, Sheet, Shorthand, Table


def help_wanted(report: Report) -> Sheet:
    """The one thing that would help each cluster most, and who could give it."""
    language = report.language
    wanted, source = (answers_by_place(report, measure) for measure in ("help_wanted", "help_from"))
    names = {option.code: report.texts(option.label) for option in report.options("help_from")}
    rows: list[tuple[Cell, ...]] = [
        (
            *cluster_cells(report, cluster),
            verbatim(*wanted.get((cluster.code, "", 0), NOTHING)),
            _source(source.get((cluster.code, "", 0), NOTHING), names),
        )
        for cluster in report.clusters
    ]
    return Sheet(
        name=language.pgettext("sheet name", "Help wanted"),
        title=report.titled(language.pgettext("sheet title", "Help wanted, in clusters’ own words")),
        preamble=(language.pgettext("workbook", "Base: all clusters on the round’s list, silent ones included."),),
        notes=(OWN_WORDS.id,),
        shorthand={
            Shorthand.NOT_AVAILABLE: language.say(NO_ANSWER),
            Shorthand.NOT_APPLICABLE: language.pgettext("workbook", "not asked, because no help was named"),
        },
        body=Table(
            "help_wanted",
            language.pgettext("workbook", "What would help each cluster most, and from whom."),
            (
                *cluster_columns(language),
                Column("help", language.pgettext("workbook", "What would help most"), "verbatim"),
                Column("source", language.pgettext("workbook", "From whom")),
            ),
            rows,
        ),
    )


def help_wanted_from(report: Report) -> Sheet:
    """How many clusters want help from each source, for Wales and each health board."""
    language = report.language
    options = report.options("help_from")
    answers = report.data.of("help_from")
    wales = distribution(answers, HELP_FROM, options, ())
    boards = distribution(answers, HELP_FROM, options, ("board",))

    def cells(counts: Distribution) -> tuple[Cell, ...]:
        return (
            counts.expected,
            counts.responded,
            counts.not_asked,
            *count_cells(counts, options),
            counts.not_answered,
            *share_cells(counts, options, HELP_FROM),
        )

    rows: list[tuple[Cell, ...]] = [(report.wales, *cells(counts)) for counts in wales.values()]
    rows += [
        (report.board_name(board.code), *cells(boards[board.code,]))
        for board in report.boards
        if (board.code,) in boards
    ]
    return Sheet(
        name=language.pgettext("sheet name", "Help wanted from whom"),
        title=report.titled(language.pgettext("sheet title", "Help wanted: from whom, by health board")),
        preamble=(language.pgettext("workbook", "Base: all clusters. Percentages are of those that said from whom."),),
        notes=(HELP_FROM.id, SMALL_BASE),
        shorthand={Shorthand.NOT_APPLICABLE: language.say(TOO_FEW)},
        body=Table(
            "help_wanted_from",
            language.pgettext("workbook", "How many clusters want help from each source."),
            (
                board_column(language),
                Column("expected", language.pgettext("workbook", "Clusters expected"), "whole"),
                Column("responded", language.pgettext("workbook", "Clusters that responded"), "whole"),
                Column("no_help", language.pgettext("workbook", "Named no help"), "whole"),
                *count_columns(report, options),
                not_answered_column(language),
                *share_columns(report, options),
            ),
            rows,
        ),
    )


def _source(found: Found, names: dict[str, str]) -> Cell:
    value, state, _ = found
    if state == ANSWERED:
        return names.get(str(value), str(value))
    return NOT_APPLICABLE if state == NOT_ASKED else NOT_ANSWERED
