"""The texts of an edition that translators still owe, each with where it stands, for authors to read."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import abort, g, render_template

from survey.collection.translation.held_texts import held_back
from survey.languages import language as language_of
from survey.questionnaire.texts import Message
from survey.web.manage.auth import blueprint, permits
from survey.web.manage.editions.edition import ADDRESS
from survey.web.manage.editions.shelf import row_named
from survey.web.site.editions import Edition, words_of
from survey.web.site.language import current_language
from survey.web.site.translations import project, translators_repository


@dataclass(frozen=True, slots=True)
class OwedText:
    """A text without Welsh that readers could be shown. `is_held` where there is Welsh with an error in it.

    `section` and `question` are where it stands, in the language of the page; "" outside of them.
    """

    english: str
    section: str
    question: str
    is_held: bool


@blueprint.get(ADDRESS + "/owed")
def owed_texts(name: str, year: str) -> str:
    """Each text that has no Welsh to be shown, in the order of the questionnaire."""
    row = row_named(name, year)
    if row.edition is None or row.edition.questionnaire is None:
        abort(HTTPStatus.NOT_FOUND)
    missing = words_of(row.edition, language_of("cy")).missing
    held = held_back(translators_repository(), project(), name)
    return render_template(
        "manage/editions/owed.html",
        row=row,
        owed=[
            _owed(row.edition, owed_text, is_held=(owed_text.context, owed_text.text) in held) for owed_text in missing
        ],
        translates=permits(g.account, "manage.catalogue"),
    )


def _owed(edition: Edition, message: Message, *, is_held: bool) -> OwedText:
    """Contexts are the name of the catalogue, then of the section, then of the question."""
    texts = words_of(edition, current_language()).texts
    parts = [*message.context.split("."), "", ""][1:]
    section = edition.questionnaire.section(parts[0]) if edition.questionnaire else None
    question = section.question(parts[1]) if section else None
    stands = texts(section.title) if section else "", texts(question.label) if question else ""
    return OwedText(message.text, *stands, is_held)
