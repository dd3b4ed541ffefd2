"""Where the figures come from: the notes of a workbook, and its record of origin."""

import hashlib
from collections.abc import Iterable

from survey.collection.rounds.round import place
from survey.collection.rounds.snapshot import SNAPSHOT, RoundSnapshot
from survey.config import software_version
from survey.languages import LANGUAGES, Language
from survey.reporting.measures.declarations import MEASURES, Measure, explanation
from survey.reporting.workbooks.cells import SMALL_BASE
from survey.reporting.workbooks.report import Report
from survey.reporting.xlsx.description import Note, Notes, Sheet, Table
from survey.storage.repository import Repository, Unreadable

OriginLine = tuple[str, str]


def notes_sheet(repository: Repository, report: Report) -> Sheet:
    """The sheet that holds the notes and says where the figures come from."""
    language = report.language
    return Sheet(
        name=language.pgettext("sheet name", "Notes"),
        title=language.pgettext("sheet title", "Notes: how figures are counted, and where they come from"),
        body=Notes(
            (
                *_origin(report),
                *hashes(repository, report.data.snapshot, report.data.digest, language),
                *unreadable_lines(report.series.unreadable, language),
            )
        ),
    )


def notes(report: Report, sheets: tuple[Sheet, ...]) -> tuple[Note, ...]:
    """The notes that the sheets refer to: each measure as it is declared, and what a small base means."""
    language = report.language
    small = language.pgettext(
        "workbook",
        "A percentage or mean of fewer than five clusters is not given, because one cluster would move it too far. "
        "The counts are given: clusters are organisations, and their counts are not confidential.",
    )
    return in_use([*explanations(MEASURES, language), Note(SMALL_BASE, small)], sheets)


def explanations(measures: Iterable[Measure], language: Language) -> list[Note]:
    """A note for each measure, under its id."""
    return [Note(measure.id, explanation(measure, language)) for measure in measures]


def in_use(known: Iterable[Note], sheets: Iterable[Sheet]) -> tuple[Note, ...]:
    """The notes that any of the sheets refers to."""
    referenced = {key for sheet in sheets for key in _keys(sheet)}
    return tuple(note for note in known if note.key in referenced)


def _keys(sheet: Sheet) -> set[str]:
    columns = sheet.body.columns if isinstance(sheet.body, Table) else ()
    return {*sheet.notes, *(key for column in columns for key in column.notes)}


def _origin(report: Report) -> tuple[OriginLine, ...]:
    language = report.language
    data = report.data
    snapshot = data.snapshot
    framework = snapshot.framework
    earlier = ", ".join(f"{data.snapshot.round.id} ({data.year})" for data in report.series.earlier)
    return (
        (language.pgettext("provenance", "Round"), snapshot.round.id),
        (language.pgettext("provenance", "Reporting year"), data.year),
        (
            language.pgettext("provenance", "Questionnaire and edition"),
            f"{report.texts(snapshot.questionnaire.title)}, {snapshot.questionnaire.edition}",
        ),
        *(
            (
                (
                    language.pgettext("provenance", "Framework and version"),
                    f"{report.texts(framework.title)}, {framework.version}",
                ),
            )
            if framework
            else ()
        ),
        (language.pgettext("provenance", "Responses that count"), language.number(data.counted)),
        (language.pgettext("provenance", "Data as they stood at"), language.datetime(report.series.changed)),
        (
            language.pgettext("provenance", "Earlier rounds used for trend and movement"),
            earlier or language.pgettext("provenance", "None"),
        ),
        (
            language.pgettext("provenance", "Language of a free text"),
            language.pgettext("provenance", "That of the page on which it was saved, which need not be its own."),
        ),
        (language.pgettext("provenance", "Software"), software_version()),
        *(
            (
                (
                    language.pgettext("provenance", "Demonstration"),
                    language.pgettext("provenance", "These data are made up."),
                ),
            )
            if snapshot.round.demonstration
            else ()
        ),
    )


def hashes(repository: Repository, of: RoundSnapshot, records: str, language: Language) -> tuple[OriginLine, ...]:
    """The SHA-256 of all that a round was opened with, of later wording, and (`records`) of the records themselves."""
    frozen_round = of.round

    def digest(where: tuple[str, ...], name: str) -> str:
        return hashlib.sha256(repository.read_bytes(where, name)).hexdigest()

    snapshot = place(frozen_round.id, SNAPSHOT)
    revision = frozen_round.text_revision
    texts = place(frozen_round.id, "texts", str(revision)) if revision else snapshot
    names = {
        "cy": language.pgettext("provenance", "Welsh texts"),
        "en": language.pgettext("provenance", "English texts"),
    }
    subjects = [
        (language.pgettext("provenance", "Everything frozen with the round"), str(frozen_round.snapshot_digest)),
        (language.pgettext("provenance", "Definition"), digest(snapshot, "definition.json")),
        (language.pgettext("provenance", "Framework"), digest(snapshot, "framework.json")),
        (language.pgettext("provenance", "List of clusters"), digest(snapshot, "clusters.json")),
        *((names[code], digest(texts, f"texts.{code}.json")) for code in LANGUAGES),
        (language.pgettext("provenance", "Records of this round"), records),
    ]
    return tuple(
        (language.pgettext("provenance", "SHA-256: %(subject)s", subject=subject), digest)
        for subject, digest in subjects
    )


def unreadable_lines(faults: Iterable[Unreadable], language: Language) -> tuple[OriginLine, ...]:
    """A line for each record that cannot be read."""
    return tuple((language.pgettext("provenance", "A record that cannot be read"), str(fault)) for fault in faults)
