"""The front of every workbook: cover, contents and notes, before the tables that are its own."""

from collections.abc import Iterable
from dataclasses import dataclass

from survey.languages import Phrase
from survey.reporting.disclosure.protection import Protected
from survey.reporting.workbooks.provenance import Provenance, origin
from survey.reporting.workbooks.report import LocalisedRound, PeopleReport, Report
from survey.reporting.xlsx.description import (
    Contents,
    Notes,
    Paragraphs,
    Sheet,
    SheetNote,
    Table,
    TextHeading,
    Workbook,
)
from survey.storage.repository import Repository

ALSO_AVAILABLE = {
    "cy": Phrase("workbook", "This workbook is also available in English."),
    "en": Phrase("workbook", "This workbook is also available in Welsh."),
}


@dataclass(frozen=True, slots=True)
class Cover:
    """What a cover says: `answered` how much was answered, `state` whether that may change and from when it is, which
    stands at the foot of every printed page too, `holds` (if anything) what the workbook is about, `reading` how to
    read it, `elsewhere` (if anything) what another file has; so do contents."""

    title: str
    subject: str
    answered: tuple[str, ...]
    state: tuple[str, ...]
    holds: str
    reading: tuple[str, ...]
    keywords: tuple[str, ...]
    elsewhere: str = ""


def workbook(
    repository: Repository, report: LocalisedRound, cover: Cover, provenance: Provenance, tables: tuple[Sheet, ...]
) -> Workbook:
    """A workbook of some tables. `repository` is asked only for what the round was frozen with."""
    language = report.language
    return Workbook(
        language=language,
        title=report.titled(cover.title),
        subject=report.titled(report.texts(report.snapshot.questionnaire.title)),
        keywords=(*cover.keywords, report.year),
        organisation=language.pgettext("workbook", "NHS Wales"),
        created=provenance.changed,
        sheets=(
            _cover_sheet(report, cover),
            Sheet(
                name=language.pgettext("sheet name", "Contents"),
                title=language.pgettext("sheet title", "Contents"),
                body=Contents(),
                preamble=(cover.elsewhere,) if cover.elsewhere else (),
            ),
            Sheet(
                name=language.pgettext("sheet name", "Notes"),
                title=language.pgettext("sheet title", "Notes: how figures are counted, and where they come from"),
                body=Notes(origin(repository, report, provenance)),
            ),
            *tables,
        ),
        notes=_in_use(provenance.notes, tables),
        foot=tuple(filter(None, (*cover.state, report.made_up))),
    )


def as_at_line(report: Report) -> str:
    """From when the answers of clusters are."""
    return report.pgettext(
        "workbook",
        "The data are as they stood at: %(time)s.",
        time=report.language.datetime(report.series.changed),
    )


def state_line(report: Report) -> str:
    """Whether the figures of clusters may still change, or from when they are."""
    if report.series.as_at:
        return report.pgettext(
            "workbook",
            "These figures look back: what was submitted after %(time)s is not in them.",
            time=report.language.datetime(report.series.as_at),
        )
    if report.is_open:
        return report.pgettext("workbook", "Provisional: answers may still come, and figures will change.")
    return report.pgettext("workbook", "The round takes no more answers.")


def head_line(report: Report, title: str) -> str:
    """What stands at the head of each page of a document: what it is, whether its figures may still change, from when
    they are, and whether they are made up."""
    return " ".join(filter(None, (f"{report.titled(title)}.", state_line(report), as_at_line(report), report.made_up)))


def families_lines(report: LocalisedRound) -> tuple[str, ...]:
    """What the letters before the numbers of outcomes stand for; no line where there are no outcomes."""
    framework = report.snapshot.framework
    if framework is None:
        return ()
    families = "; ".join(f"{report.texts(each.short_name)}, {report.texts(each.name)}" for each in framework.modules)
    return (
        report.pgettext(
            "workbook", "What the letters in the names of outcomes stand for: %(families)s.", families=families
        ),
    )


def final_line(report: PeopleReport[Protected]) -> str:
    """That the figures of people do not change any more, or which release has taken the place of earlier ones."""
    issue = report.shown.issue
    if issue and issue.number > 1:
        return report.pgettext(
            "workbook",
            "This is release %(number)s of %(date)s, a correction. It takes the place of the releases before it; "
            "what it leaves out stands as it was released before.",
            number=report.language.number(issue.number),
            date=report.language.date(issue.at),
        )
    if issue:
        return report.pgettext(
            "workbook",
            "This is release %(number)s of %(date)s. The round is closed, and these figures are final.",
            number=report.language.number(issue.number),
            date=report.language.date(issue.at),
        )
    return report.pgettext("workbook", "The round is closed. These figures are final.")


def responses_line(report: LocalisedRound, number: str) -> str:
    """How many responses there are."""
    return report.pgettext("workbook", "Responses: %(number)s.", number=number)


def shorthand_line(report: LocalisedRound) -> str:
    """That a letter in brackets is no figure."""
    return report.pgettext(
        "workbook",
        "A cell with a letter in square brackets has no figure; each sheet says what its letters mean, and the notes "
        "list them all. "
        "Not asked and not answered are never the same.",
    )


def _cover_sheet(report: LocalisedRound, cover: Cover) -> Sheet:
    about: tuple[str | TextHeading, ...] = ()
    if cover.holds:
        about = (TextHeading(report.pgettext("workbook", "What it holds")), cover.holds)
    return Sheet(
        name=report.pgettext("sheet name", "Cover"),
        title=report.titled(cover.title),
        body=Paragraphs(
            (
                *filter(None, (cover.subject, report.made_up, *cover.answered, *cover.state)),
                *about,
                TextHeading(report.pgettext("workbook", "How to read it")),
                *families_lines(report),
                *cover.reading,
                *((cover.elsewhere,) if cover.elsewhere else ()),
                report.language.say(ALSO_AVAILABLE[report.language.code]),
            )
        ),
    )


def _in_use(notes: Iterable[SheetNote], sheets: tuple[Sheet, ...]) -> tuple[SheetNote, ...]:
    """The notes that any of the sheets refers to."""
    columns = (column for sheet in sheets if isinstance(sheet.body, Table) for column in sheet.body.columns)
    referenced = {key for sheet in sheets for key in sheet.notes} | {key for column in columns for key in column.notes}
    return tuple(note for note in notes if note.key in referenced)
