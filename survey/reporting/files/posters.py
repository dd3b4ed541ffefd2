"""Posters with the link of a cluster as a QR code: one page of A4 each, Welsh above English, with a code for each.

A poster is one HTML file that needs nothing else: it is opened in a browser and printed.
"""

from collections.abc import Mapping
from pathlib import Path

import segno
from markupsafe import Markup

from survey.atomic_file import replace_file
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Language, Phrase, language
from survey.reporting.files.mail_merge import EACH, link_address

SCAN = Phrase("poster", "Scan the code with the camera of your phone, or type the address.")
ANONYMOUS = Phrase("poster", "We do not ask who you are.")
CLOSES = Phrase("poster", "You can answer until %(time)s.")
FOR_CLUSTER = Phrase("poster", "For everybody who works in the cluster: %(cluster)s")

_PAGE = Markup(
    '<!DOCTYPE html>\n<html lang="cy">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n<style>\n'
    "@page {{ size: A4; margin: 12mm }}\n"
    "body {{ margin: 0; font: 14pt/1.4 arial, sans-serif; color: #212b32 }}\n"
    "section {{ box-sizing: border-box; height: 134mm; padding: 6mm; text-align: center }}\n"
    "section + section {{ border-top: 1pt solid #768692 }}\n"
    "h1 {{ margin: 0 0 2mm; font-size: 26pt; line-height: 1.15; color: #005eb8 }}\n"
    "p {{ margin: 0 0 2mm }}\n"
    ".address {{ font-weight: bold; overflow-wrap: anywhere }}\n"
    "svg {{ width: 58mm; height: 58mm }}\n"
    "</style>\n</head>\n<body>\n{sections}</body>\n</html>\n"
)
_SECTION = Markup('<section lang="{code}">\n<h1>{title}</h1>\n{above}{qr}\n{below}</section>\n')


def write_posters(snapshot: RoundSnapshot, tokens: Mapping[str, str], folder: Path, site: str) -> list[Path]:
    """Write one poster for each cluster with a link into a folder that is there. Returns their paths.

    Raises DomainError("unknown_cluster"), OSError.
    """
    written = []
    for code, token in sorted(tokens.items()):
        path = folder / f"poster-{snapshot.round.id}-{code}.html"
        replace_file(path, poster(snapshot, code, token, site).encode())
        written.append(path)
    return written


def poster(snapshot: RoundSnapshot, cluster_code: str, token: str, site: str) -> Markup:
    """A poster as a whole HTML page. `site` is its address, `https://…`. Raises DomainError("unknown_cluster")."""
    cluster = snapshot.cluster(cluster_code)
    titles = {code: snapshot.texts[code](snapshot.questionnaire.title) for code in EACH}
    sections = Markup().join(
        _section(snapshot, language(code), titles[code], cluster.name(code), link_address(site, code, token))
        for code in EACH
    )
    return _PAGE.format(title=" / ".join(titles.values()), sections=sections)


def qr_code(address: str) -> Markup:
    """An address as a QR code: SVG to stand in a page, without any style of its own."""
    drawn = segno.make(address, error="m", micro=False)
    # The markup is drawn from modules alone; nothing of the address stands in it.
    return Markup(drawn.svg_inline(omitsize=True, svgclass=None, lineclass=None))  # noqa: S704


def _section(snapshot: RoundSnapshot, spoken: Language, title: str, cluster: str, address: str) -> Markup:
    closes = snapshot.round.closes
    closing = [spoken.say(CLOSES, time=spoken.datetime(closes))] if closes else []
    shown = Markup('<p class="address" translate="no">{}</p>\n').format(address)
    return _SECTION.format(
        code=spoken.code,
        title=title,
        above=_paragraphs(spoken.say(FOR_CLUSTER, cluster=cluster), spoken.say(ANONYMOUS)),
        qr=qr_code(address),
        below=_paragraphs(spoken.say(SCAN)) + shown + _paragraphs(*closing),
    )


def _paragraphs(*texts: str) -> Markup:
    return Markup().join(Markup("<p>{}</p>\n").format(text) for text in texts)
