"""`flask translations diff`, `push` and `pull`: what changed, and Welsh that goes out to translators and comes back."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

import click

from survey.catalogues.changes import MessageChange, MessageState, changes
from survey.catalogues.exchange import Joined, joined
from survey.catalogues.extraction import templates
from survey.catalogues.files import Places, canonical, check_strangers, replace_file
from survey.catalogues.merge import merged
from survey.catalogues.wording import quoted
from survey.commands.cli_i18n import Refusal, option
from survey.commands.environment import REPORT_FORMAT
from survey.commands.translation_group import chosen_places, translations, welsh_catalogue
from survey.commands.translation_sources import SENT, Folder, StateOfCatalogues, source_named
from survey.languages import Language, Phrase

SINCE = Phrase("command", "Revision of Git, folder that was sent out, or .po file to compare with")
FROM = Phrase("command", "Folder that was sent out, revision of Git, or .po file that came back")
TO = Phrase("command", "Folder to put the catalogues into, for translators")
BEFORE = Phrase("translations diff", "Before")
AFTER = Phrase("translations diff", "Now")
NOTHING = Phrase("translations diff", "There is no difference")
CLASH = Phrase(
    "translations pull",
    "%(catalogue)s: %(context)s: the Welsh here has changed as well, or nobody knows what it came from. "
    "Ours stays until a person chooses:",
)
NOT_PULLED = Phrase(
    "translations push",
    "There is Welsh in the folder that was not taken in. Run: “translations pull --from %(folder)s”",
)
GLOSSARY = "glossary.csv"


@translations.command("diff", about=Phrase("command", "Say what changed in English and Welsh, in words"))
@option("--since", about=SINCE, required=True)
@REPORT_FORMAT
def diff(language: Language, since: str, form: str) -> str:
    """What code and definitions say now counts, whether or not it is in the catalogues yet."""
    places = chosen_places()
    source = source_named(since, places, language)
    changes_by_catalogue: dict[str, list[MessageChange]] = {}
    for name, template in templates(places).items():
        if before := source.catalogue(name):
            changes_by_catalogue[name] = changes(before, merged(welsh_catalogue(places, name), template))
    if form == "json":
        return json.dumps(
            {name: list(map(asdict, each)) for name, each in changes_by_catalogue.items()}, ensure_ascii=False, indent=2
        )
    lines = [line for name, each in changes_by_catalogue.items() for line in _in_words(name, each, language)]
    return "\n".join(lines) or language.say(NOTHING)


@translations.command("push", about=Phrase("command", "Put the catalogues into a folder, for translators"))
@option("--to", "folder", about=TO, type=click.Path(file_okay=False, path_type=Path), required=True)
def push(language: Language, folder: Path) -> str:
    """Keeps beside them what was sent, from which `pull` sees what translators changed."""
    places = chosen_places()
    made = {name: merged(welsh_catalogue(places, name), template) for name, template in templates(places).items()}
    if any(catalogue.taken or catalogue.clashes for catalogue in _joined(places, Folder(folder)).values()):
        raise Refusal(language.say(NOT_PULLED, folder=folder))
    for name, catalogue in made.items():
        for kept in (folder / SENT, folder):
            replace_file(kept / f"{name}.po", canonical(catalogue))
    if (places.translations / GLOSSARY).is_file():
        replace_file(folder / GLOSSARY, (places.translations / GLOSSARY).read_bytes())
    return language.pgettext(
        "translations push", "Put into %(folder)s: %(names)s", folder=folder, names=", ".join(made)
    )


@translations.command("pull", about=Phrase("command", "Take in Welsh that came back, and say what it changes"))
@option("--from", "origin", about=FROM, required=True)
def pull(language: Language, origin: str) -> str:
    places = chosen_places()
    joined_catalogues = _joined(places, source_named(origin, places, language))
    for name, catalogue in joined_catalogues.items():
        replace_file(places.welsh(name), canonical(catalogue.catalogue))
    lines = [
        line for name, catalogue in joined_catalogues.items() for line in _in_words(name, catalogue.taken, language)
    ]
    click.echo("\n".join(lines) or language.say(NOTHING))
    clashes = list(_clashes(joined_catalogues, language))
    if clashes:
        raise Refusal(*clashes)
    return language.pgettext("translations pull", "Then run: “translations check compile”")


def _joined(places: Places, source: StateOfCatalogues) -> dict[str, Joined]:
    """Each of our catalogues with what a source has for it; nothing is written. Raises BadCatalogue."""
    joined_catalogues = {}
    for name, template in templates(places).items():
        if theirs := source.catalogue(name):
            check_strangers(theirs, template, f"{name}.po")
            joined_catalogues[name] = joined(welsh_catalogue(places, name), theirs, template, source.base(name))
    return joined_catalogues


def _in_words(name: str, message_changes: Iterable[MessageChange], language: Language) -> Iterator[str]:
    for change in message_changes:
        yield f"{name}: {change.context}: {change.say(language)}"
        for phrase, state in ((BEFORE, change.before), (AFTER, change.after)):
            if state is not None:
                yield from _texts(language.say(phrase), state, language)


def _clashes(joined_catalogues: dict[str, Joined], language: Language) -> Iterator[str]:
    for name, catalogue in joined_catalogues.items():
        for clash in catalogue.clashes:
            yield language.say(CLASH, catalogue=name, context=clash.context)
            yield from _texts(language.pgettext("translations pull", "Ours"), clash.ours, language)
            yield from _texts(language.pgettext("translations pull", "Theirs"), clash.theirs, language)


def _texts(head: str, state: MessageState, language: Language) -> Iterator[str]:
    yield from (f"    {head}  {line}" for line in quoted(state.english, state.welsh, language))
