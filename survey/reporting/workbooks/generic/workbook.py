"""The generic workbook as a described object, of clusters or of people."""

from survey.collection.responses.endings import people_at_endings
from survey.languages import Language
from survey.reporting.measures.themes import people_theme_counts
from survey.reporting.measures.workforce import PEOPLE_RESPONSE, PEOPLE_THEMES
from survey.reporting.workbooks import codebook, response, responses, themes
from survey.reporting.workbooks.front import (
    Cover,
    as_at_line,
    final_line,
    responses_line,
    shorthand_line,
    state_line,
    workbook,
)
from survey.reporting.workbooks.generic import cluster_charts, clusters, people, people_charts, written_answers
from survey.reporting.workbooks.provenance import of_clusters, of_people
from survey.reporting.workbooks.report import LocalisedRound, PeopleReport, Report, SheetMaker
from survey.reporting.xlsx.description import Workbook
from survey.storage.repository import Repository

SHEETS_OF_CLUSTERS: tuple[SheetMaker, ...] = (
    response.response_by_board,
    response.response_by_cluster,
    clusters.answers_of_clusters,
    clusters.numbers_of_clusters,
    cluster_charts.charts_of_answers,
    written_answers.written_answers,
    themes.themes,
    responses.responses_as_codes,
    responses.responses_as_labels,
    codebook.codebook,
)
SHEETS_OF_PEOPLE = (
    response.people_by_board,
    response.people_by_cluster,
    people.answers_of_people,
    people_charts.charts_of_answers,
    themes.themes_of_people,
    codebook.codebook_of_people,
)


def workbook_of_people(repository: Repository, release: people.AnswerRelease, language: Language) -> Workbook:
    """The workbook of a release in a language."""
    counted = people_theme_counts(repository, release.people.snapshot, release.threshold)
    report = PeopleReport(release, language, counted, people_at_endings(repository, release.people.snapshot))
    how = language.pgettext(
        "workbook",
        "Nobody was asked who they are. Numbers of fewer than %(threshold)s people show [c], "
        "and so do as many others as it takes that the small ones cannot be worked out from the rest.",
        threshold=release.threshold,
    )
    answered = (responses_line(report, report.responses), *report.ended_lines, report.form)
    cover = _cover(report, answered, (final_line(report),), how)
    tables = tuple(map(report.made, SHEETS_OF_PEOPLE))
    return workbook(repository, report, cover, of_people(report, (PEOPLE_RESPONSE, PEOPLE_THEMES)), tables)


def workbook_of_clusters(repository: Repository, report: Report) -> Workbook:
    """The workbook of a report of clusters’ responses."""
    how = report.pgettext("workbook", "Figures count clusters, which are organisations, not people.")
    answered = (responses_line(report, report.language.number(report.data.counted)),)
    cover = _cover(report, answered, (state_line(report), as_at_line(report)), how)
    return workbook(repository, report, cover, of_clusters(report), tuple(map(report.made, SHEETS_OF_CLUSTERS)))


def _cover(report: LocalisedRound, answered: tuple[str, ...], state: tuple[str, ...], how: str) -> Cover:
    questionnaire = report.snapshot.questionnaire
    return Cover(
        title=report.texts(questionnaire.title),
        subject=report.texts(questionnaire.description) if questionnaire.description else "",
        answered=answered,
        state=state,
        holds="",
        reading=(how, shorthand_line(report)),
        keywords=(
            report.pgettext("workbook keyword", "primary care"),
            report.pgettext("workbook keyword", "Wales"),
        ),
    )
