"""A file of any size may be chosen by mistake: that is said where it was chosen."""

from collections.abc import Callable

from flask import g, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from survey.web.manage.auth import account_in_session, blueprint, permits
from survey.web.site.errors import error_page

PageView = Callable[..., ResponseReturnValue]
_PAGES: dict[str, PageView] = {}


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Whoever may use a page that takes files is told there that one was too large."""
    g.account = account_in_session()
    page = _PAGES.get(str(request.endpoint))
    if page is None or g.account is None or not permits(g.account, str(request.endpoint)):
        return error_page(error)
    return page(**(request.view_args or {}))


def when_too_large(endpoint: str) -> Callable[[PageView], PageView]:
    """Make a function the page that says, in the place of `endpoint`, that the file sent to it is too large."""

    def registered(page: PageView) -> PageView:
        _PAGES[endpoint] = page
        return page

    return registered
