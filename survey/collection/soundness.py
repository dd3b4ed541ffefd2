"""Whether a record that can be read means what it should: each against what its round was opened with."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from survey.collection.editions.changes import contents_of, read_content
from survey.collection.errors import DomainError
from survey.collection.people.accounts import Account
from survey.collection.people.permissions import ROLES
from survey.collection.reading.decisions import reading_from
from survey.collection.reading.themes import themes_from
from survey.collection.reports.contributions import contribution_from
from survey.collection.reports.report_files import report_file_content, report_file_from
from survey.collection.responses.anonymous import response_from as anonymous_response_from
from survey.collection.responses.attachments import intact_content, is_named, missing_files
from survey.collection.responses.notes import notes_from
from survey.collection.responses.queries import queries_from
from survey.collection.responses.response import STATUSES, response_from
from survey.collection.rounds.cluster_lists import sound_list
from survey.collection.rounds.publication import publication_from
from survey.collection.rounds.releases import TRACKING, read_kept_tracking, release_from, released_file, releases_of
from survey.collection.rounds.rewording import is_intact, revision_from
from survey.collection.rounds.round import ROUND, read_round
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.collection.translation.changes import changes_from
from survey.languages import Language
from survey.questionnaire.problems import describe
from survey.questionnaire.walk import Instrument, read_page
from survey.storage.repository import Place, Record, Repository, StorageError
from survey.storage.verification import RecordCheck

Pages = Mapping[str, Mapping[str, Any]]


def sound(repository: Repository, language: Language) -> RecordCheck:
    """A check for `verify`, which says in a language what is wrong with a record."""
    checks = _Checks(repository, language)

    def check(place: Place, key: str, record: Record) -> list[str]:
        try:
            return list(checks.reasons(place, key, record))
        except (KeyError, TypeError, ValueError, AttributeError):
            return [language.pgettext("verify", "The record does not have the form of its kind.")]
        except DomainError as refused:
            return [refused.say(language)]
        except StorageError as error:
            return [str(error)]

    return check


class _Checks:
    """What is wrong with a record of each kind. Raises what reading it raises when it has not the form of its kind."""

    def __init__(self, repository: Repository, language: Language) -> None:
        self._repository = repository
        self._language = language

    def reasons(self, place: Place, key: str, record: Record) -> Iterator[str]:  # noqa: C901 (one case a kind)
        match place:
            case ("accounts",):
                yield from self._account(Account(**record))
            case ("translators",):
                changes_from(record)
            case ("editions",):
                for content in contents_of(record):
                    read_content(self._repository, content)
            case ("cluster_lists",):
                sound_list(record["list"])
            case ("rounds", round_id) if key == ROUND:
                yield from self._round(round_id)
            case ("rounds", round_id, "revisions"):
                revision_from(key, record)
                if not is_intact(self._repository, round_id, key, record):
                    yield self._language.pgettext("verify", "The texts of this correction have been changed since.")
            case ("rounds", round_id, "reflection"):
                yield from self._response(self._snapshot(round_id), key, record)
            case ("rounds", round_id, "files"):
                yield from self._file(self._snapshot(round_id), key, record)
            case ("rounds", round_id, "notes"):
                self._snapshot(round_id).cluster(key)
                notes_from(record)
            case ("rounds", round_id, "queries"):
                self._snapshot(round_id).cluster(key)
                queries_from(record)
            case ("rounds", _, "reading"):
                reading_from(record)
            case ("rounds", _, "themes"):
                themes_from(record)
                int(record["next"])
            case ("rounds", _, "contributions"):
                contribution_from(record)
            case ("rounds", round_id, "report-files"):
                report_file_content(self._repository, round_id, report_file_from(record))
            case ("rounds", round_id, "skills", "drafts"):
                date.fromisoformat(record["day"])
                str(record["response"])
                answers = {key: page["answers"] for key, page in record["pages"].items()}
                yield from self._pages(self._snapshot(round_id).instrument(record["cluster"]), answers)
            case ("rounds", round_id, "skills", "responses"):
                yield from self._anonymous_response(self._snapshot(round_id), key, record)
            case ("rounds", round_id, "access" | "links" as place_below):
                self._snapshot(round_id).cluster(record["cluster"])
                int(record[{"access": "issued", "links": "revoked"}[place_below]])
            case ("rounds", round_id, "releases"):
                self._release(round_id, key, record)
            case ("rounds", _, "published"):
                publication_from(int(key), record)
            case ("rounds", _, "skills", "resume"):
                str(record["draft"])
            case ("rounds", _, "skills", "endings"):
                int(record["count"])

    def _release(self, round_id: str, key: str, record: Record) -> None:
        if key == TRACKING:
            read_kept_tracking(self._repository, round_id)
        else:
            release = release_from(releases_of(round_id), key, record)
            for which in release.files:
                released_file(self._repository, round_id, release, which)

    def _snapshot(self, round_id: str) -> RoundSnapshot:
        return load_snapshot(self._repository, round_id)

    def _account(self, account: Account) -> Iterator[str]:
        if account.role not in ROLES or (account.role == "health_board") != (account.health_board is not None):
            yield self._language.pgettext("verify", "The role and the health board of the account do not fit together.")

    def _round(self, round_id: str) -> Iterator[str]:
        current = read_round(self._repository, round_id)
        if current.snapshot_digest is not None:
            self._snapshot(round_id)
        elif current.status != "draft":
            yield self._language.pgettext("verify", "The round is open, but nothing says what it was opened with.")

    def _anonymous_response(self, snapshot: RoundSnapshot, key: str, record: Record) -> Iterator[str]:
        response = anonymous_response_from(key, record)
        yield from self._submission(snapshot, response.cluster, response.snapshot_digest, response.answers)
        yield from self._name(record["round"] == snapshot.round.id)

    def _response(self, snapshot: RoundSnapshot, key: str, record: Record) -> Iterator[str]:
        response = response_from(record)
        yield from self._pages(snapshot.instrument(response.cluster), response.answers)
        yield from self._name((response.round, response.cluster) == (snapshot.round.id, key))
        if response.status not in STATUSES or (response.status != "in_progress") != bool(response.submissions):
            yield self._language.pgettext("verify", "The status does not fit what was submitted.")
        for name in missing_files(self._repository, response):
            yield self._language.pgettext("verify", "A file that the response names is missing: %(name)s", name=name)
        for submission in response.submissions:
            yield from self._submission(snapshot, response.cluster, submission.snapshot_digest, submission.answers)

    def _file(self, snapshot: RoundSnapshot, key: str, record: Record) -> Iterator[str]:
        snapshot.cluster(record["cluster"])
        yield from self._name(key == f"{record['cluster']}.{record['digest']}")
        if intact_content(record) is None:
            yield self._language.pgettext("verify", "The file is damaged: its content is not what was attached.")
        if not is_named(self._repository, snapshot.round.id, record):
            yield self._language.pgettext(
                "verify", "No response names this file. “data purge” removes it once it is a day old."
            )

    def _name(self, is_its_own: bool) -> Iterator[str]:
        if not is_its_own:
            yield self._language.pgettext("verify", "The record lies under another name than its own.")

    def _submission(self, snapshot: RoundSnapshot, cluster_code: str, digest: str, answers: Pages) -> Iterator[str]:
        instrument = snapshot.instrument(cluster_code)
        reasons = list(self._pages(instrument, answers))
        yield from reasons
        path = instrument.walk(answers)
        asked = {page.key: path.answers[page.key] for page in path.pages}
        if not reasons and (path.gaps() or asked != answers):
            yield self._language.pgettext("verify", "A submission has gaps, or answers that were not asked for.")
        if digest != snapshot.round.snapshot_digest:
            yield self._language.pgettext("verify", "A submission names another definition than that of its round.")

    def _pages(self, instrument: Instrument, answers: Pages) -> Iterator[str]:
        pgettext = self._language.pgettext
        for key, given in answers.items():
            page = instrument.page(key)
            if page is None:
                yield pgettext("verify", "The page is not part of what the cluster is asked: %(page)s.", page=key)
                continue
            read, problems = read_page(page, given)
            for question, problems_of_question in problems.items():
                for problem in (problem for problem in problems_of_question if not problem.keeps_draft):
                    said = describe(problem, self._language)
                    yield pgettext("verify", "%(place)s: %(problem)s", place=f"{key}.{question}", problem=said)
            if not problems and read != given:
                yield pgettext("verify", "%(page)s: the answers are not in their kept form.", page=key)
