"""Every template as it follows from code and definitions now."""

import polib

from survey.catalogues.definition_messages import framework_sources, questionnaire_names, questionnaire_sources
from survey.catalogues.files import Places, canonical, replace_file
from survey.catalogues.interface_messages import interface_sources
from survey.catalogues.message_sources import template
from survey.languages import INTERFACE


def templates(places: Places) -> dict[str, polib.POFile]:
    """Return the templates by the names of their catalogues.

    Raises:
        ExtractionError: a call in the code cannot be extracted.
        survey.questionnaire.findings.DefinitionError: a definition cannot be read.
    """
    made = {
        INTERFACE: template(interface_sources(places), formatted=True),
        "framework": template(framework_sources(places), formatted=False),
    }
    for name in questionnaire_names(places):
        made[name] = template(questionnaire_sources(places, name), formatted=False)
    return made


def write_templates(places: Places, made: dict[str, polib.POFile]) -> list[str]:
    """Write the templates and return the names of those that changed."""
    return [name for name, catalogue in made.items() if replace_file(places.template(name), canonical(catalogue))]
