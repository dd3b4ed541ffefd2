"""The pages on which a cluster answers."""

from survey.web.respond import (  # noqa: F401 (each puts its pages on the blueprint)
    colleagues,
    files,
    items,
    meeting_pack,
    notes,
    queries,
    reflection,
    sections,
    sign_in_links,
    story,
    unsaved_offers,
)
from survey.web.respond.auth import blueprint

__all__ = ["blueprint"]
