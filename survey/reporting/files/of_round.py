"""What can be written of a round as data: its responses, the answers of all editions, what was released of comments."""

from survey.collection.errors import DomainError
from survey.collection.reading.decisions import released_texts
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.reporting.files.data_file import DataFile
from survey.storage.repository import Repository, Unreadable

RESPONSES, SERIES, COMMENTS = "responses", "series", "comments"

Data = tuple[DataFile, tuple[Unreadable, ...]]
"""A file of data, and the records that could not be read for it."""


def kinds_of(snapshot: RoundSnapshot) -> tuple[str, ...]:
    """What can be written of a round."""
    return (RESPONSES, COMMENTS) if snapshot.questionnaire.respondent == "anonymous" else (RESPONSES, SERIES)


def data_of(repository: Repository, snapshot: RoundSnapshot, kind: str) -> Data:
    """Data of a round. Whether those of people may be written at all is for `collection.responses.anonymous` to say.

    Raises DomainError: no_series (of people there is none), no_comments (clusters’ words are in their responses); what
    reading a round raises.
    """
    if kind not in kinds_of(snapshot):
        if kind == SERIES:
            raise DomainError("no_series", round=snapshot.round.id)
        raise DomainError("no_comments", round=snapshot.round.id)
    return _WRITTEN[kind, snapshot.questionnaire.respondent == "anonymous"](repository, snapshot)


def _responses(repository: Repository, snapshot: RoundSnapshot) -> Data:
    from survey.reporting.files.responses import responses_file
    from survey.reporting.records.round_data import read_round_data

    reflection = read_round_data(repository, snapshot)
    return responses_file(reflection), reflection.unreadable


def _series(repository: Repository, snapshot: RoundSnapshot) -> Data:
    from survey.reporting.files.series import series_file
    from survey.reporting.records.series import read_series

    series = read_series(repository, snapshot.round.id)
    return series_file(series), series.unreadable


def _single_responses(repository: Repository, snapshot: RoundSnapshot) -> Data:
    from survey.reporting.files.single_responses import read_single_responses, single_responses_file

    single = read_single_responses(repository, snapshot)
    return single_responses_file(single), single.unreadable


def _comments(repository: Repository, snapshot: RoundSnapshot) -> Data:
    from survey.reporting.files.single_responses import comments_file

    return comments_file(snapshot, released_texts(repository, snapshot)), ()


_WRITTEN = {
    (RESPONSES, False): _responses,
    (SERIES, False): _series,
    (RESPONSES, True): _single_responses,
    (COMMENTS, True): _comments,
}
