"""Long tables with the codes of what they are about and not its words, which one shorter sheet has: so they print on
few pages."""

from dataclasses import dataclass, replace

from survey.languages import Phrase
from survey.reporting.workbooks.national import criteria, levels, maturity
from survey.reporting.workbooks.report import Report, SheetMaker
from survey.reporting.workbooks.tables import NOT_APPLICABLE
from survey.reporting.xlsx.description import Sheet, Table


@dataclass(frozen=True)
class Coded:
    """A sheet without the columns `words`, whose codes stay; `names` makes the sheet that has the words."""

    maker: SheetMaker
    words: frozenset[str]
    names: SheetMaker
    not_applicable: Phrase | None = None
    """What [z] means in the columns that are left, where it is less than in all of them."""

    def __call__(self, report: Report) -> Sheet:
        """The sheet."""
        sheet = without_columns(report.made(self.maker), self.words)
        meaning = {NOT_APPLICABLE: report.language.say(self.not_applicable)} if self.not_applicable else {}
        return replace(sheet, names=report.made(self.names).name, shorthand={**sheet.shorthand, **meaning})


def without_columns(sheet: Sheet, keys: frozenset[str]) -> Sheet:
    """A sheet without some columns of its table."""
    if not isinstance(sheet.body, Table):
        raise TypeError(sheet.name)
    kept = [place for place, column in enumerate(sheet.body.columns) if column.key not in keys]
    table = replace(
        sheet.body,
        columns=tuple(sheet.body.columns[place] for place in kept),
        rows=[tuple(row[place] for place in kept) for row in sheet.body.rows],
    )
    return replace(sheet, body=table)


OUTCOME = frozenset({"outcome"})
maturity_by_cluster = Coded(
    maturity.maturity_by_cluster,
    OUTCOME | {"why"},
    maturity.maturity_by_outcome,
    Phrase("workbook", "the criteria of the outcome have no levels to point to"),
)
movement_by_cluster = Coded(levels.movement_by_cluster, OUTCOME, maturity.maturity_by_outcome)
criteria_by_board = Coded(criteria.criteria_by_board, OUTCOME | {"criterion"}, criteria.criteria)
