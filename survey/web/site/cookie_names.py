"""The names of cookies: with https they say how they came, and a browser takes none of that name from elsewhere.

`__Host-` is for the whole of this host and for no other, `__Secure-` for pages below a path of it.
"""

from flask import current_app, request


def of_host(name: str) -> str:
    """The name of a cookie for all pages."""
    return _with("__Host-", name)


def of_pages(name: str) -> str:
    """The name of a cookie for the pages below a path."""
    return _with("__Secure-", name)


def held(name: str) -> str:
    """What the browser holds under a name, or under the bare one by which a release before set it; else empty."""
    return request.cookies.get(of_release_before(name) or name, "")


def of_release_before(name: str) -> str | None:
    """The bare name by which a release before set a cookie, if the browser holds it under that alone; so an upgrade
    takes no draft and no sign-in away."""
    return bare(name) if name not in request.cookies and bare(name) in request.cookies else None


def bare(name: str) -> str:
    """The name without what https puts before it."""
    return name.removeprefix("__Host-").removeprefix("__Secure-")


def _with(prefix: str, name: str) -> str:
    return f"{prefix}{name}" if current_app.config["SESSION_COOKIE_SECURE"] else name
