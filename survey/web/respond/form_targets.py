"""What one form answers: a page of the questionnaire, or one item of a repeating group of a page.

A target knows the answers as they are now with a version, and saves answers only over the version they were based
on. Items are told apart by their content, so that two people adding or changing different items never collide.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import orjson

from survey.collection.responses.lifecycle import Conflict, save_page
from survey.collection.responses.response import Response, SavedPage
from survey.questionnaire.definition import Question, Section
from survey.questionnaire.problems import Problem
from survey.questionnaire.types.group import Group
from survey.questionnaire.walk import Page
from survey.web.respond.respondent import Respondent
from survey.web.site.environment import new_id, now
from survey.web.site.language import current_language

TRIES = 5
REVISION = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Version:
    """The answers of a target at one moment. `written_in` gives the language of each free text by question id."""

    token: str
    answers: Mapping[str, Any]
    written_in: Mapping[str, str]
    saved_at: datetime | None


class Outdated(Exception):
    """Somebody else saved first. `theirs` is the target as it is now, `touched` what they changed, if that is known."""

    def __init__(self, theirs: Version, touched: frozenset[str] | None) -> None:
        super().__init__(theirs.token)
        self.theirs = theirs
        self.touched = touched


class Full(Exception):
    """A group that holds as many items as it may. `problem` says so."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.problem = Problem("too_many_items", {"most": most})


class FormTarget(Protocol):
    page: Page

    def version(self, response: Response) -> Version:
        """The target in a response."""

    def save(self, answers: Mapping[str, Any], token: str) -> Version:
        """Keep the answers over the version they were based on. Raises Outdated, and what `save_page` raises."""


class PageTarget:
    """A page of the questionnaire. Its version is the page's revision."""

    def __init__(self, respondent: Respondent, page: Page) -> None:
        self.page = page
        self._respondent = respondent

    def version(self, response: Response) -> Version:
        return _version_of(response.pages.get(self.page.key, SavedPage()))

    def save(self, answers: Mapping[str, Any], token: str) -> Version:
        current = self.version(self._respondent.response())
        if dict(answers) == dict(current.answers) and current.saved_at is not None:
            # A double click, or nothing new: a save would only make colleagues' pages out of date.
            return current
        based_on = int(token) if REVISION.fullmatch(token) else 0
        try:
            return _version_of(_save(self._respondent, self.page, answers, based_on))
        except Conflict as conflict:
            theirs = conflict.theirs
            touched = self._touched_since(based_on) if based_on <= theirs.revision else None
            raise Outdated(_version_of(theirs), touched) from None

    def _touched_since(self, revision: int) -> frozenset[str]:
        return frozenset(
            question
            for entry in self._respondent.response().history
            if entry["what"] == "saved" and entry["page"] == self.page.key and entry["revision"] > revision
            for question in entry["changed"]
        )


class ItemTarget:
    """One item of a repeating group. Its version is a digest of the item."""

    def __init__(self, respondent: Respondent, page: Page, group: Question, item_id: str) -> None:
        title = group.item_label or group.label
        self.page = Page(
            f"{page.key}/{group.id}/{item_id}", Section(group.id, title, questions=group.questions), page.outcome
        )
        self.group = group
        self.item_id = item_id
        self._within = page
        self._respondent = respondent

    def number(self, response: Response) -> int | None:
        """Which item of the group it is, counted from 1; None when it is not in the response."""
        ids = [item["id"] for item in self._items(response)]
        return ids.index(self.item_id) + 1 if self.item_id in ids else None

    def version(self, response: Response) -> Version:
        item = next((item for item in self._items(response) if item["id"] == self.item_id), None)
        saved = response.pages.get(self._within.key, SavedPage())
        start = f"{self.group.id}/{self.item_id}/"
        written_in = {
            name.removeprefix(start): code for name, code in (saved.written_in or {}).items() if name.startswith(start)
        }
        answers = {name: answer for name, answer in (item or {}).items() if name != "id"}
        return Version(_digest(item), answers, written_in, saved.saved_at if item else None)

    def save(self, answers: Mapping[str, Any], token: str) -> Version:
        return self._keep({"id": self.item_id, **answers}, token)

    def remove(self, token: str) -> None:
        """Take the item out of the response. Raises Outdated when somebody has changed it."""
        self._keep(None, token)

    def _keep(self, item: dict[str, Any] | None, token: str) -> Version:
        for _ in range(TRIES):
            response = self._respondent.response()
            theirs = self.version(response)
            if theirs.token == _digest(item):
                return theirs
            if theirs.token != token:
                raise Outdated(theirs, None)
            saved = response.pages.get(self._within.key, SavedPage())
            items = _with(self._items(response), self.item_id, item)
            if len(items) > Group.most(self.group):
                raise Full(Group.most(self.group))
            answers = {name: answer for name, answer in (saved.answers or {}).items() if name != self.group.id}
            if items:
                answers[self.group.id] = items
            try:
                _save(self._respondent, self._within, answers, saved.revision)
            except Conflict:
                continue  # another item or question of the page was saved meanwhile: look again
            return self.version(self._respondent.response())
        raise Outdated(self.version(self._respondent.response()), None)

    def _items(self, response: Response) -> list[dict[str, Any]]:
        saved = response.pages.get(self._within.key, SavedPage())
        items: list[dict[str, Any]] = (saved.answers or {}).get(self.group.id, [])
        return items


def _version_of(saved: SavedPage) -> Version:
    return Version(str(saved.revision), saved.answers or {}, saved.written_in or {}, saved.saved_at)


def _save(respondent: Respondent, page: Page, answers: Mapping[str, Any], based_on: int) -> SavedPage:
    return save_page(
        respondent.repository,
        respondent.snapshot,
        respondent.cluster.code,
        page,
        answers,
        based_on=based_on,
        language=current_language().code,
        now=now(),
        new_id=new_id(),
    )


def _with(items: Iterable[dict[str, Any]], item_id: str, item: dict[str, Any] | None) -> list[dict[str, Any]]:
    """The items with one put in its place, added at the end, or, when there is None of it, taken out."""
    others = {other["id"]: other for other in items} | {item_id: item}
    return [other for other in others.values() if other is not None]


def _digest(item: Mapping[str, Any] | None) -> str:
    if item is None:
        return "new"
    return hashlib.sha256(orjson.dumps(item, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]
