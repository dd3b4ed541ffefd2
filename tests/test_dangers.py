"""What the program does nowhere, or in few places that are named: read out of its own modules."""

import ast
import re
from collections.abc import Iterator
from functools import cache

from survey.config import ROOT

GOES_OUT = {
    "survey/collection/people/mail_server.py": "the mail server of the settings",
    "survey/collection/people/provider.py": "the provider of the settings, and the addresses that it names",
    "survey/storage/postgresql/connections.py": "the database of the settings",
    "survey/deployment/metrics.py": "the service on this machine",
    "survey/deployment/__main__.py": "the service on this machine, after it was installed",
}
"""The modules that open connections, and whereto."""
CONNECTS = frozenset(
    (
        *(
            "aiohttp",
            "asyncio",
            "ftplib",
            "httpx",
            "imaplib",
            "poplib",
            "requests",
            "smtplib",
            "socket",
            "ssl",
            "urllib3",
        ),
        *("http.client", "urllib.request", "psycopg", "psycopg_pool", "authlib.integrations.requests_client"),
    )
)
"""What opens connections. Of psycopg the words of statements, the kinds of errors, what reads an address and what asks
on an open one open none."""
HARMLESS = frozenset(("psycopg.errors", "psycopg.conninfo", "psycopg.sql", "psycopg.ClientCursor"))
DRAWS_WITHOUT_SECRETS = {
    "survey/questionnaire/types/": "made-up answers of the demonstration",
    "survey/demonstration/": "made-up answers",
    "survey/storage/postgresql/connections.py": "how long to wait before trying again",
    "survey/reporting/disclosure/": "directions in which a table is attacked",
}
"""Where chance may be of a kind that can be foretold, and for what."""


@cache
def modules() -> dict[str, str]:
    """What stands in each."""
    return {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in (ROOT / "survey").rglob("*.py")}


@cache
def imports() -> dict[str, set[str]]:
    """What each imports."""
    return {path: set(imported(ast.parse(text))) for path, text in modules().items()}


def imported(tree: ast.AST) -> Iterator[str]:
    """Every module that is imported, as `module.name` where a name is taken out of it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)


def goes_out(name: str) -> bool:
    parts = name.split(".")
    return name not in HARMLESS and any(".".join(parts[:length]) in CONNECTS for length in range(1, len(parts) + 1))


def test_connections_are_opened_in_the_modules_that_are_named_and_in_no_other() -> None:
    assert {path for path, names in imports().items() if any(map(goes_out, names))} == GOES_OUT.keys()


def test_secrets_are_drawn_by_the_system() -> None:
    drawing = {
        path
        for path, text in modules().items()
        if re.search(r"^import random|from random|\brandom\.\w+\(", text, re.MULTILINE)
    }
    assert len(drawing) >= 3
    assert [path for path in drawing if not path.startswith(tuple(DRAWS_WITHOUT_SECRETS))] == []


def test_what_is_in_an_address_is_never_taken_for_what_is_in_a_form() -> None:
    assert [path for path, text in modules().items() if "request.values" in text] == []


def test_no_module_runs_what_is_text_or_a_shell() -> None:
    runs = re.compile(r"(?<![\w.])(?:eval|exec)\(|\bos\.(?:system|popen)\(|shell=True")
    assert [path for path, text in modules().items() if runs.search(text)] == []
    assert [path for path, names in imports().items() if names & {"pickle", "marshal", "shelve"}] == []
