"""What stands out in a self-reflection round, by rules, from the figures of the workbook’s sheets."""

from collections.abc import Callable

from survey.languages import Phrase
from survey.reporting.workbooks.key_findings import (
    CellsOfRow,
    KeyFinding,
    findings_of,
    findings_sheet,
    highest,
    is_number,
)
from survey.reporting.workbooks.national import level_findings
from survey.reporting.workbooks.national.actions import actions_of_last_year
from survey.reporting.workbooks.national.criteria import criteria_holding_back
from survey.reporting.workbooks.national.enablers import enablers_and_barriers, help_wanted_from
from survey.reporting.workbooks.national.level_findings import most_chosen, rows_of_sheet, said
from survey.reporting.workbooks.national.other_questions import answers
from survey.reporting.workbooks.report import Report, SheetMaker
from survey.reporting.workbooks.response import response_by_board
from survey.reporting.xlsx.description import Sheet

DONE, WITH_RESERVATIONS = "done", "with_reservations"


def key_findings(report: Report) -> Sheet:
    """Up to ten sentences, each with a link to the sheet of its figures."""
    few = report.pgettext("workbook", "No sentence rests on fewer than five clusters.")
    return findings_sheet(report, findings(report), few)


def findings(report: Report) -> tuple[KeyFinding, ...]:
    """The same sentences for other documents."""
    return findings_of(report, RULES)


def response(report: Report) -> KeyFinding | None:
    """How many clusters responded."""
    wales = rows_of_sheet(report, response_by_board)[0]
    if not is_number(wales["rate"]) or not wales["counted"]:
        return None
    sentence = Phrase("key finding", "%(number)s of %(base)s clusters have a response that counts (%(share)s).")
    return said(
        report, response_by_board, sentence, number=wales["counted"], base=wales["expected"], share=wales["rate"]
    )


def most_often_barrier(report: Report) -> KeyFinding | None:
    """What most clusters call a barrier."""
    sentence = Phrase(
        "key finding",
        "Most often a barrier: “%(enabler)s” (%(number)s of the %(base)s clusters that rated it, %(share)s).",
    )
    return _of_enabler(report, sentence, _rated(report, -1))


def most_often_enabler(report: Report) -> KeyFinding | None:
    """What most clusters call an enabler."""
    sentence = Phrase(
        "key finding",
        "Most often an enabler: “%(enabler)s” (%(number)s of the %(base)s clusters that rated it, %(share)s).",
    )
    return _of_enabler(report, sentence, _rated(report, 1))


def holds_most_back(report: Report) -> KeyFinding | None:
    """The criterion that more clusters lack for their next level than any other."""
    criterion = highest(rows_of_sheet(report, criteria_holding_back), lambda row: row["held"])
    if criterion is None or not is_number(criterion["share"]) or not criterion["held"]:
        return None
    sentence = Phrase(
        "key finding",
        "The criterion that holds the largest number of clusters back from their next level: “%(criterion)s”. Outcome: "
        "%(outcome)s. It holds back %(number)s of the %(base)s clusters that need it next.",
    )
    return said(
        report,
        criteria_holding_back,
        sentence,
        criterion=criterion["criterion"],
        outcome=criterion["outcome"],
        number=criterion["held"],
        base=criterion["needed"],
    )


def reservations(report: Report) -> KeyFinding | None:
    """How many clusters agreed their reflection with reservations."""
    sentence = Phrase(
        "key finding", "%(number)s of %(base)s clusters agreed their reflection with reservations (%(share)s)."
    )
    nobody = Phrase("key finding", "None of %(base)s clusters agreed their reflection with reservations.")
    for _, question in report.questions("agreed")[:1]:
        option = question.option(WITH_RESERVATIONS)
        told = (report.wales, report.texts(question.label), report.texts(option.label) if option else "")
        for row in rows_of_sheet(report, answers):
            if (row["board"], row["question"], row["answer"]) == told and is_number(row["share"]):
                return _some_or_none(report, answers, sentence, nobody, row)
    return None


def actions_done(report: Report) -> KeyFinding | None:
    """How many of last year’s actions are done."""
    sentence = Phrase("key finding", "Of %(base)s main actions of the year before, %(number)s are done (%(share)s).")
    nothing = Phrase("key finding", "Of %(base)s main actions of the year before, none is done.")
    for together in rows_of_sheet(report, actions_of_last_year)[:1]:
        if is_number(share := together.get(f"p_{DONE}", "")):
            base = sum(together[f"n_{option.code}"] for option in report.options("action_went"))
            done: CellsOfRow = {"base": base, "number": together[f"n_{DONE}"], "share": share}
            return _some_or_none(report, actions_of_last_year, sentence, nothing, done)
    return None


def help_wanted(report: Report) -> KeyFinding | None:
    """From whom most clusters want help."""
    sentence = Phrase(
        "key finding",
        "Help is wanted most from: %(option)s (%(number)s of the %(base)s clusters that said from whom, %(share)s).",
    )
    for wales in rows_of_sheet(report, help_wanted_from)[:1]:
        if most := most_chosen(report, wales, "help_from"):
            return said(report, help_wanted_from, sentence, **most)
    return None


RULES: tuple[Callable[[Report], KeyFinding | None], ...] = (
    response,
    level_findings.common_level,
    level_findings.moved,
    level_findings.largest_rise,
    level_findings.largest_fall,
    level_findings.widest_spread,
    level_findings.calibrated,
    most_often_barrier,
    most_often_enabler,
    holds_most_back,
    reservations,
    actions_done,
    help_wanted,
)
"""In the order of their sentences: of more than ten that have something to say, the first ten say it."""


def _rated(report: Report, side: int) -> list[CellsOfRow]:
    """The enablers that have a mean in Wales, with how many clusters rated them on a side of nought."""
    options = report.options("enabler")
    on_side = [option.code for option in options if option.value is not None and option.value * side > 0]
    return [
        row
        | {
            "number": sum(row[f"n_{code}"] for code in on_side),
            "base": sum(row[f"n_{option.code}"] for option in options),
        }
        for row in rows_of_sheet(report, enablers_and_barriers)
        if row["board"] == report.wales and is_number(row["mean"])
    ]


def _some_or_none(report: Report, maker: SheetMaker, some: Phrase, none: Phrase, row: CellsOfRow) -> KeyFinding:
    """A finding on a row’s number, with the sentence for one that is nought."""
    if not row["number"]:
        return said(report, maker, none, base=row["base"])
    return said(report, maker, some, number=row["number"], base=row["base"], share=row["share"])


def _of_enabler(report: Report, sentence: Phrase, rated: list[CellsOfRow]) -> KeyFinding | None:
    """The enabler that most clusters rated on one side."""
    row = highest(rated, lambda enabler: enabler["number"])
    if row is None or not row["number"]:
        return None
    number, base = row["number"], row["base"]
    figures = {"number": number, "base": base, "share": number / base}
    return said(report, enablers_and_barriers, sentence, enabler=row["enabler"], **figures)
