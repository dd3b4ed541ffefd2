"""The words of a round's questionnaire in the language of a page."""

from functools import lru_cache

from flask_babel import pgettext

from survey.alphabet import SortKey
from survey.collection.rounds.clusters import Cluster, HealthBoard
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Language
from survey.questionnaire.framework import Framework
from survey.questionnaire.texts import Texts, texts_in
from survey.questionnaire.walk import Page
from survey.web.site.language import current_language


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
    """The heading of a page: the name of its outcome, or the title of its section."""
    return texts(page.outcome.name if page.outcome else page.section.title)


def heading_of(page: Page, framework: Framework | None, texts: Texts) -> dict[str, str]:
    """What stands over the questions of a page."""
    return {
        "title": title_of(page, texts),
        "caption": caption_of(page, framework, texts),
        "introduction": texts(page.section.text) if page.section.text else "",
        "purpose": texts(page.outcome.purpose) if page.outcome else "",
    }


def caption_of(page: Page, framework: Framework | None, texts: Texts) -> str:
    """What stands over the heading of an outcome's page: which outcome of which family it is. Else empty."""
    module = framework.module(page.outcome.module) if framework and page.outcome else None
    if page.outcome is None or module is None:
        return ""
    return pgettext(
        "outcome", "%(family)s outcome %(number)s", family=texts(module.short_name), number=page.outcome.number
    )
