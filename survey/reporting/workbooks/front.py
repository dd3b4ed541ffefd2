"""The sheets before the tables: cover, contents, notes."""

from survey.reporting.workbooks.localised import LocalisedRound
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.description import Contents, Heading, Paragraphs, Sheet


def cover(report: Report) -> Sheet:
    """What the workbook is, what it stands on, and how to read it."""
    language = report.language
    data = report.data
    state = (
        language.pgettext("workbook", "Provisional: the round is still open, and figures will change.")
        if report.is_open
        else language.pgettext("workbook", "The round takes no more answers.")
    )
    return Sheet(
        name=language.pgettext("sheet name", "Cover"),
        title=workbook_title(report),
        body=Paragraphs(
            (
                report.texts(data.snapshot.questionnaire.title),
                language.pgettext(
                    "workbook",
                    "Responses that count: %(counted)s. Clusters expected: %(expected)s.",
                    counted=language.number(data.counted),
                    expected=language.number(len(data.clusters)),
                ),
                language.pgettext(
                    "workbook",
                    "The data are as they stood at: %(time)s.",
                    time=language.datetime(report.series.changed),
                ),
                state,
                Heading(language.pgettext("workbook", "What it holds")),
                language.pgettext(
                    "workbook",
                    "Once a year, the primary care clusters of Wales reflect on the outcomes assigned to them. "
                    "This workbook adds up what they said: who responded, how mature they judge themselves to be, "
                    "what helps and what holds them back, and what they will do next.",
                ),
                Heading(language.pgettext("workbook", "How to read it")),
                language.pgettext(
                    "workbook",
                    "Figures count clusters, which are organisations, not people. "
                    "For Wales, every response counts the same. "
                    "A cluster’s own judgement is not an assessment by anybody else.",
                ),
                language.pgettext(
                    "workbook",
                    "Most outcomes are assigned to the clusters of one or two health boards in a year. "
                    "So each figure by outcome has its own base, the assigned clusters, and is not a figure for Wales.",
                ),
                language.pgettext(
                    "workbook",
                    "A cell with a letter in square brackets has no figure; each sheet says what its letters mean. "
                    "Not asked and not answered are never the same.",
                ),
                language.pgettext("workbook", "This workbook is also available in Welsh and in English."),
            )
        ),
    )


def contents(report: LocalisedRound) -> Sheet:
    """The list of all sheets."""
    language = report.language
    return Sheet(
        name=language.pgettext("sheet name", "Contents"),
        title=language.pgettext("sheet title", "Contents"),
        body=Contents(),
    )


def workbook_title(report: Report) -> str:
    """The title of the whole workbook."""
    return report.titled(
        report.language.pgettext("workbook", "Primary care clusters in Wales: national implementation progress")
    )
