"""`flask links …`: the links by which people answer an anonymous round, as a list and as posters."""

import secrets
from pathlib import Path

import click

from survey.collection.people.links import issue_links, links_of, refuse_posters_when_over, revoke_link
from survey.collection.rounds.snapshot import load_snapshot
from survey.commands import cli_i18n, context
from survey.commands.site_address import site_of
from survey.languages import Language, Phrase
from survey.web.site.clock import now

links = cli_i18n.group("links", Phrase("command", "Make the links by which people answer an anonymous round"))

ROUND = click.argument("round_id", metavar="ROUND")
SITE = Phrase("command", "Address of the site, like https://survey.example; needed unless SURVEY_HOSTS is one host")


@links.spoken("list", Phrase("command", "Give every cluster its link and write the list, in both languages"))
@ROUND
@cli_i18n.option(
    "--output",
    about=Phrase("command", "The file to write, .xlsx; one that is there already is replaced"),
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
)
@cli_i18n.option("--site", about=SITE, default="")
@cli_i18n.language_option
@context.in_plain_words
def list_(round_id: str, output: Path, site: str, language: Language) -> None:
    from survey.reporting.files.link_list import write_links

    address = site_of(site)
    kept = context.repository()
    snapshot = load_snapshot(kept, round_id)
    tokens = issue_links(kept, snapshot, secrets.choice)
    try:
        write_links(snapshot, tokens, output, address)
    except OSError as error:
        raise _not_written(language, output, error) from error
    context.note(kept, "links_listed", round=round_id)
    context.say(
        language.npgettext(
            "links command",
            "%(n)s link is in this file: %(file)s",
            "%(n)s links are in this file: %(file)s",
            len(tokens),
            file=str(output),
        )
    )


@links.spoken("posters", Phrase("command", "Write a poster to print for every cluster, with its link as a QR code"))
@ROUND
@cli_i18n.option(
    "--output",
    about=Phrase("command", "The folder to write to; it is made when it is not there"),
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
)
@cli_i18n.option("--site", about=SITE, default="")
@cli_i18n.language_option
@context.in_plain_words
def posters(round_id: str, output: Path, site: str, language: Language) -> None:
    from survey.reporting.files.posters import write_posters

    address = site_of(site)
    kept = context.repository()
    snapshot = load_snapshot(kept, round_id)
    refuse_posters_when_over(snapshot.round, now())
    tokens = issue_links(kept, snapshot, secrets.choice)
    try:
        output.mkdir(parents=True, exist_ok=True)
        written = write_posters(snapshot, tokens, output, address)
    except OSError as error:
        raise _not_written(language, output, error) from error
    context.note(kept, "posters_written", round=round_id)
    context.say(
        language.npgettext(
            "links command",
            "%(n)s poster is in this folder: %(folder)s",
            "%(n)s posters are in this folder: %(folder)s",
            len(written),
            folder=str(output),
        )
    )


@links.spoken("revoke", Phrase("command", "Make the links of clusters lead nowhere; the next list has new ones"))
@ROUND
@cli_i18n.option(
    "--cluster",
    "clusters",
    about=Phrase("command", "Code of a cluster; may be given several times"),
    multiple=True,
    required=True,
)
@cli_i18n.language_option
@context.in_plain_words
def revoke(round_id: str, clusters: tuple[str, ...], language: Language) -> None:
    kept = context.repository()
    snapshot = load_snapshot(kept, round_id)
    for code in clusters:
        snapshot.cluster(code)
    for code in clusters:
        if code not in links_of(kept, round_id):
            context.say(language.pgettext("links command", "There was no link: %(cluster)s", cluster=code))
            continue
        revoke_link(kept, round_id, code)
        context.note(kept, "link_revoked", round=round_id, cluster=code)
        context.say(language.pgettext("links command", "Revoked: %(cluster)s", cluster=code))


def _not_written(language: Language, path: Path, error: OSError) -> cli_i18n.Refusal:
    return cli_i18n.Refusal(language.say(context.CANNOT_WRITE, file=str(path), reason=error.strerror or str(error)))
