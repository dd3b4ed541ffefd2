"""Between what an answer lies that has an order: a number, a day, or a figure that is worked out of such answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf

from survey.questionnaire.checks.limits import fixed_ends
from survey.questionnaire.checks.outline import JsonPlace, Outline, OutlineEntry
from survey.questionnaire.figures import DECIMALS, ITEMS


@dataclass(frozen=True, slots=True)
class Interval:
    """The least and the most that something comes to; what is not known is infinite."""

    least: float = -inf
    most: float = inf


ANYTHING = Interval()


def intervals(outline: Outline) -> Mapping[JsonPlace, Interval]:
    """Of every question, by its place. A figure that names what does not come before it may be anything."""
    known: dict[JsonPlace, Interval] = {}
    for entry in outline.askable:
        known[entry.place] = _of_figure(entry, outline, known) if "figure" in entry.source else _of_limits(entry)
    return known


def _of_limits(entry: OutlineEntry) -> Interval:
    ends = fixed_ends(entry.source)
    return Interval(ends["least"], ends["most"])


def _of_figure(entry: OutlineEntry, outline: Outline, known: Mapping[JsonPlace, Interval]) -> Interval:
    ((operation, names),) = entry.source["figure"].items()
    sources = [_of_source(name, entry, outline, known) for name in names]
    if operation == "count":
        most = inf if any(_has_items(outline.named(name, entry)) for name in names) else len(names)
        return Interval(0, most)
    if operation == "sum":
        summed = [_of_items(source) if ITEMS in name else source for name, source in zip(names, sources, strict=True)]
        return _rounded(
            -_most_of_some([-interval.least for interval in summed]),
            _most_of_some([interval.most for interval in summed]),
        )
    if operation == "mean":
        return _rounded(min(interval.least for interval in sources), max(interval.most for interval in sources))
    if len(sources) != 2:
        return ANYTHING
    first, second = sources
    return _rounded(first.least - second.most, first.most - second.least)


def _of_source(name: str, asker: OutlineEntry, outline: Outline, known: Mapping[JsonPlace, Interval]) -> Interval:
    target = outline.named(name, asker)
    return ANYTHING if target is None else known.get(target.place, ANYTHING)


def _has_items(target: OutlineEntry | None) -> bool:
    return target is None or target.group is not None or "questions" in target.source


def _of_items(interval: Interval) -> Interval:
    """What one item or any number of them come to together."""
    return Interval(-inf if interval.least < 0 else interval.least, inf if interval.most > 0 else interval.most)


def _most_of_some(most: Sequence[float]) -> float:
    """The most that numbers come to together, of which one was answered at least."""
    return sum(number for number in most if number > 0) or max(most)


def _rounded(least: float, most: float) -> Interval:
    """As the figure itself is rounded."""
    return Interval(round(least, DECIMALS), round(most, DECIMALS))
