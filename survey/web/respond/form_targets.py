"""What one form answers: a page of the questionnaire, or one item of a repeating group of a page.

A target knows the answers as they are now, and what of them was changed since a form was shown is merged into them
(`survey/collection/responses/merge.py`), so that two people on one page lose nothing of each other’s.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Protocol

from survey.collection.responses.earlier_answers import earlier_answers
from survey.collection.responses.lifecycle import STRETCH, save_page
from survey.collection.responses.merge import Base, Clash, Edit, Edits, Merge, Part, base_of, merge
from survey.collection.responses.response import PageSave, Response, SavedPage
from survey.collection.responses.versions import versions
from survey.questionnaire.definition import Question, Section
from survey.questionnaire.problems import Problem
from survey.questionnaire.types import answer_type
from survey.questionnaire.types.group import Group
from survey.questionnaire.walk import Page
from survey.web.respond.respondent import Respondent, is_of_this_browser, sent_by_script, writer
from survey.web.site.environment import new_id, now

UNKNOWN = "?"
_ID = r"[\w.\-\[\]]{1,100}"
_BASE_PART = re.compile(rf"{_ID}(/{_ID}){{0,3}}:[\w\-]{{8}}")


@dataclass(frozen=True, slots=True)
class Version:
    """The answers of a target at one moment. `written_in` gives the language of each free text by question id."""

    answers: Mapping[str, Any]
    written_in: Mapping[str, str]
    saved_at: datetime | None
    revision: int = 0
    saves: tuple[PageSave, ...] = ()

    @property
    def base(self) -> Base:
        """What a form carries along to tell later what was changed on it."""
        return base_of(self.answers)

    def last_save(self, question_id: str) -> PageSave | None:
        """The save that changed an answer last; None for one that nobody is known to have changed."""
        return next((save for save in reversed(self.saves) if question_id in save.was), None)

    def changed_by(self, question_id: str) -> str:
        """The name of whoever changed an answer last; empty where none was given."""
        save = self.last_save(question_id)
        return save.by if save else ""

    def changed_here(self) -> set[str]:
        """The ids of the questions that were last changed in this browser, in whichever of its windows."""
        changed = {question_id for save in self.saves for question_id in save.was}
        return {question_id for question_id in changed if is_of_this_browser(self.last_save(question_id))}


@dataclass(frozen=True, slots=True)
class Saved:
    """A target after a save, in which each of the clashes still has the others’ answer."""

    version: Version
    clashes: tuple[Clash, ...] = ()


class Outdated(Exception):
    """What was to be removed has been changed since it was shown."""


class Full(Exception):
    """A group that holds as many items as it may. `problem` says so."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.problem = Problem("too_many_items", {"most": most})


class FormTarget(Protocol):
    page: Page

    def version(self, response: Response) -> Version:
        """The target in a response."""

    def save(self, changed: Edits, base: Base | None) -> Saved:
        """Keep what was changed since `base`. Raises what `save_page` raises, and Full."""


class PageTarget:
    """A page of the questionnaire."""

    def __init__(self, respondent: Respondent, page: Page) -> None:
        self.page = page
        self._respondent = respondent

    def version(self, response: Response) -> Version:
        return _version_of(response.pages.get(self.page.key, SavedPage()))

    def save(self, changed: Edits, base: Base | None) -> Saved:
        merged = Merge({}, ())

        def edit(theirs: Mapping[str, Any]) -> Mapping[str, Any]:
            nonlocal merged
            merged = merge(theirs, base, changed)
            return merged.answers

        saved = keep_page(self._respondent, self.page, edit, self._quoted(changed))
        return Saved(_version_of(saved), merged.clashes)

    def _quoted(self, changed: Edits) -> Mapping[str, str]:
        """What may have been taken over from before, if a text was changed: its language is not that of this page."""
        texts = {question.id for question in self.page.section.questions if answer_type(question).free_text}
        if not any(part[0] in texts and mine for part, mine in changed.items()):
            return {}
        of = self._respondent
        earlier = earlier_answers(of.repository, of.snapshot, of.cluster.code, self.page)
        return earlier.texts if earlier else {}


