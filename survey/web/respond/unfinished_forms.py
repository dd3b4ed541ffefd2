"""A form that could not all be kept is shown at an address of its own: going Back and reloading send nothing again."""

import re
from dataclasses import dataclass
from http import HTTPStatus

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from survey.collection.responses.unfinished_forms import Form, held, hold, let_go
from survey.storage.repository import Repository, StorageError
from survey.web.respond.respondent import Respondent
from survey.web.site.environment import ID_LENGTH, new_id, now
from survey.web.site.errors import fields_to_carry

_ID = re.compile(f"[a-z0-9]{{{ID_LENGTH}}}")


@dataclass(frozen=True)
class Unfinished:
    """What was sent for a form; `page_key` is that of the form's target. Its id stands in the address."""

    respondent: Respondent
    page_key: str

    def hold(self, fields: MultiDict[str, str], code: str) -> ResponseReturnValue | None:
        """Hold what was sent, and give the way to where it is shown in a language; None where it cannot be held."""
        carried = fields_to_carry(fields)
        if carried is None:
            return None
        key, values = self._id or new_id(), request.view_args or {}
        try:
            hold(*self._whose, Form(key, self.page_key, str(request.endpoint), values, carried, now()))
        except StorageError:
            current_app.logger.exception("what was sent could not be held")
            return None
        address = url_for(str(request.endpoint), language=code, unfinished=key, **values)
        return redirect(address, HTTPStatus.SEE_OTHER)

    def held(self) -> MultiDict[str, str] | None:
        """What is held under the address that was asked for."""
        fields = held(*self._whose, self._id, self.page_key) if self._id else None
        return None if fields is None else MultiDict(fields)

    def let_go(self) -> None:
        """What is held under this address has been kept in the response."""
        if self._id:
            let_go(*self._whose, self._id)

    @property
    def _whose(self) -> tuple[Repository, str, str]:
        return self.respondent.repository, self.respondent.snapshot.round.id, self.respondent.cluster.code

    @property
    def _id(self) -> str:
        sent = request.args.get("unfinished", "")
        return sent if _ID.fullmatch(sent) else ""
