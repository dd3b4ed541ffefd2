"""What a report says of its framework: its abbreviations, what its levels mean, and which outcomes nobody was asked
about.
"""

from collections.abc import Iterator

from survey.languages import Phrase
from survey.reporting.measures.levels import level_order
from survey.reporting.reports.blocks import Aside, Block, Bullets, Line, Subheading
from survey.reporting.workbooks.report import Report

LEVELS = Phrase("contribution", "What the levels mean")
BELOW = Phrase("contribution", "The cluster has not yet reached the first of the levels that follow.")


def abbreviations(report: Report) -> Iterator[Block]:
    """What the names of outcomes begin with, in full."""
    framework = report.snapshot.framework
    modules = framework.modules if framework else ()
    if modules:
        names = "; ".join(f"{report.texts(module.short_name)} – {report.texts(module.name)}" for module in modules)
        yield Line(report.pgettext("report", "Abbreviations: %(names)s.", names=names))


def levels_in_words(report: Report) -> Iterator[Block]:
    """What the levels mean, lowest first, for all outcomes alike."""
    framework, options = report.snapshot.framework, report.options("judged_level")
    if framework:
        named = {level.id: report.texts(level.description) for level in framework.levels}
        yield Subheading(report.language.say(LEVELS))
        yield Bullets(
            tuple(
                f"{report.option_name(options, code)}: {named[code] if code in named else report.language.say(BELOW)}"
                for code in level_order(report.data)
            )
        )


def not_asked(report: Report) -> Iterator[Block]:
    """Which outcomes have no row this year, because no cluster was asked about them."""
    left_out = [outcome for outcome in report.every_outcome if outcome not in report.outcomes]
    if left_out:
        named = "; ".join(map(report.outcome_name, left_out))
        yield Aside(
            report.pgettext(
                "report", "No cluster was asked about these outcomes this year: %(outcomes)s.", outcomes=named
            )
        )
