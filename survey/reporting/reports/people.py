"""The chapter on people: figures of a release that has been made, read from its workbook as it was given out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

from survey.collection.rounds.releases import KeptRelease, read_releases, released_file
from survey.collection.rounds.round import Round, readable_rounds
from survey.collection.rounds.snapshot import load_snapshot
from survey.languages import UK, Phrase
from survey.reporting.disclosure.rounding import NEAREST
from survey.reporting.measures.workforce import SKILLS
from survey.reporting.reports.blocks import OF_WALES, Aside, Block, FigureTable, Line, Picture
from survey.reporting.workbooks.charts import base_fact, chart_of, source_facts
from survey.reporting.workbooks.provenance import state_of_people
from survey.reporting.workbooks.report import LocalisedRound
from survey.reporting.workbooks.rounding_notes import ROUNDED_PEOPLE
from survey.reporting.xlsx.check.package_reader import CellSpot, OpenedCell, OpenedSheet, sheets_with_tables
from survey.reporting.xlsx.description import MEANINGS, MEANS, Cell, CellKind, Column, Shorthand
from survey.storage.repository import Repository

NOT_RELEASED = Phrase(
    "report", "No figures of the workforce survey have been released yet, so there are none in this report."
)
RELEASED = Phrase(
    "report",
    "These figures are those of release %(number)s of %(date)s, of the workforce survey of %(year)s. They stay as they "
    "were released, and need not be of the same day as the figures of clusters.",
)
CHOSE_TO_ANSWER = Phrase(
    "workbook",
    "Figures count people who chose to answer, which may not be like all who work there. Nobody is weighted, and the "
    "number of staff is not known, so there are no response rates.",
)
SOURCE_OF_PEOPLE = Phrase("report", "Sheet of the workforce workbook: %(sheet)s.")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some columns of a table of the workbook, below a title. Of the rows only those whose first `leading` cells are
    those of the first row, which is of Wales: all of them when it is 0. `notes` say how it is to be read."""

    table: str
    title: Phrase
    columns: slice
    leading: int
    notes: tuple[Phrase, ...] = ()


SKILLS_TABLE = "people_skills"
EXCERPTS = (
    Excerpt(
        "people_response_by_board",
        Phrase("report", "People who responded, by health board"),
        slice(0, 3, 2),
        0,
        (Phrase("workbook", "Base: all responses. A response is one person’s."),),
    ),
    Excerpt(
        SKILLS_TABLE,
        Phrase("report", "Skills: importance, confidence and gap, Wales"),
        slice(3, None),
        2,
        (
            Phrase(
                "workbook",
                "The gap is worked out before rounding, so it may differ by 0.01 from importance minus confidence as "
                "shown.",
            ),
        ),
    ),
    Excerpt(
        "people_training",
        Phrase("chart title", "Training needed in the next year, Wales"),
        slice(2, None),
        2,
        (
            Phrase(
                "workbook",
                "A first choice has 5 points, a second 4, down to 1 for a fifth; training not chosen has none.",
            ),
        ),
    ),
    Excerpt("people_stay", Phrase("report", "Intention to stay, Wales"), slice(1, None), 2),
    Excerpt("people_wellbeing", Phrase("chart title", "Well-being, Wales"), slice(2, None), 2),
)


def people(repository: Repository, report: LocalisedRound) -> Iterator[Block]:
    """What a release says of people, in Wales."""
    released = last_released(repository, report)
    if released is None:
        yield Line(report.language.say(NOT_RELEASED))
        return
    of_round, release = released
    of_people = LocalisedRound(load_snapshot(repository, of_round.id), report.language)
    say = report.language.say
    told = {"number": report.language.number(release.number), "date": report.language.date(release.at)}
    yield Line(say(RELEASED, **told, year=of_people.year))
    yield Line(say(CHOSE_TO_ANSWER))
    yield Line(say(ROUNDED_PEOPLE, number=report.language.number(NEAREST)))
    content = released_file(repository, of_round.id, release, report.language.code)
    sheets = sheets_with_tables(BytesIO(content), {excerpt.table for excerpt in EXCERPTS})
    for excerpt in EXCERPTS:
        if excerpt.table in sheets:
            yield from _shown(of_people, excerpt, sheets[excerpt.table])


