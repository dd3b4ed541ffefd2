"""Questions of earlier editions, to be taken into one again; what that changes is looked at before it is kept."""

from http import HTTPStatus

from flask import abort, g, redirect, url_for
from flask.typing import ResponseReturnValue

from survey.authoring.author_file import taken_in
from survey.authoring.bank import Banked, bank, with_banked
from survey.collection.editions.held_edition import HeldEdition, hold_edition
from survey.collection.errors import DomainError
from survey.questionnaire.builder import JsonObject
from survey.questionnaire.findings import Finding
from survey.questionnaire.json_writer import json_of
from survey.web.manage.auth import blueprint
from survey.web.manage.editions.edition import ADDRESS
from survey.web.manage.editions.findings import findings_in_words
from survey.web.manage.editions.shelf import edition_on_shelf, row_named, source_of, years_before
from survey.web.site.carried_fields import CarriedTexts
from survey.web.site.editions import Edition, words_of
from survey.web.site.environment import new_id, now
from survey.web.site.forms import SiteForm
from survey.web.site.language import current_language, same_form_in_other_language
from survey.web.site.translations import project, translators_repository


class BankForm(SiteForm):
    """Asks which questions are taken."""

    question = CarriedTexts()


@blueprint.route(ADDRESS + "/bank", methods=["GET", "POST"], endpoint="bank")
def earlier_questions(name: str, year: str) -> ResponseReturnValue:
    """What earlier editions asked and this one does not."""
    row, form = row_named(name, year), BankForm()
    target = source_of(name, year)
    if target is None or row.state == "faults":
        abort(HTTPStatus.NOT_FOUND)
    earlier = [source for before in years_before(name, year) if (source := source_of(name, before)) is not None]
    banked = bank(target, earlier)
    chosen = [question for question in banked if question.key in form.question.data]
    findings: tuple[Finding, ...] = ()

    def take() -> None:
        if not chosen:
            raise DomainError("no_question_chosen")

    if form.validate_on_submit() and form.takes(take, form.question):
        made = with_banked(target, chosen)
        findings = taken_in(json_of(made), f"{name}-{year}.json", project().questionnaires).findings
        if not findings:
            return _held(made)
    return same_form_in_other_language() or form.page(
        "manage/editions/bank.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if findings else None,
        row=row,
        found=[(question, *_said(name, question)) for question in banked],
        chosen=[question.key for question in chosen],
        findings=findings_in_words(findings),
    )


def _held(source: JsonObject) -> ResponseReturnValue:
    held = HeldEdition(new_id(), now().isoformat(), "gathered", source)
    hold_edition(translators_repository(), g.account.name, held)
    return redirect(url_for("manage.uploaded_edition", held_id=held.id), HTTPStatus.SEE_OTHER)


def _said(name: str, banked: Banked) -> tuple[str, str]:
    """The words of a question and of its section, in the language of the page."""
    edition: Edition | None = edition_on_shelf(name, banked.edition)
    section = edition.questionnaire.section(banked.section) if edition and edition.questionnaire else None
    question = section.question(banked.question["id"]) if section else None
    if edition is None or section is None or question is None:
        return str(banked.question["label"]), banked.section
    words = words_of(edition, current_language()).texts
    return words(question.label), words(section.title)
