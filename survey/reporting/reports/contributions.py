"""Contribution analysis, outcome by outcome: what was meant to change and what did, what clusters say of it, what they
show for it, and room for what the team makes of it: what else could explain it, and how sure it is.
"""

from collections.abc import Iterator

from survey.languages import Phrase
from survey.questionnaire.framework import Outcome
from survey.reporting.reports.blocks import (
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
from survey.reporting.workbooks.national import evidence, levels, trend, words
from survey.reporting.workbooks.report import Report

ABOUT = Phrase(
    "contribution",
    "Figures alone cannot tell what brought a change about. So for each outcome this chapter lays side by side what "
    "was meant to change, what did change, and what clusters say and show. What else could explain it, and how sure "
    "the team is, it says itself. Clusters rate enablers and barriers for all of their work, not for one outcome: they "
    "are in their own chapter.",
)
LEVELS = Phrase("contribution", "What the levels mean")
MEANT = Phrase("contribution", "What is meant to change")
CHANGED = Phrase("contribution", "What changed")
SAID = Phrase("contribution", "What clusters say helped and hindered")
SHOWN = Phrase("contribution", "Evidence and good practice")
ELSE = Phrase("contribution", "What else could explain it")
SURE = Phrase("contribution", "How sure we are")
ROOM = Phrase("contribution", "%(part)s: %(outcome)s")
NO_WORDS = Phrase("contribution", "No cluster wrote about this outcome this year.")


def contributions(report: Report) -> Iterator[Block]:
    """The chapter, on every outcome that was asked about in any of the kept years."""
    say = report.language.say
    asked = {row["outcome_code"] for row in cells_by_key(report.made(trend.trend))}
    yield Line(say(ABOUT))
    framework = report.snapshot.framework
    if framework:
        yield Subheading(say(LEVELS))
        yield Bullets(
            tuple(f"{report.texts(level.name)}: {report.texts(level.description)}" for level in framework.levels)
        )
    for outcome in report.every_outcome:
        if outcome.id in asked:
            yield Subheading(report.outcome_name(outcome))
            yield from _of_outcome(report, outcome)


def _of_outcome(report: Report, outcome: Outcome) -> Iterator[Block]:
    say, name = report.language.say, report.outcome_name(outcome)
    yield Subheading(say(MEANT), 3)
    yield Line(report.texts(outcome.purpose))
    yield Subheading(say(CHANGED), 3)
    yield from _changed(report, outcome)
    yield Subheading(say(SAID), 3)
    yield from _said(report, name)
    yield Subheading(say(SHOWN), 3)
    yield from _shown(report, outcome)
    for part, tag in ((ELSE, "else"), (SURE, "sure")):
        yield Subheading(say(part), 3)
        yield Room(f"contribution.{outcome.id}.{tag}", say(ROOM, part=say(part), outcome=outcome.id), WRITE_HERE)


def _changed(report: Report, outcome: Outcome) -> Iterator[Block]:
    over_years, moved = report.made(trend.trend), report.made(levels.movement)
    years = keys_like(over_years, "year", "responded", "n_")
    yield from figures_of(over_years, report.language, years, lambda row: row["outcome_code"] == outcome.id)
    if any(row["outcome_code"] == outcome.id for row in cells_by_key(moved)):
        ways = ("outcome", "compared", "n_higher", "n_same", "n_lower", "first_time")
        yield from figures_of(moved, report.language, ways, lambda row: row["outcome_code"] == outcome.id)


def _said(report: Report, outcome: str) -> Iterator[Block]:
    said = False
    for maker in (words.went_well, words.went_less_well):
        sheet = report.made(maker)
        written = written_by_outcome(sheet, "words").get(outcome, [])
        for one in chosen(written) if written else ():
            said = True
            yield Quotation(one.words, f"{sheet.name}. {one.cluster}, {one.board}")
    if not said:
        yield Line(report.language.say(NO_WORDS))


def _shown(report: Report, outcome: Outcome) -> Iterator[Block]:
    given, practice = report.made(evidence.evidence), report.made(words.good_practice)
    keys = keys_like(given, "cluster", "title", "shows")
    yield from figures_of(given, report.language, keys, lambda row: row["outcome_code"] == outcome.id)
    served = report.option_name(report.options("good_practice_outcomes"), outcome.id)
    if any(served in str(row["outcomes"]).split("; ") for row in cells_by_key(practice)):
        keys = keys_like(practice, "cluster", "good_practice_title", "good_practice_done")
        yield from figures_of(practice, report.language, keys, lambda row: served in str(row["outcomes"]).split("; "))
