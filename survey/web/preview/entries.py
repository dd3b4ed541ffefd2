"""The page as it will be answered, with every text of the questionnaire on it a link to where its Welsh is edited.

Marks go round the texts before the page is drawn, whoever draws them, and become links once it is. Where a link cannot
stand, as in a button or an attribute, they go.
"""

import re
from functools import lru_cache

from flask import Response, request, url_for

from survey.catalogues.files import message_id
from survey.languages import Language
from survey.questionnaire.texts import Texts, messages
from survey.web.site.editions import Edition, EditionTexts, words_of

ASKED_FOR = "entries"
"""The parameter of an address whose texts are to lead to their entries."""
# Characters that no text has.
_OPEN, _BEGIN, _CLOSE = "\ue000", "\ue001", "\ue002"
_MARK = re.compile(f"{_OPEN}[^{_BEGIN}]*{_BEGIN}|{_CLOSE}")
_MARKED = re.compile(f"{_OPEN}([^{_BEGIN}]*)/([^{_BEGIN}]*){_BEGIN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")
_TAG = re.compile(r"<[^>]*>")
_NO_LINK_WITHIN = frozenset({"a", "button", "option", "select", "summary", "textarea", "title"})


def are_asked_for() -> bool:
    """Whether the texts of this page are to be links."""
    return ASKED_FOR in request.args


def words_here(edition: Edition, language: Language) -> EditionTexts:
    """The texts of an edition in a language, with marks where they are to be links."""
    return _marked(edition, language) if are_asked_for() else words_of(edition, language)


def link_entries(response: Response) -> Response:
    """Make links of the marks in a page."""
    if are_asked_for() and response.mimetype == "text/html":
        response.set_data(linked(response.get_data(as_text=True)))
    return response


def linked(page: str) -> str:
    """The page with a link for every mark that may be one, and without the others."""
    made: list[str] = []
    within: list[str] = []
    end = 0
    for tag in _TAG.finditer(page):
        made += [_text(page[end : tag.start()], within), _MARK.sub("", tag[0])]
        end = tag.end()
        name = tag[0].strip("</>").split(maxsplit=1)[0].lower() if tag[0].strip("</>") else ""
        if name in _NO_LINK_WITHIN:
            if not tag[0].startswith("</"):
                within.append(name)
            elif within:
                within.pop()
    return "".join([*made, _MARK.sub("", page[end:])])


def _text(text: str, within: list[str]) -> str:
    if not within:
        text = _MARKED.sub(_link, text)
    return _MARK.sub("", text)


def _link(mark: re.Match[str]) -> str:
    address = url_for("manage.message", catalogue=mark[1], key=mark[2])
    return f'<a class="nhsuk-link" href="{address}">{mark[3]}</a>'


@lru_cache(maxsize=8)
def _marked(edition: Edition, language: Language) -> EditionTexts:
    words = words_of(edition, language)
    questionnaire = edition.instrument.questionnaire
    sources = [(questionnaire.id, message) for message in messages(questionnaire)]
    if edition.framework:
        sources += [("framework", message) for message in messages(edition.framework)]
    marked = {
        message.context: f"{_OPEN}{domain}/{message_id(message.context, message.text)}{_BEGIN}"
        f"{words.texts.words[message.context]}{_CLOSE}"
        for domain, message in sources
    }
    return EditionTexts(Texts(words.texts.code, marked), words.missing)
