"""Who reads a text of the interface, and where: from the file that says it. The catalogue has them in this order.

What the public sees comes first, so that whoever translates from the top does what matters most.
"""

from typing import NamedTuple


class Reader(NamedTuple):
    """The readers of the texts of some files, whose paths begin with `files`."""

    files: str
    who: str
    where: str


# The first that fits holds.
READERS = (
    Reader("survey/web/templates/pages/", "everybody", "on the pages about the service"),
    Reader("survey/web/templates/errors/", "everybody", "on pages that say what went wrong"),
    Reader("survey/web/templates/components/", "everybody", "on any page"),
    Reader("survey/web/site/", "everybody", "on any page"),
    Reader("survey/web/templates/respond/", "people of a cluster", "on the pages of their reflection"),
    Reader("survey/web/respond/", "people of a cluster", "on the pages of their reflection"),
    Reader("survey/web/templates/anonymous/", "people who answer the workforce survey", "on its pages"),
    Reader("survey/web/anonymous/", "people who answer the workforce survey", "on its pages"),
    Reader("survey/reporting/files/e_mails.py", "people of a cluster and its workforce", "in e-mails"),
    Reader("survey/reporting/files/mailing.py", "people of a cluster and its workforce", "in letters and on posters"),
    Reader("survey/questionnaire/problems.py", "whoever answers", "beside an answer that cannot be kept"),
    Reader("survey/questionnaire/rule_sentences.py", "whoever answers", "in dates and times on any page"),
    Reader("survey/languages.py", "everybody", "on any page"),
    Reader("survey/collection/errors.py", "whoever asked for what cannot be done", "on a page or the command line"),
    Reader("survey/collection/meeting_packs/", "people of a cluster", "on the pages of their reflection"),
    Reader("survey/collection/progress.py", "the national team and health boards", "on the pages of a round"),
    Reader("survey/collection/reports/", "the national team", "in the report and on the pages of a round"),
    Reader("survey/collection/people/", "the national team", "on the pages of accounts and of the log"),
    Reader("survey/collection/", "operators", "on the command line"),
    Reader("survey/reporting/documents/", "people of a cluster", "in the meeting pack and other documents"),
    Reader("survey/web/templates/manage/translation/", "translators", "on their pages"),
    Reader("survey/web/manage/translation/", "translators", "on their pages"),
    Reader("survey/web/templates/manage/editions/", "authors of questionnaires", "on their pages"),
    Reader("survey/web/manage/editions/", "authors of questionnaires", "on their pages"),
    Reader("survey/web/templates/manage/", "the national team and health boards", "on the pages of a round"),
    Reader("survey/web/manage/", "the national team and health boards", "on the pages of a round"),
    Reader("survey/web/templates/preview/", "authors and translators", "on the preview"),
    Reader("survey/web/preview/", "authors and translators", "on the preview"),
    Reader("survey/web/", "everybody", "on any page"),
    Reader("survey/reporting/", "readers of workbooks and data", "on a sheet, in a chart or a file"),
    Reader("survey/questionnaire/", "authors of questionnaires", "in the checks of a questionnaire"),
    Reader("survey/catalogues/", "translators", "in what the translation gate says"),
    Reader("survey/authoring/", "authors of questionnaires", "when a spreadsheet is taken in"),
    Reader("survey/deployment/", "operators", "on the command line, when a release is put in place"),
    Reader("survey/commands/", "operators", "on the command line"),
    Reader("survey/", "operators", "on the command line"),
)

ASKED = frozenset(
    {
        "everybody",
        "people of a cluster",
        "people who answer the workforce survey",
        "people of a cluster and its workforce",
        "whoever answers",
        "whoever asked for what cannot be done",
    }
)
"""Who of `READERS` is asked by a round, or answers it: what others read has nothing to do with a round."""

# Contexts whose texts have little room, with the most characters each may have.
LIMITS = {
    "sheet name": 31,
    "meeting pack tab": 31,
    "button": 60,
    "page title": 60,
    "back link": 40,
    "header": 40,
    "footer": 40,
    "pagination": 40,
    "section": 60,
    "notification banner": 40,
    "page status": 30,
    "round status": 40,
    "response status": 40,
    "workbook status": 40,
    "workbook option": 40,
    "codebook kind": 60,
    "file name": 40,
    "unit": 40,
    "chart title": 120,
    "sheet title": 120,
}


def place_of(reference: str) -> int:
    """Where the texts of a file stand in the catalogue, what most people see first."""
    return next(number for number, reader in enumerate(READERS) if reference.startswith(reader.files))


def seen_by(reference: str) -> str:
    """Who sees the texts of a file, and where, in words for a translator."""
    reader = READERS[place_of(reference)]
    return f"Seen by {reader.who} · {reader.where}"


def is_seen_when_answering(comment: str) -> bool:
    """Whether whoever answers a round may see a text, by what the catalogue says of it."""
    return any(line.startswith(f"Seen by {who} ·") for line in comment.split("\n") for who in ASKED)
