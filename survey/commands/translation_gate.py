"""The translation gate as opening a round asks for it: reviewed Welsh is not demanded, complete Welsh is."""

from collections.abc import Iterator

from survey.catalogues.compilation import compiled_form
from survey.catalogues.files import BadCatalogue, Places, read_catalogue
from survey.catalogues.readiness import obstacles
from survey.collection.rounds.opening import Gate
from survey.languages import Language


def translation_gate(places: Places, language: Language) -> Gate:
    """A gate that names, one line each, everything that stands between some catalogues and their readers."""

    def gate(catalogues: tuple[str, ...]) -> list[str]:
        findings = obstacles(places, catalogues)
        return [" ".join(line.strip() for line in finding.lines(language)) for finding in findings] or list(
            _not_compiled(places, catalogues, language)
        )

    return gate


def _not_compiled(places: Places, catalogues: tuple[str, ...], language: Language) -> Iterator[str]:
    """What a snapshot holds comes from the compiled catalogues: they must be those that were checked."""
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
