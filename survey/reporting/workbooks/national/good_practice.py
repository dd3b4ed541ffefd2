"""Examples of good practice that their clusters let others see."""

from survey.reporting.measures.declarations import GOOD_PRACTICE, OWN_WORDS
from survey.reporting.measures.sharing import examples, shared_examples
from survey.reporting.records.answers import ANSWERED
from survey.reporting.workbooks.cells import NO_ANSWER, NOT_ANSWERED, cluster_cells, cluster_columns, verbatim
from survey.reporting.workbooks.national.words import NOTHING, answers_by_place
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.description import Cell, Column, Sheet, Shorthand, Table

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
    language = report.language
    asked = {measure: report.texts(question.label) for measure in TEXTS for _, question in report.questions(measure)}
    found = {measure: answers_by_place(report, measure) for measure in asked}
    shared = shared_examples(report.data)
    rows: list[tuple[Cell, ...]] = [
        (
            *cluster_cells(report, cluster),
            item,
            _outcomes(report, cluster.code, item),
            *(verbatim(*found[measure].get((cluster.code, "", item), NOTHING)) for measure in asked),
        )
        for cluster in report.clusters
        for code, item in sorted(shared)
        if code == cluster.code
    ]
    return Sheet(
        name=language.pgettext("sheet name", "Good practice"),
        title=report.titled(language.pgettext("sheet title", "Good practice that may be shared across Wales")),
        preamble=(
            language.pgettext(
                "workbook",
                "Examples given: %(given)s. Examples that may be shared, and are listed here: %(shared)s.",
                given=language.number(len(examples(report.data))),
                shared=language.number(len(shared)),
            ),
        ),
        notes=(GOOD_PRACTICE.id, OWN_WORDS.id),
        shorthand={Shorthand.NOT_AVAILABLE: language.say(NO_ANSWER)},
        body=Table(
            "good_practice",
            language.pgettext("workbook", "Examples of good practice in clusters’ own words."),
            (
                *cluster_columns(language),
                Column("number", language.pgettext("workbook", "Example number"), "whole"),
                Column("outcomes", language.pgettext("workbook", "Outcomes it serves"), "long_text"),
                *(Column(measure, label, "verbatim", width=WORDS_WIDTH) for measure, label in asked.items()),
            ),
            rows,
        ),
    )


def _outcomes(report: Report, cluster: str, item: int) -> Cell:
    rows = report.data.of("good_practice_outcomes")
    of_item = rows[(rows["cluster"] == cluster) & (rows["item"] == item) & (rows["state"] == ANSWERED)]
    chosen = list(of_item[of_item["value"] == 1]["suffix"])
    if not chosen:
        return NOT_ANSWERED
    options = report.options("good_practice_outcomes")
    return "; ".join(report.option_name(options, code) for code in chosen)
