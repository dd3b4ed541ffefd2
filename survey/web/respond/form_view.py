"""Answering one sheet: shown, saved, sent back with what cannot be kept, settled with a colleague.

Every valid answer is saved, whatever is wrong with the others, and what was typed stays on the page until it is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any

from flask import current_app, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from survey.collection.errors import DomainError
from survey.collection.responses.earlier_answers import EarlierAnswers
from survey.collection.responses.response import Response
from survey.questionnaire.definition import Question
from survey.questionnaire.problems import describe
from survey.questionnaire.walk import Walk
from survey.storage.repository import StorageError
from survey.web.respond.answer_rows import AnswerGroup, AnswerRow, answers_to, value_of
from survey.web.respond.conflicts import SETTLING, AnswerConflict, Unsettled, carried_fields, settled, unsettled
from survey.web.respond.fields import FieldContext, verbatim
from survey.web.respond.form_targets import FormTarget, Full, Outdated, Saving, Version
from survey.web.respond.forms import ON_PAGE, AnswerForm, form_of
from survey.web.respond.ids import new_id
from survey.web.respond.question_blocks import blocks_of, on_page
from survey.web.respond.respondent import WHOSE, Respondent
from survey.web.respond.sign_in import SAME_FORM
from survey.web.site.clock import now
from survey.web.site.language import page_in, switch_asked_for

UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY


@dataclass(frozen=True)
class FormView:
    """How a sheet is presented: its template, what that needs, and where a save leads.

    `leads_to` takes what the pressed button asked for: "continue", "list", or "stay". `not_taken` is the template for
    when answers are refused.
    """

    respondent: Respondent
    sheet: FormTarget
    template: str
    leads_to: Callable[[str], str]
    context: Mapping[str, Any] = field(default_factory=dict)
    earlier: Callable[[], EarlierAnswers | None] = lambda: None
    not_taken: str = "respond/not_taken.html"


@dataclass(frozen=True)
class Sent:
    """A sheet as it was sent: its validated form, and the version that it was based on."""

    form: AnswerForm
    version: str


def show(screen: FormView, response: Response, path: Walk) -> ResponseReturnValue:
    """The sheet with the answers as they are now."""
    page = screen.sheet.page
    version = screen.sheet.version(response)
    form = form_of(page, screen.respondent.setting(page, version.written_in), version.answers)
    return _draw(screen, form, path, version, errors=[])


def take(screen: FormView) -> ResponseReturnValue:
    """Save the sheet that was sent, as far as it can be, and go on. Another language asked for: only show it there."""
    other = switch_asked_for()
    if other and other != g.language.code:
        return redirect(page_in(other), SAME_FORM)
    sent = _sent(screen)
    if other:
        return _in_this_language(screen, sent)
    try:
        saved = _save(screen, sent)
    except Unsettled as conflict:
        return _settle(screen, conflict), UNPROCESSABLE if conflict.undecided else HTTPStatus.CONFLICT
    except DomainError as refused:
        return _not_taken(screen, sent, refused)
    except Full as full:
        return _send_back(screen, sent, describe(full.problem, g.language), UNPROCESSABLE)
    except StorageError:
        current_app.logger.exception("answers could not be saved")
        words = g.language.pgettext(
            "saving", "We cannot save at the moment. What you typed is still on this page. Try again in a few minutes."
        )
        return _send_back(screen, sent, words, HTTPStatus.SERVICE_UNAVAILABLE)
    if sent.form.errors:
        # Understood and in part kept, but not all of it can be: neither success nor a request that makes no sense.
        return _send_back(screen, sent, status=UNPROCESSABLE, saved=saved)
    return redirect(screen.leads_to(request.form.get("then", "stay")), HTTPStatus.SEE_OTHER)


def _sent(screen: FormView) -> Sent:
    page = screen.sheet.page
    current = screen.sheet.version(screen.respondent.response())
    form = form_of(page, screen.respondent.setting(page, current.written_in), current.answers, request.form)
    form.validate()
    return Sent(form, request.form.get("version", ""))


def _save(screen: FormView, sent: Sent) -> Version:
    """Keep the answers. Raises Unsettled when a colleague's differ, and what `Sheet.save` raises."""
    saving = Saving(now(), g.language.code, new_id())
    current = screen.sheet.version(screen.respondent.response())
    answers, version = sent.form.over(current.answers), sent.version
    if version == current.token:
        answers = settled(screen.sheet.page, answers, current, request.form)
    while True:
        try:
            return screen.sheet.save(answers, version, saving)
        except Outdated as outdated:
            theirs = outdated.theirs
            answers, version = sent.form.over(theirs.answers), theirs.token
            found = unsettled(screen.sheet.page, answers, theirs, outdated.touched, request.form)
            if found:
                raise Unsettled(found, theirs) from None


