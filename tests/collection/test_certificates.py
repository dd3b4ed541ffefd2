"""Whoever the service calls proves who she is by a certificate that somebody known vouches for, or is told nothing."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

import pytest

from survey.collection.people.mail_server import Connection, MailServer
from survey.collection.people.provider import Provider, ProviderError, begin
from tests.collection.example import NOW
from tests.journeys.nginx import make_certificate

Impostor = tuple[int, list[bytes]]


@pytest.fixture
def impostor(tmp_path: Path) -> Iterator[Impostor]:
    """The port of a server whose certificate only itself vouches for, and what it was told."""
    make_certificate(tmp_path)
    context, told = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), []
    context.load_cert_chain(tmp_path / "reflect.pem", tmp_path / "reflect.key")
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            connection, _ = server.accept()
            with connection, suppress(OSError), context.wrap_socket(connection, server_side=True) as secure:
                secure.sendall(b"220 welcome\r\n")
                told.append(secure.recv(100))

        thread = threading.Thread(target=answer)
        thread.start()
        yield server.getsockname()[1], told
        thread.join(5)


def test_a_mail_server_that_is_another_is_told_nothing(impostor: Impostor) -> None:
    port, told = impostor
    message = EmailMessage()
    message["To"] = "sian@nhs.example"
    outcome = Connection(MailServer("localhost", port, "tls", "survey@wales.example", timeout=2)).deliver(message)
    assert outcome.away
    assert "CERTIFICATE_VERIFY_FAILED" in outcome.said
    assert told == []


def test_a_provider_that_is_another_is_told_nothing(impostor: Impostor, tmp_path: Path) -> None:
    port, told = impostor
    (tmp_path / "secret").write_text("a secret between two services")
    provider = Provider(f"https://localhost:{port}", "myfyrio", tmp_path / "secret", None, "groups", {}, timeout=2)
    with pytest.raises(ProviderError) as refused:
        begin(provider, "http://localhost/back", NOW)
    assert refused.value.reason == "SSLError"
    assert told == []
