"""Taking a meeting pack in, page by page, through the same save as answers that were typed on the pages."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from survey.collection.errors import DomainError
from survey.collection.meeting_packs.differences import Choice, PackDifference, base_in_pack
from survey.collection.meeting_packs.reader import FilledPack
from survey.collection.responses.lifecycle import save_page
from survey.collection.responses.merge import Clash, fingerprint, merge
from survey.collection.responses.response import Response, Writer
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.questionnaire.types import answer_type
from survey.questionnaire.types.group import Group
from survey.questionnaire.walk import Page
from survey.storage.repository import Repository


def undecided(differences: Sequence[PackDifference], chosen: Mapping[str, Choice]) -> list[PackDifference]:
    """The clashes about which nobody has chosen."""
    return [difference for difference in differences if difference.is_clash and difference.name not in chosen]


def take_in(
    repository: Repository,
    snapshot: RoundSnapshot,
    filled: FilledPack,
    response: Response,
    differences: Sequence[PackDifference],
    chosen: Mapping[str, Choice],
    *,
    writer: Writer,
    now: datetime,
    new_id: Callable[[], str],
) -> bool:
    """Save what the pack changes. `differences` are all from the `response`, `chosen` settles clashes by name.

    False when others changed some of the same answers in the last moment: those were left as they are, all else was
    saved. Raises DomainError: pack_overfull, before anything is saved; and what `save_page` raises.
    """
    changes = [
        _PageChange(page, filled, differences, chosen)
        for page in dict.fromkeys(difference.page for difference in differences)
    ]
    for change in changes:
        change(response.answers.get(change.page.key, {}))
    for change in changes:
        save_page(
            repository,
            snapshot,
            filled.pack.cluster,
            change.page,
            change,
            writer=writer,
            now=now,
            new_id=new_id(),
        )
    return not any(change.clashes for change in changes)


@dataclass(slots=True)
class _PageChange:
    """What is to become of the answers of a page; `clashes` are those that the last call left as they are."""

    page: Page
    filled: FilledPack
    differences: Sequence[PackDifference]
    chosen: Mapping[str, Choice]
    clashes: tuple[Clash, ...] = field(default=(), init=False)

    def __call__(self, theirs: Mapping[str, Any]) -> Mapping[str, Any]:
        base = dict(base_in_pack(self.page, self.filled))
        changed: dict[Any, Any] = {}
        for difference in self.differences:
            if difference.page is not self.page:
                continue
            # What the response held when somebody looked is no news to her.
            base.pop(difference.part, None)
            if difference.now is not None:
                base[difference.part] = fingerprint(difference.now)
            choice = self.chosen.get(difference.name, "theirs") if difference.is_clash else "mine"
            if choice != "theirs":
                changed[difference.part] = (
                    difference.both if choice == "both" and difference.both is not None else difference.pack
                )
        merged = merge(theirs, base, changed)
        self.clashes = merged.clashes
        self._refuse_overfull(theirs, merged.answers)
        return merged.answers

    def _refuse_overfull(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        for question in self.page.section.questions:
            if answer_type(question).repeats:
                most = max(Group.most(question), len(before.get(question.id) or ()))
                if len(after.get(question.id) or ()) > most:
                    raise DomainError("pack_overfull", most=str(Group.most(question)))
