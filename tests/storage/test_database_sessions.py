"""What a service asks of a database: no more than a pooler or a distributed engine gives; TLS, if it is told so."""

import ast
import re
import shutil
import socket
import subprocess

import pytest

from survey.config import ROOT
from survey.storage.postgresql import connections
from survey.storage.postgresql.migrations import upgrade
from survey.storage.postgresql.repository import DatabaseRepository
from survey.storage.postgresql.schema import check, make_ready
from survey.storage.repository import StorageError
from tests.storage.writers import KEY, PLACE

KINDS = {
    "BEGIN ISOLATION LEVEL",
    "COMMIT",
    "CREATE TABLE IF NOT EXISTS",
    "DELETE FROM",
    "INSERT INTO",
    "ROLLBACK",
    "SELECT",
    "SET",
    "SET LOCAL",
    "UPDATE",
    "WITH RECURSIVE",
}
FUNCTIONS = {
    "any",
    "coalesce",
    "count",
    "current_schema",
    "generate_series",
    "length",
    "max",
    "min",
    "split_part",
    "strpos",
    "substr",
    "sum",
}
CLAUSES = {"FOR UPDATE", "ON CONFLICT"}
_BEYOND = re.compile(
    r"FOR (?:NO KEY |KEY )?(?:UPDATE|SHARE)(?: SKIP LOCKED| NOWAIT)?|ON CONFLICT|RETURNING|SAVEPOINT|TRIGGER|TEMP"
    r"|LISTEN|NOTIFY|LOCK TABLE|EXTENSION|SEQUENCE|SERIAL|CURSOR|PREPARE|COPY|LATERAL|OVER ?\("
)


@pytest.fixture
def kept(server, connected):
    """A database with everything done in it that a repository can do, over one connection."""
    made = connected(server.url())
    make_ready(made)
    upgrade(made)
    repository = DatabaseRepository(made, lambda place, key, record: "odd" if record.get("odd") else "")
    for number in range(12):
        repository.write(PLACE, KEY, {"n": number})
        repository.append(("log",), "events", {"n": number})
    repository.create(PLACE, "odd", {"odd": True})
    repository.quarantine.add(PLACE, "odd")
    repository.quarantine.accept_loss(PLACE, "odd")
    repository.write_bytes(PLACE, "notes.txt", b"x" * 600_000)
    repository.delete(PLACE, KEY)
    with made.at_one_moment():
        assert list(repository.log_lines(("log",), "events"))
    assert (repository.places(()), repository.problems()) == (["log", PLACE[0]], [])
    repository.change_key_ring(lambda ring: ring)
    repository.remove(PLACE)
    return repository


LEFT = {
    "prepared statements": "SELECT name FROM pg_prepared_statements",
    "cursors": "SELECT name FROM pg_cursors",
    "channels": "SELECT pg_listening_channels()",
    "advisory locks": "SELECT objid FROM pg_locks WHERE locktype = 'advisory'",
    "temporary tables": "SELECT 1 WHERE pg_my_temp_schema() <> 0",
    "settings": "SELECT name FROM pg_settings WHERE source = 'session' "
    "AND name NOT IN ('statement_timeout', 'client_encoding')",
}


def test_nothing_is_left_in_a_session_that_a_pooler_would_give_to_somebody_else(kept):
    with kept.connections.statements() as cursor:
        left = {what: cursor.execute(question).fetchall() for what, question in LEFT.items()}
    assert left == {what: [] for what in LEFT}


def test_a_change_has_its_limits_in_whatever_session_it_comes_to_be(kept):
    names = ["idle_in_transaction_session_timeout", "lock_timeout", "statement_timeout"]
    with kept.connections.statements() as cursor:
        cursor.execute("RESET ALL")
    within = kept.connections.change(
        [0],
        lambda cursor: cursor.execute(
            "SELECT setting FROM pg_settings WHERE name = ANY(%s) ORDER BY name", [names]
        ).fetchall(),
    )
    assert within == [("60000",), ("30000",), ("60000",)]


def statements():
    """Every statement in the code that talks to the database, with the module it stands in."""
    for path in sorted((ROOT / "survey" / "storage" / "postgresql").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                text = " ".join(node.value.split())
                if re.match(r"[A-Z]{3,}\b", text) and not text.endswith("."):
                    yield path.name, text


def test_only_what_distributed_engines_say_that_they_take_is_said_to_a_database():
    said = list(statements())
    assert len(said) > 40
    odd = [text for _, text in said if not any(re.match(rf"{kind}\b", text) for kind in KINDS)]
    assert odd == []
    called = {name for _, text in said for name in re.findall(r"\b([a-z_]+)\(", re.sub(r"ANY\(", "any(", text))}
    assert called - FUNCTIONS == set()
    assert {clause for _, text in said for clause in _BEYOND.findall(text)} == CLAUSES


@pytest.fixture
def by_tls(server):
    """The address of a server that has a certificate for localhost, which signs itself, and the file of that."""
    certificate, key = server.folder / "server.pem", server.folder / "server.key"
    made = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost"
    named = ("-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate)
    subprocess.run([*made.split(" "), *named], check=True, capture_output=True)
    shutil.chown(key, server.folder.owner())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    schema = server.url().partition("&options=")[2]
    server.stop()
    server.start(listen_addresses="127.0.0.1", port=str(port), ssl="on", ssl_cert_file=certificate, ssl_key_file=key)
    told = f"options={schema}&sslmode=verify-full"
    yield f"postgresql://myfyrio@{{host}}:{port}/postgres?{told}&sslrootcert={{root}}", certificate
    server.stop()
    server.start()


def test_by_tls_only_the_server_is_spoken_to_that_the_certificate_names(by_tls, connected, tmp_path, monkeypatch):
    address, certificate = by_tls
    told = connected(address.format(host="localhost", root=certificate))
    make_ready(told)
    with told.statements() as cursor:
        cursor.execute("SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
        assert cursor.fetchone() == (True, "TLSv1.3")
    monkeypatch.setattr(connections, "PATIENCE", 0.5)
    another = connected(address.format(host="127.0.0.1", root=certificate))
    with pytest.raises(StorageError, match="cannot be reached"):
        check(another)
    (tmp_path / "none.pem").write_text("")
    unknown = connected(address.format(host="localhost", root=tmp_path / "none.pem"))
    with pytest.raises(StorageError, match="cannot be reached"):
        check(unknown)
