"""The catalogues as the pages of translators and the preview have them: where they lie, and how each message stands."""

from flask import current_app

from survey.catalogues.files import Places
from survey.collection.editions.standing import with_added
from survey.languages import Phrase
from survey.questionnaire.shelf import Shelf
from survey.storage.repository import Repository
from survey.web.site.environment import current_repository

STATE_WORDS = {
    "missing": Phrase("translation state", "Missing"),
    "fuzzy": Phrase("translation state", "Fuzzy"),
    "draft": Phrase("translation state", "Draft"),
    "reviewed": Phrase("translation state", "Reviewed"),
}
STATE_COLOURS = {"missing": "red", "fuzzy": "orange", "draft": "blue", "reviewed": "green"}


def project() -> Places:
    """Where the catalogues lie, with the editions that were added. Tests hand in folders of their own through the
    configuration."""
    configured: Places | None = current_app.config.get("PLACES")
    return with_added(translators_repository(), configured or Places())


def shelf() -> Shelf:
    """The definitions as the preview has them."""
    return Shelf(current_app.config["QUESTIONNAIRES"], project().added)


def translators_repository() -> Repository:
    """The repository itself: what others change meanwhile has to be seen within a request."""
    return current_repository().repository  # type: ignore[attr-defined]
