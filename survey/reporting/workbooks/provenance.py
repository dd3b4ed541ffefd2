"""Where the figures of a workbook come from: how they are counted, the state of the data, and the hashes of it all."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from survey.collection.people.permissions import ROLE_WORDS
from survey.collection.rounds.round import place
from survey.collection.rounds.snapshot import SNAPSHOT, RoundSnapshot, texts_place
from survey.config import software_version
from survey.languages import LANGUAGES, Language
from survey.questionnaire.types import answer_type
from survey.reporting.disclosure.protection import EVERYBODY, RESPONDENTS, Protected
from survey.reporting.disclosure.rounding import LEAST_BASE
from survey.reporting.measures.declarations import MEASURES, Measure, explanation
from survey.reporting.workbooks.omitted_tables import table_names
from survey.reporting.workbooks.report import LocalisedRound, PeopleReport, Report
from survey.reporting.xlsx.description import SheetNote
from survey.storage.repository import Repository, Unreadable

SMALL_BASE = "small_base"
SMALL_GROUPS, ROUNDING = "small_groups", "rounding"
PROTECTION = (SMALL_GROUPS, ROUNDING)
"""The notes on how figures of people are protected."""
OriginLine = tuple[str, str | int]


@dataclass(frozen=True, slots=True)
class Provenance:
    """`changed` is the time of the data's state, `state` what there is to say of it, `digest` the SHA-256 of the
    records, `unreadable` those left out; `notes` say how figures are counted."""

    changed: datetime
    state: tuple[OriginLine, ...]
    digest: str
    unreadable: tuple[Unreadable, ...]
    notes: tuple[SheetNote, ...]


def of_clusters(report: Report) -> Provenance:
    """Where the figures of clusters come from."""
    return _of_clusters(report, (report.pgettext("provenance", "Responses that count"), report.data.counted))


def of_board(report: Report, board: str) -> Provenance:
    """Where the figures of a health board’s clusters beside those of Wales come from."""
    own = sum(standing.counted for standing in report.data.clusters.values() if standing.board == board)
    return _of_clusters(
        report,
        (report.pgettext("provenance", "Responses of this health board that count"), own),
        (report.pgettext("provenance", "Responses in Wales that count"), report.data.counted),
    )


def _of_clusters(report: Report, *responses: OriginLine) -> Provenance:
    """`responses`: how many count."""
    language, pgettext = report.language, report.pgettext
    framework = report.snapshot.framework
    state: list[OriginLine] = []
    if framework:
        version = f"{report.texts(framework.title)}, {framework.version}"
        state.append((pgettext("provenance", "Framework and version"), version))
    state += _release(report)
    earlier = ", ".join(f"{data.snapshot.round.id} ({data.year})" for data in report.series.earlier)
    state += [
        *responses,
        (pgettext("provenance", "Data as they stood at"), language.datetime(report.series.changed)),
        *_looked_back(report),
        (
            pgettext("provenance", "Earlier rounds used for trend and movement"),
            earlier or pgettext("provenance", "None"),
        ),
        (
            pgettext("provenance", "Language of a free text"),
            pgettext("provenance", "That of the page on which it was saved, which need not be its own."),
        ),
    ]
    small = pgettext(
        "workbook",
        "A percentage or mean of fewer than five clusters is not given, because one cluster would move it too far. "
        "The counts are given: clusters are organisations, and their counts are not confidential.",
    )
    notes = (*_explanations(MEASURES, language), SheetNote(SMALL_BASE, small))
    return Provenance(report.series.changed, tuple(state), report.data.digest, report.series.unreadable, notes)


def _release(report: Report) -> Iterator[OriginLine]:
    """Which release of clusters it is, and of one that came after another what has changed. Who made it stands in its
    record alone: anybody may read a workbook that was published."""
    issue, pgettext = report.issue, report.pgettext
    if issue is None:
        return
    yield pgettext("provenance", "Release"), issue.number
    yield pgettext("provenance", "Released on"), report.language.date(issue.at)
    if issue.number > 1:
        yield pgettext("provenance", "What has changed since the release before"), issue.reason


def _looked_back(report: Report) -> Iterator[OriginLine]:
    """The moment that was looked back to, and what cannot be had from then."""
    if report.series.as_at:
        moment = report.language.datetime(report.series.as_at)
        yield report.pgettext("provenance", "Everything as at"), moment
        erased = report.pgettext("provenance", "A response that was erased since is not in it.")
        yield report.pgettext("provenance", "What cannot be had from then"), erased


def of_people(report: PeopleReport[Protected], measures: Iterable[Measure]) -> Provenance:
    """Where the figures of people come from, and how small groups are protected."""
    language, pgettext = report.language, report.pgettext
    people = report.shown.people
    responses = report.count(EVERYBODY)
    hidden = sum(cell.of == RESPONDENTS for cell in report.shown.hidden)
    state = (
        *_issue(report),
        (pgettext("provenance", "Form"), report.form),
        (pgettext("provenance", "Responses that count"), responses if isinstance(responses, int) else report.responses),
        (pgettext("provenance", "Sensitive questions"), _sensitive_questions(report)),
        (pgettext("provenance", "Smallest number of people that is shown"), report.shown.threshold),
        (pgettext("provenance", "Groups by health board and profession that are hidden"), hidden),
        (pgettext("provenance", "Audit of hidden figures"), pgettext("provenance", "Passed: none can be worked out.")),
    )
    protected = pgettext(
        "workbook",
        "A group of fewer than %(threshold)s people, none included, shows no figure. Wherever a total is shown, at "
        "least two of its groups are hidden or none, and those hidden are %(threshold)s people or more together. All "
        "tables of this workbook were protected together, and then attacked by linear programming: no hidden number "
        "of people can be worked out. Of a cluster it is told only whether %(threshold)s people or more responded, "
        "as while the round was open, and the protection takes that as known: each cluster with fewer may have any "
        "number below %(threshold)s. How many people of a group skipped a question is not protected. Of sensitive "
        "questions, which are listed below, the same holds for each answer: fewer than %(threshold)s people who gave "
        "it, or did not, show no figure. Of other questions an answer is shown wherever those who answered are.",
        threshold=report.shown.threshold,
    )
    notes = (
        *_explanations(measures, language),
        SheetNote(SMALL_GROUPS, protected),
        SheetNote(ROUNDING, _rounding(report)),
    )
    return Provenance(state_of_people(report), state, people.digest, people.unreadable, notes)


def state_of_people(report: LocalisedRound) -> datetime:
    """The time of the state of people’s responses, which hold none: the planned close, else the opening."""
    planned = report.snapshot.round
    return planned.closes or planned.opens or datetime(2022, 1, 1, tzinfo=UTC)


def _rounding(report: PeopleReport[Protected]) -> str:
    """How numbers are rounded, and what that means for the other form of the same release."""
    if report.is_exact:
        return report.pgettext(
            "workbook",
            "This is the restricted form of the release: numbers of people are exact, and percentages and means are "
            "worked out from exact numbers. It hides the same groups as the rounded form, which is the one to "
            "publish. Publish nothing from this form and pass none of it on: beside the rounded form, its figures "
            "could give people away. Who had it, and why, is in the log.",
        )
    nearest = report.language.number(report.shown.rounded_to)
    rounding = report.pgettext(
        "workbook",
        "Every number of people is rounded to the nearest %(number)s, and percentages and means are worked out from "
        "rounded numbers. So numbers need not add up to their totals. Of fewer than %(least)s people, as rounded, no "
        "percentage or mean is given ([u]): rounding alone could move it by more than a tenth of its scale. No number "
        "can be worked out exactly from those shown: the release was attacked by integer programming, and what would "
        "give one away is hidden. A form with exact numbers is for restricted use only, because beside this one it "
        "could give people away.",
        number=nearest,
        least=report.language.number(LEAST_BASE),
    )
    if not report.shown.first:
        return rounding
    correction = report.pgettext(
        "workbook",
        "In this correction a number is the one that the first release shows, plus or minus the change since then "
        "rounded to the nearest %(number)s: two numbers rounded separately could together give the exact one away. So "
        "a number may be up to %(most)s from the exact one.",
        number=nearest,
        most=report.language.number(report.shown.rounded_to - 1),
    )
    return f"{rounding} {correction}"


def _sensitive_questions(report: PeopleReport[Protected]) -> str:
    sections = report.snapshot.questionnaire.sections
    asked = (each for section in sections for each in section.questions if answer_type(each).stores_answer)
    labels = (report.texts(question.label) for question in asked if question.sensitivity == "sensitive")
    return "; ".join(labels) or report.pgettext("provenance", "None")


def _issue(report: PeopleReport[Protected]) -> Iterator[OriginLine]:
    """Which release it is, and of a correction who made it, why, and which tables it leaves out.

    A workbook that anybody may have names no account: whose it was stands in the log and on the page of releases.
    """
    issue, pgettext, language = report.shown.issue, report.pgettext, report.language
    if issue is None:
        return
    yield pgettext("provenance", "Release"), issue.number
    yield pgettext("provenance", "Released on"), language.date(issue.at)
    if issue.number > 1:
        yield pgettext("provenance", "Corrected by"), language.say(ROLE_WORDS["national"])
        yield pgettext("provenance", "Reason for the correction"), issue.reason
        audited = pgettext("provenance", "Passed: all releases together give no small group away.")
        yield pgettext("provenance", "Audit with earlier releases"), audited
    for name in table_names(report.snapshot.questionnaire, issue.left_out, language, report.texts):
        yield pgettext("provenance", "Left out because of an earlier release"), name


def origin(repository: Repository, report: LocalisedRound, provenance: Provenance) -> tuple[OriginLine, ...]:
    """What the sheet of notes says of the round, its data and their hashes, and of records that cannot be read."""
    pgettext, snapshot = report.pgettext, report.snapshot
    lines = [
        (pgettext("provenance", "Round"), snapshot.round.id),
        (pgettext("provenance", "Reporting year"), report.year),
        (
            pgettext("provenance", "Questionnaire and edition"),
            f"{report.texts(snapshot.questionnaire.title)}, {snapshot.questionnaire.edition}",
        ),
        *provenance.state,
        (pgettext("provenance", "Software"), software_version()),
    ]
    if report.made_up:
        lines.append((pgettext("provenance", "Demonstration"), report.made_up))
    lines += _hashes(repository, snapshot, provenance.digest, pgettext)
    left_out = pgettext("provenance", "A record that cannot be read")
    return (*lines, *((left_out, str(fault)) for fault in provenance.unreadable))


def _explanations(measures: Iterable[Measure], language: Language) -> list[SheetNote]:
    return [SheetNote(measure.id, explanation(measure, language)) for measure in measures]


def _hashes(
    repository: Repository, snapshot: RoundSnapshot, records: str, pgettext: Callable[..., str]
) -> list[OriginLine]:
    """The SHA-256 of all that a round was opened with, of later wording, and (`records`) of the records themselves."""

    def digest(where: tuple[str, ...], name: str) -> str:
        return hashlib.sha256(repository.read_bytes(where, name)).hexdigest()

    opened_with = place(snapshot.round.id, SNAPSHOT)
    texts = texts_place(snapshot.round.id, snapshot.round.text_revision)
    names = {
        "cy": pgettext("provenance", "Welsh texts"),
        "en": pgettext("provenance", "English texts"),
    }
    subjects = [
        (pgettext("provenance", "Everything frozen with the round"), str(snapshot.round.snapshot_digest)),
        (pgettext("provenance", "Definition"), digest(opened_with, "definition.json")),
        (pgettext("provenance", "Framework"), digest(opened_with, "framework.json")),
        (pgettext("provenance", "List of clusters"), digest(opened_with, "clusters.json")),
        *((names[code], digest(texts, f"texts.{code}.json")) for code in LANGUAGES),
        (pgettext("provenance", "Records of this round"), records),
    ]
    return [(pgettext("provenance", "SHA-256: %(subject)s", subject=subject), digest) for subject, digest in subjects]
