"""`flask links …`: the links by which people answer an anonymous round, as a list and as posters."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from survey.collection.people.access import issue_links, refuse_posters_when_over, revoke_link
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.commands.cli_i18n import group, option
from survey.commands.environment import (
    BY,
    ROUND,
    clusters_option,
    note,
    now,
    open_snapshot,
    output_file,
    site_option,
    writing,
)
from survey.languages import Language, Phrase
from survey.storage.repository import Repository

links = group("links", Phrase("command", "Make the links by which people answer an anonymous round"))

SITE = Phrase("command", "Address of the site, like https://survey.example; needed unless SURVEY_HOSTS is one host")


@links.command("list", about=Phrase("command", "Give every cluster its link and write the list, in both languages"))
@ROUND
@output_file(Phrase("command", "The file to write, .xlsx; one that is there already is replaced"), required=True)
@site_option(SITE)
@BY
def list_(round_id: str, output: Path, site: str, language: Language) -> str:
    from survey.reporting.files.mailing import write_links

    repository, snapshot = open_snapshot(round_id)
    with _issued(repository, snapshot, output, "links_listed", language) as tokens:
        write_links(snapshot, tokens, output, site)
    return language.npgettext(
        "links command",
        "%(n)s link is in this file: %(file)s",
        "%(n)s links are in this file: %(file)s",
        len(tokens),
        file=str(output),
    )


@links.command(
    "posters", about=Phrase("command", "Write a poster to print for every cluster, with its link as a QR code")
)
@ROUND
@option(
    "--output",
    about=Phrase("command", "The folder to write to; it is made when it is not there"),
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
)
@site_option(SITE)
@BY
def posters(round_id: str, output: Path, site: str, language: Language) -> str:
    from survey.reporting.files.mailing import write_posters

    repository, snapshot = open_snapshot(round_id)
    refuse_posters_when_over(snapshot.round, now())
    with _issued(repository, snapshot, output, "posters_written", language) as tokens:
        output.mkdir(parents=True, exist_ok=True)
        write_posters(snapshot, tokens, output, site)
    return language.npgettext(
        "links command",
        "%(n)s poster is in this folder: %(folder)s",
        "%(n)s posters are in this folder: %(folder)s",
        len(tokens),
        folder=str(output),
    )


@links.command("revoke", about=Phrase("command", "Make the links of clusters lead nowhere; the next list has new ones"))
@ROUND
@clusters_option(required=True)
@BY
def revoke(round_id: str, clusters: tuple[str, ...], language: Language) -> None:
    repository, snapshot = open_snapshot(round_id)
    for code in clusters:
        snapshot.cluster(code)
    for code in clusters:
        if revoke_link(repository, round_id, code):
            note(repository, "link_revoked", round=round_id, cluster=code)
            click.echo(language.pgettext("links command", "Revoked: %(cluster)s", cluster=code))
        else:
            click.echo(language.pgettext("links command", "There was no link: %(cluster)s", cluster=code))


@contextmanager
def _issued(
    repository: Repository, snapshot: RoundSnapshot, output: Path, event: str, language: Language
) -> Iterator[dict[str, str]]:
    """Give every cluster its link, have the links written to `output`, and note that as `event`."""
    tokens = issue_links(repository, snapshot, secrets.choice)
    with writing(output, language):
        yield tokens
    note(repository, event, round=snapshot.round.id)
