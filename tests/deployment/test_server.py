"""What gunicorn takes for one request: where its end is not clear, nginx before it might find another."""

import pytest
from gunicorn.config import Config
from gunicorn.http.errors import ParseException
from gunicorn.http.parser import RequestParser

ENDS_TWICE = "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n"


@pytest.mark.parametrize(
    "headers",
    [
        ENDS_TWICE,
        "Content-Length: 6\r\nContent-Length: 7\r\n",
        "Content-Length: +6\r\n",
        "Content-Length : 6\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
    ],
)
def test_a_request_whose_end_is_not_clear_is_refused(headers: str) -> None:
    sent = f"POST / HTTP/1.1\r\nHost: reflect.example\r\n{headers}\r\n0\r\n\r\nGET".encode()
    with pytest.raises(ParseException):
        next(iter(RequestParser(Config(), iter([sent]), ("127.0.0.1", 0))))
