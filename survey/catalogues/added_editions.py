"""Templates with the texts of editions that were added beside the files: translators have those as all others."""

from collections.abc import Iterator

import polib

from survey.catalogues.extraction import MessageSource, message_sources, template, templates
from survey.catalogues.files import Places, key_of, new_catalogue, read_catalogue
from survey.questionnaire.builder import questionnaire_from


def templates_today(places: Places) -> dict[str, polib.POFile]:
    """The templates by the names of their catalogues, as code, definitions and what was added have them now.

    Raises ExtractionError, DefinitionError.
    """
    made = templates(places)
    for name in sorted({edition.questionnaire for edition in places.added}):
        made[name] = _with_added(made.get(name, new_catalogue()), places, name)
    return made


def template_of(places: Places, name: str) -> polib.POFile:
    """The committed template of a catalogue, with what was added. Raises BadCatalogue."""
    path = places.template(name)
    return _with_added(read_catalogue(path) if path.is_file() else new_catalogue(), places, name)


def is_only_added(places: Places, name: str) -> bool:
    """Whether nothing but an edition that was added has texts of this catalogue, so that no file of it is expected."""
    return not places.template(name).is_file()


def has_added(places: Places, name: str) -> bool:
    """Whether an edition was added whose texts are in this catalogue."""
    return any(edition.questionnaire == name for edition in places.added)


def _with_added(made: polib.POFile, places: Places, name: str) -> polib.POFile:
    """A template of the repository, with the texts of added editions that it does not have, each once."""
    known = {key_of(entry) for entry in made}
    made.extend(entry for entry in template(_sources(places, name), formatted=False) if key_of(entry) not in known)
    return made


def _sources(places: Places, name: str) -> Iterator[MessageSource]:
    """The texts of the sound editions of a questionnaire that were added, the newest first."""
    for added in sorted(places.added, key=lambda edition: edition.edition, reverse=True):
        path = places.shelf.path(name, added.edition)
        examined = places.shelf.examine(path, "questionnaire") if added.questionnaire == name else None
        if examined is not None and examined.is_sound and examined.source is not None:
            yield from message_sources(questionnaire_from(examined.source), path.relative_to(places.root).as_posix())
