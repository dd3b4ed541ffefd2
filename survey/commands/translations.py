"""`flask translations …`: the path of a text from English in code and definitions to Welsh on a page.

None of these commands needs anything compiled, so that they work on a fresh clone.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import click
import polib

from survey.catalogues.approvals import read_approvals
from survey.catalogues.compilation import Breaking, build_pseudo, compile_catalogues
from survey.catalogues.extraction import templates, write_templates
from survey.catalogues.files import BadCatalogue, Places, canonical, check_strangers, read_catalogue, replace_file
from survey.catalogues.finding import GateFinding
from survey.catalogues.gate import findings, look_ahead
from survey.catalogues.merge import merged
from survey.catalogues.message_check import is_sound, read_words
from survey.catalogues.review import mark_reviewed, review_counts
from survey.catalogues.selection import MessageFilter
from survey.commands import (  # noqa: F401 (the commands of three of them are of this group)
    terminal,
    translation_exchange,
    translation_reports,
    translators,
)
from survey.commands.cli_i18n import Refusal, explanation, option
from survey.commands.environment import REPORT_FORMAT
from survey.commands.translation_group import chosen_places, translations, welsh_catalogue
from survey.languages import Language, Phrase
from survey.questionnaire.findings import DefinitionError

SAY_WHICH = Phrase(
    "translations command", "Say which: give --catalogue, --context, --containing or --approvals. Nothing was marked."
)
NO_CATALOGUE = Phrase(
    "translations command", "There is no catalogue “%(name)s”. Nothing was marked. There are: %(names)s"
)

NUMBERS = frozenset(range(1, 6))
"""The columns of a table that follow the name of the catalogue."""


@translations.command("extract", about=Phrase("command", "Write the templates (.pot) from code and definitions"))
def extract(language: Language) -> str:
    return _changed(write_templates(chosen_places(), _templates(chosen_places(), language)), "pot", language)


@translations.command(
    "update", about=Phrase("command", "Bring the Welsh catalogues (.po) up to date with the templates")
)
def update(language: Language) -> str:
    places = chosen_places()
    ready = {}
    for name in places.names():
        welsh, template = welsh_catalogue(places, name), read_catalogue(places.template(name))
        check_strangers(welsh, template, places.welsh(name).name)
        ready[name] = merged(welsh, template)
    changed = [name for name, catalogue in ready.items() if replace_file(places.welsh(name), canonical(catalogue))]
    return _changed(changed, "po", language)


@translations.command(
    "check",
    about=Phrase("command", "Say everything that is missing or wrong in the Welsh, and where (the translation gate)"),
)
@REPORT_FORMAT
def check(language: Language, form: str) -> None:
    places = chosen_places()
    made = _templates(places, language)
    doing = language.pgettext("translations command", "Checking the catalogues")
    words = read_words(places, made)
    gate_findings = list(findings(places, made, lambda names: terminal.progress(names, doing), words=words))
    words.found.keep()
    if form == "json":
        click.echo(json.dumps([finding.as_json(language) for finding in gate_findings], ensure_ascii=False, indent=2))
    else:
        for finding in gate_findings:
            click.echo("\n".join(finding.lines(language)), err=True)
        click.echo(_summary(gate_findings, made, language))
    if any(finding.is_error for finding in gate_findings):
        click.get_current_context().exit(1)


@translations.command(
    "compile", about=Phrase("command", "Put the Welsh catalogues to use (.mo), in every running process too")
)
@option(
    "--accept-loss",
    "may_lose",
    about=Phrase("command", "Take this catalogue though it has lost most of the Welsh in use"),
    multiple=True,
)
def compile_(language: Language, may_lose: tuple[str, ...]) -> str:
    try:
        changed = compile_catalogues(chosen_places(), may_lose)
    except Breaking as breaking:
        lines = [line for finding in breaking.findings for line in finding.lines(language)]
        raise Refusal(
            *lines,
            language.pgettext("translations command", "Nothing was compiled: these texts would break a page"),
        ) from breaking
    translators.show_changes(chosen_places())
    with suppress(BadCatalogue):
        look_ahead(chosen_places())
    return _changed(changed, "mo", language)


@translations.command(
    "status", about=Phrase("command", "Count what is missing, fuzzy, draft and reviewed in each catalogue")
)
@REPORT_FORMAT
def status(language: Language, form: str) -> str:
    places = chosen_places()
    counted = {name: review_counts(welsh_catalogue(places, name)) for name in places.names()}
    totals = {name: counts | {"total": sum(counts.values())} for name, counts in counted.items()}
    if form == "json":
        return json.dumps([{"catalogue": name, **counts} for name, counts in totals.items()], indent=2)
    heads = [
        language.pgettext("translations status", "Catalogue"),
        language.pgettext("translations status", "Missing"),
        language.pgettext("translations status", "Fuzzy"),
        language.pgettext("translations status", "Draft"),
        language.pgettext("translations status", "Reviewed"),
        language.pgettext("translations status", "All"),
    ]
    body = [[name, *map(language.number, counts.values())] for name, counts in totals.items()]
    return terminal.table([heads, *body], numeric=NUMBERS)


@translations.command("review", about=Phrase("command", "Mark translations as reviewed, many at once"))
@option("--reviewer", about=Phrase("command", "Name of the person who has reviewed them"), required=True)
@option("--catalogue", about=Phrase("command", "Only those of this catalogue"))
@option("--context", about=Phrase("command", "Only those whose context begins so"))
@option("--containing", about=Phrase("command", "Only those with this in their English or Welsh"))
@option(
    "--approvals",
    about=Phrase("command", "Only those approved in this file of Weblate (.xliff, .json) or Pontoon (.po)"),
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
def review(
    language: Language,
    reviewer: str,
    catalogue: str | None,
    context: str | None,
    containing: str | None,
    approvals: Path | None,
) -> str:
    if not any((catalogue, context, containing, approvals)):
        raise Refusal(language.say(SAY_WHICH))
    if catalogue not in {None, *chosen_places().names()}:
        raise Refusal(language.say(NO_CATALOGUE, name=catalogue, names=", ".join(chosen_places().names())))
    wanted = MessageFilter(context or "", containing or "", read_approvals(approvals) if approvals else None)
    places, who = chosen_places(), f"{' '.join(reviewer.split())}, {datetime.now(UTC):%Y-%m-%d}"
    words = read_words(places, {name: read_catalogue(places.template(name)) for name in places.names()})
    marked = left = 0
    for name in places.names():
        if catalogue in {None, name}:
            welsh = welsh_catalogue(places, name)
            entries = list(wanted.among(welsh))
            ready = [entry for entry in entries if is_sound(entry, name, words)]
            for entry in ready:
                mark_reviewed(entry, who)
            replace_file(places.welsh(name), canonical(welsh))
            marked, left = marked + len(ready), left + len(entries) - len(ready)
    return language.pgettext(
        "translations command",
        "Marked as reviewed: %(marked)s. Left as they are, because the gate finds fault with them: %(left)s",
        marked=language.number(marked),
        left=language.number(left),
    )


@translations.command(
    "pseudo", about=Phrase("command", "Build the pseudo-language en-XA, in which untranslated text shows")
)
def pseudo(language: Language) -> str:
    return _changed(build_pseudo(chosen_places()), "mo", language)


def _templates(places: Places, language: Language) -> dict[str, polib.POFile]:
    try:
        return templates(places)
    except DefinitionError as error:
        hint = language.pgettext("translations command", "Put the definitions right first: see “questionnaires check”")
        raise Refusal(*explanation(error, language), hint) from error


def _changed(changed: Iterable[str], ending: str, language: Language) -> str:
    names = [f"{name}.{ending}" for name in changed]
    if names:
        return language.pgettext("translations command", "Changed: %(files)s", files=", ".join(names))
    return language.pgettext("translations command", "Nothing has changed")


def _summary(gate_findings: list[GateFinding], made: Mapping[str, polib.POFile], language: Language) -> str:
    """A table of how many errors and warnings each catalogue has."""
    errors = Counter(finding.catalogue for finding in gate_findings if finding.is_error)
    warnings = Counter(finding.catalogue for finding in gate_findings if not finding.is_error)
    heads = [
        language.pgettext("translations status", "Catalogue"),
        language.pgettext("translations status", "Texts"),
        language.pgettext("translations status", "Errors"),
        language.pgettext("translations status", "Warnings"),
    ]
    rows = [[name, *map(language.number, (len(made[name]), errors[name], warnings[name]))] for name in made]
    return terminal.table([heads, *rows], numeric=NUMBERS)
