"""Corrected wording in an open round: a text revision, kept beside what the round was opened with, never in its place.

    (rounds, <round>, texts, <number>)        texts.cy.json and texts.en.json: every text as it is from then on
    (rounds, <round>, revisions), <number>    follows, at, by, reason, vouched, digests of the files, what changed

A submission names the number of the revision that it was given under (`text_revision`); 0 is what the round was opened
with. Only words may change: whatever alters what is asked, stored or counted is refused, and new words that may ask
something else have to be vouched for.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

import orjson

from survey.collection.errors import DomainError
from survey.collection.rounds.opening import Gate
from survey.collection.rounds.round import Round, change_round, place, read_round
from survey.collection.rounds.snapshot import SNAPSHOT, RoundSnapshot, RoundSources, load_snapshot, texts_place
from survey.languages import LANGUAGES, MissingText, language
from survey.questionnaire.builder import framework_from, questionnaire_from
from survey.questionnaire.diff import Difference, describe, differences
from survey.questionnaire.texts import Texts, texts_in
from survey.storage.repository import Repository, Unreadable

REVISIONS = "revisions"
ALIKE = 0.6
"""Less alike than this, two texts are seldom one text put right."""
_NOT = re.compile(r"\b(?:not|no|never|without|cannot|n[ia]d?|nac|dim|heb|byth)\b|n’t\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rewording:
    """One text in one language, before and after."""

    key: str
    language: str
    before: str
    after: str

    @property
    def may_ask_otherwise(self) -> bool:
        """Whether figures or a “not” have come or gone, or little of the text is left."""
        if Counter(re.findall(r"\d+", self.before)) != Counter(re.findall(r"\d+", self.after)):
            return True
        if len(_NOT.findall(self.before)) != len(_NOT.findall(self.after)):
            return True
        return SequenceMatcher(None, self.before, self.after, autojunk=False).ratio() < ALIKE


@dataclass(frozen=True, slots=True)
class Revision:
    """One correction as it was made, after the revision that it `follows`.

    `vouched` says that somebody answered for words that may ask something else.
    """

    number: int
    follows: int
    at: datetime
    by: str
    reason: str
    vouched: bool
    rewordings: tuple[Rewording, ...]


def rewordings(repository: Repository, round_id: str, sources: RoundSources) -> list[Rewording]:
    """What today’s files and translations would change in the texts of an open round, in the order of the texts.

    Raises DomainError: unknown_round, not_open, meaning_changed, gate (a text has no Welsh).
    """
    return _rewordings(load_snapshot(repository, round_id), _texts(repository, round_id, sources))


def revise_texts(
    repository: Repository,
    round_id: str,
    sources: RoundSources,
    gate: Gate,
    *,
    shown: list[Rewording],
    reason: str,
    by: str,
    vouched: bool,
    now: datetime,
) -> Revision:
    """Have the round asked in the words of today from now on. `shown` is what somebody has read and agreed to.

    Raises DomainError: what `rewordings` raises; round_reason, nothing_reworded, revised_meanwhile (it is not what
    was shown), not_vouched, gate.
    """
    if not reason.strip():
        raise DomainError("round_reason")
    texts = _texts(repository, round_id, sources)
    snapshot = load_snapshot(repository, round_id)
    reworded = _rewordings(snapshot, texts)
    if reworded != shown:
        raise DomainError("revised_meanwhile")
    if not reworded:
        raise DomainError("nothing_reworded", round=round_id)
    if any(rewording.may_ask_otherwise for rewording in reworded) and not vouched:
        raise DomainError("not_vouched")
    catalogues = (snapshot.questionnaire.id, *(("framework",) if sources.framework else ()))
    for finding in gate(catalogues):
        raise DomainError("gate", finding=finding)
    follows = snapshot.round.text_revision
    number = 1 + max([follows, *map(int, repository.keys(place(round_id, REVISIONS)))])
    revision = Revision(number, follows, now, by, reason.strip(), vouched, tuple(reworded))
    _keep(repository, round_id, revision, texts)

    def change(latest: Round) -> Round:
        if latest.status != "open" or latest.text_revision != follows:
            raise DomainError("revised_meanwhile")
        return replace(latest, text_revision=number)

    change_round(repository, round_id, change)
    return revision


def _keep(repository: Repository, round_id: str, revision: Revision, texts: Mapping[str, Texts]) -> None:
    """Write texts and record, which count for nothing until the round names them. Of two writers one is refused."""
    contents = {code: orjson.dumps(texts[code].words, option=orjson.OPT_SORT_KEYS) for code in LANGUAGES}
    for code, content in contents.items():
        repository.write_bytes(texts_place(round_id, revision.number), f"texts.{code}.json", content)
    record = asdict(revision) | {"at": revision.at.isoformat(), "digests": _digests(contents)}
    record["rewordings"] = list(record["rewordings"])
    del record["number"]
    if not repository.create(place(round_id, REVISIONS), str(revision.number), record):
        raise DomainError("revised_meanwhile")


def revisions(repository: Repository, round_id: str) -> list[Revision]:
    """The corrections that a round has had, the first one first. Raises Unreadable."""
    kept = {}
    for key, record in repository.read_all(place(round_id, REVISIONS)):
        if isinstance(record, Unreadable):
            raise record
        kept[int(key)] = revision_from(key, record)
    # What a crash kept from coming into force is in no chain.
    chain, number = [], read_round(repository, round_id).text_revision
    while number:
        chain.append(kept[number])
        number = kept[number].follows
    return chain[::-1]


def revision_from(key: str, record: Mapping[str, Any]) -> Revision:
    """A correction as it is kept. Raises KeyError, TypeError, ValueError for what is none."""
    changed = tuple(Rewording(**rewording) for rewording in record["rewordings"])
    at = datetime.fromisoformat(record["at"])
    return Revision(
        int(key), int(record["follows"]), at, str(record["by"]), str(record["reason"]), bool(record["vouched"]), changed
    )


def is_intact(repository: Repository, round_id: str, key: str, record: Mapping[str, Any]) -> bool:
    """Whether the texts of a correction are those that were written with it."""
    where = texts_place(round_id, int(key))
    kept = {code: repository.read_bytes(where, f"texts.{code}.json") for code in LANGUAGES}
    return _digests(kept) == dict(record["digests"])


def _digests(contents: Mapping[str, bytes]) -> dict[str, str]:
    return {code: hashlib.sha256(content).hexdigest() for code, content in contents.items()}


def meaning_changes(repository: Repository, round_id: str, sources: RoundSources) -> list[Difference]:
    """Every way in which today’s files ask something else than the round was opened with."""
    where = place(round_id, SNAPSHOT)
    pairs = (("definition.json", sources.definition), ("framework.json", sources.framework))
    changes = []
    for name, today in pairs:
        opened_with = orjson.loads(repository.read_bytes(where, name))
        changes += [
            difference
            for difference in differences(opened_with or {}, dict(today or {}))
            if difference.kind == "meaning"
        ]
    return changes


def _texts(repository: Repository, round_id: str, sources: RoundSources) -> dict[str, Texts]:
    """The texts of today, of a round that takes a correction."""
    if load_snapshot(repository, round_id).round.status != "open":
        raise DomainError("not_open", round=round_id)
    for change in meaning_changes(repository, round_id, sources):
        raise DomainError("meaning_changed", **{code: describe(change, language(code)) for code in LANGUAGES})
    questionnaire = questionnaire_from(sources.definition)
    framework = framework_from(sources.framework) if sources.framework else None
    try:
        return {code: texts_in(language(code), questionnaire, framework) for code in LANGUAGES}
    except MissingText as missing:
        raise DomainError("gate", finding=str(missing)) from None


def _rewordings(snapshot: RoundSnapshot, texts: Mapping[str, Texts]) -> list[Rewording]:
    return [
        Rewording(key, code, snapshot.texts[code].words[key], texts[code].words[key])
        for key in texts["en"].words
        for code in LANGUAGES
        if snapshot.texts[code].words[key] != texts[code].words[key]
    ]
