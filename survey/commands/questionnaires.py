"""`flask questionnaires …`: what an author of questionnaires needs, with only a text editor beside it."""

import json
from pathlib import Path

import click
import polib

from survey.authoring.owed_welsh import Owed, welsh_owed
from survey.catalogues.files import Places, read_catalogue
from survey.commands import questionnaire_additions, questionnaire_books, questionnaire_editions, terminal
from survey.commands.added_faults import added_faults
from survey.commands.cli_i18n import Refusal
from survey.commands.questionnaire_group import near, questionnaires
from survey.languages import Language, MissingText, Phrase
from survey.questionnaire.definition import Text
from survey.questionnaire.diff import changes_meaning, describe, differences
from survey.questionnaire.explanation import schema_in
from survey.questionnaire.findings import DefinitionError, shown
from survey.questionnaire.library import (
    QUESTIONNAIRES,
    definition_files,
    examine,
    faults,
    load_all,
    load_source,
    unused,
)
from survey.questionnaire.shape import KINDS, schema_path

__all__ = ["questionnaire_additions", "questionnaire_books", "questionnaire_editions", "questionnaires"]

REACHES = Phrase(
    "questionnaires command",
    "A file in questionnaires/ reaches the running service with its next release; “questionnaires add FILE”, or the "
    "page “Questionnaires”, brings it there now.",
)


@questionnaires.command("list", about=Phrase("command", "List the questionnaires, their editions and the frameworks"))
def list_(language: Language) -> None:
    library = load_all()
    for (name, edition), questionnaire in sorted(library.questionnaires.items()):
        questions = sum(len(section.questions) for section in questionnaire.sections)
        counts = language.pgettext(
            "questionnaires command",
            "sections: %(sections)s, questions: %(questions)s",
            sections=language.number(len(questionnaire.sections)),
            questions=language.number(questions),
        )
        click.echo(f"{name} {edition}  {_title(language, name, questionnaire.title)} ({counts})")
    for framework in library.frameworks.values():
        counts = language.pgettext(
            "questionnaires command", "outcomes: %(outcomes)s", outcomes=language.number(len(framework.outcomes))
        )
        click.echo(f"{framework.id}  {_title(language, 'framework', framework.title)} ({counts})")


@questionnaires.command(
    "check",
    about=Phrase("command", "Say everything that is wrong in definitions, and where; without PATH, in all of them"),
)
@click.argument("paths", nargs=-1, metavar="[PATH]…", type=click.Path(path_type=Path))
def check_(paths: tuple[Path, ...], language: Language) -> str:
    where = paths or (near(QUESTIONNAIRES),)
    files = [file for path in where for file in (definition_files(path) if path.is_dir() else [path])]
    said = language.pgettext("questionnaires command", "Checking the definitions")
    examined = [examine(file) for file in terminal.progress(files, said)]
    if findings := faults(examined):
        raise DefinitionError(findings)
    if not paths:
        for line in added_faults(language):
            click.echo(line)
    for finding in unused(examined):
        click.echo(shown(finding, language))
    for item in examined:
        if item.kind == "questionnaire" and item.source is not None:
            click.echo(_owed(item.path, welsh_owed(item.source, _catalogue(item.source["id"])), language))
    if paths:
        click.echo(language.say(REACHES))
    return language.npgettext(
        "questionnaires command",
        "%(n)s file checked: nothing wrong",
        "%(n)s files checked: nothing wrong",
        len(files),
    )


@questionnaires.command(
    "diff", about=Phrase("command", "Say what changed from one file to another, and whether an open round may take it")
)
@click.argument("old", metavar="OLD", type=click.Path(path_type=Path))
@click.argument("new", metavar="NEW", type=click.Path(path_type=Path))
def diff(old: Path, new: Path, language: Language) -> str:
    changes = differences(load_source(old, "questionnaire"), load_source(new, "questionnaire"))
    kinds = {
        "wording": language.pgettext("questionnaires diff", "wording"),
        "meaning": language.pgettext("questionnaires diff", "MEANING"),
    }
    for difference in changes:
        click.echo(f"{kinds[difference.kind]}  {difference.pointer}  {describe(difference, language)}")
    if changes_meaning(changes):
        raise Refusal(
            language.pgettext(
                "questionnaires diff", "The meaning has changed: an open round cannot take this, only a new edition can"
            )
        )
    if not changes:
        return language.pgettext("questionnaires diff", "There is no difference")
    return language.pgettext("questionnaires diff", "Only words have changed: an open round may take them")


@questionnaires.command("schema", about=Phrase("command", "Print a JSON Schema, for an editor"))
@click.argument("kind", metavar=f"[{'|'.join(KINDS)}]", type=click.Choice(KINDS), default=KINDS[0])
def schema(kind: str, language: Language) -> None:
    if language.code == "en":
        click.echo(schema_path(kind).read_text("utf-8"), nl=False)
        return
    click.echo(json.dumps(schema_in(kind, language), ensure_ascii=False, indent=2))


def _catalogue(name: str) -> polib.POFile:
    path = Places().welsh(name)
    return read_catalogue(path) if path.is_file() else polib.POFile()


def _owed(path: Path, owed: Owed, language: Language) -> str:
    said = language.pgettext(
        "questionnaires command",
        "Welsh: texts: %(texts)s, without Welsh: %(missing)s, not reviewed by a person: %(unreviewed)s",
        texts=language.number(owed.texts),
        missing=language.number(owed.missing),
        unreviewed=language.number(owed.unreviewed),
    )
    return f"{path}: {said}"


def _title(language: Language, domain: str, title: Text) -> str:
    try:
        return language.message(domain, title.key, title.english)
    except MissingText:
        return language.pgettext("questionnaires command", "(no title in this language yet)")
