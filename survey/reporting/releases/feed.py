"""The feed of indicators, for other services to take: everything that is published, as JSON or as CSV."""

import csv
import hashlib
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

import orjson

from survey.collection.rounds.publication import Published
from survey.config import software_version
from survey.reporting.releases.indicator_fields import (
    OBSERVATION_FIELDS,
    PARTS,
    RELEASE_FIELDS,
    IndicatorField,
    columns,
)
from survey.reporting.releases.published_indicators import indicators_of, state_of
from survey.storage.repository import Repository

JSON, CSV = "json", "csv"
MEDIA_TYPES: Mapping[str, str] = {JSON: "application/json", CSV: "text/csv"}
"""The forms in which the feed comes, the first where nothing else is asked for."""


def feed_state(released: Sequence[Published], form: str) -> str:
    """What tells the feed in a form from the same at another time. No figure is read for it."""
    parts = (software_version(), form, *map(state_of, released))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def feed(repository: Repository, released: Sequence[Published], form: str) -> bytes:
    """The feed in a form. Raises Unreadable."""
    releases = [
        {**_about(published), "observations": orjson.loads(indicators_of(repository, published))}
        for published in released
    ]
    return _table(releases) if form == CSV else orjson.dumps({"releases": releases})


def _about(published: Published) -> dict[str, Any]:
    notes = published.publication.made.notes
    return {
        "round": published.round.id,
        "reporting_year": published.round.reporting_year,
        "questionnaire": published.round.questionnaire,
        "edition": published.round.edition,
        "release": published.release.number,
        "status": "provisional" if published.release.provisional else "final",
        "released_at": published.release.at.isoformat(timespec="seconds"),
        "note": notes if any(notes.values()) else None,
    }


def _table(releases: Sequence[Mapping[str, Any]]) -> bytes:
    """A row for each figure, with what is said of its release; an empty cell where there is nothing."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(columns((*RELEASE_FIELDS, *OBSERVATION_FIELDS)))
    for release in releases:
        of_release = _cells(RELEASE_FIELDS, release)
        for observation in release["observations"]:
            writer.writerow([*of_release, *_cells(OBSERVATION_FIELDS, observation)])
    return text.getvalue().encode()


def _cells(fields: Sequence[IndicatorField], record: Mapping[str, Any]) -> list[Any]:
    cells: list[Any] = []
    for field in fields:
        value, parts = record[field.name], PARTS.get(field.kind)
        cells += [(value or {}).get(part) for part in parts] if parts else [value]
    return cells
