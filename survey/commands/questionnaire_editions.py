"""`flask questionnaires new`, `copy` and `explain`: how an author begins."""

from pathlib import Path
from typing import get_args

import click

from survey.commands.cli_i18n import Refusal, option
from survey.commands.questionnaire_group import near, questionnaires, write_new
from survey.languages import Language, Phrase
from survey.questionnaire.definition import RespondentKind
from survey.questionnaire.editions import YEAR, first_edition, next_edition
from survey.questionnaire.explanation import explained, schema_in, type_names
from survey.questionnaire.findings import DefinitionError
from survey.questionnaire.json_writer import json_of
from survey.questionnaire.library import QUESTIONNAIRES, load_source
from survey.questionnaire.shape import shape_findings

NO_YEAR = Phrase("questionnaires command", "“%(edition)s” is not an edition. Write a year like 2027.")
NOT_LATER = Phrase(
    "questionnaires command", "The edition of %(edition)s is not later than the one that is copied, %(before)s."
)
COPIED = Phrase(
    "questionnaires command",
    "%(file)s asks what %(before)s asks, in %(edition)s. Change what is to be asked, keep the ids of what stays, "
    "and run “questionnaires check %(file)s”. The Welsh of every text that stays the same is there already.",
)
BEGUN = Phrase(
    "questionnaires command",
    "%(file)s has one page with one question. Replace them with your own, and run “questionnaires check %(file)s”. "
    "“questionnaires explain single_choice” says what a question of a type may have.",
)
PROPERTIES = Phrase("questionnaires explain", "What it may have:")
NEEDED = Phrase("questionnaires explain", "It cannot do without: %(names)s")
EXAMPLE = Phrase("questionnaires explain", "An example:")
NO_TYPE = Phrase("questionnaires explain", "There is no type “%(name)s”. Those there are:")


@questionnaires.command("new", about=Phrase("command", "Begin a questionnaire that has not been asked before"))
@click.argument("name", metavar="ID")
@option("--edition", about=Phrase("command", "Year of its first edition"), required=True)
@option(
    "--respondent",
    about=Phrase("command", "Who gives a response: a cluster, or many people unnamed"),
    type=click.Choice(get_args(RespondentKind)),
    required=True,
)
@option("--title", about=Phrase("command", "Name of the questionnaire in English"), required=True)
def new(name: str, edition: str, respondent: RespondentKind, title: str, language: Language) -> str:
    path = QUESTIONNAIRES / name / f"{edition}.json"
    source = first_edition(name, edition, respondent, title)
    if findings := shape_findings("questionnaire", source, str(near(path))):
        raise DefinitionError(findings)
    write_new(path, json_of(source), language)
    return language.say(BEGUN, file=near(path))


@questionnaires.command("copy", about=Phrase("command", "Make the edition of another year from a file"))
@click.argument("old", metavar="OLD", type=click.Path(path_type=Path))
@click.argument("edition", metavar="YEAR")
def copy(old: Path, edition: str, language: Language) -> str:
    source = load_source(old, "questionnaire")
    if not YEAR.fullmatch(edition):
        raise Refusal(language.say(NO_YEAR, edition=edition))
    if edition <= source["edition"]:
        raise Refusal(language.say(NOT_LATER, edition=edition, before=source["edition"]))
    path = old.with_name(f"{edition}.json")
    write_new(path, json_of(next_edition(source, edition)), language)
    return language.say(COPIED, file=near(path), before=near(old), edition=edition)


@questionnaires.command("explain", about=Phrase("command", "Say what a type of question takes; without TYPE, of all"))
@click.argument("name", metavar="[TYPE]", required=False)
def explain(name: str | None, language: Language) -> str:
    schema = schema_in("questionnaire", language)
    names = type_names(schema)
    listed = [f"{each}: {explained(schema, each).about}" for each in names]
    if name is None:
        return "\n".join(listed)
    if name not in names:
        raise Refusal(language.say(NO_TYPE, name=name), *listed)
    told = explained(schema, name)
    said = [f"  {own}: {text}" for own, text in told.properties.items()]
    shown = [json_of(example).decode().rstrip() for example in told.examples]
    needed = language.say(NEEDED, names=", ".join(told.required))
    return "\n".join(
        [f"{name}: {told.about}", "", language.say(PROPERTIES), *said, needed, "", language.say(EXAMPLE), *shown]
    )
