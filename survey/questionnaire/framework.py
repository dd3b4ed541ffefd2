"""The framework that clusters reflect on: outcomes, levels of maturity and criteria.

Source of the first one: Cluster development framework, May 2022, version 1 (13 outcomes of the Primary Care
Model for Wales with maturity criteria, 7 of Accelerated Cluster Development with success criteria).
"""

from collections.abc import Callable
from dataclasses import dataclass

from survey.languages import Language, Phrase
from survey.questionnaire.definition import Text

OUTCOME = Phrase("workbook", "%(module)s %(number)s: %(name)s")
OUTCOME_IN_SHORT = Phrase("workbook", "%(module)s %(number)s")


@dataclass(frozen=True, slots=True)
class Module:
    """A family of outcomes: PCMW or ACD."""

    id: str
    name: Text
    short_name: Text


@dataclass(frozen=True, slots=True)
class Level:
    """A level of maturity, lowest first in `Framework.levels`."""

    id: str
    name: Text
    description: Text


@dataclass(frozen=True, slots=True)
class Criterion:
    """A statement a team answers. Success criteria have no `level`."""

    id: str
    text: Text
    level: str | None = None
    parts: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """One outcome and its criteria, in the framework's order."""

    id: str
    module: str
    number: int
    name: Text
    purpose: Text
    criteria: tuple[Criterion, ...]

    @property
    def has_levels(self) -> bool:
        """Whether its criteria are grouped by level of maturity."""
        return any(criterion.level for criterion in self.criteria)

    def at_level(self, level_id: str | None) -> tuple[Criterion, ...]:
        """The criteria of one level; those without a level for None."""
        return tuple(criterion for criterion in self.criteria if criterion.level == level_id)


@dataclass(frozen=True, slots=True)
class Framework:
    """A framework as dated data: another year's framework is another file."""

    id: str
    title: Text
    version: str
    modules: tuple[Module, ...]
    levels: tuple[Level, ...]
    outcomes: tuple[Outcome, ...]

    def module(self, module_id: str) -> Module | None:
        """The module with this id, or None."""
        return next((module for module in self.modules if module.id == module_id), None)

    def names(self, texts: Callable[[Text], str], language: Language) -> dict[str, str]:
        """The names of the outcomes by id, in the framework’s order: “PCMW 1: An informed public”."""
        modules = {module.id: texts(module.short_name) for module in self.modules}
        return {
            outcome.id: language.say(
                OUTCOME, module=modules[outcome.module], number=outcome.number, name=texts(outcome.name)
            )
            for outcome in self.outcomes
        }

    def short_names(self, texts: Callable[[Text], str], language: Language) -> dict[str, str]:
        """What the outcomes are called in a list of them, by id, in the framework’s order: “PCMW 1”."""
        modules = {module.id: texts(module.short_name) for module in self.modules}
        return {
            outcome.id: language.say(OUTCOME_IN_SHORT, module=modules[outcome.module], number=outcome.number)
            for outcome in self.outcomes
        }

    def level(self, level_id: str) -> Level | None:
        """The level with this id, or None."""
        return next((level for level in self.levels if level.id == level_id), None)
