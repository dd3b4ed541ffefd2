"""The annexes of the national report: how each figure is counted, and what all of them were made from."""

import re
from collections.abc import Iterator

from survey.languages import Language, Phrase
from survey.reporting.measures.declarations import MEASURES, NOTHING_LEFT_OUT, Measure
from survey.reporting.reports.blocks import Aside, Block, FigureTable, Line
from survey.reporting.reports.framework_terms import abbreviations
from survey.reporting.workbooks.provenance import SMALL_BASE, of_clusters, origin
from survey.reporting.workbooks.report import Report
from survey.reporting.workbooks.rounding_notes import rounded_line
from survey.reporting.xlsx.description import Cell, Column
from survey.storage.repository import Repository

COUNTED = Phrase("report", "How each measure of clusters is counted")
MEANS_ROUNDED = Phrase("report", "Means are rounded to two decimals, after everything else is worked out.")
FINGERPRINTS = Phrase("report", "SHA-256 sums: by them it can be checked that nothing was changed since")
_SHA_256 = re.compile("[0-9a-f]{64}")


def method(report: Report) -> Iterator[Block]:
    """What each measure counts, out of what, what it leaves out, and how far back it can be compared."""
    say, pgettext = report.language.say, report.pgettext
    columns = (
        Column("name", pgettext("report", "Measure"), "long_text"),
        Column("unit", pgettext("report", "Unit"), "long_text"),
        Column("counted", pgettext("report", "What is counted"), "long_text"),
        Column("out_of", pgettext("report", "Out of what"), "long_text"),
        Column("without", pgettext("report", "What is left out, and what is missing"), "long_text"),
        Column("over_years", pgettext("report", "Comparable over time"), "long_text"),
    )
    yield from abbreviations(report)
    yield FigureTable(say(COUNTED), columns, tuple(_row(measure, report.language) for measure in MEASURES))
    for unit in dict.fromkeys(measure.unit for measure in MEASURES):
        if say(unit.meaning) != say(unit.name):
            yield Aside(sentence(say(unit.meaning)))
    yield Line(rounded_line(report))
    yield Line(say(MEANS_ROUNDED))
    yield from (Line(note.text) for note in of_clusters(report).notes if note.key == SMALL_BASE)


def provenance(repository: Repository, report: Report) -> Iterator[Block]:
    """The round, the state of its data and its software; apart from them the sums of what it was made from."""
    columns = (
        Column("subject", report.pgettext("report", "Subject"), "long_text"),
        Column("text", report.pgettext("workbook", "Explanation"), "long_text"),
    )
    lines = origin(repository, report, of_clusters(report))
    sums = [line for line in lines if _SHA_256.fullmatch(str(line[1]))]
    title = report.pgettext("report", "The round, its data and the software")
    yield FigureTable(title, columns, tuple(line for line in lines if line not in sums))
    yield FigureTable(report.language.say(FINGERPRINTS), columns, tuple(sums))


def sentence(words: str) -> str:
    """A part of a sentence as one of its own."""
    return f"{words[:1].upper()}{words[1:]}."


def _row(measure: Measure, reader: Language) -> tuple[Cell, ...]:
    parts = (measure.exclusions, measure.missing) if measure.exclusions != NOTHING_LEFT_OUT else (measure.missing,)
    return (
        reader.say(measure.name),
        reader.say(measure.unit.name),
        sentence(reader.say(measure.numerator)),
        sentence(reader.say(measure.denominator)),
        " ".join(sentence(reader.say(part)) for part in parts),
        sentence(reader.say(measure.continuity)),
    )
