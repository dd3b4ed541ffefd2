"""Figures that are worked out from other answers, in a small language that has an outcome whatever the answers are.

sum, mean      of the numbers that were answered; nothing where none was
count          how many of the questions were answered; of a group, how many items it has
difference     the first less the second, of days in days; nothing where one of them is missing

A question of a group, `group/question`, stands for the answers to it in all items.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

ITEMS = "/"
"""What stands between a group and the question of its items."""
Operation = Literal["sum", "count", "mean", "difference"]
DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Figure:
    """What is done with the answers to some questions, named as in rules, or as `group/question`."""

    operation: Operation
    questions: tuple[str, ...]


def figure_from(source: Mapping[Operation, Sequence[str]] | None) -> Figure | None:
    """The figure of a question, from its JSON."""
    if source is None:
        return None
    ((operation, questions),) = source.items()
    return Figure(operation, tuple(questions))


def worked_out(figure: Figure, lookup: Callable[[str], Any]) -> float | None:
    """What a figure comes to. `lookup` gives the answer to a question, or None where there is none."""
    sources = [source_of(name, lookup) for name in figure.questions]
    if figure.operation == "count":
        return float(sum(source.count for source in sources))
    numbers = [number for source in sources for number in source.numbers]
    if not numbers or (figure.operation == "difference" and len(numbers) != 2):
        return None
    return round(_REST[figure.operation](numbers), DECIMALS)


@dataclass(frozen=True, slots=True)
class FigureSource:
    """What the answers to one question give a figure: how many there are, and the numbers, days as days."""

    count: int
    numbers: tuple[float, ...]


def source_of(name: str, lookup: Callable[[str], Any]) -> FigureSource:
    """What a question, named as in a figure, gives it."""
    answers = _answers(name, lookup)
    numbers = (_number(answer) for answer in answers)
    return FigureSource(sum(map(_counted, answers)), tuple(number for number in numbers if number is not None))


def _answers(name: str, lookup: Callable[[str], Any]) -> list[Any]:
    """What was answered to a question: once, or in each item of a group."""
    group, _, child = name.partition(ITEMS)
    answered = lookup(group)
    items = answered if isinstance(answered, list) else []
    given = [item.get(child) for item in items if isinstance(item, Mapping)] if child else [answered]
    return [answer for answer in given if answer is not None]


def _counted(answer: Any) -> int:
    is_group = isinstance(answer, list) and all(isinstance(item, dict) for item in answer)
    return len(answer) if is_group else 1


def _number(answer: Any) -> float | None:
    if isinstance(answer, str):
        with suppress(ValueError):
            return float(date.fromisoformat(answer).toordinal())
    return float(answer) if isinstance(answer, int | float) else None


_REST: Mapping[Operation, Callable[[Sequence[float]], float]] = {
    "sum": sum,
    "mean": lambda numbers: sum(numbers) / len(numbers),
    "difference": lambda numbers: numbers[0] - numbers[1],
}
