"""What a spreadsheet of data holds in any format: a sheet of the data, and a sheet that says what its columns mean.

Both are for programs and people who look things up: names in the first row, a row each below. Codes are the same in
both languages; the codebook has the words of both.
"""

from collections.abc import Iterator, Sequence

from survey.collection.errors import DomainError
from survey.languages import LANGUAGES
from survey.reporting.files.data_file import Cell, DataFile, reason_words
from survey.reporting.files.long_texts import Rows, continued
from survey.reporting.records.table_schema import Field, Words
from survey.reporting.xlsx.text import cell_pieces

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""What Excel and LibreOffice hold, the row of names included."""

CODEBOOK = "codebook"
CODEBOOK_COLUMNS = (
    "name",
    "kind",
    *(f"{part}_{code}" for part in ("page", "outcome", "question", "part", "codes") for code in LANGUAGES),
    "since",
    "was",
)


def fitted(file: DataFile) -> tuple[tuple[Field, ...], Rows]:
    """The columns and rows of the sheet of data, texts cut into what a cell can hold.

    Raises DomainError("too_large_for_sheet") for too many columns, and for too many rows once they are gone through.
    """
    fields, rows = continued(file.fields, file.rows, cell_pieces)
    if len(fields) > MOST_COLUMNS:
        raise DomainError("too_large_for_sheet", round=file.of_round.id)
    return fields, _counted(file, rows)


def _counted(file: DataFile, rows: Rows) -> Iterator[Sequence[Cell]]:
    for number, row in enumerate(rows, 2):
        if number > MOST_ROWS:
            raise DomainError("too_large_for_sheet", round=file.of_round.id)
        yield row


def codebook_rows(fields: Sequence[Field]) -> Iterator[tuple[str, ...]]:
    """A row for each column, below the row of names."""
    yield CODEBOOK_COLUMNS
    reasons = reason_words()
    for column in fields:
        codes: Words = {
            code: "; ".join(
                [
                    *(f"{option.value} = {option.label[code]}" for option in column.codes),
                    *(f"{reason} = {said[code]}" for reason, said in reasons.items() if column.is_answer),
                ]
            )
            for code in LANGUAGES
        }
        told = (column.page, column.outcome, column.question or column.label, column.part, codes)
        texts = (text.get(code, "") for text in told for code in LANGUAGES)
        yield (column.name, column.kind, *texts, column.since, column.was)
