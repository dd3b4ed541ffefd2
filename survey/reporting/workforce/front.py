"""The sheets before the tables: cover, contents, notes."""

from survey.collection.repository import Repository
from survey.reporting.protected import RESPONDENTS
from survey.reporting.provenance import (
    Line,
    explanations,
    hashes,
    in_use,
    software_version,
    unreadable_lines,
)
from survey.reporting.workbook.description import Contents, Heading, Note, Notes, Sheet, Text
from survey.reporting.workforce.measures import MEASURES
from survey.reporting.workforce.report import WorkforceReport
from survey.reporting.workforce.sheets.cells import SMALL_GROUPS


def workbook_title(report: WorkforceReport) -> str:
    """The title of the whole workbook."""
    return report.titled(report.language.pgettext("workbook", "Primary care in Wales: workforce skills"))


def cover(report: WorkforceReport) -> Sheet:
    """What the workbook is, what it stands on, and how to read it."""
    language = report.language
    return Sheet(
        name=language.pgettext("sheet name", "Cover"),
        title=workbook_title(report),
        body=Text(
            (
                report.texts(report.frozen.questionnaire.title),
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
                    threshold=report.release.threshold,
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


def contents(report: WorkforceReport) -> Sheet:
    """The list of all sheets."""
    language = report.language
    return Sheet(
        name=language.pgettext("sheet name", "Contents"),
        title=language.pgettext("sheet title", "Contents"),
        body=Contents(),
    )


def notes_sheet(repository: Repository, report: WorkforceReport) -> Sheet:
    """The sheet that holds the notes and says where the figures come from."""
    language = report.language
    people = report.release.people
    return Sheet(
        name=language.pgettext("sheet name", "Notes"),
        title=language.pgettext("sheet title", "Notes: how figures are counted, and where they come from"),
        body=Notes(
            (
                *_origin(report),
                *hashes(repository, people.frozen, people.digest, language),
                *unreadable_lines(people.unreadable, language),
            )
        ),
    )


def notes(report: WorkforceReport, sheets: tuple[Sheet, ...]) -> tuple[Note, ...]:
    """The notes that the sheets refer to: each measure as it is declared, and how small groups are protected."""
    language = report.language
    protected = language.pgettext(
        "workbook",
        "A group of fewer than %(threshold)s people, none included, shows no figure. "
        "Wherever a total is shown, at least two of its groups are hidden or none, "
        "and those hidden are %(threshold)s people or more together. "
        "All tables of this workbook were protected together, and then attacked by linear programming: "
        "no hidden number of people can be worked out. "
        "How many people of a group skipped a question is not protected.",
        threshold=report.release.threshold,
    )
    return in_use([*explanations(MEASURES, language), Note(SMALL_GROUPS, protected)], sheets)


def _origin(report: WorkforceReport) -> tuple[Line, ...]:
    language = report.language
    frozen = report.frozen
    hidden = sum(cell.of == RESPONDENTS for cell in report.release.hidden)
    lines = [
        (language.pgettext("provenance", "Round"), frozen.round.id),
        (language.pgettext("provenance", "Reporting year"), report.year),
        (
            language.pgettext("provenance", "Questionnaire and edition"),
            f"{report.texts(frozen.questionnaire.title)}, {frozen.questionnaire.edition}",
        ),
        (language.pgettext("provenance", "Responses that count"), report.responses),
        (
            language.pgettext("provenance", "Smallest number of people that is shown"),
            language.number(report.release.threshold),
        ),
        (
            language.pgettext("provenance", "Groups by health board, cluster and profession that are hidden"),
            language.number(hidden),
        ),
        (
            language.pgettext("provenance", "Audit of hidden figures"),
            language.pgettext("provenance", "Passed: none can be worked out."),
        ),
        (language.pgettext("provenance", "Software"), software_version()),
    ]
    if frozen.round.demonstration:
        lines.append(
            (
                language.pgettext("provenance", "Demonstration"),
                language.pgettext("provenance", "These data are made up."),
            )
        )
    return tuple(lines)
