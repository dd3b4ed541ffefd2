"""Reading what was written, text by text: of people whether it goes out and as which words, of both under which themes.

A text of a person stands by itself: nothing else that she answered is shown, and there is nothing to filter by that
would tell it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from http import HTTPStatus
from typing import Any

from flask import abort, g, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import Field, HiddenField

from survey.collection.errors import DomainError
from survey.collection.reading.decisions import NOT_READ, STATES, ReadingState, Seen, TextReading, read_readings, settle
from survey.collection.reading.selection import UNTAGGED, Read, TextFilter
from survey.collection.reading.texts import WrittenText, asked_for_words, written_texts
from survey.collection.reading.themes import Themes, known_themes, read_themes
from survey.collection.rounds.snapshot import RoundSnapshot
from survey.languages import Phrase
from survey.questionnaire.types.inputs import text_of
from survey.web.manage.auth import audit, blueprint, opened
from survey.web.manage.notices import NOTHING_CHANGED, succeeded, told
from survey.web.manage.round_titles import round_heading
from survey.web.manage.text_filters import filters, place_names, question_label
from survey.web.site.carried_fields import CarriedTexts
from survey.web.site.environment import current_repository, now
from survey.web.site.forms import SiteForm
from survey.web.site.language import current_language, same_form_in_other_language, switch_asked_for

A_PAGE = 20
KEPT = Phrase("manage done", "What you decided was kept.")
DECISIONS: Mapping[ReadingState, Phrase] = {
    "waiting": Phrase("manage reading", "Let it wait"),
    "released": Phrase("manage reading", "Release the words below"),
    "withheld": Phrase("manage reading", "Withhold it"),
}


class SentForm(SiteForm):
    """Says of which texts something is decided: those that were on the page."""

    text = CarriedTexts()


class DecisionForm(SiteForm):
    """Asks what is to become of one text, whose key ends the names of its fields. `seen` is what had been decided of it
    when it was last shown."""

    class Meta(SiteForm.Meta):
        """How the fields are named. The token is that of the form of the page."""

        csrf = False

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Field:
            return super().bind_field(form, unbound_field, options | {"name": f"{options['name']}-{form.text.key}"})

    state = HiddenField()
    words = HiddenField()
    themes = CarriedTexts()
    seen = HiddenField()

    def __init__(self, text: WrittenText, themes: Themes) -> None:
        self.text = text
        self.known = frozenset(theme.code for theme in themes)
        super().__init__()

    def wanted(self, kept: TextReading) -> TextReading:
        """What was decided; of what was not, as it is kept."""
        text = self.text.text
        state = next((state for state in STATES if state == self.state.data), kept.state)
        words = text_of(text if self.words.data is None else self.words.data)
        nothing = " " if state == "released" else ""
        goes_out = "" if words == text else words or nothing
        return TextReading(state, goes_out, self.known.intersection(self.themes.data), g.account.name)

    def when_shown(self) -> Seen:
        """What had been decided when the text was shown."""
        decision, *themes = (self.seen.data or "").split(" ")
        return Seen(decision, frozenset(filter(None, themes)))


@dataclass(frozen=True, slots=True)
class Card:
    """A text on the page, with what is chosen for it; `seen` is what was kept of it when that was last shown, `kept`
    what is kept now. `fault` is why what was sent was not taken."""

    text: WrittenText
    wanted: TextReading
    seen: Seen
    kept: TextReading
    fault: str = ""

    @classmethod
    def of(cls, text: WrittenText, kept: TextReading) -> "Card":
        """A text as it is kept."""
        return cls(text, kept, kept.seen, kept)

    @classmethod
    def sent(cls, text: WrittenText, kept: TextReading, themes: Themes) -> "Card":
        """A text as a form has it."""
        form = DecisionForm(text, themes)
        return cls(text, form.wanted(kept), form.when_shown(), kept)

    @property
    def words(self) -> str:
        """What goes out, or would."""
        return (self.wanted.goes_out or self.text.text).strip()

    @property
    def seen_line(self) -> str:
        """What was seen, as the form carries it."""
        return " ".join((self.seen.decision, *sorted(self.seen.themes)))


@dataclass(frozen=True, slots=True)
class Kept:
    """The texts of a round, what was made of them, and the themes of its questions."""

    texts: tuple[WrittenText, ...]
    readings: Mapping[str, TextReading]
    themes: Mapping[str, Themes]

    @classmethod
    def of(cls, snapshot: RoundSnapshot, texts: tuple[WrittenText, ...]) -> "Kept":
        """What is kept now of the texts of a round."""
        repository, round_id = current_repository(), snapshot.round.id
        return cls(texts, read_readings(repository, round_id), read_themes(repository, round_id))

    def selected(self, wanted: TextFilter) -> list[Read]:
        """The texts that are wanted, each with what was made of it."""
        return list(wanted.selected(self.texts, self.readings, self.themes))


@blueprint.route("/rounds/<round_id>/reading", methods=["GET", "POST"])
def reading(round_id: str) -> ResponseReturnValue:
    """The texts of a question that are wanted, twenty at a time; what was chosen for them is kept."""
    snapshot = opened(round_id)
    questions = asked_for_words(snapshot)
    if not questions:
        abort(HTTPStatus.NOT_FOUND)
    try:
        texts = written_texts(current_repository(), snapshot)
    except DomainError as refused:
        page = render_template(
            "manage/not_read_yet.html", **round_heading(snapshot), why=refused.say(current_language())
        )
        return page, HTTPStatus.CONFLICT
    wanted, kept = _wanted(snapshot), Kept.of(snapshot, texts)
    if request.method == "POST":
        return _taken(snapshot, wanted, kept)
    audit("comments_viewed", round=round_id, question=wanted.asked)
    # By name, in the reader’s language; people have none, and stay as they are.
    names, language = place_names(snapshot), current_language()
    selected = sorted(kept.selected(wanted), key=lambda read: language.sort_key(names.get(read[0].cluster, "")))
    pages = max(1, -(-len(selected) // A_PAGE))
    number = min(max(request.args.get("page", 1, int), 1), pages)
    cards = [Card.of(*read) for read in selected[(number - 1) * A_PAGE : number * A_PAGE]]
    around = {"previous": number - 1 if number > 1 else None, "next": number + 1 if number < pages else None}
    return _page(snapshot, wanted, cards, kept, number=number, pages=pages, found=len(selected), **around)


def _taken(snapshot: RoundSnapshot, wanted: TextFilter, kept: Kept) -> ResponseReturnValue:
    """Keep what was sent and go back to what is left to read; or say what could not be kept, with all that was sent."""
    elsewhere = same_form_in_other_language()
    if elsewhere:
        return elsewhere
    sent = set(SentForm().text.data)
    cards = [
        Card.sent(text, kept.readings.get(text.key, NOT_READ), kept.themes.get(text.asked, ()))
        for text in kept.texts
        if text.key in sent
    ]
    if not switch_asked_for():
        before = kept.readings
        cards = [_settled(snapshot, card) for card in cards]
        if not any(card.fault for card in cards):
            is_same = before == read_readings(current_repository(), snapshot.round.id)
            address = f"{request.root_path}{request.full_path.rstrip('?')}"
            return told(address, NOTHING_CHANGED) if is_same else succeeded(address, KEPT)
    return _page(snapshot, wanted, cards, Kept.of(snapshot, kept.texts))


def _settled(snapshot: RoundSnapshot, card: Card) -> Card:
    """A card once it is kept; or why it was not, with what is kept in its place."""
    try:
        settle(current_repository(), snapshot.round.id, card.text, card.seen, card.wanted, now())
    except DomainError as refused:
        said = refused.say(current_language())
        seen = card.kept.seen if refused.code == "decided_meanwhile" else card.seen
        return replace(card, seen=seen, fault=said)
    return replace(card, seen=card.wanted.seen)


def _page(
    snapshot: RoundSnapshot, wanted: TextFilter, cards: list[Card], kept: Kept, **paging: Any
) -> ResponseReturnValue:
    errors = [{"text": card.fault, "href": f"#text-{card.text.key}"} for card in cards if card.fault]
    themes = kept.themes.get(wanted.asked, ())
    page = render_template(
        "manage/reading.html",
        **round_heading(snapshot),
        is_anonymous=snapshot.questionnaire.respondent == "anonymous",
        question=question_label(snapshot, wanted.asked),
        wanted=wanted,
        choices=filters(snapshot, kept.texts, themes),
        themes=themes,
        cards=cards,
        counts=_counts(kept.selected(TextFilter(wanted.asked)), themes),
        names=place_names(snapshot),
        decisions=DECISIONS,
        errors=errors,
        **paging,
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK


def _counts(read: list[Read], themes: Themes) -> dict[str, int]:
    """How many texts of a question there are of each state, and under no theme."""
    counted: dict[str, int] = {state: sum(reading.state == state for _, reading in read) for state in STATES}
    return {**counted, UNTAGGED: sum(not known_themes(reading, themes) for _, reading in read), "all": len(read)}


def _wanted(snapshot: RoundSnapshot) -> TextFilter:
    """What the address asks for; 404 for a question that is not asked."""
    questions = list(asked_for_words(snapshot))
    is_anonymous = snapshot.questionnaire.respondent == "anonymous"
    given = {name: request.args.get(name, "") for name in asdict(TextFilter()) if name in request.args}
    wanted = replace(TextFilter(asked=questions[0], state="waiting" if is_anonymous else ""), **given)
    if wanted.asked not in questions:
        abort(HTTPStatus.NOT_FOUND)
    return replace(wanted, board="", outcome="") if is_anonymous else replace(wanted, state="")
