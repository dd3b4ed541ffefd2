"""What a form shows and does not answer: statements, calculated values, groups."""

import json
from collections.abc import Hashable, Iterator
from typing import Any

from flask import url_for
from markupsafe import Markup
from wtforms.utils import unset_value

from survey.questionnaire.definition import Option
from survey.questionnaire.types import answer_type
from survey.questionnaire.types.display_only import Calculated, EarlierAnswer, Statement
from survey.questionnaire.types.group import Group
from survey.web.respond.fields.base import AnswerField, field_of, verbatim
from survey.web.site.environment import new_id


class DisplayOnlyField(AnswerField):
    """A question that a form does not answer: `data` is for showing only."""

    validators = ()
    takes_answer = False

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        super().process(None, data, extra_filters)


@field_of(Statement)
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
        """What is shown of each item: its name, its first text, and where to change and remove it."""
        label = self.setting.texts(self.question.item_label or self.question.label)
        first = next((child.id for child in self.question.questions if answer_type(child).free_text), "")
        for number, item in enumerate(self.data or [], start=1):
            group, item_id = self.question.id, item["id"]
            written_in = self.setting.written_in.get(f"{group}/{item_id}/{first}", "")
            yield {
                "name": f"{label} {number}",
                "summary": verbatim(item[first], written_in) if first in item else "",
                "change": self.setting.item_address(group, item_id),
                "remove": url_for("respond.remove_item", key=self.setting.page_key, group=group, item_id=item_id),
            }

    @property
    def has_room(self) -> bool:
        """Whether another item may be added."""
        return len(self.data or ()) < Group.most(self.question)

    @property
    def add_address(self) -> str:
        """A page for an item that is not there yet. Its id is made here, so that sending it twice adds one."""
        return self.setting.item_address(self.question.id, new_id())
