"""A chart of each question of the workforce survey that has no sheet of its own for one."""

from collections.abc import Callable, Iterator

from survey.questionnaire.scales import middle_of
from survey.reporting.measures.declarations import Measure
from survey.reporting.measures.tallies import FIRST, RANKED, share_of
from survey.reporting.measures.workforce import OTHER_ANSWERS, PROFESSION, STAY, TRAINING, WELLBEING
from survey.reporting.workbooks.answer_charts import SHARE_OF_PEOPLE, look_of_shares
from survey.reporting.workbooks.charts import NARROW, CellsByKey, base_fact, figure, rows_of
from survey.reporting.workbooks.column_plots import charts_sheet, plot_of_columns, round_end
from survey.reporting.workbooks.generic.people_charts import facts_of_people, plots_of_answers
from survey.reporting.workbooks.provenance import PROTECTION
from survey.reporting.workbooks.workforce import other_questions, skills, staff
from survey.reporting.workbooks.workforce.release import SheetMaker, WorkforceReport
from survey.reporting.xlsx.description import Plot, Sheet

Wanted = Callable[[CellsByKey], bool]
LONG_TABLES: tuple[SheetMaker, ...] = (
    skills.learning,
    skills.use_of_welsh,
    staff.help_to_stay,
    other_questions.answers,
)


def charts_of_answers(report: WorkforceReport) -> Sheet:
    """The sheet of these charts."""
    return charts_sheet(report, _plots(report), (OTHER_ANSWERS.id, *PROTECTION))


def _plots(report: WorkforceReport) -> Iterator[Plot | None]:
    yield _professions(report)
    of_wales = _named(report.wales)
    yield _training(report, of_wales)
    for maker in LONG_TABLES:
        yield from plots_of_answers(report, report.made(maker))
    wales_and_boards = _named(report.wales, *(report.group_name(group) for group in report.board_groups))
    title = report.titled(report.pgettext("chart title", "Intention to stay, by health board"))
    yield _shares(report, staff.intention_to_stay, title, "group", "stay", STAY, wales_and_boards)
    title = report.titled(report.pgettext("chart title", "Well-being, Wales"))
    yield _shares(report, staff.wellbeing, title, "statement", "wellbeing", WELLBEING, of_wales)


def _professions(report: WorkforceReport) -> Plot | None:
    """How many people of each profession responded."""
    sheet = report.made(staff.profession_by_board)
    everybody = rows_of(sheet)[0]["profession"]
    numbers = [figure(row["wales"]) or 0 for row in rows_of(sheet) if row["profession"] != everybody]
    return plot_of_columns(
        report,
        sheet,
        "bars",
        report.titled(report.pgettext("chart title", "Responses by profession, Wales")),
        "profession",
        ("wales",),
        _facts(report, PROFESSION),
        lambda row: row["profession"] != everybody,
        high=round_end(max(numbers, default=0)),
        axis=report.pgettext("workbook chart", "People who responded"),
    )


def _training(report: WorkforceReport, of_wales: Wanted) -> Plot | None:
    """How many ranked each training first and at all, from the one that most ranked to the one that fewest did."""
    return plot_of_columns(
        report,
        report.made(skills.training),
        "dots",
        report.titled(report.pgettext("chart title", "Training needed in the next year, Wales")),
        "training",
        (FIRST, RANKED),
        _facts(report, TRAINING),
        of_wales,
        by=RANKED,
        figures="percent",
        axis=report.language.say(SHARE_OF_PEOPLE),
    )


def _shares(
    report: WorkforceReport, maker: SheetMaker, title: str, name: str, measure: str, declared: Measure, wanted: Wanted
) -> Plot | None:
    """Bars of the shares of a question’s options, a row for each wanted one that has them all."""
    options = report.options(measure)
    sheet, keys = report.made(maker), [share_of(option.code) for option in options]
    look = look_of_shares(middle_of(options), report.language.say(SHARE_OF_PEOPLE))
    base, *others = _facts(report, declared)
    facts = (base, report.language.say(NARROW), *others)
    return plot_of_columns(report, sheet, "shares", title, name, keys, facts, wanted, figures="percent", **look)


def _facts(report: WorkforceReport, measure: Measure) -> tuple[str, ...]:
    return (base_fact(report, measure), *facts_of_people(report))


def _named(*names: str) -> Wanted:
    return lambda row: row["group"] in names
