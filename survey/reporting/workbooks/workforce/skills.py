"""What people can do and what they want to learn: skills, training, learning, and the Welsh language."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from survey.questionnaire.definition import MatrixRow, Question
from survey.reporting.disclosure.counts import PeopleGroup
from survey.reporting.disclosure.protection import EVERYBODY
from survey.reporting.measures.tallies import CONFIDENCE, FIRST, GAP, IMPORTANCE, POINTS, RANKED
from survey.reporting.measures.workforce import LEARNING, SKILLS, TRAINING, WELSH, WELSH_LEVELS, WELSH_USE
from survey.reporting.workbooks.charts import rows_of
from survey.reporting.workbooks.tables import NOT_APPLICABLE, figures_of_people, percent_column
from survey.reporting.workbooks.workforce.groups import (
    answers_by_group,
    base_column,
    base_line,
    figures_by_group,
    mean_column,
    option_shares,
)
from survey.reporting.workbooks.workforce.release import WorkforceReport
from survey.reporting.xlsx.description import Cell, Column, Heat, Sheet, Shorthand, Table


def skills(report: WorkforceReport) -> Sheet:
    """Mean importance, confidence and gap of each skill, for Wales, each health board and each profession."""
    scale = report.pgettext("unit", "mean, 1 to 4")
    gap = mean_column(GAP, report.pgettext("workbook", "Gap"), report.pgettext("unit", "importance minus confidence"))
    columns = (
        Column("skill_group", report.pgettext("workbook", "Group of skills")),
        Column("skill", report.pgettext("workbook", "Skill"), "long_text"),
        base_column(report),
        mean_column(IMPORTANCE, report.pgettext("workbook", "Importance"), scale),
        mean_column(CONFIDENCE, report.pgettext("workbook", "Confidence"), scale),
        replace(gap, heat=Heat(-3, 3, 0)),
    )

    def rows(group: PeopleGroup) -> Iterator[tuple[Cell, ...]]:
        for tally in report.tallies("skills"):
            yield (
                _row_group(report, tally.question, tally.row),
                report.texts(tally.row.label) if tally.row else NOT_APPLICABLE,
                report.base(tally, group),
                *(report.figure(tally, name, group) for name in (IMPORTANCE, CONFIDENCE, GAP)),
            )

    differs = any(
        round(importance - confidence, 2) != difference
        for group in report.groups
        for *_, importance, confidence, difference in rows(group)
        if isinstance(importance, float) and isinstance(confidence, float)
    )
    rounding = report.pgettext(
        "workbook",
        "The gap is worked out before rounding, so it may differ by 0.01 from importance minus confidence as shown.",
    )
    return figures_by_group(
        report,
        SKILLS,
        report.pgettext("sheet name", "Skills"),
        report.pgettext("sheet title", "Skills: importance, confidence and gap, by health board and profession"),
        "people_skills",
        report.pgettext("workbook", "Importance of each skill, confidence in it and the gap, group by group."),
        columns,
        rows,
        report.pgettext(
            "workbook",
            "The gap is importance minus confidence. Above 0, confidence falls short of importance. "
            "All three are of the people who gave both scores.",
        ),
        *((rounding,) if differs else ()),
    )


def skills_by_profession(report: WorkforceReport) -> Sheet:
    """The gap of each skill in Wales and in each profession side by side: the figures of the long table, no others."""
    gaps = {
        (row["breakdown"], row["group"], row["skill_group"], row["skill"]): row[GAP]
        for row in rows_of(report.made(skills))
    }
    named = list(dict.fromkeys((group, skill) for *_, group, skill in gaps))
    everybody, *professions = (
        (report.breakdown(group), report.group_name(group)) for group in (EVERYBODY, *report.shown.professions)
    )
    with_figures = {(row[0], row[1]) for row, gap in gaps.items() if not isinstance(gap, Shorthand)}
    groups = [everybody, *(group for group in professions if group in with_figures)]
    left_out = [name for breakdown, name in professions if (breakdown, name) not in with_figures]
    rows = [(*skill, *(gaps[*group, *skill] for group in groups)) for skill in named]
    columns = (
        Column("skill_group", report.pgettext("workbook", "Group of skills")),
        Column("skill", report.pgettext("workbook", "Skill"), "long_text"),
        *(
            Column(f"gap_{place}", name, "decimal", decimals=2, heat=Heat(-3, 3, 0))
            for place, (_, name) in enumerate(groups)
        ),
    )
    description = report.pgettext("workbook", "The gap of each skill, by profession.")
    return figures_of_people(
        report,
        SKILLS,
        report.pgettext("sheet name", "Skills and professions"),
        report.pgettext("sheet title", "Skills: the gap between importance and confidence, by profession"),
        Table("people_skills_by_profession", description, columns, rows),
        base_line(report),
        report.pgettext("workbook", "Each gap is that of the sheet of skills, where it stands beside its base."),
        *([_without_figures(report, left_out)] if left_out else []),
    )


def _without_figures(report: WorkforceReport, professions: Sequence[str]) -> str:
    """Which professions have no column, because no gap of theirs is given."""
    return report.pgettext(
        "workbook",
        "Professions of which no gap is given are not shown: %(professions)s.",
        professions="; ".join(professions),
    )


def training(report: WorkforceReport) -> Sheet:
    """For each training: who ranks it first, who ranks it at all, and its mean points."""
    columns = (
        Column("training", report.pgettext("workbook", "Training"), "long_text"),
        base_column(report),
        percent_column(FIRST, report.pgettext("workbook", "Ranked first")),
        percent_column(RANKED, report.pgettext("workbook", "Ranked at all")),
        mean_column(POINTS, report.pgettext("workbook", "Mean points"), report.pgettext("unit", "0 to 5")),
    )

    def rows(group: PeopleGroup) -> Iterator[tuple[Cell, ...]]:
        for tally in report.tallies("training_needs"):
            for option in tally.options:
                yield (
                    report.texts(option.label),
                    report.base(tally, group),
                    report.figure(tally, f"{FIRST}.{option.code}", group),
                    report.figure(tally, f"{RANKED}.{option.code}", group),
                    report.figure(tally, f"{POINTS}.{option.code}", group),
                )

    return figures_by_group(
        report,
        TRAINING,
        report.pgettext("sheet name", "Training priorities"),
        report.pgettext("sheet title", "Training needed in the next year, by health board and profession"),
        "people_training",
        report.pgettext("workbook", "How often each training is ranked first or at all, and its mean points."),
        columns,
        rows,
        report.pgettext(
            "workbook", "A first choice has 5 points, a second 4, down to 1 for a fifth; training not chosen has none."
        ),
    )


def learning(report: WorkforceReport) -> Sheet:
    """How people prefer to learn, what gets in the way, and whether they have time set aside."""
    return answers_by_group(
        report,
        LEARNING,
        report.pgettext("sheet name", "Learning and obstacles"),
        report.pgettext("sheet title", "Learning preferences and obstacles, by health board and profession"),
        "people_learning",
        report.pgettext("workbook", "How people prefer to learn and what gets in the way, group by group."),
        ("learning_preferences", "obstacles", "protected_time"),
    )


def welsh_by_board(report: WorkforceReport) -> Sheet:
    """The share of people at each level of each Welsh language skill, for Wales and each health board."""
    return _welsh_levels(
        report,
        report.pgettext("sheet name", "Welsh skills by health board"),
        report.pgettext("sheet title", "Welsh language skills, by health board"),
        "people_welsh_by_board",
        report.pgettext("workbook", "Health board"),
        report.board_groups,
    )


def welsh_by_profession(report: WorkforceReport) -> Sheet:
    """The same for Wales and each profession."""
    return _welsh_levels(
        report,
        report.pgettext("sheet name", "Welsh skills by profession"),
        report.pgettext("sheet title", "Welsh language skills, by profession"),
        "people_welsh_by_profession",
        report.pgettext("workbook", "Profession"),
        report.shown.professions,
    )


def use_of_welsh(report: WorkforceReport) -> Sheet:
    """How often people use Welsh at work, and whether they wish to improve it."""
    return answers_by_group(
        report,
        WELSH_USE,
        report.pgettext("sheet name", "Use of Welsh"),
        report.pgettext("sheet title", "Use of Welsh at work, by health board and profession"),
        "people_use_of_welsh",
        report.pgettext("workbook", "How often people use Welsh at work and wish to improve it, group by group."),
        ("welsh_use", "welsh_wish"),
    )


def _row_group(report: WorkforceReport, question: Question, row: MatrixRow | None) -> Cell:
    groups = (group for group in question.row_groups if row is not None and group.id == row.group)
    return next((report.texts(group.label) for group in groups), NOT_APPLICABLE)


def _welsh_levels(
    report: WorkforceReport, name: str, title: str, table: str, breakdown: str, groups: Sequence[PeopleGroup]
) -> Sheet:
    skill = Column("skill", report.pgettext("workbook", "Skill"), "long_text")
    shares = option_shares(report, report.options(*WELSH_LEVELS))
    rows: list[tuple[Cell, ...]] = [
        (report.group_name(group), report.texts(tally.question.label), *shares.cells((tally, group)))
        for group in (EVERYBODY, *groups)
        for tally in report.tallies(*WELSH_LEVELS)
    ]
    columns = (Column("group", breakdown), skill, *shares.columns)
    description = report.pgettext("workbook", "How many people in a hundred are at each level of each skill.")
    return figures_of_people(report, WELSH, name, title, Table(table, description, columns, rows), base_line(report))
