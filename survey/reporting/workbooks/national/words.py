"""What clusters wrote, word for word, with the language it was written in."""

from survey.reporting.measures.declarations import OWN_WORDS
from survey.reporting.workbooks.national.reflections import (
    assigned_line,
    reflection_cells,
    reflection_columns,
    reflection_places,
    words,
)
from survey.reporting.workbooks.report import Report
from survey.reporting.workbooks.tables import words_of_clusters
from survey.reporting.xlsx.description import Column, Sheet, Table


def went_well(report: Report) -> Sheet:
    """What went well, for each cluster and outcome."""
    title = report.pgettext("sheet title", "What went well, in clusters’ own words")
    return _by_outcome(report, "went_well", report.pgettext("sheet name", "What went well"), title)


def went_less_well(report: Report) -> Sheet:
    """What went less well, for each cluster and outcome."""
    title = report.pgettext("sheet title", "What went less well, in clusters’ own words")
    return _by_outcome(report, "went_less_well", report.pgettext("sheet name", "What went less well"), title)


def do_differently(report: Report) -> Sheet:
    """What they would do differently, for each cluster and outcome."""
    title = report.pgettext("sheet title", "What clusters would do differently, in their own words")
    return _by_outcome(report, "do_differently", report.pgettext("sheet name", "What to do differently"), title)


def _by_outcome(report: Report, measure: str, name: str, title: str) -> Sheet:
    label = next((report.texts(question.label) for _, question in report.questions(measure)), name)
    written = words(report, measure, reflection_places(report))
    rows = [(*names, cell) for names, cell in zip(reflection_cells(report), written, strict=True)]
    return words_of_clusters(
        report,
        (OWN_WORDS,),
        name,
        title,
        Table(measure, title, (*reflection_columns(report), Column("words", label, "verbatim")), rows),
        assigned_line(report),
        report.pgettext("workbook", "Words stand as they were written, in the language they were written in."),
    )
