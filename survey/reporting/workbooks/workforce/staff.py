"""Who people are, how long they expect to stay, what would help them to, and how they are."""

from collections.abc import Iterator

from survey.reporting.disclosure.counts import PeopleGroup
from survey.reporting.disclosure.protection import EVERYBODY
from survey.reporting.measures.tallies import MEAN
from survey.reporting.measures.workforce import PROFESSION, STAY, STAY_HELP, WELLBEING
from survey.reporting.workbooks.tables import figures_of_people
from survey.reporting.workbooks.workforce.groups import answers_by_group, figures_by_group, mean_column, option_shares
from survey.reporting.workbooks.workforce.release import WorkforceReport
from survey.reporting.xlsx.description import Cell, Column, Sheet, Table


def profession_by_board(report: WorkforceReport) -> Sheet:
    """Responses of each profession in Wales and in each health board."""
    groups = (EVERYBODY, *report.shown.professions)
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
        report.pgettext(
            "workbook",
            "A number for Wales may be hidden though those of health boards are shown, where with it another number "
            "could be worked out.",
        ),
    )


def intention_to_stay(report: WorkforceReport) -> Sheet:
    """How much longer people expect to work in primary care."""
    shares = option_shares(report, report.options("stay"))
    return figures_by_group(
        report,
        STAY,
        report.pgettext("sheet name", "Intention to stay"),
        report.pgettext("sheet title", "Intention to stay, by health board and profession"),
        "people_stay",
        report.pgettext("workbook", "How much longer people expect to work in primary care, group by group."),
        shares.columns,
        lambda group: (shares.cells((tally, group)) for tally in report.tallies("stay")),
    )


def help_to_stay(report: WorkforceReport) -> Sheet:
    """What would most help people to stay."""
    return answers_by_group(
        report,
        STAY_HELP,
        report.pgettext("sheet name", "Help to stay"),
        report.pgettext("sheet title", "What would help people to stay, by health board and profession"),
        "people_help_to_stay",
        report.pgettext("workbook", "What would help people to stay in primary care, group by group."),
        ("stay_help",),
    )


def wellbeing(report: WorkforceReport) -> Sheet:
    """How far people agree with the statements on well-being."""
    statement = Column("statement", report.pgettext("workbook", "Statement"), "long_text")
    mean = mean_column(MEAN, report.pgettext("workbook", "Mean"), report.pgettext("unit", "1 to 5"))
    shares = option_shares(report, report.options("wellbeing"))
    base, *others = shares.columns

    def rows(group: PeopleGroup) -> Iterator[tuple[Cell, ...]]:
        for tally in report.tallies("wellbeing"):
            number, *figures = shares.cells((tally, group))
            yield (report.texts(tally.question.label), number, report.figure(tally, MEAN, group), *figures)

    return figures_by_group(
        report,
        WELLBEING,
        report.pgettext("sheet name", "Well-being"),
        report.pgettext("sheet title", "Well-being, by health board and profession"),
        "people_wellbeing",
        report.pgettext("workbook", "How far people agree with each statement, group by group."),
        (statement, base, mean, *others),
        rows,
    )
