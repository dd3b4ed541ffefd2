"""The workforce workbook as a described object."""

from survey.collection.responses.endings import people_at_endings
from survey.languages import Language
from survey.reporting.measures.themes import people_theme_counts
from survey.reporting.measures.workforce import MEASURES
from survey.reporting.workbooks import codebook, response, themes
from survey.reporting.workbooks.front import Cover, final_line, responses_line, workbook
from survey.reporting.workbooks.provenance import of_people
from survey.reporting.workbooks.workforce import charts, findings, other_questions, skills, staff
from survey.reporting.workbooks.workforce.release import SheetMaker, WorkforceRelease, WorkforceReport
from survey.reporting.xlsx.description import Workbook
from survey.storage.repository import Repository

SHEETS: tuple[SheetMaker, ...] = (
    findings.key_findings,
    response.people_by_board,
    response.people_by_cluster,
    staff.profession_by_board,
    skills.skills,
    skills.skills_by_profession,
    skills.training,
    skills.learning,
    skills.welsh_by_board,
    skills.welsh_by_profession,
    skills.use_of_welsh,
    staff.intention_to_stay,
    staff.help_to_stay,
    staff.wellbeing,
    other_questions.answers,
    themes.themes_of_people,
    *charts.CHARTS,
    codebook.codebook_of_people,
)
"""The sheets in their order. docs/national-team.md explains each by its English name; a test names those left out."""


def workforce_workbook(repository: Repository, release: WorkforceRelease, language: Language) -> Workbook:
    """The workbook of a release in a language. `repository` is asked for themes, and what the round was frozen with."""
    counted = people_theme_counts(repository, release.people.snapshot, release.threshold)
    report = WorkforceReport(release, language, counted, people_at_endings(repository, release.people.snapshot))
    tables = tuple(map(report.made, SHEETS))
    return workbook(repository, report, _cover(report), of_people(report, MEASURES), tables)


def _cover(report: WorkforceReport) -> Cover:
    pgettext = report.pgettext
    return Cover(
        title=pgettext("workbook", "Primary care in Wales: workforce skills"),
        subject=report.texts(report.snapshot.questionnaire.title),
        answered=(responses_line(report, report.responses), *report.ended_lines, report.form),
        state=(final_line(report),),
        holds=pgettext(
            "workbook",
            "People who work in primary care in Wales said which skills matter in their work and how confident "
            "they are in them, which training they need, how well they know Welsh, whether they expect to stay "
            "and how they are. This workbook adds up what they said.",
        ),
        reading=(
            pgettext(
                "workbook",
                "Figures count people who chose to answer, which may not be like all who work there. Nobody is "
                "weighted, and the number of staff is not known, so there are no response rates.",
            ),
            pgettext(
                "workbook",
                "Nobody was asked who they are. So that nobody can be picked out, a group of fewer than "
                "%(threshold)s people shows [c] in place of every figure, and so do as many other groups as it "
                "takes that the small one cannot be worked out from the rest.",
                threshold=report.shown.threshold,
            ),
            pgettext(
                "workbook",
                "Each figure stands beside the number of people it is of. "
                "Percentages are rounded to whole numbers, means to two decimals.",
            ),
        ),
        keywords=(
            pgettext("workbook keyword", "primary care"),
            pgettext("workbook keyword", "Wales"),
            pgettext("workbook keyword", "workforce skills"),
        ),
    )
