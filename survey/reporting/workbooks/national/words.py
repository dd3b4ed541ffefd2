"""What clusters wrote, word for word, with the language it was written in."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from survey.collection.rounds.clusters import Cluster
from survey.collection.rounds.next_round import year_after
from survey.reporting.measures.declarations import GOOD_PRACTICE, OWN_WORDS
from survey.reporting.records.rows import examples, shared_examples
from survey.reporting.records.variables import ANSWERED
from survey.reporting.workbooks.national.reflections import (
    answers_at,
    assigned_line,
    labels,
    reflection_columns,
    reflection_places,
    reflection_rows,
)
from survey.reporting.workbooks.report import Report
from survey.reporting.workbooks.tables import (
    NO_ANSWER,
    NOT_ANSWERED,
    cluster_cells,
    cluster_columns,
    sheet_of,
    words_of_clusters,
)
from survey.reporting.xlsx.description import Cell, Column, Sheet, Table

WORDS_WIDTH = 42.0  # digits: six columns of words side by side
EXAMPLE = (
    "good_practice_title",
    "good_practice_problem",
    "good_practice_done",
    "good_practice_how",
    "good_practice_learning",
    "good_practice_contact",
)


def went_well(report: Report) -> Sheet:
    """What went well, for each cluster and outcome."""
    title = report.pgettext("sheet title", "What went well, in clusters’ own words")
    return _by_outcome(report, "went_well", report.pgettext("sheet name", "What went well"), title)


def went_less_well(report: Report) -> Sheet:
    """What went less well, for each cluster and outcome."""
    title = report.pgettext("sheet title", "What went less well, in clusters’ own words")
    return _by_outcome(report, "went_less_well", report.pgettext("sheet name", "What went less well"), title)


def do_differently(report: Report) -> Sheet:
    """What they would do differently, for each cluster and outcome."""
    title = report.pgettext("sheet title", "What clusters would do differently, in their own words")
    return _by_outcome(report, "do_differently", report.pgettext("sheet name", "What to do differently"), title)


def actions(report: Report) -> Sheet:
    """What each cluster will do next year, who leads and by when."""
    places = reflection_places(report)
    written = (answers_at(report, measure, places) for measure in ("action", "action_lead"))
    year = year_after(report.year)
    due = answers_at(report, "action_due", places, lambda day, _: date.fromisoformat(day))
    columns = (
        *reflection_columns(report),
        Column("action", report.pgettext("workbook", "Main action for %(year)s", year=year), "verbatim"),
        Column("lead", report.pgettext("workbook", "Led by"), "verbatim"),
        Column("due", report.pgettext("workbook", "To be done by"), "date"),
    )
    description = report.pgettext("workbook", "The main action of each cluster on each outcome, its lead and its date.")
    sheet = words_of_clusters(
        report,
        (OWN_WORDS,),
        report.pgettext("sheet name", "Actions"),
        description,
        Table("actions", description, columns, reflection_rows(report, *written, due)),
        assigned_line(report),
    )
    return replace(sheet, title=report.pgettext("sheet title", "Main actions for %(year)s", year=year))


def good_practice(report: Report) -> Sheet:
    """Every example that may be seen across Wales, with the outcomes it serves."""
    given, shared = len(examples(report.data)), len(shared_examples(report.data))
    line = report.pgettext(
        "workbook",
        "Examples given: %(given)s. Examples that may be shared, and are listed here: %(shared)s.",
        given=report.language.number(given),
        shared=report.language.number(shared),
    )
    return _examples(report, report.clusters, line)


def good_practice_of_board(report: Report, board: str) -> Sheet:
    """Of these examples those of the clusters of a health board, and how many more they gave."""
    clusters = [cluster for cluster in report.clusters if cluster.health_board == board]
    return _examples(report, clusters, examples_of_board_line(report, board))


def examples_of_board_line(report: Report, board: str) -> str:
    """How many examples the clusters of a health board gave, and how many of them may be seen across Wales."""
    own = {cluster.code for cluster in report.clusters if cluster.health_board == board}
    given, shared = (sum(cluster in own for cluster, _ in those(report.data)) for those in (examples, shared_examples))
    return report.pgettext(
        "workbook",
        "Examples that clusters of this health board gave: %(given)s. Examples that may be shared, and are listed "
        "here: %(shared)s.",
        given=report.language.number(given),
        shared=report.language.number(shared),
    )


def _examples(report: Report, clusters: Sequence[Cluster], line: str) -> Sheet:
    asked = {measure: report.texts(question.label) for measure in EXAMPLE for _, question in report.questions(measure)}
    shared = sorted(shared_examples(report.data))
    listed = [(cluster, item) for cluster in clusters for code, item in shared if code == cluster.code]
    places = [(cluster.code, "", item) for cluster, item in listed]
    written = (answers_at(report, measure, places) for measure in asked)
    columns = (
        *cluster_columns(report),
        Column("number", report.pgettext("workbook", "Example number"), "whole"),
        Column("outcomes", report.pgettext("workbook", "Outcomes it serves"), "long_text"),
        *(Column(measure, label, "verbatim", width=WORDS_WIDTH) for measure, label in asked.items()),
    )
    rows = [
        (*cluster_cells(report, cluster), item, _outcomes_served(report, cluster.code, item), *cells)
        for (cluster, item), *cells in zip(listed, *written, strict=True)
    ]
    description = report.pgettext("workbook", "Examples of good practice in clusters’ own words.")
    return sheet_of(
        report,
        report.pgettext("sheet name", "Good practice"),
        report.pgettext("sheet title", "Good practice that may be shared across Wales"),
        Table("good_practice", description, columns, rows),
        (line,),
        (GOOD_PRACTICE.id, OWN_WORDS.id),
        {NOT_ANSWERED: report.language.say(NO_ANSWER)},
    )


def help_wanted(report: Report) -> Sheet:
    """The one thing that would help each cluster most, and who could give it."""
    places = [(cluster.code, "", 0) for cluster in report.clusters]
    wanted = answers_at(report, "help_wanted", places)
    sources = labels(report, "help_from", report.options("help_from"), places)
    rows: list[tuple[Cell, ...]] = [
        (*cluster_cells(report, cluster), *cells)
        for cluster, *cells in zip(report.clusters, wanted, sources, strict=True)
    ]
    columns = (
        *cluster_columns(report),
        Column("help", report.pgettext("workbook", "What would help most"), "verbatim"),
        Column("source", report.pgettext("workbook", "From whom")),
    )
    description = report.pgettext("workbook", "What would help each cluster most, and from whom.")
    return words_of_clusters(
        report,
        (OWN_WORDS,),
        report.pgettext("sheet name", "Help wanted"),
        report.pgettext("sheet title", "Help wanted, in clusters’ own words"),
        Table("help_wanted", description, columns, rows),
        report.pgettext("workbook", "Base: all clusters on the round’s list, silent ones included."),
        not_applicable=report.pgettext("workbook", "not asked, because no help was named"),
    )


def _by_outcome(report: Report, measure: str, name: str, title: str) -> Sheet:
    label = next((report.texts(question.label) for _, question in report.questions(measure)), name)
    rows = reflection_rows(report, answers_at(report, measure, reflection_places(report)))
    return words_of_clusters(
        report,
        (OWN_WORDS,),
        name,
        title,
        Table(measure, title, (*reflection_columns(report), Column("words", label, "verbatim")), rows),
        assigned_line(report),
        report.pgettext("workbook", "Words stand as they were written, in the language they were written in."),
    )


def _outcomes_served(report: Report, cluster: str, item: int) -> Cell:
    chosen = [
        row.suffix
        for row in report.data.of("good_practice_outcomes")
        if (row.cluster, row.item, row.state, row.value) == (cluster, item, ANSWERED, 1)
    ]
    options = report.options("good_practice_outcomes")
    return "; ".join(report.option_name(options, code) for code in chosen) or NOT_ANSWERED
