"""What a line of the activity log says beside who, what and when, in words: names in place of codes, and before a value
that would not be understood alone what it is.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from survey.collection.people.activity import MOMENTS
from survey.collection.people.permissions import ROLE_WORDS
from survey.collection.reading.texts import asked_for_words
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import LANGUAGES, Language, Phrase, language
from survey.reporting.reports.registry import BOARD_WORKBOOK, PEER_REVIEW
from survey.web.manage.data import FORMAT_WORDS, KIND_WORDS
from survey.web.manage.editions.edition import HOW_WORDS as HOW_EDITIONS
from survey.web.manage.people.boards import newest_clusters
from survey.web.manage.side_by_side import compared_questions
from survey.web.manage.text_filters import place_names
from survey.web.manage.translation.message import HOW_WORDS as HOW_TEXTS
from survey.web.respond.respondent import words_of
from survey.web.site.language import current_language

DIGEST_SHOWN = 12
WHAT_WORDS = {
    **KIND_WORDS,
    "workbook": Phrase("export log", "Workbook"),
    "exact workbook": Phrase("export log", "Workbook with exact figures"),
    "meeting_pack": Phrase("export log", "Meeting pack"),
    "report": Phrase("export log", "National report"),
    "template": Phrase("export log", "Template of the report"),
    "earlier": Phrase("export log", "Edited version of the report"),
    "peer_review": Phrase("export log", "Peer review pack"),
    "board_workbook": Phrase("export log", "Workbook of a health board"),
    "both": Phrase("export log", "Both languages"),
}
OF_BOARD_WORDS = {BOARD_WORKBOOK: WHAT_WORDS["board_workbook"], PEER_REVIEW: WHAT_WORDS["peer_review"]}
NAMED = {
    "act": Phrase("manage activity", "What was asked: %(said)s"),
    "account": Phrase("manage activity", "Account: %(said)s"),
    "role": Phrase("manage activity", "Role: %(said)s"),
    "consumer": Phrase("manage activity", "Consumer: %(said)s"),
    "clusters": Phrase("manage activity", "Clusters: %(said)s"),
    "submission": Phrase("manage activity", "Submission: %(said)s"),
    "release": Phrase("export log", "Release: %(said)s"),
    "count": Phrase("export log", "Number of responses: %(said)s"),
    "answers": Phrase("manage activity", "Number of answers: %(said)s"),
    "texts": Phrase("manage activity", "Number of texts: %(said)s"),
    "messages": Phrase("manage activity", "Number of texts: %(said)s"),
    "differences": Phrase("manage activity", "Number of differences: %(said)s"),
    "codes": Phrase("manage activity", "Number of access codes: %(said)s"),
    "number": Phrase("manage activity", "How many: %(said)s"),
    "new": Phrase("manage activity", "New: %(said)s"),
    "changed": Phrase("manage activity", "Changed: %(said)s"),
    "revision": Phrase("manage activity", "Correction: %(said)s"),
    "outcomes": Phrase("manage activity", "Outcomes: %(said)s"),
    "dropped": Phrase("manage activity", "Outcomes taken away: %(said)s"),
    "as_at": Phrase("export log", "As of: %(said)s"),
    "until": Phrase("manage activity", "Until: %(said)s"),
    "opens": Phrase("manage activity", "Opening time: %(said)s"),
    "closes": Phrase("manage activity", "Closing time: %(said)s"),
    "seconds": Phrase("manage activity", "Seconds: %(said)s"),
    "snapshot": Phrase("manage activity", "SHA-256 of what it was opened with: %(said)s"),
}
"""What stands before a value that would not be understood alone."""


def details_in_words(details: Iterable[tuple[str, str]], snapshot: RoundSnapshot | None) -> Iterable[str]:
    """The details of an entry of a round, as a reader calls them; a code that nothing is known of stays as it is, as
    codes of a round do that is gone (`snapshot` is None).
    """
    reader = current_language()
    for name, value in sorted(details, key=lambda detail: _RANKS.get(detail[0], len(_RANKS))):
        said = SAYING.get(name, _as_it_is)(value, snapshot, reader)
        yield reader.say(NAMED[name], said=said) if name in NAMED else said


def cluster_in_words(code: str, snapshot: RoundSnapshot | None) -> str:
    """The name of a cluster of a round; its code where the round is gone."""
    return place_names(snapshot).get(code, code) if snapshot else code


def _what(value: str, snapshot: RoundSnapshot | None, reader: Language) -> str:
    """What was taken out, whichever command or page named it: “series csv” too."""
    for before, document in OF_BOARD_WORDS.items():
        if value.startswith(before):
            return f"{reader.say(document)}: {_board(value.removeprefix(before), snapshot, reader)}"
    words = {**WHAT_WORDS, **FORMAT_WORDS}
    if value in words:
        return reader.say(words[value])
    return ", ".join(reader.say(words[part]) if part in words else part for part in value.split())


def _language(value: str, _snapshot: RoundSnapshot | None, reader: Language) -> str:
    return language(value).name if value in LANGUAGES else _what(value, None, reader)


def _board(value: str, snapshot: RoundSnapshot | None, reader: Language) -> str:
    """A health board as its round calls it; of an account, or a round in draft, as the newest list does."""
    clusters = snapshot.clusters if snapshot else newest_clusters()
    board = clusters.health_board(value) if clusters else None
    return board.name(reader.code) if board else value


def _cluster(value: str, snapshot: RoundSnapshot | None, _reader: Language) -> str:
    return cluster_in_words(value, snapshot)


def _clusters(value: str, snapshot: RoundSnapshot | None, _reader: Language) -> str:
    return ", ".join(cluster_in_words(code, snapshot) for code in value.split())


def _outcomes(value: str, snapshot: RoundSnapshot | None, _reader: Language) -> str:
    framework = snapshot.framework if snapshot else None
    if snapshot is None or framework is None:
        return ", ".join(value.split())
    words = words_of(snapshot, current_language())
    names = {outcome.id: words(outcome.name) for outcome in framework.outcomes}
    return ", ".join(names.get(outcome_id, outcome_id) for outcome_id in value.split())


def _question(value: str, snapshot: RoundSnapshot | None, reader: Language) -> str:
    if snapshot is None:
        return value
    asked = {**compared_questions(snapshot), **asked_for_words(snapshot)}
    return words_of(snapshot, reader)(asked[value].label) if value in asked else value


def _role(value: str, _snapshot: RoundSnapshot | None, reader: Language) -> str:
    return next((reader.say(words) for role, words in ROLE_WORDS.items() if role == value), value)


def _how(value: str, _snapshot: RoundSnapshot | None, reader: Language) -> str:
    words = {**HOW_EDITIONS, **HOW_TEXTS}
    return reader.say(words[value]) if value in words else value


def _as_it_is(value: str, _snapshot: RoundSnapshot | None, _reader: Language) -> str:
    return value


def _moment(value: str, _snapshot: RoundSnapshot | None, reader: Language) -> str:
    """A time or a day in words; what is neither stays as it is."""
    try:
        if len(value) == len("2026-12-11"):
            return reader.date(date.fromisoformat(value))
        return reader.datetime(datetime.fromisoformat(value))
    except ValueError:
        return value


def _digest(value: str, _snapshot: RoundSnapshot | None, _reader: Language) -> str:
    """The beginning of a digest, enough to tell it from others by eye; the file has all of it."""
    return f"{value[:DIGEST_SHOWN]}…" if len(value) > DIGEST_SHOWN else value


SAYING: dict[str, Callable[[str, RoundSnapshot | None, Language], str]] = {
    "account": _as_it_is,
    "export": _what,
    "document": _what,
    "format": _what,
    "health_board": _board,
    "cluster": _cluster,
    "clusters": _clusters,
    "outcome": _outcomes,
    "outcomes": _outcomes,
    "dropped": _outcomes,
    "question": _question,
    "language": _language,
    "role": _role,
    "how": _how,
    **dict.fromkeys(sorted(MOMENTS), _moment),
    "snapshot": _digest,
}
"""How the value of a detail is said, by its name in the log."""
_RANKS = {name: rank for rank, name in enumerate({**SAYING, **NAMED})}
