"""The pages on which a cluster answers."""

import survey.web.respond.auth
import survey.web.respond.items
import survey.web.respond.reflection
import survey.web.respond.sections
import survey.web.respond.sign_in  # noqa: F401 (each puts its pages on the blueprint)
from survey.web.respond.blueprint import blueprint

__all__ = ["blueprint"]
