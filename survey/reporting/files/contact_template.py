"""An empty list of contacts, with the names of its columns: to be filled in and taken in again."""

import csv
from io import BytesIO, StringIO

import xlsxwriter

from survey.collection.people.contact_checks import HEADS
from survey.collection.rounds.clusters import ClusterList
from survey.languages import Language

WIDTH = 28
ROWS = 500
"""For how many rows a spreadsheet offers the languages to choose from."""


def template_csv(language: Language) -> bytes:
    """The names of the columns, as CSV that a spreadsheet opens."""
    text = StringIO()
    csv.writer(text).writerow(_heads(language))
    return ("\ufeff" + text.getvalue()).encode()


def template_xlsx(clusters: ClusterList, language: Language) -> bytes:
    """The same as a workbook, with the codes and names of all clusters on a second sheet."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True})
        contacts = book.add_worksheet(language.pgettext("sheet name", "Contacts"))
        contacts.write_row(0, 0, _heads(language), bold)
        contacts.set_column(0, len(_heads(language)) - 1, WIDTH)
        contacts.freeze_panes(1, 0)
        contacts.data_validation(1, 4, ROWS, 4, {"validate": "list", "source": ["cy", "en"]})
        listed = book.add_worksheet(language.pgettext("sheet name", "Clusters"))
        heads = [
            language.pgettext("contacts template", "Code"),
            language.pgettext("contacts template", "Name in Welsh"),
            language.pgettext("contacts template", "Name in English"),
        ]
        listed.write_row(0, 0, heads, bold)
        listed.set_column(0, len(heads) - 1, WIDTH)
        listed.freeze_panes(1, 0)
        for row, cluster in enumerate(clusters.clusters, start=1):
            listed.write_row(row, 0, [cluster.code, cluster.name("cy"), cluster.name("en")])
    return content.getvalue()


def _heads(language: Language) -> tuple[str, ...]:
    return HEADS["cy" if language.code == "cy" else "en"]
