"""Saving while somebody writes: the script sends what was changed, and is told in JSON what has been kept."""

from http import HTTPStatus
from typing import Any

from flask import current_app, request
from flask.typing import ResponseReturnValue
from flask_babel import pgettext

from survey.collection.errors import DomainError
from survey.questionnaire.problems import describe
from survey.storage.repository import StorageError
from survey.web.respond.conflicts import OpenConflicts
from survey.web.respond.form_targets import Full, Version, base_text
from survey.web.respond.form_view import FormView
from survey.web.respond.forms import AnswerForm
from survey.web.site.environment import now
from survey.web.site.language import current_language


def autosave(view: FormView) -> ResponseReturnValue:
    """Save what was sent. The answer says, in `said`, how it stands, for a person.

    `left` are the ids of the questions that are not kept as sent; of all others `base` is what they are compared with
    next. `revision` counts the saves of the page, by whomever. `next` is where a pressed button leads, if all was kept.
    """
    sent = view.sent()
    try:
        version = view.keep(sent)
    except OpenConflicts as conflicts:
        left = {conflict.question.id for conflict in conflicts.conflicts}
        if left <= conflicts.theirs.changed_here():
            words = pgettext(
                "saving", "You have changed the same answer in another window. Go on, and choose which to keep."
            )
        else:
            words = pgettext("saving", "Somebody else has changed the same answer. Go on, and choose which to keep.")
        return _kept(view, sent, conflicts.theirs, left, words), HTTPStatus.CONFLICT
    except DomainError as refused:
        return {"said": refused.say(current_language())}, HTTPStatus.GONE
    except Full as full:
        return {"said": describe(full.problem, current_language())}, HTTPStatus.GONE
    except StorageError:
        current_app.logger.exception("answers could not be saved")
        words = pgettext("saving", "Not saved: the service has a problem. What you wrote is still here.")
        return {"said": words}, HTTPStatus.SERVICE_UNAVAILABLE
    view.finish()
    if sent.errors:
        faults = "; ".join(line["text"] for line in sent.summary())
        if sent.left:
            words = pgettext("saving", "Saved, except for this: %(faults)s", faults=faults)
        else:
            words = pgettext(
                "saving", "Saved, but this has to be corrected before you submit: %(faults)s", faults=faults
            )
        return _kept(view, sent, version, sent.left, words), HTTPStatus.UNPROCESSABLE_ENTITY
    said = pgettext("saving", "Saved %(time)s", time=current_language().time(version.saved_at or now()))
    pressed = request.form.get("then")
    return _kept(view, sent, version, set(), said) | ({"next": view.leads_to(pressed)} if pressed else {})


def _kept(view: FormView, sent: AnswerForm, version: Version, left: set[str], said: str) -> dict[str, Any]:
    kept = set(sent.answered) - left
    base = {part: digest for part, digest in (view.base_after(sent, version) or {}).items() if part[0] in kept}
    return {"said": said, "left": sorted(left), "base": base_text(base), "revision": version.revision}
