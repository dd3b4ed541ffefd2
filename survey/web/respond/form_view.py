"""The view of a form target: shown, saved, sent back with what cannot be kept, resolved with a colleague’s answers.

Every valid answer is saved, whatever is wrong with the others, and what was typed stays on the page until it is.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import pgettext
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from survey.collection.errors import DomainError
from survey.collection.responses.earlier_answers import EarlierAnswers
from survey.collection.responses.merge import Base, Clash, base_with
from survey.collection.responses.response import Response
from survey.collection.responses.unfinished_forms import Form
from survey.questionnaire.definition import Question
from survey.questionnaire.problems import describe
from survey.questionnaire.walk import Walk
from survey.storage.repository import StorageError
from survey.web.respond.conflicts import (
    BASE,
    RESOLVING,
    AnswerConflict,
    OpenConflicts,
    asked_about,
    fields_beside_choices,
    open_conflicts,
    resolved,
    returned_to,
    still_open,
)
from survey.web.respond.earlier_boxes import TAKE_OVER, take_over, worksheet_start
from survey.web.respond.fields import FieldContext, Typed, verbatim
from survey.web.respond.form_targets import FormTarget, Full, Version, base_in, base_text
from survey.web.respond.forms import ON_PAGE, AnswerForm, form_of
from survey.web.respond.overview import AnswerGroup, OverviewRow, answers_to, value_of
from survey.web.respond.question_blocks import blocks_of, on_page
from survey.web.respond.respondent import WHOSE, Respondent
from survey.web.respond.unfinished_forms import Unfinished
from survey.web.site.language import SWITCH, current_language, page_in, same_form_in_other_language, switch_asked_for

UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY


@dataclass(frozen=True)
class FormView:
    """How a form target is presented: its template, what that needs, and where a save leads.

    `leads_to` takes what the pressed button asked for: "continue", "list", or "stay". `context` is asked for what the
    template needs when a page is drawn, which is not what a script waits for. `not_taken` is the template for
    when answers are refused. `unfinished` holds what could not all be kept, for a page of its own address; where there
    is none, as for people who leave nothing behind, the page answers at once.
    """

    respondent: Respondent
    target: FormTarget
    template: str
    leads_to: Callable[[str], str]
    context: Callable[[], Mapping[str, Any]] = dict
    earlier: Callable[[], EarlierAnswers | None] = lambda: None
    not_taken: str = "respond/not_taken.html"
    unfinished: Unfinished | None = None

    def show(self, response: Response, path: Walk) -> ResponseReturnValue:
        """The form with the answers as they are now, or with what was sent and is not finished yet."""
        held = self.unfinished.held() if self.unfinished else None
        page = None if held is None else self._go_on_with(self.sent(held))
        if page is not None:
            return page
        version = self.target.version(response)
        form = form_of(self.target.page, self._setting(version.written_in), version.answers)
        form.check_draft()
        return self._page(form, path, version, version.base, errors=[])

    def save(self) -> ResponseReturnValue:
        """Save what was sent, as far as it can be, and go on, or to the same page in another language."""
        sent = self.sent()
        if switch_asked_for():
            return self._switch(sent)
        try:
            saved = self._keep_unless_returned_to(sent)
        except OpenConflicts as conflicts:
            return self._held(sent) or self._choices(conflicts, sent)
        except DomainError as refused:
            return self.turn_away(refused)
        except Full as full:
            return self._send_back(sent, describe(full.problem, current_language()), UNPROCESSABLE)
        except StorageError:
            current_app.logger.exception("answers could not be saved")
            words = pgettext(
                "saving",
                "We cannot save at the moment. What you typed is still on this page. Try again in a few minutes.",
            )
            return self._send_back(sent, words, HTTPStatus.SERVICE_UNAVAILABLE)
        if sent.errors:
            # Understood and in part kept, but not all of it can be: neither success nor a request that makes no sense.
            return self._held(sent) or self._send_back(sent, status=UNPROCESSABLE, saved=saved)
        self.finish()
        return redirect(self.leads_to(request.form.get("then", "stay")), HTTPStatus.SEE_OTHER)

    def turn_away(self, refused: DomainError) -> ResponseReturnValue:
        """Why what was sent is not saved, with all of it, to be copied."""
        return self._not_taken(self.sent(), refused), HTTPStatus.CONFLICT

    def sent(self, fields: Typed | None = None) -> AnswerForm:
        """What was sent, now or before, read: `errors` are what is wrong with it."""
        fields = request.form if fields is None else fields
        current = self._current()
        sent = form_of(self.target.page, self._setting(current.written_in), current.answers, fields)
        take_over(sent, fields.get(TAKE_OVER, ""), self.earlier() if TAKE_OVER in fields else None)
        sent.validate()
        return sent

    def keep(self, sent: AnswerForm, put_off: Sequence[Clash] = ()) -> Version:
        """Keep what was changed, except for what is `put_off`. Raises OpenConflicts for that, and when a colleague has
        changed the same answers, after keeping all others; and what `FormTarget.save` raises.
        """
        page, base = self.target.page, base_in(sent.typed.get(BASE))
        changed = sent.changed(base)
        kept = resolved(page, changed, self._current(), base, sent.typed)
        waiting = {clash.part for clash in put_off}
        saved = self.target.save({part: answer for part, answer in kept.items() if part not in waiting}, base)
        clashes = (*saved.clashes, *put_off)
        if clashes:
            left = asked_about(changed, saved.version, clashes, sent.typed)
            raise open_conflicts(page, left, saved.version, base)
        return saved.version

    def _keep_unless_returned_to(self, sent: AnswerForm) -> Version:
        """The same for a form that a browser sends by itself, which may have put texts of before back into it."""
        base = base_in(sent.typed.get(BASE))
        return self.keep(sent, returned_to(self.target.page, sent.changed(base), self._current(), base, sent.typed))

    def base_after(self, sent: AnswerForm, version: Version) -> Base | None:
        """The base for whoever goes on with the form as it was sent, once `version` is what is kept.

        What others changed is not on the form, so it is no part of its base.
        """
        base = base_in(sent.typed.get(BASE))
        return base_with(base, sent.changed(base), version.answers)

    def finish(self) -> None:
        """Hold no longer what is kept now."""
        if self.unfinished:
            self.unfinished.let_go()

    def _held(self, sent: AnswerForm) -> ResponseReturnValue | None:
        """The way to the page that shows what was sent, which `_go_on_with` makes; None where it is not held."""
        code = switch_asked_for() or current_language().code
        return self.unfinished.hold(sent.typed, code) if self.unfinished else None

    def _go_on_with(self, sent: AnswerForm) -> ResponseReturnValue | None:
        """The page on which a person goes on with what was sent; None when all of it is kept by now."""
        conflicts = self._still_open(sent)
        if SWITCH in sent.typed and (conflicts.conflicts or sent.errors):
            return self._in_this_language(sent)
        if conflicts.conflicts:
            return self._choices(conflicts, sent)
        return self._send_back(sent, status=UNPROCESSABLE, saved=self._current()) if sent.errors else None

    def is_kept(self, form: Form) -> bool:
        """Whether all that was held is kept by now."""
        sent = self.sent(MultiDict(form.fields))
        return not sent.errors and not self._still_open(sent).conflicts

    def _still_open(self, sent: AnswerForm) -> OpenConflicts:
        current, base = self._current(), base_in(sent.typed.get(BASE))
        return still_open(self.target.page, sent.changed(base), current, base, sent.typed)

    def _setting(self, written_in: Mapping[str, str] | None = None) -> FieldContext:
        return self.respondent.setting(self.target.page, written_in)

    def _current(self) -> Version:
        return self.target.version(self.respondent.response())

    def _switch(self, sent: AnswerForm) -> ResponseReturnValue:
        """To the other language: the page with what has been saved, or with all that was sent where it cannot be."""
        elsewhere = same_form_in_other_language()
        if elsewhere is None:
            return self._in_this_language(sent)
        if not sent.typed.get(RESOLVING):
            with suppress(OpenConflicts, DomainError, Full, StorageError):
                if sent.changed(base_in(sent.typed.get(BASE))):
                    self._keep_unless_returned_to(sent)
                if not sent.errors:
                    self.finish()
                    return redirect(page_in(request.form[SWITCH]), HTTPStatus.SEE_OTHER)
        return self._held(sent) or elsewhere

    def _in_this_language(self, sent: AnswerForm) -> ResponseReturnValue:
        """What was sent, the choices between two versions too, neither checked nor saved."""
        if sent.typed.get(RESOLVING):
            current, base = self._current(), base_in(sent.typed.get(BASE))
            left = asked_about(sent.changed(base), current, (), sent.typed)
            if left:
                return self._choices(open_conflicts(self.target.page, left, current, base), sent, HTTPStatus.OK)
        return self._send_back(sent)

    def _send_back(
        self, sent: AnswerForm, fault: str = "", status: HTTPStatus = HTTPStatus.OK, saved: Version | None = None
    ) -> ResponseReturnValue:
        """The form with everything that was typed. `saved`: what has been kept of it, if anything."""
        response = self.respondent.response()
        version = saved or self.target.version(response)
        answers = {**response.answers, self.target.page.key: sent.over(version.answers)}
        if saved is None:
            sent.hide_errors()
        errors = [*([{"text": fault}] if fault else []), *sent.summary()]
        base = self.base_after(sent, version)
        path = self.respondent.instrument.walk(answers)
        unsaved = " ".join(sent.answered if saved is None else sorted(sent.left))
        page = self._page(sent, path, version, base, errors=errors, partly_saved=saved is not None, unsaved=unsaved)
        return page, status

    def _page(self, form: AnswerForm, path: Walk, version: Version, base: Base | None, **more: Any) -> str:
        earlier = self.earlier()
        blocks = list(blocks_of(form, path, earlier))
        start = worksheet_start(form, earlier)
        return render_template(
            self.template,
            blocks=blocks,
            start=start.draw() if start else "",
            hidden=[
                (BASE, base_text(base)),
                (ON_PAGE, on_page(blocks, form)),
                (WHOSE, self.respondent.key),
            ],
            version=version,
            own=" ".join(sorted(version.changed_here())),
            draft=f"{self.respondent.key}/{self.target.page.key}",
            **self.context(),
            **more,
        )

    def _choices(
        self, conflicts: OpenConflicts, sent: AnswerForm, status: HTTPStatus | None = None
    ) -> ResponseReturnValue:
        """The page on which a person chooses between her answers and a colleague's."""
        setting = self._setting()
        errors = [
            {
                "text": pgettext(
                    "settle", "Choose which answer to keep: “%(question)s”", question=conflict.heading(setting)
                ),
                "href": "#" + conflict.name,
            }
            for conflict in conflicts.undecided
        ]

        def lines(conflict: AnswerConflict, answer: Any) -> Markup:
            # A colleague's answer is in the language it was written in; one's own in that of the page.
            marks = conflicts.theirs.written_in if answer is conflict.theirs else {}
            return value_of(conflict.lines(answer, setting), marks.get(conflict.question.id, current_language().code))

        page = render_template(
            "respond/conflicts.html",
            setting=setting,
            conflicts=conflicts.conflicts,
            lines=lines,
            theirs=conflicts.theirs,
            own=[
                conflict for conflict in conflicts.conflicts if conflict.question.id in conflicts.theirs.changed_here()
            ],
            chosen=sent.typed,
            base=base_text(conflicts.base),
            carried_fields=fields_beside_choices(sent.typed),
            errors=errors,
            **self.context(),
        )
        return page, status or (UNPROCESSABLE if errors else HTTPStatus.CONFLICT)

    def _not_taken(self, sent: AnswerForm, refused: DomainError) -> str:
        setting = self._setting()
        typed = [
            answers
            for question in self.target.page.section.questions
            if question.id in sent.answered
            for answers in _typed_answers(sent, question, setting)
        ]
        return render_template(self.not_taken, reason=refused.say(current_language()), typed=typed, **self.context())


def _typed_answers(sent: AnswerForm, question: Question, setting: FieldContext) -> list[AnswerGroup]:
    """What was answered, or, where it could not be read as an answer, the text that was typed."""
    if question.id in sent.answers:
        return answers_to(question, sent.answers[question.id], {}, setting)
    field = sent.field(question.id)
    typed = field.data
    if not field.errors or not isinstance(typed, str):
        return []
    return [AnswerGroup([OverviewRow(setting.texts(question.label), verbatim(typed, ""), question)])]
