"""Welsh straight from the `.po` files, for commands that have to speak before anything is compiled."""

import gettext
import io

from survey.catalogues.compilation import compiled_form
from survey.catalogues.files import WELSH, BadCatalogue, Places, new_catalogue, read_catalogue
from survey.languages import Language, translations_in


def uncompiled_welsh(places: Places) -> Language:
    """Return Welsh as it stands in the catalogues now; a catalogue that cannot be read counts as empty."""

    def catalogue(domain: str) -> gettext.NullTranslations:
        try:
            found = read_catalogue(places.welsh(domain))
        except (BadCatalogue, OSError):
            found = new_catalogue(WELSH)
        return translations_in(io.BytesIO(compiled_form(found)))

    return Language(WELSH, catalogue)
