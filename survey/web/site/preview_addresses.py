"""Where on the preview a text of a catalogue stands."""

from pathlib import PurePosixPath

from flask import current_app, url_for

from survey.languages import INTERFACE
from survey.questionnaire.schema_texts import SCHEMA
from survey.questionnaire.walk import Page
from survey.web.site.editions import Edition, editions
from survey.web.site.translations import shelf


def preview_address(catalogue: str, context: str, reference: str) -> str:
    """The page of the preview with a text, whose `reference` is the file that says it; "" where there is none."""
    if "preview.questionnaires" not in current_app.view_functions or catalogue == SCHEMA or not reference:
        return ""
    if catalogue == INTERFACE:
        return url_for("preview.interface_file", reference=reference)
    edition = _edition(catalogue, reference)
    if edition is None:
        return ""
    page = next((page for page in edition.instrument.pages if _holds(page, catalogue, context)), None)
    if page is None:
        return url_for("preview.edition", name=edition.name, year=edition.year)
    return url_for("preview.texts", name=edition.name, year=edition.year, key=page.key)


def _edition(catalogue: str, reference: str) -> Edition | None:
    """The edition that the file is, or the newest that reflects on the framework of this file."""
    path = PurePosixPath(reference)
    sound = [edition for edition in editions(shelf()) if not edition.findings]
    if catalogue == "framework":
        return next(
            (edition for edition in sound if edition.questionnaire and edition.questionnaire.framework_id == path.stem),
            None,
        )
    return next((edition for edition in sound if (edition.name, edition.year) == (catalogue, path.stem)), None)


def _holds(page: Page, catalogue: str, context: str) -> bool:
    """Whether a text is of the section, or of the outcome, that a page is about."""
    of = page.outcome.id if catalogue == "framework" and page.outcome else page.section.id
    return context.split(".")[1:2] == [of]
