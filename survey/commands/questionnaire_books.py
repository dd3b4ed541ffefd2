"""`flask questionnaires to-xlsx` and `from-xlsx`: a questionnaire as a spreadsheet, and back."""

from pathlib import Path
from typing import get_args

import click

from survey.authoring.book import book_of, draft_in, welsh_in
from survey.catalogues.files import Places, canonical, read_catalogue
from survey.commands.cli_i18n import option
from survey.commands.questionnaire_group import content_of, near, questionnaires, refuse_what_is_there, write_new
from survey.languages import Language, MissingText, Phrase
from survey.languages import language as language_of
from survey.questionnaire.definition import RespondentKind
from survey.questionnaire.findings import DefinitionError
from survey.questionnaire.json_writer import json_of
from survey.questionnaire.library import load_source

WRITTEN = Phrase(
    "questionnaires command",
    "%(file)s holds the questionnaire. When it has been changed, run “questionnaires from-xlsx”.",
)
READ = Phrase("questionnaires command", "%(file)s was made. Run “questionnaires check %(file)s”.")
WELSH_READ = Phrase(
    "questionnaires command", "The Welsh of %(n)s texts is in %(file)s. Run “translations pull --from %(file)s”."
)


@questionnaires.command("to-xlsx", about=Phrase("command", "Write a questionnaire, with its Welsh, as a spreadsheet"))
@click.argument("definition", metavar="DEFINITION", type=click.Path(path_type=Path))
@click.argument("book", metavar="XLSX", type=click.Path(dir_okay=False, path_type=Path))
def to_xlsx(definition: Path, book: Path, language: Language) -> str:
    source = load_source(definition, "questionnaire")
    in_welsh = language_of("cy")

    def welsh(context: str, english: str) -> str:
        try:
            return in_welsh.message(source["id"], context, english)
        except MissingText:
            return ""

    write_new(book, book_of(source, welsh, language), language)
    return language.say(WRITTEN, file=near(book))


@questionnaires.command("from-xlsx", about=Phrase("command", "Make a definition from a spreadsheet"))
@click.argument("book", metavar="XLSX", type=click.Path(path_type=Path))
@click.argument("definition", metavar="DEFINITION", type=click.Path(dir_okay=False, path_type=Path))
@option(
    "--welsh",
    "folder",
    about=Phrase("command", "Folder to put the Welsh of the spreadsheet into, as a .po file"),
    type=click.Path(file_okay=False, path_type=Path),
)
@option("--edition", about=Phrase("command", "Year of the edition, for a form in XLSForm"), default="")
@option(
    "--respondent",
    about=Phrase("command", "Who answers a form in XLSForm: a cluster, or many people unnamed"),
    type=click.Choice(get_args(RespondentKind)),
)
def from_xlsx(
    book: Path, definition: Path, folder: Path | None, edition: str, respondent: str | None, language: Language
) -> str:
    draft = draft_in(content_of(book), str(book), edition, respondent or "")
    if findings := draft.checked():
        raise DefinitionError(findings)
    made = {definition: json_of(draft.source)}
    said = [language.say(READ, file=near(definition))]
    if folder is not None:
        # `translations pull` knows a catalogue by the name of its file.
        catalogue = folder / f"{draft.source['id']}.po"
        ours = Places().welsh(draft.source["id"])
        made[catalogue] = canonical(welsh_in(draft, read_catalogue(ours) if ours.is_file() else ()))
        said.append(language.say(WELSH_READ, n=language.number(len(draft.welsh)), file=near(catalogue)))
    refuse_what_is_there(made, language)
    for path, written in made.items():
        write_new(path, written, language)
    return "\n".join(said)
