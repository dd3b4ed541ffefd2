"""What stands out in a workforce survey, by rules, from the figures of the workbook’s sheets and no others.

Where any figure is confidential that might be the one to name, or two are equal, nothing is said.
"""

from collections.abc import Callable

from survey.languages import Phrase
from survey.reporting.measures.tallies import CONFIDENCE, FIRST, GAP, IMPORTANCE, MEAN, share_of
from survey.reporting.workbooks.charts import rows_at_top, rows_of
from survey.reporting.workbooks.key_findings import (
    CellsOfRow,
    KeyFinding,
    findings_of,
    findings_sheet,
    highest,
    is_number,
    key_finding,
)
from survey.reporting.workbooks.response import people_by_board
from survey.reporting.workbooks.workforce import skills, staff
from survey.reporting.workbooks.workforce.release import SheetMaker, WorkforceReport
from survey.reporting.xlsx.description import Sheet


def key_findings(report: WorkforceReport) -> Sheet:
    """Up to ten sentences, each with a link to the sheet of its figures."""
    shown = report.pgettext(
        "workbook", "Where a figure is confidential that might be the one to name, nothing is said."
    )
    return findings_sheet(report, findings_of(report, RULES), shown)


def response(report: WorkforceReport) -> KeyFinding | None:
    """How many people responded."""
    wales: CellsOfRow = dict(rows_of(report.made(people_by_board))[0])
    if not is_number(wales["responses"]):
        return None
    sentence = Phrase("key finding", "Responses: %(number)s. The people of %(clusters)s clusters were asked.")
    return _said(report, people_by_board, sentence, number=wales["responses"], clusters=wales["clusters"])


def most_important(report: WorkforceReport) -> KeyFinding | None:
    """The skill of the highest mean importance."""
    sentence = Phrase(
        "key finding", "The most important skill: “%(skill)s” (mean %(mean)s, from 1 to 4, of %(base)s people)."
    )
    return _skill(report, sentence, IMPORTANCE)


def least_confident(report: WorkforceReport) -> KeyFinding | None:
    """The skill of the lowest mean confidence."""
    sentence = Phrase(
        "key finding",
        "The skill with the least confidence: “%(skill)s” (mean %(mean)s, from 1 to 4, of %(base)s people).",
    )
    return _skill(report, sentence, CONFIDENCE, -1)


def widest_gap(report: WorkforceReport) -> KeyFinding | None:
    """The skill in which confidence falls most short of importance."""
    sentence = Phrase(
        "key finding",
        "Confidence falls most short of importance in: “%(skill)s” (importance %(importance)s, confidence "
        "%(confidence)s; %(base)s people).",
    )
    widest = _highest(_of_wales(report, skills.skills), GAP)
    if widest is None or widest[GAP] <= 0:
        return None
    means = {name: _mean(report, widest[name]) for name in (IMPORTANCE, CONFIDENCE)}
    return _said(report, skills.skills, sentence, skill=widest["skill"], base=widest["base"], **means)


def training(report: WorkforceReport) -> KeyFinding | None:
    """The training that more people rank first than any other."""
    sentence = Phrase(
        "key finding", "The training ranked first most often: “%(training)s” (%(share)s of %(base)s people)."
    )
    most = _highest(_of_wales(report, skills.training), FIRST)
    if most is None or not most[FIRST]:
        return None
    share = float(most[FIRST])
    return _said(report, skills.training, sentence, training=most["training"], share=share, base=most["base"])


def obstacle(report: WorkforceReport) -> KeyFinding | None:
    """What most often gets in the way of learning."""
    sentence = Phrase(
        "key finding", "What most often gets in the way of learning: “%(answer)s” (%(share)s of %(base)s people)."
    )
    return _answer(report, sentence, skills.learning, "obstacles")


def preference(report: WorkforceReport) -> KeyFinding | None:
    """The way of learning that most prefer."""
    sentence = Phrase(
        "key finding", "The way of learning chosen most often: “%(answer)s” (%(share)s of %(base)s people)."
    )
    return _answer(report, sentence, skills.learning, "learning_preferences")


