"""The cookie by which a browser holds a draft, for the pages of one link: a random id, and when it was last saved.

That time is in the browser and nowhere else. It is signed, so that it decides here whatever the clock of the device
says: within `OFFERED` of a save the browser is shown the answers and offered to go on. On a device that several people
use, nobody sees anything of the answers later. A page that was left open can be saved for longer, `HELD`: whoever has
it before them has its answers already.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import current_app, g, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response as Answer

from survey.web.site.cookie_names import bare, held, of_pages
from survey.web.site.environment import now
from survey.web.site.signing_keys import believed

NAME = "draft"
OFFERED = timedelta(minutes=30)
HELD = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class HeldDraft:
    """The id of a draft, which may be of none, and how long ago it was saved."""

    draft_id: str = ""
    since_saved: timedelta = HELD

    def within(self, time: timedelta) -> str:
        """The id, if the last save is not longer ago; else empty."""
        return self.draft_id if self.since_saved < time else ""


def held_draft() -> HeldDraft:
    """What the browser holds. A cookie that is not ours counts for nothing."""
    try:
        match _serializer().loads(held(of_pages(NAME))):
            case [str(draft_id), int(saved)]:
                return HeldDraft(draft_id, now() - datetime.fromtimestamp(saved, UTC))
    except (BadSignature, OverflowError, OSError):
        pass
    return HeldDraft()


def hold_draft(answer: Answer, draft_id: str) -> Answer:
    """Let the browser hold a draft that has been saved now, for the pages of this link in each language."""
    for traits in _cookies():
        answer.set_cookie(of_pages(NAME), signed(draft_id, now()), max_age=HELD, **traits)
    return answer


def let_go_of_draft(answer: Answer) -> Answer:
    """Let the browser hold nothing."""
    for traits in _cookies():
        for name in {of_pages(NAME), bare(of_pages(NAME))}:
            answer.delete_cookie(name, **traits)
    return answer


def signed(draft_id: str, saved: datetime) -> str:
    """The value of the cookie."""
    return str(_serializer().dumps([draft_id, int(saved.timestamp())]))


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(believed(), salt="anonymous draft")


def _cookies() -> Iterator[dict[str, Any]]:
    # Lax, so that it is sent when somebody taps the link once more in a message: such a visit only reads.
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    for code in current_app.config["LANGUAGES"]:
        path = f"{request.root_path}/{code}/survey/{g.link}"
        yield {"path": path, "secure": secure, "httponly": True, "samesite": "Lax"}
