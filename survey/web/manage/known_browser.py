"""The cookie by which a browser is known in which an account has signed in before.

Failed tries are counted for each browser that is known, and for all others by the account and the address they come
from: so whoever guesses at an account never keeps its owner out of her own browser. The cookie opens nothing. It holds
a random id and, for each account, a keyed hash of both.
"""

import hmac
import re

from flask import after_this_request, current_app, request
from werkzeug.wrappers import Response as Answer

from survey.web.site.cookie_names import held, of_host
from survey.web.site.environment import new_id
from survey.web.site.signing_keys import believed

NAME = "known"
LASTS = 365 * 24 * 60 * 60
MOST_ACCOUNTS = 5
DIGITS = 32
ID = re.compile(r"[0-9a-f]{16}")


def subject(account_name: str) -> str:
    """Whom a failed try at an account is counted against: this browser if it is known, else the address."""
    browser, marks = _held()
    if any(_mark(browser, account_name, key) in marks for key in believed()):
        return f"{account_name}\nbrowser {browser}"
    return f"{account_name}\naddress {request.remote_addr or ''}"


def remember(account_name: str) -> None:
    """Let this browser be known for an account that has signed in."""
    browser, marks = _held()
    mark = _mark(browser, account_name, believed()[-1])
    others = [other for other in marks if other != mark]
    value = ".".join([browser, *others[1 - MOST_ACCOUNTS :], mark])

    def set_cookie(answer: Answer) -> Answer:
        secure = current_app.config["SESSION_COOKIE_SECURE"]
        answer.set_cookie(of_host(NAME), value, max_age=LASTS, secure=secure, httponly=True, samesite="Lax")
        return answer

    after_this_request(set_cookie)


def _held() -> tuple[str, list[str]]:
    """The id of this browser, a new one if it has none, and what it holds of accounts."""
    browser, *marks = held(of_host(NAME)).split(".")
    return (browser, marks) if ID.fullmatch(browser) else (new_id(), [])


def _mark(browser: str, account_name: str, key: str) -> str:
    return hmac.new(key.encode(), f"known browser\n{browser}\n{account_name}".encode(), "sha256").hexdigest()[:DIGITS]
