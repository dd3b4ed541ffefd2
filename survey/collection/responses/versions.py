"""The earlier versions of a page of a response: who changed what, and what stood there before."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from survey.collection.responses.response import PageSave, SavedPage


@dataclass(frozen=True, slots=True)
class PageVersion:
    """A page as one person left it. `changed` are the ids of the questions that she answered otherwise than before."""

    save: PageSave
    answers: Mapping[str, Any]

    @property
    def changed(self) -> frozenset[str]:
        return frozenset(self.save.was)


def versions(page: SavedPage) -> list[PageVersion]:
    """The versions of a page that are remembered, the latest first. That of today is the first of them."""
    answers = dict(page.answers or {})
    earlier: list[PageVersion] = []
    for save in reversed(page.saves):
        earlier.append(PageVersion(save, dict(answers)))
        answers = {name: answer for name, answer in {**answers, **save.was}.items() if answer is not None}
    return earlier
