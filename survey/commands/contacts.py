"""`flask contacts …`: whom to write to in each cluster."""

from pathlib import Path

import click

from survey.collection.list_rows import BadList
from survey.collection.people.contacts import (
    COLUMNS,
    Contact,
    changes_by,
    contacts_from,
    erase_contacts,
    read_contacts,
    take_in,
)
from survey.collection.rounds.opening import newest_clusters
from survey.commands.cli_i18n import Refusal, group, option
from survey.commands.environment import note, now, open_repository, shelf
from survey.commands.terminal import printable, table
from survey.languages import UK, Language, Phrase

contacts = group("contacts", Phrase("command", "Take in, list and erase the contacts of clusters"))


@contacts.command(
    "import",
    about=Phrase("command", "Show what a list of contacts, .xlsx or CSV, would change; with --confirm, change it"),
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@option("--confirm", about=Phrase("command", "Keep the contacts, after you have seen what changes"), is_flag=True)
def import_(file: Path, confirm: bool, language: Language) -> None:
    today = now().astimezone(UK).date()
    there = newest_clusters(shelf()).on(today)
    try:
        listed = contacts_from(file.read_bytes(), frozenset(cluster.code for cluster in there.clusters))
    except BadList as bad:
        raise Refusal(*(printable(language.say(fault, **values)) for fault, values in bad.faults)) from bad
    repository = open_repository()
    changes = take_in(repository, listed, today) if confirm else changes_by(repository, listed)
    for heading, some in (
        (language.pgettext("contacts command", "New"), changes.new),
        (language.pgettext("contacts command", "Changed"), changes.changed),
    ):
        for contact in some:
            click.echo(f"{heading}: {', '.join(_cells(contact))}")
    click.echo(
        language.pgettext(
            "contacts command",
            "New: %(new)s. Changed: %(changed)s. The same: %(same)s.",
            new=language.number(len(changes.new)),
            changed=language.number(len(changes.changed)),
            same=language.number(changes.same),
        )
    )
    if confirm:
        note(repository, "contacts_taken_in", new=str(len(changes.new)), changed=str(len(changes.changed)))
    else:
        click.echo(language.pgettext("contacts command", "Nothing was changed. To keep the contacts, add --confirm."))


@contacts.command("list", about=Phrase("command", "List the contacts by cluster"))
def list_(language: Language) -> str:
    found = read_contacts(open_repository())
    if not found:
        return language.pgettext("contacts command", "There are no contacts yet")
    return table([list(COLUMNS), *(_cells(contact) for contact in found.values())])


@contacts.command("erase", about=Phrase("command", "Erase whoever has an e-mail address, in every cluster"))
@option("--email", about=Phrase("command", "The e-mail address"), required=True)
def erase(email: str, language: Language) -> str:
    repository = open_repository()
    number = erase_contacts(repository, email.strip())
    if not number:
        raise Refusal(language.pgettext("contacts command", "There is no contact with this e-mail address."))
    # The log keeps that it happened, not who it was.
    note(repository, "contacts_erased", number=str(number))
    return language.npgettext("contacts command", "%(n)s contact was erased", "%(n)s contacts were erased", number)


def _cells(contact: Contact) -> list[str]:
    return [contact.cluster, contact.name, contact.role, contact.email, contact.language]
