"""`flask contacts …`: whom to write to in each cluster."""

import secrets
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from survey.collection.errors import DomainError
from survey.collection.list_rows import BadList
from survey.collection.people.contact_checks import COLUMNS, OF_ONE, ClusterNames, Contact
from survey.collection.people.contacts import changes_by, contacts_from, erase_contacts, read_contacts, take_in
from survey.collection.people.one_contact import BadContact, add_contact, mend_contact, version_of
from survey.collection.rounds.clusters import ClusterList
from survey.collection.rounds.opening import newest_clusters
from survey.commands.cli_i18n import Refusal, group, option
from survey.commands.environment import BY, note, now, open_repository, shelf
from survey.commands.new_file import write_new
from survey.commands.terminal import printable, table
from survey.languages import LANGUAGES, UK, Language, Phrase
from survey.reporting.files.contact_template import template_csv, template_xlsx

contacts = group("contacts", Phrase("command", "Take in, add, change, list and erase the contacts of clusters"))
LANGUAGE_OF_CONTACT = Phrase("command", "The language in which the contact is written to first")
EMAIL = Phrase("command", "The e-mail address")
CLUSTER = option("--cluster", about=Phrase("command", "Code or name of the cluster"), required=True)


@contacts.command(
    "import",
    about=Phrase("command", "Show what a list of contacts, .xlsx or CSV, would change; with --confirm, change it"),
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@option("--confirm", about=Phrase("command", "Keep the contacts, after you have seen what changes"), is_flag=True)
@BY
def import_(file: Path, confirm: bool, language: Language) -> None:
    today, there = _today(), _clusters_today()
    try:
        listed = contacts_from(file.read_bytes(), ClusterNames.of(there))
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


@contacts.command("template", about=Phrase("command", "Write an empty list of contacts to fill in"))
@option(
    "--output",
    about=Phrase("command", "The file to write, .xlsx or .csv"),
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
)
def template(output: Path, language: Language) -> str:
    is_csv = output.suffix.lower() == ".csv"
    content = template_csv(language) if is_csv else template_xlsx(_clusters_today(), language)
    write_new(output, content, language)
    return language.pgettext("contacts command", "Written: %(file)s", file=str(output))


@contacts.command("add", about=Phrase("command", "Add one contact"))
@CLUSTER
@option("--name", about=Phrase("command", "Name of the person, or of the mailbox"), required=True)
@option("--role", about=Phrase("command", "Role of the person"), default="")
@option("--email", about=EMAIL, required=True)
@option("--contact-language", about=LANGUAGE_OF_CONTACT, type=click.Choice(LANGUAGES), required=True)
@BY
def add(cluster: str, name: str, role: str, email: str, contact_language: str, language: Language) -> str:
    repository = open_repository()
    contact = Contact(cluster.strip(), name.strip(), role.strip(), email.strip(), contact_language)
    names = ClusterNames.of(_clusters_today())
    try:
        made = add_contact(repository, contact, names, _today(), secrets.token_hex(16))
    except BadContact as bad:
        raise _refusal(bad, language) from bad
    if made is None:
        return language.pgettext("contacts command", "Nothing was changed: this contact is there already.")
    note(repository, "contact_added", cluster=made.cluster)
    return language.pgettext("contacts command", "Added: %(contact)s", contact=", ".join(_cells(made)))


@contacts.command("change", about=Phrase("command", "Change one contact; what is not given stays as it is"))
@CLUSTER
@option("--email", about=EMAIL, required=True)
@option("--name", about=Phrase("command", "Name of the person, or of the mailbox"))
@option("--role", about=Phrase("command", "Role of the person"))
@option("--contact-language", about=LANGUAGE_OF_CONTACT, type=click.Choice(LANGUAGES))
@option("--new-email", about=Phrase("command", "Another e-mail address: links that were sent to the old one end"))
@option("--new-cluster", about=Phrase("command", "Code or name of another cluster"))
@BY
def change(
    cluster: str,
    email: str,
    name: str | None,
    role: str | None,
    contact_language: str | None,
    new_email: str | None,
    new_cluster: str | None,
    language: Language,
) -> str:
    repository, names = open_repository(), ClusterNames.of(_clusters_today())
    codes = {*names.codes_of(cluster.strip()), cluster.strip()}
    kept_contacts = read_contacts(repository).items()
    of = [
        (key, contact)
        for key, contact in kept_contacts
        if contact.cluster in codes and contact.email.lower() == email.strip().lower()
    ]
    if not of:
        raise DomainError("contact_gone")
    key, kept = of[0]
    given = {
        "cluster": new_cluster,
        "name": name,
        "role": role,
        "email": new_email,
        "language": contact_language,
    }
    wanted = replace(kept, **{column: text.strip() for column, text in given.items() if text is not None})
    try:
        mended = mend_contact(repository, key, version_of(kept), wanted, names, _today(), secrets.token_hex(16))
    except BadContact as bad:
        raise _refusal(bad, language) from bad
    if mended is None:
        return language.pgettext("contacts command", "Nothing was changed: the contact is so already.")
    note(repository, "contact_changed", cluster=mended.cluster)
    return language.pgettext("contacts command", "Changed: %(contact)s", contact=", ".join(_cells(mended)))


@contacts.command("list", about=Phrase("command", "List the contacts by cluster"))
def list_(language: Language) -> str:
    kept_contacts = read_contacts(open_repository())
    if not kept_contacts:
        return language.pgettext("contacts command", "There are no contacts yet")
    return table([list(COLUMNS), *(_cells(contact) for contact in kept_contacts.values())])


@contacts.command("erase", about=Phrase("command", "Erase whoever has an e-mail address, in every cluster"))
@option("--email", about=EMAIL, required=True)
@BY
def erase(email: str, language: Language) -> str:
    repository = open_repository()
    number = erase_contacts(repository, email.strip())
    if not number:
        raise Refusal(language.pgettext("contacts command", "There is no contact with this e-mail address."))
    # The log keeps that it happened, not who it was.
    note(repository, "contacts_erased", number=str(number))
    return language.npgettext("contacts command", "%(n)s contact was erased", "%(n)s contacts were erased", number)


def _today() -> date:
    return now().astimezone(UK).date()


def _clusters_today() -> ClusterList:
    return newest_clusters(shelf()).on(_today())


def _refusal(bad: BadContact, language: Language) -> Refusal:
    return Refusal(*(printable(language.say(OF_ONE[flaw.kind], **flaw.values)) for flaw in bad.flaws))


def _cells(contact: Contact) -> list[str]:
    return [contact.cluster, contact.name, contact.role, contact.email, contact.language]
