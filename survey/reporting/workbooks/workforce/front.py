"""The cover of the workforce workbook."""

from survey.reporting.workbooks.workforce.report import WorkforceReport
from survey.reporting.xlsx.description import Heading, Paragraphs, Sheet


def workbook_title(report: WorkforceReport) -> str:
    """The title of the whole workbook."""
    return report.titled(report.language.pgettext("workbook", "Primary care in Wales: workforce skills"))


def cover(report: WorkforceReport) -> Sheet:
    """What the workbook is, what it stands on, and how to read it."""
    language = report.language
    return Sheet(
        name=language.pgettext("sheet name", "Cover"),
        title=workbook_title(report),
        body=Paragraphs(
            (
                report.texts(report.snapshot.questionnaire.title),
                language.pgettext("workbook", "Responses: %(number)s.", number=report.responses),
                language.pgettext("workbook", "The round is closed. These figures are final."),
                Heading(language.pgettext("workbook", "What it holds")),
                language.pgettext(
                    "workbook",
                    "People who work in primary care in Wales said which skills matter in their work and how confident "
                    "they are in them, which training they need, how well they know Welsh, whether they expect to stay "
                    "and how they are. This workbook adds up what they said.",
                ),
                Heading(language.pgettext("workbook", "How to read it")),
                language.pgettext(
                    "workbook",
                    "Figures count people who chose to answer, which may not be like all who work there. Nobody is "
                    "weighted, and the number of staff is not known, so there are no response rates.",
                ),
                language.pgettext(
                    "workbook",
                    "Nobody was asked who they are. So that nobody can be picked out, a group of fewer than "
                    "%(threshold)s people shows [c] in place of every figure, and so do as many other groups as it "
                    "takes that the small one cannot be worked out from the rest.",
                    threshold=report.shown.threshold,
                ),
                language.pgettext(
                    "workbook",
                    "Each figure stands beside the number of people it is of. "
                    "Percentages are rounded to whole numbers, means to two decimals.",
                ),
                language.pgettext("workbook", "This workbook is also available in Welsh and in English."),
            )
        ),
    )
