"""What tables say of numbers that readers add up, and that need not come to their totals."""

from tests.reporting.reading import ReadWorkbook

ROUNDED = "Percentages are rounded, so they may not add up to 100."
SEVERAL = "Where several answers could be chosen, percentages may add up to more than 100."


def test_every_table_with_several_percentages_says_that_they_are_rounded(workbooks: dict[str, ReadWorkbook]) -> None:
    book = workbooks["en"]
    tables = [sheet.title for sheet in book.drawn_book.worksheets[3:] if sheet.tables and not sheet._charts]
    several = {name for name in tables if sum(str(head).endswith("(%)") for head in book.table(name)[0]) > 1}
    assert len(several) > 8
    assert {name for name in tables if ROUNDED in book.lines(name)} == several | {"Answers"}
    assert {name for name in tables if SEVERAL in book.lines(name)} == {"Answers"}
