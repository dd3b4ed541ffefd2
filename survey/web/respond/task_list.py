"""The list of sections: how far each is, where to go on, and what to know before going on."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import npgettext, pgettext

from survey.collection.responses.response import Response, SavedPage
from survey.languages import Phrase, in_uk
from survey.questionnaire.effort import HOUR, minutes_for, rounded
from survey.questionnaire.walk import Completion, Page, Walk
from survey.web.respond.note_thread import noted_pages
from survey.web.respond.respondent import Respondent, caption_of, title_of
from survey.web.respond.worksheets import worksheet_list
from survey.web.site.language import current_language

STATUS: Mapping[Completion, tuple[Phrase, str]] = {
    "not_started": (Phrase("page status", "Not started"), "blue"),
    "in_progress": (Phrase("page status", "In progress"), "aqua-green"),
    "complete": (Phrase("page status", "Completed"), ""),
}


def task_list(respondent: Respondent, response: Response, moment: datetime) -> dict[str, Any]:
    """What the page of the list shows of a draft.

    `go_on` is the first section that is not complete, or None; `days_left` counts days of the calendar, 0 for the last.
    """
    path = respondent.path(response)
    far = {page: path.completion(page.key, saved=page.key in response.pages) for page in path.pages}
    first = next((page for page in path.pages if far[page] != "complete"), None)
    noted = noted_pages(respondent, path)
    still_open = {page.key: page.open for page in noted}
    closes = respondent.closes
    return {
        "tasks": [
            _task(respondent, page, far[page], response.pages.get(page.key), still_open.get(page.key, 0))
            for page in path.pages
        ],
        "worksheets": worksheet_list(respondent, path, response),
        "done": list(far.values()).count("complete"),
        "go_on": first and {"title": title_of(first, respondent.texts), "href": respondent.address(first)},
        "days_left": (in_uk(closes).date() - in_uk(moment).date()).days if closes else None,
        "estimate": estimate(path),
        "prepare": [respondent.texts(text) for text in respondent.snapshot.questionnaire.prepare],
        "noted_pages": noted,
        "reopening": next((entry for entry in reversed(response.history) if entry["what"] == "reopened"), None),
    }


def _task(
    respondent: Respondent, page: Page, completion: Completion, saved: SavedPage | None, open_notes: int
) -> dict[str, str]:
    phrase, colour = STATUS[completion]
    return {
        "title": title_of(page, respondent.texts),
        "hint": " · ".join(
            filter(
                None,
                (
                    caption_of(page, respondent.snapshot.framework, respondent.texts),
                    _last_change(saved),
                    _open_notes(open_notes),
                ),
            )
        ),
        "href": respondent.address(page),
        "status": current_language().say(phrase),
        "colour": colour,
    }


def _last_change(saved: SavedPage | None) -> str:
    """When a page was changed last, and by whom if she gave a name; empty for one that never was."""
    if saved is None or saved.saved_at is None:
        return ""
    time = current_language().datetime(saved.saved_at)
    name = saved.saves[-1].by if saved.saves else ""
    if name:
        return pgettext("reflection", "Changed: %(time)s (%(name)s)", time=time, name=name)
    return pgettext("reflection", "Changed: %(time)s", time=time)


def _open_notes(number: int) -> str:
    return pgettext("notes", "Open notes: %(number)s", number=current_language().number(number)) if number else ""


def estimate(path: Walk) -> str:
    """How long answering may take, in the language of the page."""
    least, most = rounded(minutes_for(path))
    if most < HOUR:
        return npgettext(
            "reflection", "Estimated time: about %(n)s minute", "Estimated time: about %(n)s minutes", most
        )
    return pgettext(
        "reflection",
        "Estimated time: %(least)s to %(most)s hours, in one sitting or several",
        least=current_language().number(least // HOUR),
        most=current_language().number(most // HOUR),
    )
