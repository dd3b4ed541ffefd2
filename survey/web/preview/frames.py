"""Pages of the preview in a frame of ours: they keep nothing, so nobody can be led to press anything that matters."""

from flask import Response, request

from survey.web.site.security import CONTENT_SECURITY_POLICY

FRAMED = "framed"
"""Stands in the address of a page that is shown in a frame, and of those that it leads to."""


def is_framed() -> bool:
    """Whether this page is shown in a frame."""
    return FRAMED in request.args


def kept_framed() -> str | None:
    """What `framed` is in the addresses that a page leads to, for the next page to stand in the frame, too."""
    return "yes" if is_framed() else None


def let_be_framed(response: Response) -> Response:
    """Let a browser show the page in a frame of this site, when it is asked for one."""
    if is_framed():
        policy = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response
