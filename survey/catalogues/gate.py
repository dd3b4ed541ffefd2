"""The translation gate: everything that stands between a catalogue and its readers, as findings."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from copy import copy
from functools import partial
from pathlib import Path

import polib

from survey.catalogues.added_editions import is_only_added, template_of, templates_today
from survey.catalogues.files import BadCatalogue, Places, canonical, compiled_form, key_of, read_catalogue
from survey.catalogues.finding import GateFinding, about
from survey.catalogues.message_check import ReferenceTexts, message_findings, read_words, rule_findings
from survey.catalogues.readers import is_seen_when_answering
from survey.catalogues.rules import BREAKING
from survey.languages import INTERFACE, Language

Catalogues = Callable[[str], polib.POFile]
"""Gives a Welsh catalogue by its name; raises BadCatalogue, FileNotFoundError."""


def findings(
    places: Places,
    made: Mapping[str, polib.POFile],
    watched: Callable[[Iterable[str]], Iterable[str]] = iter,
    *,
    words: ReferenceTexts | None = None,
    welsh: Catalogues | None = None,
) -> Iterator[GateFinding]:
    """Check every catalogue against `made`, the templates as code and definitions give them now.

    Hand in some of the templates to check some of the catalogues. `watched` shows how far it is; `words` are those of
    the project, and `welsh` gives the catalogues where they are not the files as they are. Errors and warnings come in
    the order of the files. Nothing is raised for what is wrong with a catalogue: that is a finding too.
    """
    words = words or read_words(places, made)
    for name in watched(made):
        yield from _template_findings(places, name, made[name])
        yield from _catalogue_findings(places, name, made[name], words, welsh or partial(_welsh_file, places))
    if words.dictionary is None:
        yield GateFinding("no-dictionary", "", "translations/cy")


ShownTexts = frozenset[tuple[str, str]]
"""Texts of questionnaires, frameworks and the interface, each by its context and its English."""


def obstacles(
    places: Places, catalogues: Collection[str], welsh: Catalogues | None = None, shown: ShownTexts | None = None
) -> list[GateFinding]:
    """Return the errors in the named catalogues that keep a round from opening; none means that it may.

    With `shown` only these texts of definitions count, and of the interface those that whoever answers may see: what
    another edition asks, or what the national team reads, has nothing to do with the round.

    Raises:
        ExtractionError, DefinitionError: code or definitions cannot be read.
    """
    made = templates_today(places)
    looked_at = {name: template for name, template in made.items() if name in catalogues}
    if shown is not None:
        shown = shown.union(_seen_when_answering(looked_at.get(INTERFACE, ())))
    all_findings = findings(places, looked_at, words=read_words(places, made), welsh=welsh)
    return [finding for finding in all_findings if finding.is_error and _concerns(finding, shown)]


def _concerns(finding: GateFinding, shown: ShownTexts | None) -> bool:
    """A finding about a whole file concerns every round."""
    return shown is None or not finding.context or (finding.context, finding.english) in shown


def _seen_when_answering(interface: Iterable[polib.POEntry]) -> Iterator[tuple[str, str]]:
    for entry in interface:
        if is_seen_when_answering(entry.comment):
            yield from ((entry.msgctxt or "", english) for english in (entry.msgid, entry.msgid_plural))


def look_ahead(places: Places) -> None:
    """Look at every message as it stands and keep what is found, so that other processes have it at once.

    Raises BadCatalogue.
    """
    words = read_words(places, {name: template_of(places, name) for name in places.names()})
    for name in filter(lambda name: places.welsh(name).is_file(), places.names()):
        for entry in read_catalogue(places.welsh(name)):
            if not entry.obsolete:
                list(message_findings(entry, name, "", words))
    words.found.keep()


def translation_gate(
    places: Places, language: Language, welsh: Catalogues | None = None, shown: ShownTexts | None = None
) -> Callable[[tuple[str, ...]], list[str]]:
    """A gate that names, one line each, everything that stands between some catalogues and their readers, who see only
    the texts that are `shown` if any are given.
    """

    def gate(catalogues: tuple[str, ...]) -> list[str]:
        errors = obstacles(places, catalogues, welsh, shown)
        lines = [" ".join(line.strip() for line in error.lines(language)) for error in errors]
        return lines or list(_not_compiled(places, catalogues, language))

    return gate


def breaking_findings(entries: Iterable[polib.POEntry], name: str, file: str) -> Iterator[GateFinding]:
    """What in a catalogue would break a page: nothing with it may be compiled."""
    for entry in entries:
        if not entry.obsolete:
            yield from (finding for finding in rule_findings(entry, name, file) if finding.rule in BREAKING)


def _template_findings(places: Places, name: str, made: polib.POFile) -> Iterator[GateFinding]:
    """Every text that the committed template does not have as code and definitions have it now."""
    path = places.template(name)
    if path.is_file() and path.read_bytes() == canonical(made):
        return
    file = _shown(path, places)
    try:
        template = template_of(places, name)
    except BadCatalogue as refused:
        yield GateFinding("bad-file", name, file, refused=refused)
        return
    if canonical(template) == canonical(made):
        return
    committed = {key_of(entry): entry for entry in template}
    now = {key_of(entry): entry for entry in made}
    new = [entry for key, entry in now.items() if key not in committed]
    gone = [entry for key, entry in committed.items() if key not in now]
    for entry in new:
        yield GateFinding("stale-new", name, file, 0, entry.msgctxt or "", about(entry), entry.msgid)
    for entry in gone:
        yield GateFinding("stale-gone", name, file, entry.linenum or 0, entry.msgctxt or "", "", entry.msgid)
    if not new and not gone:
        yield GateFinding("stale", name, file)


def _welsh_file(places: Places, name: str) -> polib.POFile:
    return read_catalogue(places.welsh(name))


def _catalogue_findings(
    places: Places, name: str, template: polib.POFile, words: ReferenceTexts, welsh: Catalogues
) -> Iterator[GateFinding]:
    file = _shown(places.welsh(name), places)
    try:
        catalogue = welsh(name)
    except FileNotFoundError:
        yield GateFinding("no-file", name, file)
        return
    except BadCatalogue as refused:
        yield GateFinding("bad-file", name, file, refused=refused)
        return
    ours = {key_of(entry): entry for entry in catalogue if not entry.obsolete}
    for entry in template:
        known = ours.pop(key_of(entry), None)
        if known is None:
            yield GateFinding("not-merged", name, file, 0, entry.msgctxt or "", about(entry), entry.msgid)
            continue
        # Limits and plurals are those of the definition, whatever a translator's copy says.
        known = copy(known)
        known.comment, known.msgid_plural = entry.comment, entry.msgid_plural
        yield from message_findings(known, name, file, words)
    for entry in ours.values():
        yield GateFinding("left-over", name, file, entry.linenum or 0, entry.msgctxt or "", "", entry.msgid)


def _shown(path: Path, places: Places) -> str:
    return path.relative_to(places.translations.parent).as_posix()


def _not_compiled(places: Places, catalogues: tuple[str, ...], language: Language) -> Iterator[str]:
    """A snapshot takes its texts from the compiled catalogues: they must be those that were checked."""
    for name in catalogues:
        if is_only_added(places, name):
            continue
        path, compiled = places.welsh(name), places.compiled(name)
        try:
            content = compiled_form(read_catalogue(path))
        except BadCatalogue as refused:
            yield refused.explain(language)
            continue
        if not compiled.is_file() or compiled.read_bytes() != content:
            yield language.pgettext(
                "command", "%(file)s has changed since it was put to use. Run: translations compile", file=path.name
            )
