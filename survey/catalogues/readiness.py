"""Whether the Welsh is ready for people to answer in: reviewed Welsh is not demanded, complete Welsh is."""

from collections.abc import Callable, Collection, Iterator

from survey.catalogues.compilation import compiled_form
from survey.catalogues.extraction import templates
from survey.catalogues.files import BadCatalogue, Places, read_catalogue
from survey.catalogues.gate import GateFinding, findings
from survey.languages import Language


def obstacles(places: Places, catalogues: Collection[str]) -> list[GateFinding]:
    """Return the errors in the named catalogues that keep a round from opening; none means that it may.

    Raises:
        ExtractionError, DefinitionError: code or definitions cannot be read.
    """
    shown = {name: template for name, template in templates(places).items() if name in catalogues}
    return [finding for finding in findings(places, shown) if finding.is_error]


def translation_gate(places: Places, language: Language) -> Callable[[tuple[str, ...]], list[str]]:
    """A gate that names, one line each, everything that stands between some catalogues and their readers."""

    def gate(catalogues: tuple[str, ...]) -> list[str]:
        errors = obstacles(places, catalogues)
        lines = [" ".join(line.strip() for line in error.lines(language)) for error in errors]
        return lines or list(_not_compiled(places, catalogues, language))

    return gate


def _not_compiled(places: Places, catalogues: tuple[str, ...], language: Language) -> Iterator[str]:
    """A snapshot takes its texts from the compiled catalogues: they must be those that were checked."""
    for name in catalogues:
        path = places.welsh(name)
        compiled = path.with_suffix(".mo")
        try:
            content = compiled_form(read_catalogue(path))
        except BadCatalogue as refused:
            yield refused.explain(language)
            continue
        if not compiled.is_file() or compiled.read_bytes() != content:
            yield language.pgettext(
                "command", "%(file)s has changed since it was put to use. Run: translations compile", file=path.name
            )