def stay(report: WorkforceReport) -> KeyFinding | None:
    """How much longer most expect to stay."""
    sentence = Phrase(
        "key finding",
        "How much longer people expect to work in primary care, most often: “%(answer)s” (%(share)s of %(base)s "
        "people).",
    )
    rows = rows_of(report.made(staff.intention_to_stay))
    if not rows:
        return None
    wales = dict(rows[0])
    shares = [
        {"answer": report.texts(option.label), "share": wales[share_of(option.code)], "base": wales["base"]}
        for option in report.options("stay")
    ]
    return _most_chosen(report, sentence, staff.intention_to_stay, shares)


def help_to_stay(report: WorkforceReport) -> KeyFinding | None:
    """What would help most people to stay."""
    sentence = Phrase(
        "key finding", "What would help people most to stay: “%(answer)s” (%(share)s of %(base)s people)."
    )
    return _answer(report, sentence, staff.help_to_stay, "stay_help")


def use_of_welsh(report: WorkforceReport) -> KeyFinding | None:
    """How often most use Welsh at work."""
    sentence = Phrase(
        "key finding", "How often people use Welsh at work, most often: “%(answer)s” (%(share)s of %(base)s people)."
    )
    return _answer(report, sentence, skills.use_of_welsh, "welsh_use")


def lowest_wellbeing(report: WorkforceReport) -> KeyFinding | None:
    """The statement on well-being that people agree with least."""
    sentence = Phrase(
        "key finding",
        "The statement on well-being with the least agreement: “%(statement)s” (mean %(mean)s, from 1 to 5, of "
        "%(base)s people).",
    )
    lowest = _highest(_of_wales(report, staff.wellbeing), MEAN, -1)
    if lowest is None:
        return None
    mean = _mean(report, lowest[MEAN])
    return _said(report, staff.wellbeing, sentence, statement=lowest["statement"], mean=mean, base=lowest["base"])


RULES: tuple[Callable[[WorkforceReport], KeyFinding | None], ...] = (
    response,
    most_important,
    widest_gap,
    training,
    obstacle,
    stay,
    help_to_stay,
    use_of_welsh,
    lowest_wellbeing,
    preference,
    least_confident,
)
"""In the order of their sentences: of more than ten that have something to say, the first ten say it."""


def _said(report: WorkforceReport, maker: SheetMaker, sentence: Phrase, **figures: str | float) -> KeyFinding:
    return key_finding(report, report.made(maker), sentence, **figures)


def _of_wales(report: WorkforceReport, maker: SheetMaker) -> list[CellsOfRow]:
    """The rows of Wales of a sheet."""
    return [dict(row) for row in rows_at_top(report.made(maker), "group")]


def _highest(rows: list[CellsOfRow], figure: str, sign: int = 1) -> CellsOfRow | None:
    """The row of the highest figure (with a `sign` of -1, the lowest); None where any is confidential."""
    if not all(is_number(row[figure]) for row in rows):
        return None
    return highest(rows, lambda row: sign * row[figure])


def _skill(report: WorkforceReport, sentence: Phrase, figure: str, sign: int = 1) -> KeyFinding | None:
    most = _highest(_of_wales(report, skills.skills), figure, sign)
    if most is None:
        return None
    mean = _mean(report, most[figure])
    return _said(report, skills.skills, sentence, skill=most["skill"], mean=mean, base=most["base"])


def _answer(report: WorkforceReport, sentence: Phrase, maker: SheetMaker, measure: str) -> KeyFinding | None:
    """The answer that more give than any other to the first question that feeds a measure."""
    asked = next((report.texts(tally.question.label) for tally in report.tallies(measure)), None)
    rows = [row for row in _of_wales(report, maker) if row["question"] == asked]
    return _most_chosen(report, sentence, maker, rows)


def _most_chosen(
    report: WorkforceReport, sentence: Phrase, maker: SheetMaker, rows: list[CellsOfRow]
) -> KeyFinding | None:
    """Of answers with shares the one with the highest."""
    most = _highest(rows, "share")
    if most is None or not most["share"]:
        return None
    return _said(report, maker, sentence, answer=most["answer"], share=float(most["share"]), base=most["base"])


def _mean(report: WorkforceReport, mean: float) -> str:
    """A mean as its sheet shows it."""
    return report.language.number(round(mean, 2)).replace("-", "−")
