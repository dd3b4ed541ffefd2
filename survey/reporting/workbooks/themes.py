"""How many texts are under each of the national team's themes, of clusters and of people."""

from survey.reporting.disclosure.protection import Protected
from survey.reporting.measures.declarations import THEMES
from survey.reporting.measures.workforce import PEOPLE_THEMES
from survey.reporting.workbooks.report import HIDDEN, LocalisedRound, PeopleReport, Report
from survey.reporting.workbooks.tables import figures_of_people, number_of, sheet_of
from survey.reporting.xlsx.description import Column, Sheet, Table


def themes(report: Report) -> Sheet:
    """The texts of clusters under each theme, and under none."""
    rows = [
        (
            report.texts(count.question.label),
            count.theme.name(report.language.code) if count.theme else report.pgettext("workbook", "Under no theme"),
            count.texts,
            count.clusters,
            count.in_all,
            count.not_read,
        )
        for count in report.themes
    ]
    columns = (
        *_columns(report),
        number_of(report, THEMES, "texts", report.pgettext("workbook", "Texts under the theme")),
        Column("clusters", report.pgettext("workbook", "Clusters that wrote them"), "whole"),
        number_of(report, THEMES, "in_all", report.pgettext("workbook", "All texts under the question")),
        number_of(report, THEMES, "not_read", report.pgettext("workbook", "Of them, not read yet")),
    )
    description = report.pgettext("workbook", "How many texts of clusters are under each theme.")
    line = report.pgettext(
        "workbook",
        "The national team read what clusters wrote and put it under themes of its own. A text can be under several.",
    )
    return sheet_of(report, *_titles(report), Table("themes", description, columns, rows), (line,), (THEMES.id,))


def themes_of_people(report: PeopleReport[Protected]) -> Sheet:
    """The people whose released comments are under each theme."""
    rows = [
        (
            report.texts(count.question.label),
            count.theme.name(report.language.code),
            HIDDEN if count.people is None else count.people,
        )
        for count in report.themes
    ]
    people = number_of(report, PEOPLE_THEMES, "people", report.pgettext("workbook", "People whose comment is under it"))
    description = report.pgettext("workbook", "How many people’s comments are under each theme.")
    line = report.pgettext(
        "workbook",
        "The national team read what people wrote and put it under themes of its own. Only comments that were released "
        "are counted; numbers are rounded to the nearest 5.",
    )
    table = Table("themes", description, (*_columns(report), people), rows)
    return figures_of_people(report, PEOPLE_THEMES, *_titles(report), table, line)


def _titles(report: LocalisedRound) -> tuple[str, str]:
    return report.pgettext("sheet name", "Themes"), report.pgettext("sheet title", "Themes of what was written")


def _columns(report: LocalisedRound) -> tuple[Column, Column]:
    return (
        Column("question", report.pgettext("workbook", "Question"), "long_text"),
        Column("theme", report.pgettext("workbook", "Theme")),
    )
