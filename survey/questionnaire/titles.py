"""What the pages of a questionnaire are called."""

from survey.languages import Language, Phrase
from survey.questionnaire.texts import Texts
from survey.questionnaire.walk import Page

_WORKSHEET = Phrase("page title", "%(worksheet)s: %(outcome)s")


def page_title(page: Page, texts: Texts, language: Language) -> str:
    """The name of its outcome, or the title of its section; of a worksheet, both."""
    if page.outcome is None:
        return texts(page.section.title)
    name = texts(page.outcome.name)
    if not page.section.worksheet:
        return name
    return language.say(_WORKSHEET, worksheet=texts(page.section.title), outcome=name)
