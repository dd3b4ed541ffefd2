"""What the national team makes of an outcome in a round: what else could explain the change, and how sure it is.

    (rounds, <round>, contributions), <outcome>    {words: {else_cy, else_en, sure_cy, sure_en, sureness}, by, at}

What is empty is left out. Two people’s changes are merged part by part, as those of two people of a cluster are.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from survey.collection.errors import DomainError
from survey.collection.people.accounts import note
from survey.collection.responses.merge import Base, edits, merge
from survey.collection.rounds.round import place
from survey.languages import Phrase
from survey.questionnaire.types.inputs import text_of
from survey.storage.repository import Place, Record, Repository, Unreadable

CONTRIBUTIONS = "contributions"
TEXTS = ("else_cy", "else_en", "sure_cy", "sure_en")
SURENESS_WORDS = {
    "weak": Phrase("contribution", "Weak: other explanations are as likely."),
    "some": Phrase("contribution", "Some: the work helped, and other things did too."),
    "strong": Phrase("contribution", "Strong: without the work it would hardly have happened."),
}
"""How sure the team may be, in words."""
LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class Contribution:
    """What was written, each text in a language, and how sure the team is: a key of SURENESS_WORDS, or nothing. `by`
    and `at` say who changed it last, and when."""

    words: Mapping[str, str] = field(default_factory=dict)
    by: str = ""
    at: datetime | None = None

    def text(self, part: str, language_code: str) -> str:
        """A text in a language, empty where it has not been written."""
        return self.words.get(f"{part}_{language_code}", "")

    @property
    def sureness(self) -> str:
        return self.words.get("sureness", "")


NOTHING_WRITTEN = Contribution()


def contributions_of(round_id: str) -> Place:
    return place(round_id, CONTRIBUTIONS)


def contribution_from(record: Mapping[str, Any] | None) -> Contribution:
    """What a record holds. Raises AttributeError, KeyError, TypeError, ValueError for one that is none."""
    if record is None:
        return NOTHING_WRITTEN
    words = {name: str(text) for name, text in record["words"].items()}
    if not words.keys() <= {*TEXTS, "sureness"} or words.get("sureness", "weak") not in SURENESS_WORDS:
        raise ValueError(record["words"])
    return Contribution(words, str(record["by"]), datetime.fromisoformat(record["at"]))


def read_contributions(repository: Repository, round_id: str) -> dict[str, Contribution]:
    """What was written in a round, by outcome. Raises Unreadable when any of it cannot be read."""
    contributions: dict[str, Contribution] = {}
    for outcome, record in repository.read_all(contributions_of(round_id)):
        if isinstance(record, Unreadable):
            raise record
        try:
            contributions[outcome] = contribution_from(record)
        except (AttributeError, KeyError, TypeError, ValueError):
            raise Unreadable(contributions_of(round_id), outcome, "the record is not that of an outcome") from None
    return contributions


def keep_contribution(
    repository: Repository,
    round_id: str,
    outcome: str,
    base: Base,
    sent: Mapping[str, str],
    by: str,
    now: datetime,
) -> frozenset[str]:
    """Keep what account `by` changed since `base`, and return what somebody else has changed otherwise since: of that
    the other’s stays. Raises DomainError("long_contribution").
    """
    cleaned = {name: text_of(sent.get(name, "")) for name in TEXTS}
    if max(map(len, cleaned.values())) > LONGEST:
        raise DomainError("long_contribution", most=f"{LONGEST:,}")
    if sent.get("sureness") in SURENESS_WORDS:
        cleaned["sureness"] = sent["sureness"]
    mine = edits(base, {name: text for name, text in cleaned.items() if text}, (*TEXTS, "sureness"))
    clashing: list[frozenset[str]] = []

    def change(record: Record | None) -> Record:
        current = contribution_from(record)
        merged = merge(current.words, base, mine)
        clashing.append(frozenset(clash.part[0] for clash in merged.clashes))
        if merged.answers == dict(current.words):
            raise _NothingWritten
        return {"words": merged.answers, "by": by, "at": now.isoformat()}

    try:
        repository.update(contributions_of(round_id), outcome, change)
    except _NothingWritten:
        return clashing[-1]
    note(repository, now, by, "contribution_changed", round=round_id, outcome=outcome)
    return clashing[-1]


class _NothingWritten(Exception):
    pass
