"""What the commands of `flask translations …` share: the group, and the catalogues that they work on."""

import click
import polib

from survey.catalogues.files import Places, new_catalogue, read_catalogue
from survey.catalogues.merge import merged
from survey.commands.cli_i18n import group
from survey.languages import Phrase

translations = group(
    "translations",
    Phrase("command", "Take texts out for translation, check the Welsh and put it to use"),
    # So that `translations extract update compile` does all three.
    chain=True,
)


def chosen_places() -> Places:
    """Where the catalogues are. Tests hand in folders of their own as the context's object."""
    return click.get_current_context().find_object(Places) or Places()


def welsh_catalogue(places: Places, name: str) -> polib.POFile:
    """The Welsh of a catalogue; without a file, that of a new one."""
    path = places.welsh(name)
    return read_catalogue(path) if path.is_file() else merged(new_catalogue(), read_catalogue(places.template(name)))
