"""How the catalogues stand, the messages of one that are sought, and many of them marked as reviewed at once."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import pgettext
from markupsafe import Markup
from wtforms import HiddenField

from survey.collection.responses.merge import fingerprint
from survey.collection.translation.changes import version_of
from survey.collection.translation.message_findings import is_sound
from survey.collection.translation.selection import STATES, ExaminedMessage, Sought, counts
from survey.languages import Phrase
from survey.reporting.charts.description import Series
from survey.web.manage.auth import blueprint
from survey.web.manage.notices import Told, succeeded, told
from survey.web.manage.translation.desk import Desk, reviewer
from survey.web.site.carried_fields import CarriedTexts, PressedButton
from survey.web.site.charts import bars_of_counts
from survey.web.site.forms import SiteForm
from survey.web.site.language import current_language
from survey.web.site.translations import STATE_COLOURS, STATE_WORDS, project

A_PAGE = 25
MARKED = Phrase("translations", "Marked as reviewed: %(marked)s.")
NOT_MARKED = Phrase(
    "translations",
    "Left as they are, because they are no drafts, have an error or were changed meanwhile: %(left)s.",
)
SHOW_WORDS = {
    "": Phrase("translation filter", "All texts"),
    "needs-you": Phrase("translation filter", "Needs you"),
    **STATE_WORDS,
    "faults": Phrase("translation filter", "With errors"),
    "warnings": Phrase("translation filter", "With warnings"),
    "new": Phrase("translation filter", "New since last year’s edition"),
    "changed": Phrase("translation filter", "Changed here, not yet in the files"),
    "commented": Phrase("translation filter", "With a comment to the author"),
}


class ReviewForm(SiteForm):
    """Asks which messages are reviewed. Each tick holds the id of a message and the version that was on the page; the
    button stands for all that were found, `seen_all` for their versions."""

    message = CarriedTexts()
    all = PressedButton()
    seen_all = HiddenField()

    @property
    def ticked(self) -> dict[str, str]:
        """The versions of the messages that were ticked, by id."""
        return dict(tick.split(" ", 1) for tick in self.message.data if " " in tick)


@blueprint.get("/translations/")
def translations() -> str:
    """How far each catalogue is."""
    desks = [Desk.of(name) for name in project().names()]
    counted = [(desk, counts(desk.examined)) for desk in desks]
    return render_template(
        "manage/translation/catalogues.html", counted=counted, words=SHOW_WORDS, chart=_chart(counted)
    )


@blueprint.get("/translations/<catalogue>")
def catalogue(catalogue: str) -> str:
    """The messages that are sought, some at a time."""
    desk, sought = Desk.of(catalogue), _sought()
    messages = list(sought.among(desk.examined))
    pages = max(1, -(-len(messages) // A_PAGE))
    number = min(max(request.args.get("page", 1, int), 1), pages)
    return render_template(
        "manage/translation/catalogue.html",
        desk=desk,
        sought=sought,
        found=len(messages),
        shown=messages[(number - 1) * A_PAGE : number * A_PAGE],
        ready=len(_ready(messages)),
        seen_all=_version(messages),
        number=number,
        pages=pages,
        counted=counts(desk.examined),
        words=SHOW_WORDS,
        state_words=STATE_WORDS,
        colours=STATE_COLOURS,
        version_of=version_of,
    )


@blueprint.post("/translations/<catalogue>/review")
def review(catalogue: str) -> ResponseReturnValue:
    """Mark as reviewed what was ticked, or all that was found; what the gate finds fault with is left."""
    desk, sought = Desk.of(catalogue), _sought()
    form = ReviewForm()
    if form.all.data is not None:
        messages = list(sought.among(desk.examined))
        chosen = messages if form.seen_all.data == _version(messages) else []
        seen = {examined.message.id: version_of(examined.message.wording) for examined in chosen}
        asked = len(messages)
    else:
        seen = form.ticked
        chosen = [examined for examined in desk.examined if examined.message.id in seen]
        asked = len(seen)
    marks = [
        desk.wish(examined.message, replace(examined.message.wording, reviewed=reviewer()), seen[examined.message.id])
        for examined in _ready(chosen)
    ]
    marked = desk.keep(marks, "reviewed").kept if marks else 0
    address = url_for("manage.catalogue", catalogue=catalogue, **_asked(sought))
    left, said = asked - marked, Told(MARKED, {"marked": marked})
    return told(address, said, Told(NOT_MARKED, {"left": left})) if left else succeeded(address, said)


def _ready(messages: Sequence[ExaminedMessage]) -> list[ExaminedMessage]:
    """Those that can be marked: drafts without an error."""
    return [examined for examined in messages if examined.message.state == "draft" and is_sound(examined.findings)]


def _version(messages: Sequence[ExaminedMessage]) -> str:
    """What tells these messages, as they are, from the same a moment later."""
    return fingerprint([(examined.message.id, asdict(examined.message.wording)) for examined in messages])


def _sought() -> Sought:
    """What the address asks for; what cannot be asked for is left out."""
    show = request.args.get("show", "")
    return Sought(show if show in SHOW_WORDS else "", request.args.get("words", ""), request.args.get("place", ""))


def _asked(sought: Sought) -> dict[str, Any]:
    return {name: value for name, value in asdict(sought).items() if value}


def _chart(counted: Sequence[tuple[Desk, dict[str, int]]]) -> Markup:
    language = current_language()
    return bars_of_counts(
        pgettext("translations", "Catalogues by state"),
        pgettext("translations", "The numbers on the bars are numbers of texts."),
        [desk.title for desk, _ in counted],
        [Series(language.say(STATE_WORDS[state]), tuple(of[state] for _, of in counted)) for state in STATES],
        "status",
    )
