"""What each column of the responses means: the data dictionary."""

from collections.abc import Iterable

from survey.languages import Phrase
from survey.reporting.disclosure.protection import Protected
from survey.reporting.records.rows import columns_in_use
from survey.reporting.records.table_schema import ColumnKind, Field, RoundFields
from survey.reporting.records.variables import Variable, variables_of_round
from survey.reporting.workbooks.report import LocalisedRound, PeopleReport, Report
from survey.reporting.workbooks.tables import NOT_APPLICABLE, sheet_of
from survey.reporting.xlsx.description import Cell, Column, Sheet, Shorthand, Table

KINDS: dict[ColumnKind, Phrase] = {
    "code": Phrase("codebook kind", "One code"),
    "flag": Phrase("codebook kind", "Chosen or not"),
    "rank": Phrase("codebook kind", "Rank: 1 is the first choice, 0 was left unranked"),
    "text": Phrase("codebook kind", "Free text"),
    "integer": Phrase("codebook kind", "Whole number"),
    "decimal": Phrase("codebook kind", "Number"),
    "date": Phrase("codebook kind", "Date"),
}
CODE = Phrase("codebook", "%(code)s = %(label)s")
FLAGS = Phrase("codebook", "1 = chosen; 0 = not chosen")


def codebook(report: Report) -> Sheet:
    """The codebook of the columns of the responses."""
    line = report.pgettext("workbook", "One row for each column of the responses, in their order.")
    return _codebook(report, columns_in_use(report.data), line)


def codebook_of_people(report: PeopleReport[Protected]) -> Sheet:
    """Each variable of a response, free text included, of which nothing is in the workbook."""
    line = report.pgettext(
        "workbook",
        "One row for each column of a response. Single responses, and what people wrote, are in no workbook.",
    )
    return _codebook(report, variables_of_round(report.snapshot), line)


def _codebook(report: LocalisedRound, variables: Iterable[Variable], line: str) -> Sheet:
    """Each variable: where it is asked, the question, its codes, and since when it can be followed."""
    columns = (
        Column("variable", report.pgettext("codebook", "Column")),
        Column("page", report.pgettext("codebook", "Page")),
        Column("outcome", report.pgettext("workbook", "Outcome")),
        Column("question", report.pgettext("codebook", "Question"), "long_text"),
        Column("part", report.pgettext("codebook", "Part of the question"), "long_text"),
        Column("kind", report.pgettext("codebook", "Kind of value")),
        Column("codes", report.pgettext("codebook", "Codes"), "long_text"),
        Column("since", report.pgettext("codebook", "First edition to ask it"), "long_text"),
        Column("was", report.pgettext("codebook", "Earlier name of the question")),
    )
    fields = RoundFields(report.snapshot)
    rows = [_row(report, fields.of(variable)) for variable in variables]
    description = report.pgettext("workbook", "Every column of the responses, with its question and its codes.")
    return sheet_of(
        report,
        report.pgettext("sheet name", "Codebook"),
        report.pgettext("sheet title", "Codebook: the columns of the responses"),
        Table("codebook", description, columns, rows),
        (line,),
        shorthand={Shorthand.NOT_APPLICABLE: report.pgettext("workbook", "there is none to give for this column")},
    )


def _row(report: LocalisedRound, described: Field) -> tuple[Cell, ...]:
    code = report.language.code
    return (
        described.name,
        described.page[code],
        described.outcome.get(code, NOT_APPLICABLE),
        described.question[code],
        described.part.get(code, NOT_APPLICABLE),
        report.language.say(KINDS[described.kind]),
        _codes(report, described),
        int(described.since) if described.since.isdigit() else described.since or NOT_APPLICABLE,
        described.was or NOT_APPLICABLE,
    )


def _codes(report: LocalisedRound, described: Field) -> Cell:
    if described.kind == "flag":
        return report.language.say(FLAGS)
    codes = [
        report.language.say(CODE, code=option.value, label=option.label[report.language.code])
        for option in described.codes
    ]
    return "; ".join(codes) if codes else NOT_APPLICABLE
