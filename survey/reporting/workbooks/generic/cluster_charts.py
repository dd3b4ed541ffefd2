"""A chart of each question that clusters answer, whatever it is, from the sheets of answers and of numbers."""

from collections import Counter
from collections.abc import Iterator

from survey.languages import UK
from survey.reporting.measures.declarations import ANSWERS
from survey.reporting.workbooks.answer_charts import AnswerPlots, area_fact
from survey.reporting.workbooks.charts import CellsByKey, rows_at_top, rows_of, source_facts
from survey.reporting.workbooks.column_plots import charts_sheet, number_plots
from survey.reporting.workbooks.front import state_line
from survey.reporting.workbooks.generic.clusters import ITEMS, NUMBERS, answers_of_clusters, numbers_of_clusters
from survey.reporting.workbooks.provenance import SMALL_BASE
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.description import Plot, Sheet


def charts_of_answers(report: Report) -> Sheet:
    """The sheet of the charts of every question."""
    answers, numbers = report.made(answers_of_clusters), report.made(numbers_of_clusters)
    return charts_sheet(report, plots_of_answers(report, answers, numbers), (ANSWERS.id, SMALL_BASE))


def plots_of_answers(report: Report, answers: Sheet, numbers: Sheet) -> Iterator[Plot]:
    """A chart for each question of a sheet of answers and of one of numbers."""
    facts = facts_of(report)

    def base(row: CellsByKey) -> str:
        number = int(str(row["base"]))
        if row["counted"] == report.language.say(ITEMS):
            return report.npgettext(
                "workbook chart",
                "Base: %(n)s entry that a cluster made and answered this for. A cluster may make several.",
                "Base: %(n)s entries that clusters made and answered this for. A cluster may make several.",
                number,
            )
        return report.npgettext(
            "workbook chart", "Base: %(n)s cluster that answered.", "Base: %(n)s clusters that answered.", number
        )

    of_wales = rows_at_top(answers, "board") if rows_of(answers) else []
    areas = (area_fact(report, row["board"]) for row in of_wales[:1])
    yield from AnswerPlots(report, answers, base, (*areas, *facts)).all(of_wales)
    given = Counter((row["section"], row["question"]) for row in of_wales)
    yield from number_plots(
        report, numbers, [question for question in given if given[question] == 1], "board", NUMBERS, facts
    )


def facts_of(report: Report) -> tuple[str, ...]:
    """What stands below every chart: source and date, and that figures are provisional while they are."""
    day = report.language.date(report.series.changed.astimezone(UK).date())
    return (*source_facts(report, day), *((state_line(report),) if report.is_open else ()))


def facts_over_years(report: Report) -> tuple[str, ...]:
    """The same of figures of every kept year."""
    _, *others = facts_of(report)
    source = report.over_years(report.texts(report.snapshot.questionnaire.title))
    return (report.pgettext("workbook chart", "Source: %(source)s.", source=source), *others)
