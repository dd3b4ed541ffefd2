"""What a form shows and does not answer: statements, calculated values, groups."""

import json
import re
from collections.abc import Hashable, Iterator
from typing import Any

from markupsafe import Markup
from wtforms.utils import unset_value

from survey.questionnaire.definition import Option
from survey.questionnaire.types import answer_type
from survey.questionnaire.types.display_only import Calculated, EarlierAnswer, Ending, Statement, WorkedOut
from survey.questionnaire.types.group import Group
from survey.questionnaire.walk import Page, Walk
from survey.web.respond.fields.base import AnswerField, field_of, verbatim
from survey.web.respond.live_figures import told_of_figure
from survey.web.site.environment import new_id

CHANGE, REMOVE = "change", "remove"
_ITEM_BUTTON = re.compile(r"([a-z0-9_]+)/([a-z0-9]+)/(change|remove)")


def item_button(pressed: str) -> tuple[str, str, str] | None:
    """The group, the item and what to do with it, from the value of a button of `GroupField`; None for any other."""
    match = _ITEM_BUTTON.fullmatch(pressed)
    return (match[1], match[2], match[3]) if match else None


class DisplayOnlyField(AnswerField):
    """A question that a form does not answer: `data` is for showing only."""

    validators = ()
    takes_answer = False

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        super().process(None, data, extra_filters)


@field_of(Statement, Ending)
class StatementField(DisplayOnlyField):
    """Text only."""

    template = "statement"


@field_of(Calculated)
class CalculatedField(DisplayOnlyField):
    """A value worked out from other answers, and a button that saves and works it out again. `data` is its code."""

    template = "calculated"

    def look(self) -> tuple[Hashable, ...] | None:
        outcome = self.setting.outcome
        return (self.data, outcome.id if outcome else None)

    @property
    def level_rule(self) -> str:
        """How the level follows from the criteria, for `levels.js`; empty where there is none."""
        outcome, framework, rule = self.setting.outcome, self.setting.framework, self.setting.level_rule
        if outcome is None or framework is None or rule is None:
            return ""
        levels = [
            {"level": level.id, "criteria": [criterion.id for criterion in outcome.at_level(level.id)]}
            for level in framework.levels
        ]
        told = {"levels": levels, "met": sorted(rule.met), "left_out": sorted(rule.left_out), "below": rule.below}
        return json.dumps(told, separators=(",", ":"))

    @property
    def option(self) -> Option | None:
        """The option that the answers point to."""
        return self.question.option(self.data) if self.data else None


@field_of(WorkedOut)
class FigureField(DisplayOnlyField):
    """A number that is worked out from other answers, and a button that saves and works it out again."""

    template = "figure"
    live = ""
    """What `figures.js` needs to keep the number up to date, on a page that is answered."""

    def look(self) -> tuple[Hashable, ...] | None:
        return None

    def show_value(self, value: Any, page: Page, path: Walk) -> None:
        super().show_value(value, page, path)
        self.live = told_of_figure(self.question, page, path)

    @property
    def number(self) -> str:
        """The number as the language writes it; nothing where there is none."""
        return "" if self.data is None else self.setting.language.number(self.data)

    @property
    def unit(self) -> str:
        """In what it is counted; nothing where that goes without saying."""
        return self.setting.texts(self.question.unit) if self.question.unit else ""


@field_of(EarlierAnswer)
class EarlierAnswerField(DisplayOnlyField):
    """What was written the year before, word for word. `data` is the text."""

    template = "earlier_answer"

    def look(self) -> tuple[Hashable, ...] | None:
        return None

    def quoted(self) -> Markup:
        """The text, marked with its language."""
        follows = self.question.follows
        return verbatim(self.data or "", follows.written_in if follows else "")

    @property
    def year(self) -> str:
        """The reporting year it was written in."""
        return self.question.follows.year if self.question.follows else ""


@field_of(Group)
class GroupField(DisplayOnlyField):
    """The items of a repeating group; each is changed on a page of its own. `data` is the list of items."""

    template = "group"

    def look(self) -> tuple[Hashable, ...] | None:
        return None

    def listed(self) -> Iterator[dict[str, str]]:
        """What is shown of each item: its name, the first text in it, and the buttons to change and to remove it."""
        label = self.setting.texts(self.question.item_label or self.question.label)
        texts = [child.id for child in self.question.questions if answer_type(child).free_text]
        for number, item in enumerate(self.data or [], start=1):
            first = next((name for name in texts if name in item), "")
            written_in = self.setting.written_in.get(f"{self.question.id}/{item['id']}/{first}", "")
            yield {
                "name": f"{label} {number}",
                "summary": verbatim(item[first], written_in) if first else "",
                "change": self._button(item["id"], CHANGE),
                "remove": self._button(item["id"], REMOVE),
            }

    @property
    def has_room(self) -> bool:
        """Whether another item may be added."""
        return len(self.data or ()) < Group.most(self.question)

    @property
    def add(self) -> str:
        """The button to an item that is not there yet. Its id is made here, so that sending it twice adds one."""
        return self._button(new_id(), CHANGE)

    def _button(self, item_id: str, what: str) -> str:
        """The value of a button, which sends the form along: what was typed beside the group is saved first."""
        return f"{self.question.id}/{item_id}/{what}"
