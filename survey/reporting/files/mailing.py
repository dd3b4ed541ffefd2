"""What is sent to clusters, in Welsh and in English: lists of invitations and of links, and posters with a link.

A list is for mail merge: one sheet, the names of the fields in its first row, a row for each cluster below.

A word processor takes exactly that and nothing else, so a list has no title, no table of contents and no second
sheet as the workbooks for reading have. It is a working file, not a publication.

A poster is one HTML file that needs nothing else, opened in a browser and printed: one page of A4, Welsh above
English, with a QR code for each.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import segno
import xlsxwriter
from markupsafe import Markup

from survey.atomic_file import replace_file
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Language, Phrase, language
from survey.reporting.xlsx.text import cell_pieces

EACH = ("cy", "en")
COLUMN_WIDTH = 28
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
NO_DATE = Phrase("invitations", "no closing date has been set")

SCAN = Phrase("poster", "Scan the code with the camera of your phone, or type the address.")
ANONYMOUS = Phrase("poster", "We do not ask who you are.")
OPENS = Phrase("poster", "You can answer from %(time)s.")
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


def write_invitations(
    snapshot: RoundSnapshot, codes: Mapping[str, str], closes: Mapping[str, datetime | None], path: Path, site: str
) -> None:
    """Write the list of invitations, in the order of cluster codes, to a file that its owner only can read.

    `codes` are access codes by cluster code, which open the clusters' responses: whoever makes the list keeps it as
    safe as the responses. `closes` says by cluster code until when it can answer, None where no time is planned.
    `site` is where the site is (`https://…`). Raises DomainError("unknown_cluster") for a
    cluster that is not on the round's list, and OSError.
    """
    addresses = [sign_in_address(site, each) for each in EACH]
    remark = Phrase(
        "invitations", "Whoever has an access code can read and change that cluster’s answers. Keep it safe."
    )
    write_list(
        path,
        language("cy").pgettext("sheet name", "Invitations"),
        [
            *_heads_of_clusters(Phrase("invitations", "Sign-in address")),
            _in_both(Phrase("invitations", "Access code")),
            *_in_each(Phrase("invitations", "Closes")),
        ],
        [[*_names_of(snapshot, code), *addresses, codes[code], *_closing(closes[code])] for code in sorted(codes)],
        snapshot.round.opens or NEVER,
        remark,
    )


def write_links(snapshot: RoundSnapshot, tokens: Mapping[str, str], path: Path, site: str) -> None:
    """Write the list of links to an anonymous round, in the order of cluster codes. `tokens` are by cluster code.

    Raises DomainError("unknown_cluster"), OSError.
    """
    remark = Phrase(
        "links", "Everybody who works in a cluster uses the same link. It tells the cluster and nothing else."
    )
    write_list(
        path,
        language("cy").pgettext("sheet name", "Links"),
        _heads_of_clusters(Phrase("links", "Link")),
        [
            [*_names_of(snapshot, code), *(link_address(site, each, token) for each in EACH)]
            for code, token in sorted(tokens.items())
        ],
        snapshot.round.opens or NEVER,
        remark,
    )


def link_address(site: str, language_code: str, token: str) -> str:
    """Where a link is: `https://…/cy/survey/k7qt-9wxm-3fbd/`. `site` is where the site is."""
    return f"{site.rstrip('/')}/{language_code}/survey/{token}/"


def sign_in_address(site: str, language_code: str, token: str = "") -> str:
    """Where a cluster signs in: with its code, or by a one-time link: `https://…/cy/sign-in/…`."""
    return "/".join(filter(None, (site.rstrip("/"), language_code, "sign-in", token)))


def write_list(
    path: Path, name: str, heads: Sequence[str], rows: Iterable[Sequence[str]], created: datetime, remark: Phrase
) -> None:
    """Write a list to a file that its owner only can read. Every cell is text, whatever it looks like.

    `name` is that of the sheet, `remark` goes into the properties of the file. Raises OSError.
    """
    comments = " ".join(language(code).say(remark) for code in EACH)
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"title": name, "comments": comments, "created": created.replace(tzinfo=None)})
        sheet = book.add_worksheet(name)
        for number, row in enumerate((heads, *rows)):
            for column, text in enumerate(row):
                sheet.write_string(number, column, cell_pieces(text)[0])
        sheet.set_column(0, len(heads) - 1, COLUMN_WIDTH)
        sheet.freeze_panes(1, 0)
    replace_file(path, content.getvalue())


def _closing(closes: datetime | None) -> list[str]:
    return [language(each).datetime(closes) if closes else language(each).say(NO_DATE) for each in EACH]


def _heads_of_clusters(address: Phrase) -> list[str]:
    """The names of the fields that say which cluster it is, and where it goes to."""
    cluster, board = Phrase("invitations", "Cluster"), Phrase("invitations", "Health board")
    code = _in_both(Phrase("invitations", "Cluster code"))
    return [code, *(head for phrase in (cluster, board, address) for head in _in_each(phrase))]


def _names_of(snapshot: RoundSnapshot, cluster_code: str) -> list[str]:
    """Code and names of a cluster and its health board. Raises DomainError("unknown_cluster")."""
    cluster = snapshot.cluster(cluster_code)
    board = snapshot.clusters.health_board(cluster.health_board)
    return [
        cluster_code,
        *(cluster.name(each) for each in EACH),
        *(board.name(each) if board else cluster.health_board for each in EACH),
    ]


def _in_both(phrase: Phrase) -> str:
    """“Clwstwr / Cluster”."""
    return " / ".join(language(code).say(phrase) for code in EACH)


def _in_each(phrase: Phrase) -> list[str]:
    """“Clwstwr (Cymraeg)”, “Cluster (English)”."""
    return [f"{language(code).say(phrase)} ({language(code).name})" for code in EACH]


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
