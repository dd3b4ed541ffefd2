"""Who is answering: the cluster whose access code was given, kept in the signed session of the browser.

And what she reads: the words of the questionnaire of a round, in the language of the page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from flask import current_app, request, session, url_for
from flask_babel import pgettext

from survey.alphabet import SortKey
from survey.collection.errors import DomainError
from survey.collection.people.access import ACCESS, AccessGrant, still_opens
from survey.collection.people.sessions import CODE
from survey.collection.responses.notes import NOTES
from survey.collection.responses.response import REFLECTION, PageSave, Response, Writer, read_response
from survey.collection.responses.unfinished_forms import UNFINISHED
from survey.collection.rounds.clusters import Cluster, HealthBoard
from survey.collection.rounds.extensions import closing_time, takes_answers_of
from survey.collection.rounds.round import ROUND, place, round_ids
from survey.collection.rounds.snapshot import RoundSnapshot, load_snapshot
from survey.languages import Language
from survey.questionnaire.definition import Question
from survey.questionnaire.framework import Framework
from survey.questionnaire.limits import Known
from survey.questionnaire.screens import Screen
from survey.questionnaire.texts import Texts, texts_in
from survey.questionnaire.titles import page_title
from survey.questionnaire.walk import Instrument, Page, Walk
from survey.storage.repository import Repository
from survey.web.respond.fields import FieldContext
from survey.web.respond.forms import anchor_of
from survey.web.site.environment import current_repository, new_id, today
from survey.web.site.language import current_language
from survey.web.site.sign_in import begin_session, goes_on, session_name

SIGNED_IN = "respondent"
WHOSE = "whose"
SITTING = "sitting"
NAME = "sitting_name"
LOOKS_BACK = ("respond.section", "respond.item")
"""The pages beside which stands what was answered before."""


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

    def answer_address(self, page: Page, question: Question, part: str | None = None) -> str:
        """Where an answer, or a part of it, is given: at its control."""
        return f"{self.address(page)}#{anchor_of(question, part)}"

    @property
    def instrument(self) -> Instrument:
        """What the cluster is asked."""
        return self.snapshot.instrument(self.cluster.code)

    @property
    def texts(self) -> Texts:
        """The words of the questionnaire in the language of the request."""
        return words_of(self.snapshot, current_language())

    def response(self) -> Response:
        """The response as it is now."""
        return read_response(self.repository, self.snapshot.round.id, self.cluster.code)

    def takes_answers(self, moment: datetime) -> bool:
        """Whether answers of the cluster are taken at a moment, a grace period counted in."""
        return takes_answers_of(self.repository, self.snapshot.round, self.cluster.code, moment)

    @property
    def closes(self) -> datetime | None:
        """Until when the cluster may answer, if a time is planned."""
        return closing_time(self.repository, self.snapshot.round, self.cluster.code)

    def path(self, response: Response) -> Walk:
        """The way of a response’s answers: of a draft as they are taken today, of what is submitted as they were."""
        return self.instrument.walk(response.answers, response.day_of_answers(today()))

    def page_after(self, page: Page) -> Page | None:
        """The page that follows on the way of the draft as it is now."""
        pages = self.path(self.response()).pages
        return next(iter(pages[pages.index(page) + 1 :]), None) if page in pages else None

    def setting(self, page: Page, written_in: Mapping[str, str] | None = None) -> FieldContext:
        """What the fields of a page need to know."""
        return FieldContext(
            self.texts,
            current_language(),
            page.outcome,
            page.key,
            self.snapshot.framework,
            self.snapshot.questionnaire.level_rule,
            written_in or {},
            lambda answers: self._known(page, answers),
            self._written_on,
        )

    def _written_on(self, page_key: str) -> Mapping[str, str]:
        saved = self.response().pages.get(page_key)
        return (saved.written_in if saved else None) or {}

    def _known(self, page: Page, answers: Mapping[str, Any]) -> Known:
        """What answers of a page are held against: one another, the rest of the response, the day."""
        kept = self.response().answers
        on_page = {**kept.get(page.key, {}), **answers}
        return self.instrument.known_on(page, {**kept, page.key: on_page}, today())


def respondent_in_session() -> Respondent | None:
    """Who is signed in; None when nobody is, she signed out, or the code has been revoked or replaced since."""
    match session.get(SIGNED_IN):
        case [str(round_id), str(cluster_code), int(issued)]:
            _read_ahead(round_id, cluster_code)
            if goes_on((CODE, round_id, cluster_code)):
                return respondent_of(AccessGrant(round_id, cluster_code, issued))
    return None


def _read_ahead(round_id: str, cluster_code: str) -> None:
    """What nearly every page of a cluster needs; beside its answers, what it said in earlier rounds."""
    repository = current_repository()
    of_cluster = [(place(round_id, what), cluster_code) for what in (ACCESS, REFLECTION, NOTES, UNFINISHED)]
    rounds = round_ids(repository) if request.endpoint in LOOKS_BACK else [round_id]
    of_rounds = [(place(needed_id), ROUND) for needed_id in {round_id, *rounds}]
    repository.read_ahead([*session_name(), *of_rounds, *of_cluster])


def respondent_of(grant: AccessGrant) -> Respondent | None:
    """The respondent that an access code stands for, if it still opens what it opened."""
    repository = current_repository()
    if not still_opens(repository, grant):
        return None
    try:
        snapshot = load_snapshot(repository, grant.round)
        if snapshot.round.demonstration and not current_app.config["DEMO"]:
            return None
        return Respondent(repository, snapshot, snapshot.cluster(grant.cluster))
    except DomainError:
        return None


def sign_in_with(grant: AccessGrant) -> None:
    """Keep in the browser what an access code opens. A browser is in one sitting until its session ends."""
    sitting = session.get(SITTING) or new_id()
    begin_session(SIGNED_IN, (CODE, grant.round, grant.cluster), grant.round, grant.cluster, grant.issued)
    session[SITTING] = sitting


def writer() -> Writer:
    """Who saves in this request: the sitting of this browser, with the name that was given for it, if any."""
    return Writer(current_language().code, session.get(NAME, ""), session.get(SITTING, ""))


def sent_by_script() -> bool:
    """Whether the script of a page sends this request, and no form."""
    return request.accept_mimetypes.best == "application/json"


def is_of_this_browser(save: PageSave | None) -> bool:
    """Whether the one who saves in this request made this save too, perhaps in another window."""
    return save is not None and save.sitting != "" and save.sitting == session.get(SITTING)


def words_of(snapshot: RoundSnapshot, language: Language) -> Texts:
    """The texts a round was opened with; for the pseudo-language, which no round keeps, those of today."""
    return snapshot.texts.get(language.code) or _texts_of_today(snapshot, language)


@lru_cache(maxsize=16)
def _texts_of_today(snapshot: RoundSnapshot, language: Language) -> Texts:
    return texts_in(language, snapshot.questionnaire, snapshot.framework)


def name_key(place: Cluster | HealthBoard) -> SortKey:
    """What puts clusters and health boards in the order of the page’s alphabet."""
    language = current_language()
    return language.sort_key(place.name(language.code))


def questionnaire_title(snapshot: RoundSnapshot) -> str:
    """The title of a round’s questionnaire in the language of the page."""
    return words_of(snapshot, current_language())(snapshot.questionnaire.title)


def title_of(page: Page, texts: Texts) -> str:
    """The heading of a page, in the language of the request."""
    return page_title(page, texts, current_language())


def heading_of(page: Page, framework: Framework | None, texts: Texts) -> dict[str, Any]:
    """What stands over the questions of a page; of an outcome, its purpose, its family and what each level is about."""
    module = framework.module(page.outcome.module) if framework and page.outcome else None
    return {
        "title": title_of(page, texts),
        "caption": caption_of(page, framework, texts),
        "introduction": texts(page.section.text) if page.section.text else "",
        "purpose": texts(page.outcome.purpose) if page.outcome else "",
        "family": texts(module.name) if module else "",
        "levels": [(texts(level.name), texts(level.description)) for level in framework.levels]
        if framework and page.outcome
        else [],
    }


def screen_title(screen: Screen, texts: Texts) -> str:
    """What a screen is called: by its group of rows, if it is for one, or as its page."""
    return texts(screen.group.label) if screen.group else title_of(screen.page, texts)


def group_heading(screen: Screen, texts: Texts) -> dict[str, str]:
    """What stands in its place over a screen for a group of rows; only the first introduces the section."""
    if screen.group is None:
        return {}
    introduction = texts(screen.page.section.text) if screen.page.section.text and screen.number == 1 else ""
    return {
        "title": screen_title(screen, texts),
        "section_title": texts(screen.page.section.title),
        "introduction": introduction,
    }


def caption_of(page: Page, framework: Framework | None, texts: Texts) -> str:
    """What stands over the heading of an outcome's page: which outcome of which family it is. Else empty."""
    module = framework.module(page.outcome.module) if framework and page.outcome else None
    if page.outcome is None or module is None:
        return ""
    return pgettext(
        "outcome", "%(family)s outcome %(number)s", family=texts(module.short_name), number=page.outcome.number
    )
