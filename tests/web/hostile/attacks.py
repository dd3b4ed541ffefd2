"""Requests that no page of ours sends, as hypothesis makes them up: what is in each part, and who sends it.

Half of each is what a browser would send, so that it gets past the first check and does its harm behind that.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_from_bytes, unquote_to_bytes, urlencode

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from werkzeug.test import TestResponse

from tests.web.hostile.people import HostileSite

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "gEt")
NASTY = (
    "",
    " ",
    "\0",
    "..",
    "../../secret",
    "%2e%2e%2fsecret",
    ".hidden",
    "a" * 300,
    "x" * 5000,
    "-1",
    "0",
    "99999999999999999999999999",
    "9" * 5000,
    "1e309",
    "nan",
    "١٢",
    "²",
    "𝟙",
    "ﬁ",
    "\u202egnp.exe",
    "\ufeff",
    "\u2028",
    "\ud800",
    "Ŵ" * 200,
    "ß",
    "İ",
    "\r\nX-Mine: 1",
    "\x1b[2J",
    "<script>alert(1)</script>",
    "'; DROP TABLE records; --",
    "{{7*7}}",
    "${7*7}",
    "%(n)s",
    "{0.__class__}",
    "=1+1",
    "javascript:alert(1)",
    "//elsewhere.example/",
    "[]",
    '{"$ne": null}',
    "2026-02-30",
    "0000-00-00T99:99",
    "9999-12-31T23:59:59.999999999+99:99",
    "true",
    "on",
    "null",
    "eira\nadmin",
    "interface.po",
    "con",
    "*",
    ",",
    ";",
    "Bearer",
)
BYTES = (b"\xff\xfe", b"\xc0\xaf", b"\xed\xa0\x80", b"%", b"%zz", b"%00", b"\x00", b"/", b"//", b"\\", b"?", b"#")
HEADERS = (
    "Accept",
    "Accept-Encoding",
    "Accept-Language",
    "Authorization",
    "Content-Length",
    "Content-Type",
    "Cookie",
    "Expect",
    "Forwarded",
    "Host",
    "If-Match",
    "If-Modified-Since",
    "If-None-Match",
    "If-Range",
    "Origin",
    "Range",
    "Referer",
    "Sec-Fetch-Mode",
    "Sec-Fetch-Site",
    "Transfer-Encoding",
    "User-Agent",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Prefix",
    "X-Forwarded-Proto",
    "X-HTTP-Method-Override",
    "X-Request-Id",
)
HEADER_VALUES = (
    "text/html",
    "application/json",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded; charset=utf-16",
    "bytes=0-0,-1",
    "bytes=9999999999999999999-",
    "cy;q=nan, en;q=1e999, *;q=",
    'W/"x", *',
    "Thu, 99 Foo 99999 99:99:99 GMT",
    "Bearer x.y",
    "Basic !!!!",
    "chunked",
    "-1",
    "[::1",
    "http://[",
    "null",
    "gzip;q=0.0001, br",
    'session=.eJ; draft=x; known=a.b; known="',
    "language=\\777; language=cy",
    "cross-site",
)
FILES = (
    b"",
    b"PK\x03\x04",
    b"PK\x05\x06" + bytes(18),
    b"%PDF-1.7",
    b"\x89PNG\r\n\x1a\n",
    b"{",
    b"[" * 500,
    b'msgid ""',
    b"code;name\n\xff;\0",
    "teitl,ŵ\n".encode("utf-16"),
    b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
)
FILE_NAMES = ("a.xlsx", "a.po", "a.docx", "a.json", "a.csv", "../a.pdf", "", "a.PDF.exe", "ŵ.png")
NO_FORMS = ("", "application/json", "text/plain", "a/b", "\xff", "multipart/form-data")


@dataclass(frozen=True)
class Attack:
    """A request: who sends it, where to, and what it brings along."""

    role: str
    method: str
    endpoint: str
    address: bytes
    query: bytes
    headers: dict[str, str]
    body: bytes
    content_type: str

    def __repr__(self) -> str:
        return (
            f"{self.role} {self.method} {self.endpoint} {self.address[:120]!r} ?{self.query[:120]!r} {self.headers} "
            f"{self.content_type} {self.body[:300]!r}"
        )


def sent(site: HostileSite, attack: Attack) -> TestResponse:
    """What the site answers, whose errors come through as they are."""
    person = site.people[attack.role]
    headers = {"Cookie": person.cookies, **attack.headers}
    environ: dict[str, Any] = {
        # What a server does to an address, whatever is in it.
        "PATH_INFO": unquote_to_bytes(attack.address).decode("latin-1"),
        "QUERY_STRING": attack.query.decode("latin-1"),
        **{f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()},
    }
    for name in ("CONTENT_LENGTH", "CONTENT_TYPE"):
        if value := environ.pop(f"HTTP_{name}", ""):
            environ[name] = value
    client = site.app.test_client(use_cookies=False)
    return client.open(
        "/", method=attack.method, data=attack.body, content_type=attack.content_type or None, environ_overrides=environ
    )


def attacks(site: HostileSite) -> SearchStrategy[Attack]:
    """Any attack on any address of the site."""
    endpoints = sorted(rule.endpoint for rule in site.app.url_map.iter_rules())
    return st.sampled_from(endpoints).flatmap(lambda endpoint: attacks_on(site, endpoint))


def attacks_on(site: HostileSite, endpoint: str) -> SearchStrategy[Attack]:
    """Any attack on one address."""
    rule = next(rule for rule in site.app.url_map.iter_rules() if rule.endpoint == endpoint)
    methods = sorted(rule.methods or ())
    forms = [(name, value) for name, value in site.forms.get(endpoint, []) if name != "csrf_token"]

    @st.composite
    def attack(draw: st.DrawFn) -> Attack:
        role = draw(st.sampled_from(sorted(site.people)))
        values = {name: draw(PARTS) for name in sorted(rule.arguments) if draw(SELDOM)}
        method = draw(st.sampled_from([*methods * 3, *METHODS]))
        token = site.people[role].token
        content_type, body = ("", b"") if method in ("GET", "HEAD") else draw(bodies(forms, token))
        return Attack(
            role,
            method,
            endpoint,
            site.address(endpoint, values).encode("ascii", "backslashreplace"),
            draw(QUERIES),
            draw(HEADER_SETS),
            body,
            content_type,
        )

    return attack()


SELDOM = st.sampled_from((False, False, False, True))
OFTEN = st.sampled_from((False, True, True, True))
TEXTS = st.sampled_from(NASTY) | st.text(max_size=40)
PARTS = st.sampled_from([*NASTY, *BYTES]).map(
    lambda part: quote_from_bytes(part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass"), safe="")
)


def _form(fields: list[tuple[str, str]]) -> bytes:
    return urlencode([(_bytes(name), _bytes(value)) for name, value in fields]).encode()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _header(value: str) -> str:
    # No server lets line breaks through, and each hands on bytes.
    return value.replace("\r", "").replace("\n", "").encode("utf-8", "surrogatepass").decode("latin-1")


QUERY_NAMES = ("next", "page", "q", "wanted", "round", "board", "who", "sort", "part", "from", "saved", "order", "show")
QUERIES = st.one_of(
    st.just(b""),
    st.just(b""),
    st.lists(st.tuples(st.sampled_from(QUERY_NAMES), TEXTS), max_size=4).map(_form),
    st.sampled_from(BYTES),
    st.binary(max_size=30),
)
HEADER_SETS = st.one_of(
    st.just({}),
    st.dictionaries(
        st.sampled_from(HEADERS), (st.sampled_from(HEADER_VALUES) | TEXTS).map(_header), min_size=1, max_size=3
    ),
)


@st.composite
def bodies(draw: st.DrawFn, forms: list[tuple[str, str]], token: str) -> tuple[str, bytes]:
    """Content type and body: mostly the form of the page with some of it changed, else anything."""
    if not draw(OFTEN):
        return draw(st.sampled_from(NO_FORMS)), draw(st.sampled_from(FILES) | st.binary(max_size=200))
    fields = [(name, draw(TEXTS) if draw(SELDOM) else value) for name, value in dict(forms).items() if draw(OFTEN)]
    names = st.sampled_from([name for name, _ in forms] or ["x"]) | TEXTS
    fields += draw(st.lists(st.tuples(names, TEXTS), max_size=3))
    if draw(OFTEN):
        fields.append(("csrf_token", token))
    if not draw(SELDOM):
        return "application/x-www-form-urlencoded", _form(fields)
    name = draw(st.sampled_from(["file", "upload", *(name for name, _ in forms)]))
    content = _multipart(fields, name, draw(st.sampled_from(FILE_NAMES)), draw(st.sampled_from(FILES)))
    return "multipart/form-data; boundary=edge", content


def _multipart(fields: list[tuple[str, str]], name: str, file_name: str, content: bytes) -> bytes:
    text = b'Content-Disposition: form-data; name="%s"\r\n\r\n%s'
    parts = [text % (_quoted(key), _bytes(value)) for key, value in fields]
    about = b'Content-Disposition: form-data; name="%s"; filename="%s"\r\nContent-Type: a/b\r\n\r\n'
    parts.append(about % (_quoted(name), _quoted(file_name)) + content)
    return b"".join(b"--edge\r\n" + part + b"\r\n" for part in parts) + b"--edge--\r\n"


def _quoted(text: str) -> bytes:
    return _bytes(text).replace(b'"', b"%22").replace(b"\r", b"%0D").replace(b"\n", b"%0A")