def _in_this_language(screen: FormView, sent: Sent) -> ResponseReturnValue:
    """What was sent, the choices between two versions too, neither checked nor saved."""
    if request.form.get(SETTLING):
        current = screen.sheet.version(screen.respondent.response())
        # What has been saved since the choices were shown has to be chosen about as well.
        touched: frozenset[str] | None = frozenset() if current.token == sent.version else None
        found = unsettled(screen.sheet.page, sent.form.over(current.answers), current, touched, request.form)
        if found:
            return _settle(screen, Unsettled(found, current))
    return _send_back(screen, sent)


def _send_back(
    screen: FormView,
    sent: Sent,
    fault: str = "",
    status: HTTPStatus = HTTPStatus.OK,
    saved: Version | None = None,
) -> ResponseReturnValue:
    """The sheet with everything that was typed. `saved`: what has been kept of it, if anything."""
    page = screen.sheet.page
    response = screen.respondent.response()
    version = saved or screen.sheet.version(response)
    path = screen.respondent.instrument.walk({**response.answers, page.key: sent.form.over(version.answers)})
    if saved is None:
        sent.form.hide_errors()
    errors = [*([{"text": fault}] if fault else []), *sent.form.summary()]
    shown = version if saved else replace(version, token=sent.version)
    return _draw(screen, sent.form, path, shown, errors=errors, partly_saved=saved is not None), status


def _draw(screen: FormView, form: AnswerForm, path: Walk, version: Version, **more: Any) -> str:
    earlier = screen.earlier()
    blocks = list(blocks_of(form, path, earlier))
    return render_template(
        screen.template,
        blocks=blocks,
        hidden=[("version", version.token), (ON_PAGE, on_page(blocks, form)), (WHOSE, screen.respondent.key)],
        version=version,
        year=earlier.year if earlier else "",
        **screen.context,
        **more,
    )


def _settle(screen: FormView, conflict: Unsettled) -> str:
    setting = screen.respondent.setting(screen.sheet.page)
    errors = [
        {
            "text": g.language.pgettext(
                "settle", "Choose which answer to keep: “%(question)s”", question=difference.heading(setting)
            ),
            "href": "#" + difference.name,
        }
        for difference in conflict.undecided
    ]
    return render_template(
        "respond/settle.html",
        setting=setting,
        found=conflict.found,
        lines=lambda difference, answer: value_of(
            difference.lines(answer, setting), _written_in(conflict, difference, answer)
        ),
        theirs=conflict.theirs,
        chosen=request.form,
        carried_fields=carried_fields(request.form),
        errors=errors,
        **screen.context,
    )


def _written_in(conflict: Unsettled, difference: AnswerConflict, answer: Any) -> str:
    """The language of a colleague's answer; one's own is that of the page."""
    if answer is difference.theirs:
        return conflict.theirs.written_in.get(difference.question.id, g.language.code)
    return str(g.language.code)


def _typed_answers(sent: Sent, question: Question, setting: FieldContext) -> list[AnswerGroup]:
    """What was answered, or, where it could not be read as an answer, the text that was typed."""
    if question.id in sent.form.answers:
        return answers_to(question, sent.form.answers[question.id], {}, setting)
    field = sent.form.field(question.id)
    typed = field.data
    if not field.errors or not isinstance(typed, str):
        return []
    return [AnswerGroup([AnswerRow(setting.texts(question.label), verbatim(typed, ""), question)])]


def _not_taken(screen: FormView, sent: Sent, refused: DomainError) -> ResponseReturnValue:
    setting = screen.respondent.setting(screen.sheet.page)
    typed = [
        answers
        for question in screen.sheet.page.section.questions
        if question.id in sent.form.answered
        for answers in _typed_answers(sent, question, setting)
    ]
    markup = render_template(screen.not_taken, reason=refused.say(g.language), typed=typed, **screen.context)
    return markup, HTTPStatus.CONFLICT
