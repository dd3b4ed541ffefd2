"""Saving one answer while it is written, beside a plain save of its whole page, and what it weighs.

The page is that of `section_page`; a text of 300 characters is another one at each save. The weight is of the bodies of
request and answer; what a browser sends around them (a cookie and some headers, some 900 bytes) comes to it.
"""

import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from survey import create_app
from tests.bench.rows import Row
from tests.bench.section_page import ADDRESS, NOW, _open_round, _signed_in
from tests.web.checking_client import Page

QUESTION = "went_well"
TEXT = "A great deal, most of all the work with our partners and neighbours. " * 5
LENGTH, SAVES = 300, 150
MOST_TIMES, MOST_KB = 1.3, 2.0


def run() -> list[Row]:
    """Milliseconds of processor time a save, the least of many as the machine may be busy, and kilobytes of one."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({"DATA": Path(folder), "DEMO": True, "LOG_LEVEL": "ERROR", "NOW": lambda: NOW})
        _open_round(app)
        client = _signed_in(app)
        autosaves, saves, weights = [], [], []
        for number in range(SAVES):
            sent = _only(_shown(client), number)
            taken, reply = _timed(client, sent, {"Accept": "application/json"})
            assert reply.status_code == 200, reply.text
            autosaves.append(taken)
            weights.append((len(urlencode(sent)) + len(reply.data)) / 1000)
            taken, reply = _timed(client, {**_shown(client), f"q-{QUESTION}": _text(-number), "then": "stay"}, {})
            assert reply.status_code == 303, reply.text
            saves.append(taken)
        return [
            Row("autosave of one answer", min(autosaves), min(saves), "ms", MOST_TIMES),
            Row("weight of an autosave", max(weights), MOST_KB, "KB", 1.0),
        ]


def _timed(client: FlaskClient, sent: dict[str, str], headers: dict[str, str]) -> tuple[float, TestResponse]:
    start = time.process_time()
    reply = client.post(ADDRESS, data=sent, headers=headers)
    return (time.process_time() - start) * 1000, reply


def _shown(client: FlaskClient) -> dict[str, str]:
    """What the form of the page sends as it is."""
    page = Page(client.get(ADDRESS))
    return dict(page.values(page.form("answers")).items())


def _only(shown: dict[str, str], number: int) -> dict[str, str]:
    """What the script sends of it when the one text was changed."""
    base = " ".join(part for part in shown["base"].split() if part.startswith(QUESTION))
    around = {name: shown[name] for name in ("csrf_token", "whose")}
    return {**around, "on_page": QUESTION, "base": base, f"q-{QUESTION}": _text(number)}


def _text(number: int) -> str:
    return TEXT[:LENGTH] + str(number)
