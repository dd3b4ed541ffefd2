"""`flask questionnaires …`: what an author of questionnaires needs, with only a text editor beside it."""

import json
from pathlib import Path

import click

from survey.commands import terminal
from survey.commands.cli_i18n import Refusal, group
from survey.languages import Language, MissingText, Phrase
from survey.questionnaire.definition import Text
from survey.questionnaire.diff import changes_meaning, describe, differences
from survey.questionnaire.findings import DefinitionError
from survey.questionnaire.library import QUESTIONNAIRES, check, definition_files, load_all, load_source
from survey.questionnaire.schema_texts import SCHEMA, reworded, schema_place
from survey.questionnaire.shape import KINDS, schema_path

questionnaires = group("questionnaires", Phrase("command", "List, check and compare the definitions of questionnaires"))


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
    where = paths or (_near(QUESTIONNAIRES),)
    files = [file for path in where for file in (definition_files(path) if path.is_dir() else [path])]
    findings = check(terminal.progress(files, language.pgettext("questionnaires command", "Checking the definitions")))
    if findings:
        raise DefinitionError(findings)
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
    path = schema_path(kind)
    english = path.read_text("utf-8")
    if language.code == "en":
        click.echo(english, nl=False)
        return

    def say(place: str, text: str) -> str:
        try:
            return language.message(SCHEMA, place, text)
        except MissingText:
            return language.pgettext("preview", "[Not translated yet] %(english)s", english=text)

    click.echo(json.dumps(reworded(json.loads(english), schema_place(path), say), ensure_ascii=False, indent=2))


def _title(language: Language, domain: str, title: Text) -> str:
    try:
        return language.message(domain, title.key, title.english)
    except MissingText:
        return language.pgettext("questionnaires command", "(no title in this language yet)")


def _near(path: Path) -> Path:
    """The path as seen from where the command runs, if it is below it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
