"""The pages on which people answer an anonymous round, unnamed, by the link of their cluster."""

from survey.web.anonymous import sections, start  # noqa: F401 (each puts its pages on the blueprint)
from survey.web.anonymous.auth import blueprint

__all__ = ["blueprint"]
