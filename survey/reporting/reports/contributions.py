"""Contribution analysis, outcome by outcome: what was meant to change and what did, what clusters say of it, what they
show for it, and room for what the team makes of it: what else could explain it, and how sure it is.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from survey.collection.reports.contributions import NOTHING_WRITTEN, SURENESS_WORDS, Contribution
from survey.languages import Phrase
from survey.questionnaire.framework import Outcome
from survey.reporting.reports.blocks import (
    SOURCE,
    SOURCE_OF_WORDS,
    Aside,
    Block,
    Line,
    Quotation,
    Room,
    Subheading,
    cells_by_key,
    figures_of,
    in_use,
    keys_like,
)
from survey.reporting.reports.of_wales import enablers_of_wales
from survey.reporting.reports.own_words_of_clusters import chosen, told_examples, written_by_outcome
from survey.reporting.reports.places import WRITE_HERE
from survey.reporting.workbooks.national import evidence, levels, maturity, trend, words
from survey.reporting.workbooks.report import Report
from survey.reporting.workbooks.tables import NOT_APPLICABLE
from survey.reporting.xlsx.description import Cell, Sheet

ABOUT = Phrase(
    "contribution",
    "Figures alone cannot tell what brought a change about. So for each outcome this chapter lays side by side what "
    "was meant to change, what did change, and what clusters say and show. What else could explain it, and how sure we "
    "are, is in our own words. Clusters rate enablers and barriers for all of their work, not for one outcome: they "
    "are in their own chapter, and how figures are counted is said in those on maturity and movement.",
)
PART_WORDS = {
    "meant": Phrase("contribution", "What is meant to change"),
    "changed": Phrase("contribution", "What changed"),
    "said": Phrase("contribution", "What clusters say helped and hindered"),
    "shown": Phrase("contribution", "Evidence and good practice"),
    "else": Phrase("contribution", "What else could explain it"),
    "sure": Phrase("contribution", "How sure we are"),
}
OF_ALL_WORK = Phrase("contribution", "Clusters rate these for all of their work, not for one outcome.")
ROOM = Phrase("contribution", "%(part)s: %(outcome)s")
NOT_ASKED = Phrase("contribution", "No cluster was asked about this outcome this year.")
NOT_ASKED_IN = Phrase("contribution", "No cluster was asked about this outcome in: %(years)s.")
NO_WORDS = Phrase("contribution", "No cluster wrote about this outcome this year.")
NO_EVIDENCE = Phrase("contribution", "No cluster named evidence on this outcome this year.")
NO_EXAMPLE = Phrase("contribution", "No example of good practice that may be shared serves this outcome.")
SERVED = Phrase(
    "contribution",
    "Each cluster says itself which outcomes its example serves; it need not have been asked about them this year.",
)
TITLES = {
    "years": Phrase("contribution", "Level of maturity judged, by year: %(outcome)s"),
    "moved": Phrase("contribution", "Movement of the level judged since last asked: %(outcome)s"),
    "evidence": Phrase("contribution", "Evidence that clusters name: %(outcome)s"),
    "practice": Phrase("contribution", "Good practice that may be shared: %(outcome)s"),
}
"""What stands above the tables on an outcome."""


def contributions(report: Report, written: Mapping[str, Contribution]) -> Iterator[Block]:
    """The chapter, on every outcome that was asked about in any of the kept years. `written` is what the team wrote of
    an outcome on its page; the document has room for more."""
    say = report.language.say
    yield Line(say(ABOUT))
    for outcome in outcomes_asked_about(report):
        own = written.get(outcome.id, NOTHING_WRITTEN)
        yield Subheading(report.outcome_name(outcome))
        for part, blocks in PARTS.items():
            yield Subheading(say(PART_WORDS[part]), 3)
            yield from _in_short(blocks(report, outcome), report)
        for part in ("else", "sure"):
            words = PART_WORDS[part]
            yield Subheading(say(words), 3)
            if part == "sure" and own.sureness:
                yield Line(say(SURENESS_WORDS[own.sureness]))
            yield from map(Line, filter(None, own.text(part, report.language.code).split("\n")))
            yield Room(f"contribution.{outcome.id}.{part}", say(ROOM, part=say(words), outcome=outcome.id), WRITE_HERE)


def _in_short(blocks: Iterable[Block], report: Report) -> Iterator[Block]:
    """Blocks without what stands below tables of the same figures in other chapters: how they are counted."""
    sheets = (maturity.maturity_by_outcome, levels.movement, evidence.evidence, words.good_practice)
    elsewhere = {line for maker in sheets for line in report.made(maker).lines}
    yield from (block for block in blocks if not (isinstance(block, Aside) and block.text in elsewhere))


def outcomes_asked_about(report: Report) -> list[Outcome]:
    """The outcomes that were asked about in any of the kept years, in the framework’s order."""
    asked = {row["outcome_code"] for row in cells_by_key(report.made(trend.trend))}
    return [outcome for outcome in report.every_outcome if outcome.id in asked]


def rated(report: Report, _outcome: Outcome) -> Iterator[Block]:
    """What helps clusters and what holds them back, in all of their work: no rating is of one outcome."""
    sheet = enablers_of_wales(report)
    yield Line(report.language.say(OF_ALL_WORK))
    yield from figures_of(
        sheet, report.language, keys_like(sheet, "enabler", "responded", *in_use(sheet, "not_answered"), "mean")
    )


def _meant(report: Report, outcome: Outcome) -> Iterator[Block]:
    yield Line(report.texts(outcome.purpose))


def _changed(report: Report, outcome: Outcome) -> Iterator[Block]:
    over_years, moved = report.made(trend.trend), report.made(levels.movement)
    keys = keys_like(over_years, "year", "responded", "n_", *in_use(over_years, "not_answered"))
    yield from _table(report, outcome, "years", over_years, keys)
    asked_in = {row["year"] for row in cells_by_key(over_years) if row["outcome_code"] == outcome.id}
    others = [data.year for data in report.series.rounds if data.year not in asked_in]
    if others:
        yield Aside(report.language.say(NOT_ASKED_IN, years=", ".join(others)))
    if outcome in report.outcomes:
        ways = ("responded", "compared", "n_higher", "n_same", "n_lower", "not_known", "first_time")
        yield from _table(report, outcome, "moved", moved, ways)


def _said(report: Report, outcome: Outcome) -> Iterator[Block]:
    said, name = False, report.outcome_name(outcome)
    for maker in (words.went_well, words.went_less_well):
        sheet = report.made(maker)
        written = written_by_outcome(sheet, "words").get(name, [])
        for passage in chosen(written) if written else ():
            said = True
            yield Quotation(passage.words, f"{sheet.name}. {passage.cluster}, {passage.board}")
    if not said:
        yield Line(report.language.say(NO_WORDS if outcome in report.outcomes else NOT_ASKED))


def _shown(report: Report, outcome: Outcome) -> Iterator[Block]:
    given, practice = report.made(evidence.evidence), told_examples(report)
    items = [row for row in cells_by_key(given) if row["outcome_code"] == outcome.id]
    if items:
        told = ("cluster", "board", "title", "shows")
        keys = [key for key in told if any(row[key] != NOT_APPLICABLE for row in items)]
        yield from _table(report, outcome, "evidence", given, keys, SOURCE_OF_WORDS)
    else:
        yield Line(report.language.say(NO_EVIDENCE if outcome in report.outcomes else NOT_ASKED))
    served = report.option_name(report.options("good_practice_outcomes"), outcome.id)
    if any(served in _outcomes(row) for row in cells_by_key(practice)):
        titled = replace(practice, title=_title(report, outcome, "practice"))
        keys = keys_like(practice, "cluster", "board", "good_practice_title", "good_practice_done")
        yield from figures_of(titled, report.language, keys, lambda row: served in _outcomes(row))
        yield Aside(report.language.say(SERVED))
    else:
        yield Line(report.language.say(NO_EXAMPLE))


def _outcomes(example: Mapping[str, Cell]) -> list[str]:
    """What the outcomes that an example serves are called."""
    return str(example["outcomes"]).split("; ")


def _table(
    report: Report, outcome: Outcome, kind: str, sheet: Sheet, keys: Sequence[str], source: Phrase = SOURCE
) -> Iterator[Block]:
    """Some columns of the rows of an outcome, with a title that names it."""
    of_outcome = replace(sheet, title=_title(report, outcome, kind))
    yield from figures_of(of_outcome, report.language, keys, lambda row: row["outcome_code"] == outcome.id, source)


def _title(report: Report, outcome: Outcome, kind: str) -> str:
    return report.language.say(TITLES[kind], outcome=report.in_short([outcome]))


PARTS: dict[str, Callable[[Report, Outcome], Iterator[Block]]] = {
    "meant": _meant,
    "changed": _changed,
    "said": _said,
    "shown": _shown,
}
"""What there is on an outcome beside the team’s own words, as in PART_WORDS."""
