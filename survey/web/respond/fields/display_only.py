"""What a form shows and does not answer: statements, calculated values, groups."""

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

from flask import url_for
from markupsafe import Markup
from wtforms.utils import unset_value

from survey.questionnaire.definition import Option
from survey.questionnaire.types import GROUP, answer_type
from survey.web.respond.fields.base import AnswerField, macro, verbatim
from survey.web.respond.ids import new_id


class SilentField(AnswerField):
    """A question that a form does not answer: `data` is for showing only."""

    takes_answer = False

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        super().process(None, data)

    def drawn(self, revealed: Mapping[str, Markup]) -> Markup:
        return macro(self.question.type)(self)


class StatementField(SilentField):
    """Text only."""


class CalculatedField(SilentField):
    """A value worked out from other answers, and a button that saves and works it out again. `data` is its code."""

    def look(self) -> tuple[Hashable, ...] | None:
        return (self.data,)

    @property
    def option(self) -> Option | None:
        """The option that the answers point to."""
        return self.question.option(self.data) if self.data else None


class GroupField(SilentField):
    """The items of a repeating group; each is changed on a page of its own. `data` is the list of items."""

    def drawn(self, revealed: Mapping[str, Markup]) -> Markup:
        return macro("group")(self)

    def look(self) -> tuple[Hashable, ...] | None:
        return None

    def listed(self) -> Iterator[dict[str, str]]:
        """What is shown of each item: its name, its first text, and where to change and remove it."""
        label = self.setting.texts(self.question.item_label or self.question.label)
        first = next((child.id for child in self.question.questions if answer_type(child).free_text), "")
        for number, item in enumerate(self.data or [], start=1):
            where = {"key": self.setting.page_key, "group": self.question.id, "item_id": item["id"]}
            written_in = self.setting.written_in.get(f"{self.question.id}/{item['id']}/{first}", "")
            yield {
                "name": f"{label} {number}",
                "summary": verbatim(item[first], written_in) if first in item else "",
                "change": url_for("respond.item", **where),
                "remove": url_for("respond.remove_item", **where),
            }

    @property
    def has_room(self) -> bool:
        """Whether another item may be added."""
        return len(self.data or ()) < GROUP.most(self.question)

    @property
    def add_address(self) -> str:
        """A page for an item that is not there yet. Its id is made here, so that sending it twice adds one."""
        return url_for("respond.item", key=self.setting.page_key, group=self.question.id, item_id=new_id())
