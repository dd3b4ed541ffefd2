"""An edition as a file, to go on with in a spreadsheet or a text editor."""

from http import HTTPStatus

from flask import Response, abort

from survey.authoring.book import book_of
from survey.catalogues.files import key_of
from survey.collection.editions.lifecycle import content_now
from survey.collection.translation.working_catalogue import current_messages
from survey.questionnaire.json_reader import read_definition
from survey.web.manage.auth import blueprint
from survey.web.manage.editions.edition import ADDRESS
from survey.web.manage.editions.shelf import row_named
from survey.web.site.language import current_language
from survey.web.site.translations import project, translators_repository

XLSX = "xlsx"
TYPES = {"json": "application/json", XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@blueprint.get(ADDRESS + "/file.<any(json, xlsx):ending>")
def edition_file(name: str, year: str, ending: str) -> Response:
    """The edition as it stands; as a spreadsheet with its Welsh, explained in the language of the page."""
    row = row_named(name, year)
    if row.edition is None or (ending == XLSX and row.edition.findings):
        abort(HTTPStatus.NOT_FOUND)
    content = content_now(translators_repository(), project().questionnaires, row.standing)
    if ending == XLSX:
        content = book_of(read_definition(content, row.name).value, _Welsh(name), current_language())
    file = Response(content, mimetype=TYPES[ending])
    file.headers.set("Content-Disposition", "attachment", filename=f"{name}-{year}.{ending}")
    return file


class _Welsh:
    """The Welsh that translators have for the texts of a questionnaire, nothing where it is not whole."""

    def __init__(self, name: str) -> None:
        messages = current_messages(translators_repository(), project(), name)
        self._forms = {
            key_of(message.entry): message.wording.forms[0] for message in messages if message.wording.is_whole
        }

    def __call__(self, context: str, english: str) -> str:
        return self._forms.get((context, english), "")
