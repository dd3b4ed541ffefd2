"""What translators say to whoever wrote the English: a comment on one message, and all of them for the authors."""

from flask import g, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_pgettext
from wtforms import HiddenField, TextAreaField

from survey.collection.translation.changes import ChangedMessage, read_changes
from survey.collection.translation.comments import LONGEST_COMMENT, add_comment, settle_comment
from survey.languages import Phrase
from survey.web.manage.auth import audit, blueprint, permits
from survey.web.manage.notices import done
from survey.web.manage.translation.desk import Desk
from survey.web.manage.translation.message import ADDRESS
from survey.web.site.carried_fields import CarriedNumber
from survey.web.site.environment import now
from survey.web.site.forms import SiteForm, TextArea
from survey.web.site.language import same_form_in_other_language
from survey.web.site.translations import project

KEPT = Phrase("manage done", "Your comment was kept for whoever wrote the English.")
SETTLED = Phrase("manage done", "The comment is marked as seen to.")


class CommentForm(SiteForm):
    """What a translator says to whoever wrote the English."""

    comment = TextAreaField(
        lazy_pgettext("translations", "Comment to whoever wrote the English"),
        widget=TextArea(),
        render_kw={"rows": 3},
    )


class SettleForm(SiteForm):
    """Says of a comment, by its number, that somebody has seen to it. `back` is the page that it is sent from."""

    settled = CarriedNumber()
    back = HiddenField()


@blueprint.route(ADDRESS + "/comment", methods=["GET", "POST"])
def comment(catalogue: str, key: str) -> ResponseReturnValue:
    """Keep a comment on a message, for its author."""
    desk = Desk.of(catalogue)
    message = desk.message(key)
    form = CommentForm()
    entry = message.entry

    def add() -> None:
        about = catalogue, entry.msgctxt or "", entry.msgid
        if add_comment(desk.repository, *about, form.comment.data or "", message.kept, g.account.name, now()):
            audit("comment_added", catalogue=catalogue, message=key)

    if form.validate_on_submit() and form.takes(add, form.comment):
        return done(_on_message(catalogue, key), KEPT)
    elsewhere = same_form_in_other_language()
    return elsewhere or form.page("manage/translation/comment.html", desk=desk, one=message, longest=LONGEST_COMMENT)


@blueprint.get("/translations/comments")
def translators_comments() -> str:
    """Every comment, those first that nobody has seen to, whatever has become of their English since."""
    desks = [Desk.of(name) for name in project().names()]
    every = [(desk, key, message) for desk in desks for key, message in _commented(desk)]
    return render_template(
        "manage/translation/comments.html",
        waiting=[row for row in every if not all(comment.settled for comment in row[2].comments)],
        settled=[row for row in every if all(comment.settled for comment in row[2].comments)],
        in_use={desk.name: {message.id for message in desk.messages} for desk in desks},
        translates=permits(g.account, "manage.message"),
    )


@blueprint.post("/translations/comments/<catalogue>/<key>")
def settled_comment(catalogue: str, key: str) -> ResponseReturnValue:
    """Say that somebody has seen to a comment."""
    form, repository = SettleForm(), Desk.of(catalogue).repository
    number = form.settled.data
    if number is not None and settle_comment(repository, catalogue, key, number, g.account.name):
        audit("comment_settled", catalogue=catalogue, message=key)
    is_on_message = form.back.data == "message" and permits(g.account, "manage.message")
    address = _on_message(catalogue, key) if is_on_message else url_for("manage.translators_comments")
    return done(address, SETTLED)


def _commented(desk: Desk) -> list[tuple[str, ChangedMessage]]:
    changed = read_changes(desk.repository, desk.name)
    return [(key, message) for key, message in changed.items() if message.comments]


def _on_message(catalogue: str, key: str) -> str:
    return url_for("manage.message", catalogue=catalogue, key=key)
