"""Who responded: professions by health board."""

from survey.reporting.disclosure.protection import EVERYBODY
from survey.reporting.measures.workforce import PROFESSION
from survey.reporting.workbooks.tables import figures_of_people
from survey.reporting.workbooks.workforce.report import WorkforceReport
from survey.reporting.xlsx.description import Cell, Column, Sheet, Table


def profession_by_board(report: WorkforceReport) -> Sheet:
    """Responses of each profession in Wales and in each health board."""
    groups = (EVERYBODY, *report.release.professions)
    names = (report.pgettext("workbook", "All professions"), *map(report.group_name, groups[1:]))
    rows: list[tuple[Cell, ...]] = [
        (name, report.count(group), *(report.count((*group, *board)) for board in report.board_groups))
        for name, group in zip(names, groups, strict=True)
    ]
    columns = (
        Column("profession", report.pgettext("workbook", "Profession")),
        Column("wales", report.wales, "whole"),
        *(Column(f"board_{code}", report.board_name(code), "whole") for _, code in report.board_groups),
    )
    description = report.pgettext("workbook", "How many people of each profession responded in each health board.")
    return figures_of_people(
        report,
        PROFESSION,
        report.pgettext("sheet name", "Profession by health board"),
        report.pgettext("sheet title", "Responses by profession and health board"),
        Table("people_profession_by_board", description, columns, rows),
        report.pgettext("workbook", "Base: all responses. A response is one person’s."),
    )
