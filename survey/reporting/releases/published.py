"""What has been released of rounds of reflections, as the feed of indicators gives it out: the last release of each.

Nothing is counted here: what a release kept is handed on as it is, so that no pandas is loaded.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from survey.collection.rounds.releases import KeptRelease, read_releases, released_file
from survey.collection.rounds.round import Round, read_rounds
from survey.storage.repository import Repository

INDICATORS = "indicators"
"""The name of the file of indicators among those of a release."""


@dataclass(frozen=True, slots=True)
class Published:
    """The last release of a round that has indicators."""

    round: Round
    release: KeptRelease

    @property
    def status(self) -> str:
        """Whether more may come of the round."""
        return "final" if self.round.status == "closed" else "provisional"

    @property
    def at(self) -> datetime:
        return self.release.at

    @property
    def notes(self) -> Mapping[str, str]:
        """What was said to readers with it, by language; nothing where nothing was."""
        return {}

    @property
    def digest(self) -> str:
        """What tells it from any other state of what is published of the round."""
        return f"{self.round.id} {self.release.number} {self.status} {self.release.files[INDICATORS].sha256}"

    def content(self, repository: Repository) -> bytes:
        """The file of indicators as it was released. Raises Unreadable."""
        return released_file(repository, self.round.id, self.release, INDICATORS)


def published(repository: Repository) -> Iterator[Published]:
    """What is published of each round, the earliest year first. Raises Unreadable."""
    for of_round in read_rounds(repository):
        releases = read_releases(repository, of_round.id)
        if releases and INDICATORS in releases[-1].files:
            yield Published(of_round, releases[-1])
