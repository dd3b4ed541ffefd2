"""`flask questionnaires add`, `added`, `withdraw` and `export`: editions kept with the data, over the files."""

from pathlib import Path
from typing import get_args

import click

from survey.authoring.author_file import taken_in
from survey.collection.editions.export import export_editions
from survey.collection.editions.lifecycle import withdraw_edition
from survey.collection.editions.standing import EditionStanding, changed_here, standing_of
from survey.collection.errors import DomainError
from survey.collection.translation.from_authors import keep_with_welsh
from survey.collection.translation.publication import put_to_use
from survey.commands.cli_i18n import Refusal, option
from survey.commands.environment import BY, YES, be_sure, note, now, open_repository, operator, places
from survey.commands.questionnaire_group import content_of, near, questionnaires
from survey.languages import Language, Phrase
from survey.questionnaire.definition import RespondentKind
from survey.questionnaire.findings import DefinitionError

KEPT = Phrase(
    "questionnaires command",
    "%(name)s is kept with the data, and counts from now on. Welsh taken from the file: %(taken)s. Other Welsh that "
    "was there, and stays: %(left)s.",
)
HERE = Phrase("questionnaires added", "%(name)s: added or changed by %(who)s, %(when)s")
CLASHES = Phrase(
    "questionnaires added",
    "%(name)s: by %(who)s, %(when)s; its file has become another meanwhile. Choose: “questionnaires withdraw” "
    "takes the file, “questionnaires add” keeps this one.",
)
WITHDRAWN = Phrase("questionnaires command", "%(name)s is again what its file has, or is not there.")
TAKEN_AWAY = Phrase("questionnaires command", "%(name)s, as it was added here, would count no more.")


@questionnaires.command("add", about=Phrase("command", "Keep an edition (JSON or .xlsx) with the data, over the files"))
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@BY
@option("--edition", about=Phrase("command", "Year of the edition, for a form in XLSForm"), default="")
@option(
    "--respondent",
    about=Phrase("command", "Who answers a form in XLSForm: a cluster, or many people unnamed"),
    type=click.Choice(get_args(RespondentKind)),
)
def add(file: Path, edition: str, respondent: str | None, language: Language) -> str:
    repository, folder = open_repository(), places().questionnaires
    taken = taken_in(content_of(file), str(file), folder, edition, respondent or "")
    if taken.findings or taken.source is None:
        raise DefinitionError(taken.findings)
    name, year = taken.source["id"], taken.source["edition"]
    seen = standing_of(repository, folder, name, year).current
    given = keep_with_welsh(repository, places(), taken.source, taken.welsh, seen, "uploaded", operator(), now())
    note(repository, "edition_changed", questionnaire=name, edition=year, how="uploaded")
    said = [
        language.say(KEPT, name=f"{name} {year}", taken=language.number(given.taken), left=language.number(given.left))
    ]
    if given.held:
        said.append(
            language.npgettext(
                "questionnaires command",
                "%(n)s text of that is held back by an error in its Welsh. Mend it on the pages of translators.",
                "%(n)s texts of those are held back by errors in their Welsh. Mend them on the pages of translators.",
                given.held,
            )
        )
    return "\n".join(said)


@questionnaires.command("added", about=Phrase("command", "List the editions that were added or changed here"))
def added(language: Language) -> str:
    added_editions = [
        edition for edition in changed_here(open_repository(), places().questionnaires) if edition.is_added
    ]
    lines = [_line(edition, language) for edition in added_editions]
    return "\n".join(lines) or language.pgettext("questionnaires added", "Every edition is as its file has it.")


@questionnaires.command("withdraw", about=Phrase("command", "Let an edition be what its file has, or not be there"))
@click.argument("name", metavar="ID")
@click.argument("year", metavar="YEAR")
@BY
@YES
def withdraw(name: str, year: str, is_sure: bool, language: Language) -> str:
    repository, folder = open_repository(), places().questionnaires
    standing = standing_of(repository, folder, name, year)
    if not standing.is_added:
        raise DomainError("unknown_questionnaire", questionnaire=name, edition=year)
    be_sure([language.say(TAKEN_AWAY, name=f"{name} {year}")], is_sure, language)
    withdraw_edition(repository, folder, name, year, standing.current, operator(), now())
    note(repository, "edition_withdrawn", questionnaire=name, edition=year)
    put_to_use(repository, places(), [name])
    return language.say(WITHDRAWN, name=f"{name} {year}")


@questionnaires.command("export", about=Phrase("command", "Put the editions that were added into the files (.json)"))
@option(
    "--output",
    about=Phrase("command", "Folder to write them to, in place of questionnaires/"),
    type=click.Path(file_okay=False, path_type=Path),
)
def export(output: Path | None, language: Language) -> str:
    repository, folder = open_repository(), places().questionnaires
    made = export_editions(repository, folder, output or folder)
    for edition in made.left:
        click.echo(_line(edition, language))
    if made.left and not made.written:
        raise Refusal(language.pgettext("questionnaires command", "Nothing was written."))
    for path in made.written:
        click.echo(str(near(path)))
    return language.npgettext(
        "questionnaires command",
        "%(n)s file written. Now run “translations extract update export compile”",
        "%(n)s files written. Now run “translations extract update export compile”",
        len(made.written),
    )


def _line(edition: EditionStanding, language: Language) -> str:
    last = edition.changed.changes[-1] if edition.changed else None
    if last is None:
        return f"{edition.questionnaire} {edition.edition}"
    said = CLASHES if edition.clashes else HERE
    return language.say(
        said, name=f"{edition.questionnaire} {edition.edition}", who=last.who, when=language.datetime(last.moment)
    )
