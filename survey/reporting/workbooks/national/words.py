"""What clusters wrote, word for word, with the language it was written in."""

from collections.abc import Mapping

from survey.reporting.measures.declarations import OWN_WORDS
from survey.reporting.records.answers import NOT_ASKED
from survey.reporting.workbooks.cells import (
    NO_ANSWER,
    NOT_PUT,
    cluster_cells,
    cluster_columns,
    outcome_columns,
    verbatim,
)
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.description import Cell, Column, Sheet, Shorthand, Table

Found = tuple[object, str, str]
NOTHING: Found = (None, NOT_ASKED, "")


def went_well(report: Report) -> Sheet:
    """What went well, for each cluster and outcome."""
    language = report.language
    return _by_outcome(
        report,
        "went_well",
        language.pgettext("sheet name", "What went well"),
        language.pgettext("sheet title", "What went well, in clusters’ own words"),
    )


def went_less_well(report: Report) -> Sheet:
    """What went less well, for each cluster and outcome."""
    language = report.language
    return _by_outcome(
        report,
        "went_less_well",
        language.pgettext("sheet name", "What went less well"),
        language.pgettext("sheet title", "What went less well, in clusters’ own words"),
    )


def do_differently(report: Report) -> Sheet:
    """What they would do differently, for each cluster and outcome."""
    language = report.language
    return _by_outcome(
        report,
        "do_differently",
        language.pgettext("sheet name", "What to do differently"),
        language.pgettext("sheet title", "What clusters would do differently, in their own words"),
    )


def answers_by_place(report: Report, measure: str) -> Mapping[tuple[str, str, int], Found]:
    """Value, state and language of each answer that feeds a measure, by cluster, outcome and group item."""
    rows = report.data.of(measure)
    return {
        (cluster, outcome, item): (value, state, written_in)
        for cluster, outcome, item, value, state, written_in in zip(
            rows["cluster"],
            rows["outcome"],
            rows["item"],
            rows["value"],
            rows["state"],
            rows["written_in"],
            strict=True,
        )
    }


def own_words_shorthand(report: Report) -> dict[Shorthand, str]:
    """What [x] and [z] mean where words are listed."""
    return {
        Shorthand.NOT_AVAILABLE: report.language.say(NO_ANSWER),
        Shorthand.NOT_APPLICABLE: report.language.say(NOT_PUT),
    }


def all_assigned_line(report: Report) -> str:
    """What the rows of a list by cluster and outcome are."""
    return report.language.pgettext(
        "workbook", "Base: every cluster and each outcome assigned to it, silent ones included."
    )


def _by_outcome(report: Report, measure: str, name: str, title: str) -> Sheet:
    language = report.language
    found = answers_by_place(report, measure)
    label = next((report.texts(question.label) for _, question in report.questions(measure)), name)
    rows: list[tuple[Cell, ...]] = [
        (
            *cluster_cells(report, cluster),
            outcome.id,
            report.outcome_name(outcome),
            verbatim(*found.get((cluster.code, outcome.id, 0), NOTHING)),
        )
        for cluster in report.clusters
        for outcome in report.outcomes
        if outcome.id in report.data.assigned[cluster.code]
    ]
    return Sheet(
        name=name,
        title=report.titled(title),
        preamble=(
            all_assigned_line(report),
            language.pgettext("workbook", "Words stand as they were written, in the language they were written in."),
        ),
        notes=(OWN_WORDS.id,),
        shorthand=own_words_shorthand(report),
        body=Table(
            measure,
            title,
            (*cluster_columns(language), *outcome_columns(language), Column("words", label, "verbatim")),
            rows,
        ),
    )
