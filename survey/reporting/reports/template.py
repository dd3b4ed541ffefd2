"""The template of the national report: a Word document that whoever writes the report may change as they like.

What the service fills in stands in double braces; `{{p response }}` stands for a whole chapter and has a paragraph of
its own. The team’s own words stand in content controls with a tag.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from survey.languages import Language, Phrase
from survey.reporting.documents.description import ORGANISATION
from survey.reporting.documents.word import Spoken, paragraph, run
from survey.reporting.documents.word_package import About, paged_document
from survey.reporting.reports.places import WRITE_HERE, place

NAME = Phrase("file name", "report-template")
TITLE = Phrase("report", "Primary care clusters in Wales: national implementation progress report")
SHORT_TITLE = Phrase("report", "National progress report")
CONTENTS = Phrase("report heading", "Contents")
OWN_WORDS = Phrase("report", "In our words")
SUMMARY = Phrase("report heading", "Summary")
PLACE = Phrase("report place", "Own words: %(chapter)s")

CHAPTERS = {
    "response": Phrase("report heading", "Response"),
    "maturity": Phrase("report heading", "Maturity"),
    "calibration": Phrase("report heading", "Judged and indicated"),
    "movement": Phrase("report heading", "Movement"),
    "enablers": Phrase("report heading", "Enablers and barriers"),
    "went_well": Phrase("report heading", "What went well"),
    "went_less_well": Phrase("report heading", "What went less well"),
    "do_differently": Phrase("report heading", "What clusters would do differently"),
    "themes": Phrase("report heading", "Themes of what was written"),
    "good_practice": Phrase("report heading", "Good practice"),
    "help_wanted": Phrase("report heading", "Help wanted"),
    "actions_of_last_year": Phrase("report heading", "Actions of last year"),
    "actions": Phrase("report heading", "Actions for next year"),
    "contributions": Phrase("report heading", "Outcome by outcome: what contributed to change"),
    "workforce": Phrase("report heading", "Workforce"),
}
"""The chapters that have room for the team’s own words, by placeholder."""
ANNEXES = {
    "method": Phrase("report heading", "Method and notes"),
    "provenance": Phrase("report heading", "Where the figures come from"),
}
TEXTS = ("title", "year", "questionnaire", "as_at", "state", "head")
"""What stands for a few words, and may stand within others."""
NAMES = (*TEXTS, "contents", "summary", *CHAPTERS, *ANNEXES)
"""What may stand in double braces."""
UNCHANGING = datetime(2022, 5, 1, tzinfo=UTC)


def report_template(reader: Language) -> bytes:
    """The template as a .docx file, in the words of a language."""
    about = About(reader.say(TITLE), reader.say(ORGANISATION), reader.tag, UNCHANGING)
    return paged_document(_body(reader), about, "{{ head }}")


def template_name(reader: Language) -> str:
    """“report-template.en.docx”, or the same in Welsh."""
    return f"{reader.say(NAME)}.{reader.code}.docx"


def _body(reader: Language) -> Iterator[str]:
    yield paragraph("Title", run(Spoken("{{ title }}", reader.tag)))
    yield paragraph("Normal", run(Spoken("{{ questionnaire }}, {{ year }}", reader.tag)))
    yield paragraph("Normal", run(Spoken("{{ as_at }}", reader.tag)))
    yield paragraph("Normal", run(Spoken("{{ state }}", reader.tag)))
    yield paragraph("ContentsHeading", run(Spoken(reader.say(CONTENTS), reader.tag)))
    yield _placeholder("contents")
    yield _heading(reader, SUMMARY)
    yield _placeholder("summary")
    yield from _own_words(reader, "summary", SUMMARY)
    for chapter, heading in CHAPTERS.items():
        yield _heading(reader, heading)
        yield _placeholder(chapter)
        yield from _own_words(reader, chapter, heading)
    for annex, heading in ANNEXES.items():
        yield _heading(reader, heading)
        yield _placeholder(annex)


def _heading(reader: Language, heading: Phrase) -> str:
    return paragraph("Heading1", run(Spoken(reader.say(heading), reader.tag)))


def _placeholder(name: str) -> str:
    return f"<w:p><w:r><w:t>{{{{p {name} }}}}</w:t></w:r></w:p>"


def _own_words(reader: Language, chapter: str, heading: Phrase) -> Iterator[str]:
    yield paragraph("Heading2", run(Spoken(reader.say(OWN_WORDS), reader.tag)))
    yield place(chapter, reader.say(PLACE, chapter=reader.say(heading)), WRITE_HERE, reader)
