"""What has been published of rounds of reflections, as the feed of indicators gives it out: the last of each round.

Nothing is counted here: what a release kept is handed on as it is.
"""

from collections.abc import Iterator, Sequence

from survey.collection.rounds.publication import Published, published_releases
from survey.collection.rounds.releases import INDICATORS, released_file
from survey.storage.repository import Repository


def published_indicators(repository: Repository, *, demonstration: bool) -> list[Published]:
    """The last release of each round that is published, and not withdrawn, with indicators; the earliest year first;
    of made-up rounds only where `demonstration` is on.

    Raises Unreadable.
    """
    return list(reversed(list(_last_of_each(published_releases(repository, demonstration=demonstration)))))


def indicators_of(repository: Repository, published: Published) -> bytes:
    """The file of indicators as it was released. Raises Unreadable."""
    return released_file(repository, published.round.id, published.release, INDICATORS)


def state_of(published: Published) -> str:
    """What tells it from whatever else is published of the round."""
    release = published.release
    return f"{published.round.id} {release.number} {release.files[INDICATORS].sha256} {published.publication.made.at}"


def _last_of_each(releases: Sequence[Published]) -> Iterator[Published]:
    """Of the newest first, the first of each round."""
    seen: set[str] = set()
    for published in releases:
        is_there = published.publication.withdrawn is None and INDICATORS in published.release.files
        if is_there and published.round.id not in seen:
            seen.add(published.round.id)
            yield published
