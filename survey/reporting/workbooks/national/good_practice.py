"""Examples of good practice that their clusters let others see."""

from survey.reporting.measures.declarations import GOOD_PRACTICE, OWN_WORDS
from survey.reporting.measures.sharing import examples, shared_examples
from survey.reporting.records.answers import ANSWERED
from survey.reporting.workbooks.cells import NOT_ANSWERED, cluster_cells, cluster_columns
from survey.reporting.workbooks.national.reflections import words
from survey.reporting.workbooks.report import Report
from survey.reporting.workbooks.tables import NO_ANSWER, sheet_of
from survey.reporting.xlsx.description import Cell, Column, Sheet, Table

WORDS_WIDTH = 42.0  # digits: six columns of words side by side
TEXTS = (
    "good_practice_title",
    "good_practice_problem",
    "good_practice_done",
    "good_practice_how",
    "good_practice_learning",
    "good_practice_contact",
)


def good_practice(report: Report) -> Sheet:
    """Every example that may be seen across Wales, with the outcomes it serves."""
    asked = {measure: report.texts(question.label) for measure in TEXTS for _, question in report.questions(measure)}
    shared = sorted(shared_examples(report.data))
    listed = [(cluster, item) for cluster in report.clusters for code, item in shared if code == cluster.code]
    places = [(cluster.code, "", item) for cluster, item in listed]
    names = [(*cluster_cells(report, cluster), item, _outcomes(report, cluster.code, item)) for cluster, item in listed]
    written = (words(report, measure, places) for measure in asked)
    columns = (
        *cluster_columns(report),
        Column("number", report.pgettext("workbook", "Example number"), "whole"),
        Column("outcomes", report.pgettext("workbook", "Outcomes it serves"), "long_text"),
        *(Column(measure, label, "verbatim", width=WORDS_WIDTH) for measure, label in asked.items()),
    )
    rows = [(*first, *cells) for first, *cells in zip(names, *written, strict=True)]
    line = report.pgettext(
        "workbook",
        "Examples given: %(given)s. Examples that may be shared, and are listed here: %(shared)s.",
        given=report.language.number(len(examples(report.data))),
        shared=report.language.number(len(shared)),
    )
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


def _outcomes(report: Report, cluster: str, item: int) -> Cell:
    rows = report.data.of("good_practice_outcomes")
    of_item = rows[(rows["cluster"] == cluster) & (rows["item"] == item) & (rows["state"] == ANSWERED)]
    chosen = of_item.loc[of_item["value"] == 1, "suffix"]
    options = report.options("good_practice_outcomes")
    return "; ".join(report.option_name(options, code) for code in chosen) or NOT_ANSWERED
