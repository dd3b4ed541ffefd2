"""`flask links …`: the links by which people answer an anonymous round, as a list and as posters."""

import secrets
from pathlib import Path

import click

from survey.collection.frozen import thaw
from survey.collection.links import issue_links, links_of, refuse_posters_when_over, revoke_link
from survey.commands import keeping, speaking
from survey.commands.site import site_of
from survey.languages import Language, Phrase
from survey.web.clock import now

links = speaking.group("links", Phrase("command", "Make the links by which people answer an anonymous round"))

ROUND = click.argument("round_id", metavar="ROUND")
SITE = Phrase("command", "Address of the site, like https://survey.example; needed unless SURVEY_HOSTS is one host")


@links.spoken("list", Phrase("command", "Give every cluster its link and write the list, in both languages"))
@ROUND
@speaking.option(
    "--output",
    about=Phrase("command", "The file to write, .xlsx; one that is there already is replaced"),
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
)
@speaking.option("--site", about=SITE, default="")
@speaking.language_option
@keeping.in_plain_words
def list_(round_id: str, output: Path, site: str, language: Language) -> None:
    from survey.reporting.links import write_links

    address = site_of(site)
    kept = keeping.repository()
    frozen = thaw(kept, round_id)
    tokens = issue_links(kept, frozen, secrets.choice)
    try:
        write_links(frozen, tokens, output, address)
    except OSError as error:
        raise _not_written(language, output, error) from error
    keeping.note(kept, "links_listed", round=round_id)
    keeping.say(
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
@speaking.option(
    "--output",
    about=Phrase("command", "The folder to write to; it is made when it is not there"),
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
)
@speaking.option("--site", about=SITE, default="")
@speaking.language_option
@keeping.in_plain_words
def posters(round_id: str, output: Path, site: str, language: Language) -> None:
    from survey.reporting.posters import write_posters

    address = site_of(site)
    kept = keeping.repository()
    frozen = thaw(kept, round_id)
    refuse_posters_when_over(frozen.round, now())
    tokens = issue_links(kept, frozen, secrets.choice)
    try:
        output.mkdir(parents=True, exist_ok=True)
        written = write_posters(frozen, tokens, output, address)
    except OSError as error:
        raise _not_written(language, output, error) from error
    keeping.note(kept, "posters_written", round=round_id)
    keeping.say(
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
@speaking.option(
    "--cluster",
    "clusters",
    about=Phrase("command", "Code of a cluster; may be given several times"),
    multiple=True,
    required=True,
)
@speaking.language_option
@keeping.in_plain_words
def revoke(round_id: str, clusters: tuple[str, ...], language: Language) -> None:
    kept = keeping.repository()
    frozen = thaw(kept, round_id)
    for code in clusters:
        frozen.cluster(code)
    for code in clusters:
        if code not in links_of(kept, round_id):
            keeping.say(language.pgettext("links command", "There was no link: %(cluster)s", cluster=code))
            continue
        revoke_link(kept, round_id, code)
        keeping.note(kept, "link_revoked", round=round_id, cluster=code)
        keeping.say(language.pgettext("links command", "Revoked: %(cluster)s", cluster=code))


def _not_written(language: Language, path: Path, error: OSError) -> speaking.Refusal:
    return speaking.Refusal(language.say(keeping.CANNOT_WRITE, file=str(path), reason=error.strerror or str(error)))