class ItemTarget:
    """One item of a repeating group."""

    def __init__(self, respondent: Respondent, page: Page, group: Question, item_id: str) -> None:
        title = group.item_label or group.label
        self.page = Page(
            f"{page.key}/{group.id}/{item_id}", Section(group.id, title, questions=group.questions), page.outcome
        )
        self.group = group
        self.item_id = item_id
        self.within = page
        self._respondent = respondent

    def number(self, response: Response) -> int | None:
        """Which item of the group it is, counted from 1; None when it is not in the response."""
        ids = [item["id"] for item in self._items(response)]
        return ids.index(self.item_id) + 1 if self.item_id in ids else None

    def version(self, response: Response) -> Version:
        return self._version(response.pages.get(self.within.key, SavedPage()))

    def save(self, changed: Edits, base: Base | None) -> Saved:
        merged = Merge({}, ())

        def edit(theirs: Mapping[str, Any]) -> Mapping[str, Any]:
            nonlocal merged
            item = self._item(theirs)
            merged = merge(item or {}, base, changed)
            if item is None and base and not merged.answers:
                return theirs  # somebody took it out, and nothing was added to it
            return self._with(theirs, {"id": self.item_id, **merged.answers})

        return Saved(self._version(keep_page(self._respondent, self.within, edit)), merged.clashes)

    def remove(self, base: Base | None) -> None:
        """Take the item out of the response. Raises Outdated when somebody has changed it."""

        def edit(theirs: Mapping[str, Any]) -> Mapping[str, Any]:
            item = self._item(theirs)
            if item is not None and base_of(item) != base:
                raise Outdated
            return self._with(theirs, None)

        keep_page(self._respondent, self.within, edit)

    def _version(self, saved: SavedPage) -> Version:
        item = self._item(saved.answers or {})
        start = f"{self.group.id}/{self.item_id}/"
        written_in = {
            name.removeprefix(start): code for name, code in (saved.written_in or {}).items() if name.startswith(start)
        }
        saved_at = saved.saved_at if item is not None else None
        return Version(item or {}, written_in, saved_at, saved.revision, tuple(self._saves(saved)))

    def _saves(self, saved: SavedPage) -> Iterator[PageSave]:
        """The saves of the page that changed the item, the oldest first, with what they changed of it."""
        for version in reversed(versions(saved)):
            after = self._item(version.answers) or {}
            before = self._item({**version.answers, **version.save.was}) or {}
            was = {name: before.get(name) for name in before | after if before.get(name) != after.get(name)}
            if was:
                yield replace(version.save, was=was)

    def _item(self, answers: Mapping[str, Any]) -> dict[str, Any] | None:
        """The answers of the item, among those of the page; None when it is not there."""
        for item in answers.get(self.group.id) or ():
            if item["id"] == self.item_id:
                return {name: answer for name, answer in item.items() if name != "id"}
        return None

    def _with(self, answers: Mapping[str, Any], item: dict[str, Any] | None) -> dict[str, Any]:
        """The answers of the page with the item put in its place, added at the end or, for None, taken out."""
        by_id = {other["id"]: other for other in answers.get(self.group.id, ())} | {self.item_id: item}
        items = [other for other in by_id.values() if other is not None]
        if len(items) > max(Group.most(self.group), len(answers.get(self.group.id, ()))):
            raise Full(Group.most(self.group))
        others = {name: answer for name, answer in answers.items() if name != self.group.id}
        return {**others, self.group.id: items} if items else others

    def _items(self, response: Response) -> list[dict[str, Any]]:
        saved = response.pages.get(self.within.key, SavedPage())
        items: list[dict[str, Any]] = (saved.answers or {}).get(self.group.id, [])
        return items


def base_in(sent: str | None) -> Base | None:
    """The base that a form carried (`base_text`); None for what is none, as from a page of an earlier release."""
    if sent is None:
        return None
    base: dict[Part, str] = {}
    for part in sent.split():
        if not _BASE_PART.fullmatch(part):
            return None
        names, _, digest = part.partition(":")
        base[tuple(names.split("/"))] = digest
    return base


def base_text(base: Base | None) -> str:
    """A base as a form carries it; for None, what is none again."""
    return UNKNOWN if base is None else " ".join(f"{'/'.join(part)}:{digest}" for part, digest in base.items())


def _version_of(saved: SavedPage) -> Version:
    return Version(saved.answers or {}, saved.written_in or {}, saved.saved_at, saved.revision, saved.saves)


def keep_page(
    respondent: Respondent, page: Page, edit: Edit, quoted: Mapping[str, str] = MappingProxyType({})
) -> SavedPage:
    """Keep what `edit` makes of a page, in the name of whoever is answering. Raises what `save_page` raises.

    What the script saves while somebody writes is one change in the history of the page; each press of a button is one.
    """
    return save_page(
        respondent.repository,
        respondent.snapshot,
        respondent.cluster.code,
        page,
        edit,
        writer=replace(writer(), quoted=quoted),
        now=now(),
        new_id=new_id(),
        stretch=STRETCH if sent_by_script() else timedelta(0),
    )
