"""The pages on which a cluster answers."""

from survey.web.respond import meeting_pack, reflection, sections  # noqa: F401 (each puts its pages on the blueprint)
from survey.web.respond.auth import blueprint

__all__ = ["blueprint"]
