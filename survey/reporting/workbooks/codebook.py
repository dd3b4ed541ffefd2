"""What each column of the responses means: the data dictionary."""

from collections.abc import Callable, Iterable

from survey.languages import Phrase
from survey.questionnaire.framework import Outcome
from survey.questionnaire.types.base import FieldKind
from survey.reporting.records.rows import columns_in_use
from survey.reporting.records.variables import Variable
from survey.reporting.workbooks.cells import NOT_APPLICABLE
from survey.reporting.workbooks.localised import LocalisedRound
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.description import Cell, Column, Sheet, Shorthand, Table

KINDS: dict[FieldKind, Phrase] = {
    "code": Phrase("codebook kind", "One code"),
    "flag": Phrase("codebook kind", "Chosen or not"),
    "rank": Phrase("codebook kind", "Rank, 1 is the first choice"),
    "text": Phrase("codebook kind", "Free text"),
    "integer": Phrase("codebook kind", "Whole number"),
    "decimal": Phrase("codebook kind", "Number"),
    "date": Phrase("codebook kind", "Date"),
}
CODE = Phrase("codebook", "%(code)s = %(label)s")
FLAGS = Phrase("codebook", "1 = chosen; 0 = not chosen")


def codebook(report: Report) -> Sheet:
    """The codebook of the columns of the responses."""
    line = report.language.pgettext("workbook", "One row for each column of the responses, in their order.")
    return codebook_of(report, columns_in_use(report.data), report.outcome_name, line)


def codebook_of(
    report: LocalisedRound, variables: Iterable[Variable], outcome_name: Callable[[Outcome], str], *preamble: str
) -> Sheet:
    """Each variable: where it is asked, the question, its codes, and since when it can be followed."""
    language = report.language
    return Sheet(
        name=language.pgettext("sheet name", "Codebook"),
        title=report.titled(language.pgettext("sheet title", "Codebook: the columns of the responses")),
        preamble=preamble,
        shorthand={Shorthand.NOT_APPLICABLE: language.pgettext("workbook", "there is none to give for this column")},
        body=Table(
            "codebook",
            language.pgettext("workbook", "Every column of the responses, with its question and its codes."),
            (
                Column("variable", language.pgettext("codebook", "Column")),
                Column("page", language.pgettext("codebook", "Page")),
                Column("outcome", language.pgettext("workbook", "Outcome")),
                Column("question", language.pgettext("codebook", "Question"), "long_text"),
                Column("part", language.pgettext("codebook", "Part of the question"), "long_text"),
                Column("kind", language.pgettext("codebook", "Kind of value")),
                Column("codes", language.pgettext("codebook", "Codes"), "long_text"),
                Column("since", language.pgettext("codebook", "First edition to ask it")),
                Column("was", language.pgettext("codebook", "Earlier name of the question")),
            ),
            [_row(report, variable, outcome_name) for variable in variables],
        ),
    )


def _row(report: LocalisedRound, variable: Variable, outcome_name: Callable[[Outcome], str]) -> tuple[Cell, ...]:
    page, field, question = variable.page, variable.field, variable.asks
    return (
        variable.name,
        report.texts(page.section.title),
        outcome_name(page.outcome) if page.outcome else NOT_APPLICABLE,
        report.texts(question.label),
        report.texts(field.label) if field.label and field.label is not question.label else NOT_APPLICABLE,
        report.language.say(KINDS[field.kind]),
        _codes(report, variable),
        question.since or NOT_APPLICABLE,
        question.was or NOT_APPLICABLE,
    )


def _codes(report: LocalisedRound, variable: Variable) -> Cell:
    if variable.field.kind == "flag":
        return report.language.say(FLAGS)
    codes = [
        report.language.say(CODE, code=option.code, label=report.texts(option.label))
        for option in variable.field.options
    ]
    return "; ".join(codes) if codes else NOT_APPLICABLE
