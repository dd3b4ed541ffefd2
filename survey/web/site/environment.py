"""What the pages take from outside: the data folder with the secret that is kept in it; time and chance.

Time and chance enter here and nowhere else in the pages.
"""

import secrets
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, cast

import click
from flask import Flask, current_app, request

from survey.catalogues.files import BadCatalogue, Places
from survey.collection.editions.standing import settle
from survey.collection.record_shapes import misfit
from survey.collection.translation.changes import TRANSLATIONS, TRANSLATORS
from survey.collection.translation.publication import bring, put_to_use
from survey.config import software_version
from survey.languages import day_of, refresh_if_changed
from survey.storage.key_ring import KeyRing
from survey.storage.occupancy import hold
from survey.storage.opening import open_storage, storage_as_it_is
from survey.storage.places import files_at_hand
from survey.storage.repository import Repository, StorageError
from survey.web.site import signing_keys
from survey.web.site.language import language_in_address
from survey.web.site.request_repository import RequestRepository
from survey.web.site.short_cache import lately
from survey.web.site.signing_keys import keys_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

ID_LENGTH = 16
REFUSED = "refused"
"""Why what is kept cannot be used, as long as that is so."""
NEED_NOTHING = ("static", "health.health", "health.ready")


def init_app(app: Flask) -> None:
    """Open what is kept, whose secret signs sessions unless the setting gives one.

    What cannot be opened is logged, `/healthz` says so, and no page takes or gives anything (`_refuse`); commands that
    need none go on. A service holds its folder from its start, so that nothing is restored under it; one that a command
    starts, from its first request.
    """
    signing_keys.init_app(app)
    folder, database = app.config["DATA"], app.config["DATABASE"]
    is_command = click.get_current_context(silent=True) is not None
    app.extensions["repository"] = storage_as_it_is(folder, database, misfit)
    try:
        _open(app)
        if database is None and is_command:
            app.before_request(partial(_hold_once, folder, []))
        elif database is None and not app.testing:
            hold(folder, software_version().split()[-1])
        _show_changes(app)
    except StorageError as error:
        app.extensions[REFUSED] = error
        if database is not None:
            _open_when_it_is_there(app)
        # A command that needs the storage says so itself.
        if not is_command:
            app.logger.error("What is kept cannot be used: %s", error)
    app.before_request(_refuse)


def bring_words_to(app: Flask) -> None:
    """Have what translators changed on other hosts at hand. It asks the database, so it waits for its turn first."""
    if app.config["DATABASE"] is not None:
        app.before_request(_bring_words)


def _open(app: Flask) -> None:
    repository = open_storage(app.config["DATA"], app.config["DATABASE"], misfit)
    ring = repository.key_ring()
    app.extensions["repository"] = repository
    keys_of(app).take(ring)


def _open_when_it_is_there(app: Flask) -> None:
    """A database that was away at the start is tried again with each request, before its session is looked for: by one
    at a time, so that all others are told meanwhile."""
    answer, trying = app.wsgi_app, Lock()

    def wsgi_app(environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        if REFUSED in app.extensions and trying.acquire(blocking=False):
            try:
                _open(app)
                app.extensions.pop(REFUSED, None)
            except StorageError:
                pass
            finally:
                trying.release()
        return answer(environ, start_response)

    # What is put around the application later, as what believes its proxies, stays around this.
    app.wsgi_app = wsgi_app  # type: ignore[method-assign]


def _refuse() -> None:
    """What could not be opened is not used: of another format it would be misread, and lost with what is kept of it."""
    if request.endpoint not in NEED_NOTHING and REFUSED in current_app.extensions:
        raise current_app.extensions[REFUSED]


def _bring_words() -> None:
    """What translators have changed is in the database, for all hosts: a page has it at hand."""
    if request.endpoint and language_in_address():
        lately(current_app, bring, _bring_words_now)


def _bring_words_now() -> None:
    config = current_app.config
    folder = files_at_hand(config["DATA"], config["DATABASE"], TRANSLATIONS)
    bring(current_repository(), folder, (config.get("PLACES") or Places()).names())
    refresh_if_changed()


def _hold_once(folder: Path, held: list[Path]) -> None:
    if not held and not current_app.testing:
        hold(folder, software_version().split()[-1])
        held.append(folder)


def _show_changes(app: Flask) -> None:
    """Settle the editions that this release has too, and show what translators have changed, which a service that was
    killed may have kept and not shown yet."""
    repository: Repository = app.extensions["repository"]
    changed = repository.keys(TRANSLATORS)
    if click.get_current_context(silent=True) is None:
        places = app.config.get("PLACES") or Places()
        settle(repository, places.questionnaires)
        try:
            if changed:
                put_to_use(repository, places, changed)
        except BadCatalogue as error:
            app.logger.error("What translators have changed cannot be shown: %s", error)


def current_repository() -> Repository:
    """The repository of this application, which reads a record once in a request: what is read is not to be changed."""
    return cast("Repository", RequestRepository(current_app.extensions["repository"]))


def key_ring() -> KeyRing:
    """What codes may have been hashed with: kept with the data, so that they outlive a change of settings.

    Raises StorageError.
    """
    return current_repository().key_ring()


def access_secret() -> bytes:
    """What codes are hashed with now. Raises StorageError."""
    return key_ring().newest.key


def now() -> datetime:
    """Return this moment in UTC."""
    clock: Callable[[], datetime] = current_app.config["NOW"]
    return clock()


def today() -> date:
    """Return the day that it is in the United Kingdom."""
    return day_of(now())


def new_id() -> str:
    """Sixteen hexadecimal digits that nobody has used, for a response or an item in it."""
    return secrets.token_hex(ID_LENGTH // 2)
