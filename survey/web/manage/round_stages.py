"""At which stage of its year a round is, from its draft until nothing is left to do in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import url_for

from survey.collection.progress import ROUND_WORDS, round_state
from survey.collection.rounds.publication import Publication
from survey.collection.rounds.releases import KeptRelease
from survey.collection.rounds.retention import Retention
from survey.collection.rounds.round import Round
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Phrase
from survey.web.manage.publication import is_public, publishes
from survey.web.site.environment import now

SOON = timedelta(days=14)
"""How long before its closing time a round is said to be closing."""

LONG = timedelta(days=180)
"""How long a round has been closed without figures when nobody waits for them any more, once a later one is opened."""

STAGES = {
    "draft": ROUND_WORDS["draft"],
    "waiting": ROUND_WORDS["waiting"],
    "open": ROUND_WORDS["open"],
    "closing": Phrase("manage year", "Closing soon"),
    "past": ROUND_WORDS["past"],
    "closed": ROUND_WORDS["closed"],
    "history": Phrase("manage year", "Closed, no figures released"),
    "released": Phrase("manage year", "Figures released"),
    "published": Phrase("manage year", "Published"),
    "kept": Phrase("manage year", "Kept"),
}

STAGES_OF_HISTORY = ("draft", "open", "closing", "history", "kept")
"""Those of a round of which no figures were released before its questionnaire was opened for a later year."""


@dataclass(frozen=True, slots=True)
class StageFacts:
    """What the stage and the tasks of an opened round follow from. `followed`: when its questionnaire was opened for
    later years."""

    snapshot: RoundSnapshot
    releases: Sequence[KeptRelease]
    publications: Mapping[int, Publication]
    retention: Retention | None
    followed: Sequence[datetime]

    @property
    def is_of_people(self) -> bool:
        """Whether people answer it unnamed."""
        return self.snapshot.questionnaire.respondent == "anonymous"

    @property
    def is_history(self) -> bool:
        """Whether nobody waits for its figures any more: closed and never released, with a later round to look at that
        was opened long after; or after less, once somebody has settled until when it is kept.
        """
        current = self.snapshot.round
        if current.status != "closed" or current.closes is None or self.releases:
            return False
        after = [opened - current.closes for opened in self.followed]
        return bool(after) and (self.retention is not None or max(after) >= LONG)

    @property
    def release_page(self) -> str:
        """Where its figures are released."""
        return address_in("workbook" if self.is_of_people else "releases", self.snapshot.round)

    @property
    def last(self) -> KeptRelease | None:
        """Its last release, if there is one."""
        return self.releases[-1] if self.releases else None

    @property
    def is_published(self) -> bool:
        """Whether anybody can read one of its releases."""
        return publishes() and any(map(is_public, self.publications.values()))

    @property
    def awaits_publication(self) -> bool:
        """Whether nobody has decided yet that its last release is for everybody. To withdraw one is a decision."""
        return self.last is not None and publishes() and self.last.number not in self.publications

    @property
    def is_kept(self) -> bool:
        """Whether its figures are final, whether they are for everybody is decided, and until when they are kept."""
        is_final = self.last is not None and not self.last.provisional
        return is_final and not self.awaits_publication and self.retention is not None


def stages_at(at: str, *, may_be_published: bool) -> Sequence[str]:
    """The stages of a round that is at one of them; none is published where this service shows nothing to anybody, or
    all was withdrawn. That its closing time has passed is said while it is so, in place of that it is near; that it
    opens later, only until then.
    """
    left_out = {"history", "closing" if at == "past" else "past", *(() if may_be_published else ("published",))}
    if at != "waiting":
        left_out.add("waiting")
    return [stage for stage in STAGES if stage not in left_out]


def stage_of(known: StageFacts) -> str:
    """The stage of a round that has been opened, of those of `STAGES`."""
    current = known.snapshot.round
    state = round_state(current, now())
    if state in ("waiting", "past"):
        return state
    if current.status == "open" and current.closes is not None and current.closes - now() <= SOON:
        return "closing"
    if current.status != "closed" or not known.releases:
        return current.status
    if known.is_kept:
        return "kept"
    return "published" if known.is_published and not known.awaits_publication else "released"


def address_in(page: str, current: Round) -> str:
    """Where a page of a round is."""
    return url_for(f"manage.{page}", round_id=current.id)
