"""A list that is too long to be shown whole: chosen from, or found by typing some of its words."""

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

from markupsafe import Markup

from survey.questionnaire.definition import Option, Question
from survey.questionnaire.lists import in_order, narrowed
from survey.questionnaire.types.choices import ListChoice
from survey.web.respond.fields.base import AnswerField, field_of

OptionGroup = tuple[Option, list[Option]]
"""An answer, with the options that belong to it."""


@field_of(ListChoice)
class ListField(AnswerField):
    """A list to choose one option from, which `scripts/lists.js` makes one to search. `data` is its code.

    Where the answer that filters it is on another page, only what belongs to that is there; where it is on this page,
    all is there, in a group for each answer.
    """

    template = "list"

    def __init__(self, question: Question, **kwargs: Any) -> None:
        super().__init__(question, **kwargs)
        self.filter: Question | None = kwargs["_form"].page.section.question(question.filtered_by or "")

    def draw(self, revealed: Mapping[str, Markup] | None = None) -> Markup:
        """The list as it is drawn once, with nothing chosen, as it is long; what is chosen is marked in it."""
        drawn = super().draw(revealed)
        if not self.data:
            return drawn
        chosen = Markup('<option value="{}"').format(self.data)
        return drawn.replace(chosen, chosen + Markup(" selected"), 1)

    def look(self) -> tuple[Hashable, ...] | None:
        answer = self._settled
        if self.data and not any(option.code == self.data for option in self._offered):
            return None
        return (answer,)

    @property
    def options(self) -> list[Option]:
        """What belongs to no group, in the order of the language."""
        groups = {answer.code for answer in self.filter.options} if self.filter else set()
        return in_order(
            (option for option in self._offered if option.belongs_to not in groups),
            self.setting.texts,
            self.setting.language,
        )

    def groups(self) -> Iterator[OptionGroup]:
        """The answers that this page asks for, each with what belongs to it in the order of the language."""
        by_answer: dict[str | None, list[Option]] = {}
        for option in self._offered:
            by_answer.setdefault(option.belongs_to, []).append(option)
        for answer in self.filter.options if self.filter else ():
            if answer.code in by_answer:
                yield answer, in_order(by_answer[answer.code], self.setting.texts, self.setting.language)

    @property
    def kept(self) -> Option | None:
        """What was chosen before the answer was another that it does not belong to."""
        option = self.question.option(self.data) if isinstance(self.data, str) else None
        return None if option is None or option in self._offered else option

    @property
    def _offered(self) -> tuple[Option, ...]:
        return narrowed(self.question, lambda _: self._settled).options

    @property
    def _settled(self) -> Any:
        """The answer that filters the list, where this page cannot change it."""
        name = self.question.filtered_by
        return self.setting.known({}).lookup(name) if name and self.filter is None else None
