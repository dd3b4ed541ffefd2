"""Who responded: professions by health board."""

from survey.reporting.disclosure.protection import EVERYBODY
from survey.reporting.measures.workforce import PROFESSION
from survey.reporting.workbooks.people_report import SMALL_GROUPS
from survey.reporting.workbooks.workforce.report import WorkforceReport
from survey.reporting.xlsx.description import Cell, Column, Sheet, Table


def profession_by_board(report: WorkforceReport) -> Sheet:
    """Responses of each profession in Wales and in each health board."""
    language = report.language
    everybody: tuple[Cell, ...] = (
        language.pgettext("workbook", "All professions"),
        report.count(EVERYBODY),
        *map(report.count, report.board_groups),
    )
    return Sheet(
        name=language.pgettext("sheet name", "Profession by health board"),
        title=report.titled(language.pgettext("sheet title", "Responses by profession and health board")),
        preamble=(language.pgettext("workbook", "Base: all responses. A response is one person’s."),),
        notes=(PROFESSION.id, SMALL_GROUPS),
        shorthand=report.hidden_meaning,
        body=Table(
            "people_profession_by_board",
            language.pgettext("workbook", "How many people of each profession responded in each health board."),
            (
                Column("profession", language.pgettext("workbook", "Profession")),
                Column("wales", report.wales, "whole"),
                *(Column(f"board_{code}", report.board_name(code), "whole") for _, code in report.board_groups),
            ),
            [
                everybody,
                *(
                    (
                        report.group_name(profession),
                        report.count(profession),
                        *(report.count((*profession, *board)) for board in report.board_groups),
                    )
                    for profession in report.release.professions
                ),
            ],
        ),
    )
