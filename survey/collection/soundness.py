"""Whether a record that can be read means what it should: each against what its round was opened with."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from survey.collection.errors import DomainError
from survey.collection.people.access_codes import ACCESS
from survey.collection.people.accounts import ACCOUNTS, ROLES, Account
from survey.collection.people.links import LINKS
from survey.collection.responses.anonymous import response_from as anonymous_response_from
from survey.collection.responses.response import REFLECTION, STATUSES, response_from
from survey.collection.rounds.round import ROUND, read_round
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.languages import Language
from survey.questionnaire.problems import describe
from survey.questionnaire.walk import Instrument, read_page
from survey.storage.repository import Place, Record, Repository, StorageError
from survey.storage.verify import RecordCheck

Pages = Mapping[str, Mapping[str, Any]]


def sound(repository: Repository, language: Language) -> RecordCheck:
    """A check for `verify`, which says in a language what is wrong with a record."""

    def check(place: Place, key: str, record: Record) -> list[str]:
        wrong = _check_of(place, key)
        if wrong is None:
            return []
        try:
            return wrong(repository, place, key, record, language)
        except (KeyError, TypeError, ValueError, AttributeError):
            return [language.pgettext("verify", "The record does not have the form of its kind.")]
        except DomainError as refused:
            return [refused.say(language)]
        except StorageError as error:
            return [str(error)]

    return check


def _check_of(place: Place, key: str) -> Callable[[Repository, Place, str, Record, Language], list[str]] | None:
    if place == ACCOUNTS:
        return _account
    if len(place) == 2 and place[0] == "rounds" and key == ROUND:
        return _round
    if len(place) == 3 and place[0] == "rounds":
        return {REFLECTION: _response, ACCESS: _access, LINKS: _link}.get(place[2])
    if len(place) == 4 and place[0] == "rounds" and place[2] == "skills":
        return {"drafts": _draft, "resume": _resume, "responses": _anonymous_response}.get(place[3])
    return None


def _account(_repository: Repository, _place: Place, _key: str, record: Record, language: Language) -> list[str]:
    account = Account(**record)
    if account.role not in ROLES or (account.role == "health_board") != (account.health_board is not None):
        return [language.pgettext("verify", "The role and the health board of the account do not fit together.")]
    return []


def _round(repository: Repository, place: Place, _key: str, _record: Record, language: Language) -> list[str]:
    kept = read_round(repository, place[1])
    if kept.snapshot_digest is not None:
        load_snapshot(repository, kept.id)
    elif kept.status != "draft":
        return [language.pgettext("verify", "The round is open, but nothing says what it was opened with.")]
    return []


def _access(repository: Repository, place: Place, _key: str, record: Record, _language: Language) -> list[str]:
    snapshot = load_snapshot(repository, place[1])
    snapshot.cluster(record["cluster"])
    int(record["issued"])
    return []


def _link(repository: Repository, place: Place, _key: str, record: Record, _language: Language) -> list[str]:
    load_snapshot(repository, place[1]).cluster(record["cluster"])
    bool(record["revoked"])
    return []


def _draft(repository: Repository, place: Place, _key: str, record: Record, language: Language) -> list[str]:
    instrument = load_snapshot(repository, place[1]).instrument(record["cluster"])
    date.fromisoformat(record["day"])
    str(record["response"])
    answers = {key: page["answers"] for key, page in record["pages"].items()}
    return _page_reasons(instrument, answers, language)


def _resume(_repository: Repository, _place: Place, _key: str, record: Record, _language: Language) -> list[str]:
    str(record["draft"])
    return []


def _anonymous_response(
    repository: Repository, place: Place, key: str, record: Record, language: Language
) -> list[str]:
    snapshot = load_snapshot(repository, place[1])
    response = anonymous_response_from(key, record)
    instrument = snapshot.instrument(response.cluster)
    reasons = _submission_reasons(snapshot, instrument, response.snapshot_digest, response.answers, language)
    if record["round"] != place[1]:
        reasons.append(language.pgettext("verify", "The record lies under another name than its own."))
    return reasons


def _response(repository: Repository, place: Place, key: str, record: Record, language: Language) -> list[str]:
    snapshot = load_snapshot(repository, place[1])
    response = response_from(record)
    instrument = snapshot.instrument(response.cluster)
    reasons = _page_reasons(instrument, response.answers, language)
    if (response.round, response.cluster) != (place[1], key):
        reasons.append(language.pgettext("verify", "The record lies under another name than its own."))
    if response.status not in STATUSES or (response.status != "in_progress") != bool(response.submissions):
        reasons.append(language.pgettext("verify", "The status does not fit what was submitted."))
    for submission in response.submissions:
        reasons += _submission_reasons(snapshot, instrument, submission.snapshot_digest, submission.answers, language)
    return reasons


def _submission_reasons(
    snapshot: RoundSnapshot, instrument: Instrument, digest: str, answers: Pages, language: Language
) -> list[str]:
    reasons = _page_reasons(instrument, answers, language)
    path = instrument.walk(answers)
    if not reasons and (path.gaps() or path.answers != answers):
        reasons.append(language.pgettext("verify", "A submission has gaps, or answers that were not asked for."))
    if digest != snapshot.round.snapshot_digest:
        reasons.append(language.pgettext("verify", "A submission names another definition than that of its round."))
    return reasons


def _page_reasons(instrument: Instrument, answers: Pages, language: Language) -> list[str]:
    reasons = []
    for key, given in answers.items():
        page = instrument.page(key)
        if page is None:
            reasons.append(
                language.pgettext("verify", "The page is not part of what the cluster is asked: %(page)s.", page=key)
            )
            continue
        read, problems = read_page(page, given)
        reasons += [
            language.pgettext(
                "verify",
                "%(place)s: %(problem)s",
                place=f"{key}.{question}",
                problem=describe(problem, language),
            )
            for question, found in problems.items()
            for problem in found
        ]
        if not problems and read != given:
            reasons.append(language.pgettext("verify", "%(page)s: the answers are not in their kept form.", page=key))
    return reasons
