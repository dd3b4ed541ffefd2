"""Who is answering: the cluster whose access code was given, kept in the signed session of the browser."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app, g, session, url_for

from survey.collection.errors import DomainError
from survey.collection.people.access_codes import AccessGrant, still_opens
from survey.collection.responses.response import Response, read_response
from survey.collection.rounds.clusters import Cluster
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.questionnaire.texts import Texts
from survey.questionnaire.walk import Instrument, Page, Walk
from survey.storage.repository import Repository
from survey.web.respond.fields import FieldContext
from survey.web.respond.wording import words_of

SIGNED_IN = "respondent"
WHOSE = "whose"


@dataclass(frozen=True)
class Respondent:
    """A cluster in a round."""

    repository: Repository
    snapshot: RoundSnapshot
    cluster: Cluster

    @property
    def key(self) -> str:
        """What a form carries, so that answers typed for one cluster never reach another."""
        return f"{self.snapshot.round.id}/{self.cluster.code}"

    def address(self, page: Page) -> str:
        """Where a page is answered."""
        return url_for("respond.section", key=page.key)

    @property
    def instrument(self) -> Instrument:
        """What the cluster is asked."""
        return self.snapshot.instrument(self.cluster.code)

    @property
    def texts(self) -> Texts:
        """The words of the questionnaire in the language of the request."""
        return words_of(self.snapshot, g.language)

    def response(self) -> Response:
        """The response as it is now."""
        return read_response(self.repository, self.snapshot.round.id, self.cluster.code)

    def path(self, response: Response) -> Walk:
        """The way of a response's draft."""
        return self.instrument.walk(response.answers)

    def setting(self, page: Page, written_in: Mapping[str, str] | None = None) -> FieldContext:
        """What the fields of a page need to know."""
        return FieldContext(self.texts, g.language, page.outcome, page.key, self.snapshot.framework, written_in or {})


def the_repository() -> Repository:
    """The repository of this application."""
    found: Repository = current_app.extensions["repository"]
    return found


def signed_in() -> Respondent | None:
    """Who is signed in; None when nobody is, or the code has been revoked or replaced since."""
    match session.get(SIGNED_IN):
        case [str(round_id), str(cluster_code), int(issued)]:
            return respondent_of(AccessGrant(round_id, cluster_code, issued))
    return None


def respondent_of(entry: AccessGrant) -> Respondent | None:
    """The respondent that an access code stands for, if it still opens what it opened."""
    repository = the_repository()
    if not still_opens(repository, entry):
        return None
    try:
        snapshot = load_snapshot(repository, entry.round)
        if snapshot.round.demonstration and not current_app.config["DEMO"]:
            return None
        return Respondent(repository, snapshot, snapshot.cluster(entry.cluster))
    except DomainError:
        return None


def remember(entry: AccessGrant) -> None:
    """Keep in the browser what the code opens. Whoever was signed in there before no longer is."""
    session.clear()
    session[SIGNED_IN] = [entry.round, entry.cluster, entry.issued]
    session.permanent = True
