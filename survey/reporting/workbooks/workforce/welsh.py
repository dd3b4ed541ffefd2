"""Welsh language skills, and how Welsh is used at work."""

from collections.abc import Sequence

from survey.reporting.disclosure.counts import PeopleGroup
from survey.reporting.disclosure.protection import EVERYBODY
from survey.reporting.measures.workforce import WELSH, WELSH_LEVELS, WELSH_USE
from survey.reporting.workbooks.people_report import SMALL_GROUPS
from survey.reporting.workbooks.workforce.cells import (
    answer_columns,
    answer_rows,
    base_column,
    base_line,
    option_cells,
    option_columns,
)
from survey.reporting.workbooks.workforce.report import WorkforceReport
from survey.reporting.xlsx.description import Column, Sheet, Table


def welsh_by_board(report: WorkforceReport) -> Sheet:
    """The share of people at each level of each Welsh language skill, for Wales and each health board."""
    language = report.language
    return _levels(
        report,
        language.pgettext("sheet name", "Welsh skills by health board"),
        language.pgettext("sheet title", "Welsh language skills, by health board"),
        Column("group", language.pgettext("workbook", "Health board")),
        (EVERYBODY, *report.board_groups),
        "people_welsh_by_board",
    )


def welsh_by_profession(report: WorkforceReport) -> Sheet:
    """The same for Wales and each profession."""
    language = report.language
    return _levels(
        report,
        language.pgettext("sheet name", "Welsh skills by profession"),
        language.pgettext("sheet title", "Welsh language skills, by profession"),
        Column("group", language.pgettext("workbook", "Profession")),
        (EVERYBODY, *report.release.professions),
        "people_welsh_by_profession",
    )


def use_of_welsh(report: WorkforceReport) -> Sheet:
    """How often people use Welsh at work, and whether they wish to improve it."""
    language = report.language
    return Sheet(
        name=language.pgettext("sheet name", "Use of Welsh"),
        title=report.titled(language.pgettext("sheet title", "Use of Welsh at work, by health board and profession")),
        preamble=(base_line(report),),
        notes=(WELSH_USE.id, SMALL_GROUPS),
        shorthand=report.hidden_meaning,
        body=Table(
            "people_use_of_welsh",
            language.pgettext("workbook", "How often people use Welsh at work and wish to improve it, group by group."),
            answer_columns(language),
            answer_rows(report, report.tallies("welsh_use", "welsh_wish")),
        ),
    )


def _levels(
    report: WorkforceReport, name: str, title: str, first: Column, groups: Sequence[PeopleGroup], table: str
) -> Sheet:
    language = report.language
    options = report.options(*WELSH_LEVELS)
    return Sheet(
        name=name,
        title=report.titled(title),
        preamble=(base_line(report),),
        notes=(WELSH.id, SMALL_GROUPS),
        shorthand=report.hidden_meaning,
        body=Table(
            table,
            language.pgettext("workbook", "How many people in a hundred are at each level of each skill."),
            (
                first,
                Column("skill", language.pgettext("workbook", "Skill"), "long_text"),
                base_column(language),
                *option_columns(report, options),
            ),
            [
                (
                    report.group_name(group),
                    report.texts(tally.item.question.label),
                    report.base(tally, group),
                    *option_cells(report, tally, options, group),
                )
                for group in groups
                for tally in report.tallies(*WELSH_LEVELS)
            ],
        ),
    )
