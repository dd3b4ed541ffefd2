"""The request as the pages see it: the query of its address in plain ASCII, whatever bytes came."""

from typing import Any
from urllib.parse import quote_from_bytes

from flask import Request

ASCII = bytes(range(128))


class QuotedRequest(Request):
    """A request in whose query other bytes stand quoted, as a browser would have sent them.

    Werkzeug decodes the query only when somebody looks into it, and fails there if it is not UTF-8: in the middle of
    the page that says so, too.
    """

    def __init__(self, *environ: Any, **how: Any) -> None:
        super().__init__(*environ, **how)
        if not self.query_string.isascii():
            self.query_string = quote_from_bytes(self.query_string, safe=ASCII).encode()
