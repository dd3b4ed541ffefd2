"""Contribution analysis, outcome by outcome: what was meant to change and what did, what clusters say of it, what they
show for it, and room for what the team makes of it: what else could explain it, and how sure it is.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from survey.collection.reports.contributions import NOTHING_WRITTEN, SURENESS_WORDS, Contribution
from survey.languages import Phrase
from survey.questionnaire.framework import Outcome
from survey.reporting.reports.blocks import (
    SOURCE_OF_WORDS,
    Aside,
    Block,
    Bullets,
    Line,
    Quotation,
    Room,
    Subheading,
    cells_by_key,
    figures_of,
    keys_like,
)
from survey.reporting.reports.own_words_of_clusters import chosen, written_by_outcome
from survey.reporting.reports.places import WRITE_HERE
from survey.reporting.workbooks.national import enablers, evidence, levels, trend, words
from survey.reporting.workbooks.report import Report
from survey.reporting.workbooks.tables import NOT_APPLICABLE

ABOUT = Phrase(
    "contribution",
    "Figures alone cannot tell what brought a change about. So for each outcome this chapter lays side by side what "
    "was meant to change, what did change, and what clusters say and show. What else could explain it, and how sure "
    "the team is, it says itself. Clusters rate enablers and barriers for all of their work, not for one outcome: they "
    "are in their own chapter, and how figures are counted is said in those on maturity and movement.",
)
LEVELS = Phrase("contribution", "What the levels mean")
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
NO_WORDS = Phrase("contribution", "No cluster wrote about this outcome this year.")


def contributions(report: Report, written: Mapping[str, Contribution]) -> Iterator[Block]:
    """The chapter, on every outcome that was asked about in any of the kept years. `written` is what the team wrote of
    an outcome on its page; the document has room for more."""
    say = report.language.say
    yield Line(say(ABOUT))
    yield from levels_in_words(report)
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
    """Blocks without what stands below the same tables in other chapters: how they are counted."""
    sheets = (trend.trend, levels.movement, evidence.evidence, words.good_practice)
    elsewhere = {line for maker in sheets for line in report.made(maker).preamble}
    yield from (block for block in blocks if not (isinstance(block, Aside) and block.text in elsewhere))


def outcomes_asked_about(report: Report) -> list[Outcome]:
    """The outcomes that were asked about in any of the kept years, in the framework’s order."""
    asked = {row["outcome_code"] for row in cells_by_key(report.made(trend.trend))}
    return [outcome for outcome in report.every_outcome if outcome.id in asked]


def levels_in_words(report: Report) -> Iterator[Block]:
    """What the levels mean, for all outcomes alike."""
    framework = report.snapshot.framework
    if framework:
        yield Subheading(report.language.say(LEVELS))
        yield Bullets(
            tuple(f"{report.texts(level.name)}: {report.texts(level.description)}" for level in framework.levels)
        )


def rated(report: Report, _outcome: Outcome) -> Iterator[Block]:
    """What helps clusters and what holds them back, in all of their work: no rating is of one outcome."""
    sheet = report.made(enablers.enablers_and_barriers)
    yield Line(report.language.say(OF_ALL_WORK))
    keys = keys_like(sheet, "enabler", "responded", "mean")
    yield from figures_of(sheet, report.language, keys, lambda row: row["board"] == report.wales)


def _meant(report: Report, outcome: Outcome) -> Iterator[Block]:
    yield Line(report.texts(outcome.purpose))


def _changed(report: Report, outcome: Outcome) -> Iterator[Block]:
    over_years, moved = report.made(trend.trend), report.made(levels.movement)
    years = keys_like(over_years, "year", "responded", "n_")
    yield from figures_of(over_years, report.language, years, lambda row: row["outcome_code"] == outcome.id)
    if any(row["outcome_code"] == outcome.id for row in cells_by_key(moved)):
        ways = ("outcome", "compared", "n_higher", "n_same", "n_lower", "first_time")
        yield from figures_of(moved, report.language, ways, lambda row: row["outcome_code"] == outcome.id)


def _said(report: Report, outcome: Outcome) -> Iterator[Block]:
    said, name = False, report.outcome_name(outcome)
    for maker in (words.went_well, words.went_less_well):
        sheet = report.made(maker)
        written = written_by_outcome(sheet, "words").get(name, [])
        for one in chosen(written) if written else ():
            said = True
            yield Quotation(one.words, f"{sheet.name}. {one.cluster}, {one.board}")
    if not said:
        yield Line(report.language.say(NO_WORDS))


def _shown(report: Report, outcome: Outcome) -> Iterator[Block]:
    given, practice = report.made(evidence.evidence), report.made(words.good_practice)
    items = [row for row in cells_by_key(given) if row["outcome_code"] == outcome.id]
    keys = [key for key in ("cluster", "title", "shows") if any(row[key] != NOT_APPLICABLE for row in items)]
    yield from figures_of(given, report.language, keys, lambda row: row["outcome_code"] == outcome.id, SOURCE_OF_WORDS)
    served = report.option_name(report.options("good_practice_outcomes"), outcome.id)
    if any(served in str(row["outcomes"]).split("; ") for row in cells_by_key(practice)):
        keys = keys_like(practice, "cluster", "good_practice_title", "good_practice_done")
        yield from figures_of(practice, report.language, keys, lambda row: served in str(row["outcomes"]).split("; "))


PARTS: dict[str, Callable[[Report, Outcome], Iterator[Block]]] = {
    "meant": _meant,
    "changed": _changed,
    "said": _said,
    "shown": _shown,
}
"""What there is on an outcome beside the team’s own words, as in PART_WORDS."""
