"""What a page says once of what was done on the page before it.

It waits in the session of the browser, in no language, under the address of the page that says it: so another tab takes
nothing of it, and neither going Back nor reloading says it again. What was done is what the log has a line of: without
one in this request nothing was changed, and that is what is said then. What a job makes is said once it is made.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import g, redirect, request, session
from werkzeug.wrappers import Response

from survey.languages import CountedPhrase, Phrase
from survey.reporting import jobs
from survey.reporting.tasks.job import Job
from survey.web.site.environment import current_repository, now
from survey.web.site.jobs import job_of
from survey.web.site.language import current_language, language_in_address
from survey.web.site.request_repository import noted_in_request

NOTICES, SAID = "notices", "notices_said"
MOST = 3
LASTS = 300
"""In seconds: what no page has said by then is not said any more."""
WAITS = 3600
"""The same of what a job has to make first."""

NOTHING_CHANGED = Phrase("manage done", "Nothing was changed: it was so already.")


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence with what is put into it."""

    phrase: Phrase | CountedPhrase
    values: dict[str, str | int | datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Notice:
    """Sentences for one banner, in the language of the page; `is_success` if something was done as it was asked. One
    that `takes_focus` is what the reader comes to first; another leaves her at a place further down."""

    is_success: bool
    sentences: tuple[str, ...]
    takes_focus: bool


def done(address: str, *said: Phrase | Told) -> Response:
    """Go to a page, which says what was done, or that nothing was changed."""
    is_changed = any(what != "signed_in" for what in noted_in_request())
    return succeeded(address, *said) if is_changed else told(address, NOTHING_CHANGED)


def succeeded(address: str, *said: Phrase | Told) -> Response:
    """Go to a page, which says what was done, whatever the log has of it."""
    return _going(address, True, said)


def told(address: str, *said: Phrase | Told) -> Response:
    """Go to a page, which says what became of what was asked: not, or not all of it, was done."""
    return _going(address, False, said)


def promised(address: str, job: Job, *said: Phrase | Told, page: str = "") -> Response:
    """Go to a page after a job was asked for. Once it has made what it is for, that page, or the one that is named,
    says so; one that fails is said by the page itself. Where nothing was to be made, that is said."""
    match jobs.kept_file(current_repository(), job, now()).status:
        case jobs.RUNNING:
            _keep(page or address, True, said, [job.round, job.task, job.what, job.language, job.ending])
        case jobs.FAILED:
            pass
        case _:
            return told(address, NOTHING_CHANGED)
    return redirect(address, HTTPStatus.SEE_OTHER)


def notices() -> list[Notice]:
    """What this page has to say, which no page says again."""
    kept = session.get(NOTICES, [])
    waiting = [notice for notice in kept if now().timestamp() - notice["at"] <= (WAITS if "job" in notice else LASTS)]
    due = {at: _status(notice) for at, notice in enumerate(waiting) if notice["page"] == _page_of(request.path)}
    settled = {at for at, status in due.items() if status != jobs.RUNNING}
    if settled or len(waiting) < len(kept):
        session[NOTICES] = [notice for at, notice in enumerate(waiting) if at not in settled]
    own = [waiting[at] for at in sorted(settled) if due[at] != jobs.FAILED]
    g.setdefault(SAID, []).extend(own)
    said = [
        Notice(notice["is_success"], tuple(map(_sentence, notice["said"])), notice.get("takes_focus", True))
        for notice in own
    ]
    # Two files that are there since the page was shown last are there for the same words.
    return list(dict.fromkeys(said))


def has_said() -> bool:
    """Whether this page says something once: it has to stay for as long as that takes to read."""
    return bool(g.get(SAID))


def _going(address: str, is_success: bool, said: tuple[Phrase | Told, ...]) -> Response:
    if request.method != "POST":
        # A look changes nothing, nor what the browser holds.
        return redirect(address, HTTPStatus.SEE_OTHER)
    _keep(address, is_success, said)
    return redirect(address, HTTPStatus.SEE_OTHER)


def _keep(address: str, is_success: bool, said: tuple[Phrase | Told, ...], job: Sequence[str] = ()) -> None:
    there = urlsplit(address)
    notice = {
        "page": _page_of(unquote(there.path).removeprefix(request.root_path)),
        "at": int(now().timestamp()),
        "is_success": is_success,
        "said": list(_kept(said)),
        "takes_focus": not there.fragment,
        **({"job": job} if job else {}),
    }
    # Asked for in two tabs, what a job makes is made once, and said once.
    others = [earlier for earlier in session.get(NOTICES, []) if not (job and _is_same_promise(earlier, notice))]
    session[NOTICES] = [*others, notice][-MOST:]


def _is_same_promise(earlier: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(earlier.get(name) == other[name] for name in ("page", "said", "job"))


def _status(notice: dict[str, Any]) -> str:
    """How what a notice waits for stands; empty where it waits for nothing."""
    if "job" not in notice:
        return ""
    return jobs.kept_file(current_repository(), job_of(*notice["job"]), now()).status


def _kept(said: tuple[Phrase | Told, ...]) -> Iterator[dict[str, Any]]:
    for phrase_or_told in said:
        sentence = phrase_or_told if isinstance(phrase_or_told, Told) else Told(phrase_or_told)
        values = {
            name: {"moment": value.isoformat()} if isinstance(value, datetime) else value
            for name, value in sentence.values.items()
        }
        yield {"phrase": asdict(sentence.phrase), "values": values}


def _sentence(kept: dict[str, Any]) -> str:
    words, language = kept["phrase"], current_language()
    kind: type[Phrase | CountedPhrase] = CountedPhrase if "plural" in words else Phrase
    phrase = kind(**words)
    values = {name: _said(value) for name, value in kept["values"].items()}
    if isinstance(phrase, CountedPhrase):
        values[phrase.number] = kept["values"][phrase.number]
    return language.say(phrase, **values)


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return current_language().datetime(datetime.fromisoformat(value["moment"]))
    return current_language().number(value) if isinstance(value, int) else str(value)


def _page_of(path: str) -> str:
    """A page, in whatever language."""
    return path.removeprefix(f"/{language_in_address()}/")
