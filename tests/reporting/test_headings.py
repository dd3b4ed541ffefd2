"""The headings of a workbook in both languages lead back to the messages that say them."""

from dataclasses import replace

from survey.languages import Language, language
from survey.reporting.workbooks.headings import SheetHeading, TracedEnglish, headings
from survey.reporting.xlsx.description import Column, Paragraphs, Sheet, Table, Workbook
from tests.collection.example import NOW


def described(spoken: Language) -> Workbook:
    columns = (
        Column("cluster", spoken.pgettext("workbook", "Cluster")),
        Column("asked", "Which level?"),
        Column("n", spoken.pgettext("workbook", "All outcomes"), unit=spoken.pgettext("unit", "clusters")),
    )
    title = spoken.pgettext("workbook", "%(row)s: %(column)s", row=spoken.pgettext("workbook", "Wales"), column="100%")
    table = Sheet("Arfon", title, Table("t", "", columns, ()), (spoken.npgettext("c", "%(n)s day", "%(n)s days", 2),))
    cover = replace(table, name=spoken.pgettext("sheet name", "Cover"), title="", preamble=(), body=Paragraphs(("a",)))
    return Workbook(spoken, "", "", (), "", NOW, (cover, table))


def test_each_text_of_the_service_is_traced_and_what_a_questionnaire_says_is_left_out() -> None:
    cover, table = headings(described(TracedEnglish()), described(language("en")))
    assert cover == [SheetHeading("sheet name", "Cover", "Cover", "Cover")]
    assert table == [
        SheetHeading("workbook", "%(row)s: %(column)s", "Wales: 100%", "Wales: 100%"),
        SheetHeading("c", "%(n)s day", "2 days", "2 days"),
        SheetHeading("workbook", "Cluster", "Cluster", "Cluster"),
        SheetHeading("workbook", "All outcomes", "All outcomes", "All outcomes"),
        SheetHeading("unit", "clusters", "clusters", "clusters"),
    ]
