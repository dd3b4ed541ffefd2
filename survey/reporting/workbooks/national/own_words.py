"""What clusters wrote, word for word, in a workbook of its own, so that the national one can be read on paper."""

from survey.languages import Phrase
from survey.reporting.workbooks.front import Cover, as_at_line, shorthand_line, state_line, workbook
from survey.reporting.workbooks.national import actions, evidence, maturity, other_questions, words
from survey.reporting.workbooks.provenance import of_clusters
from survey.reporting.workbooks.report import Report, SheetMaker
from survey.reporting.xlsx.description import Workbook
from survey.storage.repository import Repository

TITLE = Phrase("workbook", "Primary care clusters in Wales: what they wrote")
SHEETS: tuple[SheetMaker, ...] = (
    maturity.maturity_by_cluster,
    words.went_well,
    words.went_less_well,
    words.do_differently,
    evidence.evidence,
    evidence.evidence_files,
    words.actions,
    actions.words_on_actions_of_last_year,
    other_questions.written_answers,
)
"""The sheets in their order, each explained by its English name in docs/national-team.md."""


def workbook_of_words(repository: Repository, report: Report) -> Workbook:
    """The workbook of a report’s words; `repository` is asked only for what the round was frozen with."""
    return workbook(repository, report, _cover(report), of_clusters(report), tuple(map(report.made, SHEETS)))


def elsewhere_line(report: Report) -> str:
    """Where the words are that are not in the national workbook."""
    return report.pgettext(
        "workbook",
        "What clusters wrote word for word, their evidence and their actions are in a workbook of their own: "
        "“%(title)s”.",
        title=report.titled(report.language.say(TITLE)),
    )


def _cover(report: Report) -> Cover:
    return Cover(
        title=report.language.say(TITLE),
        subject=report.texts(report.snapshot.questionnaire.title),
        answered=(),
        state=(state_line(report), as_at_line(report)),
        holds=report.pgettext(
            "workbook",
            "What clusters wrote about each of their outcomes, the evidence that they name, what they will do next and "
            "how last year’s actions went. All figures are in the national workbook.",
        ),
        reading=(
            report.pgettext("workbook", "Words stand as they were written, in the language they were written in."),
            shorthand_line(report),
        ),
        keywords=(
            report.pgettext("workbook keyword", "primary care clusters"),
            report.pgettext("workbook keyword", "Wales"),
        ),
    )
