"""Looking at the Word documents that somebody gives for a report, before anything is kept or written."""

from survey.collection.errors import DomainError
from survey.collection.reports.report_files import TEMPLATE
from survey.languages import Language
from survey.reporting.reports.filled_template import check_names, word_document
from survey.reporting.reports.own_words import keep_own_words, places_of
from survey.reporting.reports.template import NAMES, report_template


def check_document(kind: str, content: bytes, reader: Language) -> None:
    """Raises DomainError for what the report could not be made with: what `word_document`, `check_names` and
    `keep_own_words` refuse, and no_places.
    """
    document = word_document(content)
    if kind == TEMPLATE:
        check_names(document, NAMES)
    elif not any(places_of(document.docx)):
        raise DomainError("no_places")
    else:
        keep_own_words(word_document(report_template(reader)).docx, document.docx, reader)
