"""The long-run table: every coded answer of every edition, one a row, for those who follow clusters over the years.

Tidy data: `round`, `reporting_year`, `cluster`, `health_board`, `outcome`, `variable`, `value`, `state`. A question
that has been renamed is followed under its name in the latest edition; a question that took over the id of another
one is not that one, so the earlier is called by its name and its edition, `outcome.pcmw-01.level@2024`. Values are
codes and numbers; what people wrote is in the data of each round, where it is said whether others may see it.

`state` is `answered`, `not_answered`, `not_asked` or `no_response`; a value that is not there is `[z]` not asked or
`[x]` not answered and no response.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from survey.languages import LANGUAGES, Phrase
from survey.questionnaire.continuity import same_question
from survey.reporting.files.data_file import MISSING, Cell, DataFile, titled
from survey.reporting.records.round_data import RoundData
from survey.reporting.records.series import RoundSeries
from survey.reporting.records.table_schema import Code, Field, RoundFields, words
from survey.reporting.records.variables import ANSWERED, NO_RESPONSE, NOT_ANSWERED, NOT_ASKED
from survey.reporting.xlsx.description import Shorthand

ROUND = Phrase("data field", "Round")
YEAR = Phrase("data field", "Reporting year")
VARIABLE = Phrase("data field", "What was asked")
VALUE = Phrase("data field", "Value, as a code or a number")
STATE = Phrase("data field", "Whether there is an answer")
STATES = {
    ANSWERED: Phrase("data field", "Answered"),
    NOT_ANSWERED: MISSING[Shorthand.NOT_AVAILABLE],
    NOT_ASKED: MISSING[Shorthand.NOT_APPLICABLE],
    NO_RESPONSE: Phrase("data field", "The cluster has not submitted"),
}
KEY = ("round", "cluster", "variable")


def series_file(series: RoundSeries) -> DataFile:
    """The long-run table that ends with a round, oldest edition first."""
    snapshot, fields = series.current.snapshot, _fields(series)
    return DataFile(
        snapshot.round,
        "series",
        titled(snapshot),
        series.changed,
        fields,
        _rows(series),
        ({column.name: _plain(cell) for column, cell in zip(fields, row, strict=True)} for row in _rows(series)),
        key=KEY,
    )


def _rows(series: RoundSeries) -> Iterator[list[Cell]]:
    for data in series.rounds:
        names = _names_today(data, series.current)
        first = [data.snapshot.round.id, data.year]
        for cluster, board, variable, value, state, _ in data.answers:
            if variable.field.kind != "text":
                cell = value if state == ANSWERED else _missing(state)
                yield [*first, cluster, board, variable.outcome or None, names[variable.name], cell, state]


def _missing(state: str) -> Shorthand:
    return Shorthand.NOT_APPLICABLE if state == NOT_ASKED else Shorthand.NOT_AVAILABLE


def _plain(cell: Cell) -> Any:
    return None if isinstance(cell, Shorthand) else cell


def _names_today(data: RoundData, latest: RoundData) -> dict[str, str]:
    """What each variable of a round is called in the series."""
    if data is latest:
        return {variable.name: variable.name for variable in data.variables}
    today = {
        (section.id, before.id): question.id
        for section in latest.snapshot.questionnaire.sections
        for question in section.questions
        if (before := same_question(section, question, data.snapshot.questionnaire)) is not None
    }
    taken = {variable.name for variable in latest.variables}
    names = {}
    for variable in data.variables:
        page = variable.page.key.replace("/", ".")
        defined = variable.question.id
        if variable.question.follows is not None:
            defined = defined.removesuffix(f"-{variable.question.follows.outcome}")
        rest = variable.name.removeprefix(f"{page}.{defined}")
        question = today.get((variable.section.id, defined))
        if question is not None:
            names[variable.name] = f"{page}.{question}{rest}"
        elif variable.name in taken:
            names[variable.name] = f"{variable.name}@{data.snapshot.questionnaire.edition}"
        else:
            names[variable.name] = variable.name
    return names


def _fields(series: RoundSeries) -> tuple[Field, ...]:
    described = [(data, RoundFields(data.snapshot)) for data in series.rounds]
    rounds = [Code(data.snapshot.round.id, dict.fromkeys(LANGUAGES, data.year)) for data in series.rounds]
    variables = {
        name: Code(name, fields.of(variable).label)
        for data, fields in described
        for variable, name in zip(data.variables, _names_today(data, series.current).values(), strict=True)
        if variable.field.kind != "text"
    }
    return (
        Field("round", "code", words(ROUND), codes=tuple(rounds)),
        Field("reporting_year", "code", words(YEAR)),
        _joined([fields.cluster() for _, fields in described]),
        _joined([fields.health_board() for _, fields in described]),
        _joined([fields.outcome() for _, fields in described]),
        Field("variable", "code", words(VARIABLE), codes=tuple(variables.values())),
        Field("value", "code", words(VALUE), is_answer=True),
        Field("state", "code", words(STATE), codes=tuple(Code(code, words(said)) for code, said in STATES.items())),
    )


def _joined(columns: Sequence[Field]) -> Field:
    """One column of those that each round has, with every code; the latest round says what it stands for."""
    codes = {code.value: code for column in columns for code in column.codes}
    return replace(columns[-1], codes=tuple(codes.values()))