def _shown(report: LocalisedRound, excerpt: Excerpt, sheet: OpenedSheet) -> Iterator[Block]:
    """An excerpt, how it is to be read, and of skills a chart."""
    say, figures = report.language.say, _figures(report, sheet, excerpt)
    yield figures
    yield from (Aside(say(note)) for note in excerpt.notes)
    for shorthand in Shorthand:
        if any(shorthand in row for row in figures.rows):
            yield Aside(say(MEANS, shorthand=shorthand.value, meaning=say(MEANINGS[shorthand])))
    if excerpt.leading:
        yield Aside(say(OF_WALES))
    yield Aside(say(SOURCE_OF_PEOPLE, sheet=sheet.name))
    if excerpt.table == SKILLS_TABLE:
        yield from _chart_of_skills(report, figures)


def _chart_of_skills(report: LocalisedRound, figures: FigureTable) -> Iterator[Block]:
    """How important each skill is and how confident people are in it, where any of it may be shown: by the widest gap
    first."""
    rows = [
        (str(skill), importance, confidence, gap)
        for skill, _, importance, confidence, gap in figures.rows
        if isinstance(importance, int | float) and isinstance(confidence, int | float) and isinstance(gap, int | float)
    ]
    rows.sort(key=lambda row: row[-1], reverse=True)
    if rows:
        day = report.language.date(state_of_people(report).astimezone(UK).date())
        yield Picture(
            chart_of(
                report,
                "dots",
                report.pgettext("chart title", "Importance of skills and confidence in them, Wales"),
                (base_fact(report, SKILLS), *source_facts(report, day)),
                [skill for skill, *_ in rows],
                [report.pgettext("workbook", "Importance"), report.pgettext("workbook", "Confidence")],
                [means for _, *means, _ in rows],
                [""] * len(rows),
                palette="ordered",
                figures="decimal",
                low=1,
                high=4,
                axis=report.pgettext("workbook chart", "Mean, from 1 to 4; the skill with the widest gap first"),
            )
        )


def last_released(repository: Repository, report: LocalisedRound) -> tuple[Round, KeptRelease] | None:
    """The last release of the last survey of people, of the report’s year or one before it, that has any."""
    of_report = report.snapshot.round
    rounds, _ = readable_rounds(repository)
    for of_round in sorted(rounds, key=lambda round_: (round_.reporting_year, round_.id), reverse=True):
        if of_round.reporting_year <= of_report.reporting_year and of_round.demonstration == of_report.demonstration:
            releases = read_releases(repository, of_round.id)
            if releases and releases[-1].is_of_people:
                return of_round, releases[-1]
    return None


def _figures(report: LocalisedRound, sheet: OpenedSheet, excerpt: Excerpt) -> FigureTable:
    table = sheet.tables[0]
    rows = [
        [_cell(sheet.cells[CellSpot(row, column)]) for column in range(table.first.column, table.last.column + 1)]
        for row in range(table.first.row + 1, table.last.row + 1)
    ]
    first = rows[0][: excerpt.leading]
    shown = tuple(tuple(row[excerpt.columns]) for row in rows if row[: excerpt.leading] == first)
    titles = table.columns[excerpt.columns]
    columns = (
        Column(title, title, _kind(title, cells), decimals=_DECIMALS.get(_kind(title, cells), 0))
        for title, cells in zip(titles, zip(*shown, strict=True), strict=True)
    )
    return FigureTable(report.titled(report.language.say(excerpt.title)), tuple(columns), shown)


_DECIMALS = {"decimal": 2}


def _cell(opened: OpenedCell) -> Cell:
    """A text, a number, or a shorthand."""
    if opened.is_text:
        return next((shorthand for shorthand in Shorthand if shorthand.value == opened.value), opened.value)
    return float(opened.value) if "." in opened.value or "E" in opened.value else int(opened.value)


def _kind(title: str, cells: Iterable[Cell]) -> CellKind:
    """What a column holds, as its header and its cells tell: a unit of percent stands in every language so."""
    numbers = [cell for cell in cells if isinstance(cell, int | float)]
    if title.endswith("(%)"):
        return "percent"
    if any(isinstance(number, float) for number in numbers):
        return "decimal"
    return "whole" if numbers else "long_text"
