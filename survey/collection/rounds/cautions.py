"""What somebody should know before a round is opened, though it does not stand in the way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from survey.collection.rounds.opening import is_open_beside
from survey.collection.rounds.round import Round, read_rounds
from survey.languages import Language, Phrase
from survey.storage.repository import Repository

OLDER_EDITION = Phrase(
    "caution",
    "This round is to ask the edition of %(edition)s, and there is a newer one for its year: %(newest)s. To ask that, "
    "create the round again with it.",
)
OPEN_BESIDE = Phrase(
    "caution",
    "The round of %(year)s is open with the same questionnaire: %(round)s. Clusters with codes for both can answer "
    "both. Open this one only to bring in responses of its earlier year.",
)

OPENS_LATER = Phrase("caution", "Opened now, the round takes answers from %(opens)s. Before then nobody can answer it.")


@dataclass(frozen=True, slots=True)
class Caution:
    """A sentence with its values."""

    phrase: Phrase
    values: Mapping[str, str]

    def say(self, language: Language) -> str:
        return language.say(self.phrase, **self.values)


def cautions(repository: Repository, current: Round, known: Sequence[tuple[str, str]]) -> list[Caution]:
    """What to know of a draft: a newer edition among those that are `known` (questionnaire, edition) and are not of a
    year after its own; a later year's round that is open beside it.
    """
    newer = [
        edition
        for questionnaire, edition in known
        if questionnaire == current.questionnaire and current.edition < edition <= current.reporting_year
    ]
    of_edition = [Caution(OLDER_EDITION, {"edition": current.edition, "newest": max(newer)})] if newer else []
    return of_edition + [
        Caution(OPEN_BESIDE, {"year": other.reporting_year, "round": other.id})
        for other in read_rounds(repository)
        if is_open_beside(current, other) and other.reporting_year > current.reporting_year
    ]


def opening_ahead(current: Round, now: datetime, language: Language) -> list[str]:
    """What to know of a draft whose opening time is still to come, when it is opened: that it takes no answers yet."""
    if current.opens is None or current.opens <= now:
        return []
    return [language.say(OPENS_LATER, opens=language.datetime(current.opens))]
